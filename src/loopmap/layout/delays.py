"""Step 7, *delays*: the two strokes across a delayed link."""

from __future__ import annotations

import numpy as np

from loopmap.layout.clear import Clear
from loopmap.layout.problem import Floats, Problem

__all__ = ["place_bars"]

#: Shares of a link's length where its strokes may stand, the nicest first.
_SHARES = np.array([0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.3])
#: The strokes reach this far from the line, in em.
BAR_RADIUS = 0.55


def place_bars(
    p: Problem, lines: list[Floats], clear: Clear
) -> list[tuple[float, float, float] | None]:
    """Middle and direction of the strokes for each delayed link, ``None`` for the others."""
    found: list[tuple[float, float, float] | None] = []
    for i, line in enumerate(lines):
        if not p.delayed[i]:
            found.append(None)
            continue
        step = np.hypot(*np.diff(line, axis=0).T)
        way = np.concatenate([[0.0], np.cumsum(step)])
        want = _SHARES * way[-1]
        seats = np.stack([np.interp(want, way, line[:, k]) for k in (0, 1)], axis=1)
        room = np.minimum(clear.room(seats, but=i), BAR_RADIUS * 1.3)
        best = int((room - np.abs(_SHARES - 0.5) * 0.8).argmax())
        k = int(np.clip(np.searchsorted(way, want[best]) - 1, 0, len(step) - 1))
        dx, dy = line[k + 1] - line[k]
        clear.add(seats[best], BAR_RADIUS)
        found.append((float(seats[best, 0]), float(seats[best, 1]), float(np.arctan2(dy, dx))))
    return found
