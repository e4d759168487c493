"""Links from a node to itself: teardrops at a corner of its box."""

from __future__ import annotations

import numpy as np

from loopmap.layout.problem import Floats

__all__ = ["teardrops"]

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
