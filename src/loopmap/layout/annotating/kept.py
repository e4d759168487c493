"""Signs, strokes and badges of an earlier picture that can stay where they were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np

from loopmap.layout.annotating.badges import Seat
from loopmap.layout.annotating.bounds import SIGN_RADIUS
from loopmap.layout.annotating.clearance import Clearance
from loopmap.layout.annotating.delays import BAR_RADIUS
from loopmap.layout.earlier import Earlier
from loopmap.layout.layout_graph import LayoutGraph, Points
from loopmap.layout.routing.kept import settled

__all__ = ["Kept", "kept_seats"]

#: Curves that differ by less, in em, are the same but for rounding.
_SAME = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """What stays, by the number of its link; badges are asked for one by one."""

    signs: Mapping[int, complex]
    bars: Mapping[int, tuple[complex, float]]
    _same: frozenset[int]  # links drawn as they were
    _new: Clearance  # what is new on the picture
    _badges: Mapping[str, Seat]

    def badge(self, loop: str, ring: Sequence[int]) -> Seat | None:
        """The earlier place of a loop's badge, if its links and its place are as they were."""
        seat = self._badges.get(loop)
        if seat is None or not self._same.issuperset(ring):
            return None
        return seat if self._new.room(np.array([seat[0]]))[0] >= seat[1] else None


def kept_seats(
    p: LayoutGraph, x: Points, curves: list[Points], lines: list[Points], before: Earlier
) -> Kept:
    """Look for what is new, and keep what nothing new touches."""
    same = frozenset(
        i
        for i, key in enumerate(p.keys)
        if key in before.curves and _alike(curves[i], before.curves[key])
    )
    changed = ~settled(p, x, before)
    drawn = [line for i, line in enumerate(lines) if i not in same]
    new = Clearance(x[changed], p.half[changed], drawn)

    def free(seats: list[complex], radius: float) -> list[bool]:
        found: list[bool] = (new.room(np.array(seats)) >= radius).tolist() if seats else []
        return found

    signs = {i: before.signs[p.keys[i]] for i in sorted(same) if p.keys[i] in before.signs}
    bars = {
        i: before.bars[p.keys[i]] for i in sorted(same) if p.delayed[i] and p.keys[i] in before.bars
    }
    return Kept(
        dict(compress(signs.items(), free(list(signs.values()), SIGN_RADIUS))),
        dict(compress(bars.items(), free([seat for seat, _ in bars.values()], BAR_RADIUS))),
        same,
        new,
        before.badges,
    )


def _alike(one: Points, other: Points) -> bool:
    return len(one) == len(other) and bool((abs(one - other) < _SAME).all())
