"""Step 9, *box*: the bounds of everything that was placed."""

from __future__ import annotations

import numpy as np

from loopmap.layout.geometry import trace
from loopmap.layout.places import Badge, Box, Route

__all__ = ["SIGN_RADIUS", "bounds"]

#: Half the size of a sign's mark, in em.
SIGN_RADIUS = 0.46


def bounds(
    boxes: list[Box], routes: list[Route], badges: list[Badge], font_size: float
) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of all boxes, lines, signs and badges; no margin.

    An empty map gets the room of one letter, so that a picture of it has a size.
    """
    r = SIGN_RADIUS * font_size
    points = [(b.x + s * b.width / 2, b.y + s * b.height / 2) for b in boxes for s in (-1, 1)]
    points += [(q.sign[0] + s * r, q.sign[1] + s * r) for q in routes for s in (-1, 1)]
    points += [(b.x + s * b.radius, b.y + s * b.radius) for b in badges for s in (-1, 1)]
    points += [(x, y) for q in routes for x, y in trace(np.array(q.points))]
    if not points:
        return (0.0, 0.0, font_size, font_size)
    low, high = np.min(points, axis=0), np.max(points, axis=0)
    return (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
