"""Step 9, *box*: the bounds of everything that was placed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from loopmap.layout.curves import traced
from loopmap.layout.model import Badge, Box, Route

__all__ = ["SIGN_RADIUS", "bounds"]

#: Half the size of a sign's mark, in em.
SIGN_RADIUS = 0.46


def bounds(
    boxes: Sequence[Box], routes: Sequence[Route], badges: Sequence[Badge], font_size: float
) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of all boxes, lines, signs and badges; no margin.

    An empty map gets the room of one letter, so that a picture of it has a size.
    """
    r = SIGN_RADIUS * font_size * (1 + 1j)
    points = [np.array([complex(font_size, font_size), 0])] if not boxes else []
    for b in boxes:
        points.append(complex(b.x, b.y) + np.array([-0.5, 0.5]) * complex(b.width, b.height))
    points += traced([np.array([complex(*point) for point in route.points]) for route in routes])
    for route in routes:
        points.append(complex(*route.sign) + np.array([-r, r]))
    for badge in badges:
        points.append(complex(badge.x, badge.y) + np.array([-1, 1]) * badge.radius * (1 + 1j))
    every = np.concatenate(points)
    x, y = every.real, every.imag
    return (float(x.min()), float(y.min()), float(x.max()), float(y.max()))
