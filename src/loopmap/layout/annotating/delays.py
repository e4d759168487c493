"""Step 7, *delays*: the two strokes across a delayed link."""

from __future__ import annotations

import cmath
from collections.abc import Mapping

import numpy as np

from loopmap.layout.annotating.clearance import Clearance
from loopmap.layout.layout_graph import LayoutGraph, Points

__all__ = ["BAR_RADIUS", "place_bars"]

#: Shares of a link's length where its strokes may stand.
_SHARES = np.array([0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.3])
#: The strokes reach this far from the line, in em.
BAR_RADIUS = 0.55


def place_bars(
    p: LayoutGraph,
    lines: list[Points],
    clear: Clearance,
    kept: Mapping[int, tuple[complex, float]],
) -> list[tuple[complex, float] | None]:
    """Middle and direction of the strokes for each delayed link, ``None`` for the others.

    Those in ``kept``, by the number of their link, stay where they are.
    """
    found: list[tuple[complex, float] | None] = []
    for seat, _ in kept.values():
        clear.add(seat, BAR_RADIUS)
    for i, line in enumerate(lines):
        if not p.delayed[i] or i in kept:
            found.append(kept.get(i))
            continue
        step = np.diff(line)
        way = np.concatenate([[0.0], np.cumsum(abs(step))])
        want = _SHARES * way[-1]
        seats = np.interp(want, way, line)
        room = np.minimum(clear.room(seats, but=i), BAR_RADIUS * 1.3)
        best = int((room - abs(_SHARES - 0.5) * 0.8).argmax())
        k = int(np.clip(np.searchsorted(way, want[best]) - 1, 0, len(step) - 1))
        clear.add(seats[best], BAR_RADIUS)
        found.append((complex(seats[best]), cmath.phase(step[k])))
    return found
