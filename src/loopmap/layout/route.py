"""Step 5, *route*: the way each link takes."""

from __future__ import annotations

import numpy as np

from loopmap.layout.arcs import cubic, stretch, wanted_bulge
from loopmap.layout.problem import Floats, Ints, Problem

__all__ = ["route"]


def route(p: Problem, x: Floats) -> list[Floats]:
    """Control points ``(1 + 3k, 2)`` for every link, from its tail to the tip of its head."""
    plain = np.flatnonzero(p.ends[:, 0] != p.ends[:, 1]) if len(p.ends) else np.zeros(0, int)
    bulge, _ = wanted_bulge(p, x)
    bulge = spread(p, np.where(np.abs(bulge) < 0.04, 0.05, bulge))
    a, b = x[p.ends[plain, 0]], x[p.ends[plain, 1]]
    visible = stretch(cubic(a, b, bulge[plain]), p, x, plain)
    found: list[Floats] = [np.zeros((4, 2))] * len(p.ends)
    for i, curve in zip(plain, visible, strict=True):
        found[i] = curve
    for i in np.flatnonzero(p.ends[:, 0] == p.ends[:, 1]) if len(p.ends) else ():
        found[i] = teardrops(x[p.ends[i, 0]], p.half[p.ends[i, 0]])[0]
    return found


def spread(p: Problem, bulge: Floats) -> Floats:
    """Set links that join the same two nodes the same way apart."""
    bulge = bulge.copy()
    seen: dict[tuple[int, int], int] = {}
    for i, (a, b) in enumerate(p.ends.tolist()):
        turn = seen[a, b] = seen.get((a, b), -1) + 1
        if turn:
            bulge[i] += 0.16 * turn
    return bulge


#: Where a self-link can sit: (from, to) as shares of the half box, and the way it points.
_CORNERS = ((1, -1), (-1, -1), (1, 1), (-1, 1))


def teardrops(centre: Floats, half: Floats, *, size: float = 2.6) -> Floats:
    """Self-links at the four corners of a box, ``(4, 4, 2)``: out of one side, into the other."""
    found = []
    for sx, sy in _CORNERS:
        corner = centre + half * (sx, sy)
        tail = corner + np.array([-sx * min(1.0, half[0] * 0.7), sy * 0.2])
        head = corner + np.array([sx * 0.35, -sy * min(0.45, half[1] * 0.6)])
        out = np.array([sx * 0.55, sy * 1.0]) * size
        side = np.array([sx * 1.15, sy * 0.35]) * size
        found.append([tail, tail + out - (sx * 1.0, 0), head + side, head])
    return np.array(found, float)


def owners(lines: list[Floats]) -> Ints:
    """Whose each piece is."""
    return np.repeat(np.arange(len(lines)), [len(line) - 1 for line in lines])
