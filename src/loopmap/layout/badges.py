"""Step 8, *badges*: R1, B2 … in the free space inside each loop."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from loopmap.layout.clear import Clear
from loopmap.layout.geometry import inside, ring_area
from loopmap.layout.problem import Floats

__all__ = ["BADGE_RADIUS", "place_badges"]

#: The radius of a badge, in em, and the least room it can live with.
BADGE_RADIUS, LEAST_RADIUS = 1.1, 0.88


def place_badges(
    loops: Sequence[Sequence[int]], lines: list[Floats], clear: Clear
) -> list[tuple[float, float, float, bool] | None]:
    """Place, radius and direction for the badge of each loop, ``None`` where there is no room.

    ``loops`` are link numbers in order. A badge sits at the roomiest place near the middle of
    its ring; its arrow turns clockwise where the loop does.
    """
    found: list[tuple[float, float, float, bool] | None] = []
    for loop in loops:
        ring = np.vstack([lines[i] for i in loop])
        seat = _seat(ring, clear)
        if seat is not None:
            clear.add(np.array(seat[:2]), seat[2])
        found.append(seat)
    return found


def _seat(ring: Floats, clear: Clear) -> tuple[float, float, float, bool] | None:
    low, high = ring.min(axis=0), ring.max(axis=0)
    grid = np.stack(np.meshgrid(*np.linspace(low, high, 24).T), axis=-1).reshape(-1, 2)
    grid = grid[inside(grid, ring)]
    if not len(grid):
        return None
    area = ring_area(ring)
    spread = max(1.0, float(np.sqrt(abs(area) / np.pi)))
    away = np.hypot(*(grid - _middle(ring, area)).T) / spread
    room = clear.room(grid)
    best = int((np.minimum(room, BADGE_RADIUS * 1.6) - 0.06 * away * BADGE_RADIUS).argmax())
    if room[best] < LEAST_RADIUS:
        return None
    x, y = map(float, grid[best])
    return x, y, float(min(BADGE_RADIUS, room[best])), area > 0


def _middle(ring: Floats, area: float) -> Floats:
    if abs(area) < 0.1:
        middle: Floats = ring.mean(axis=0)
        return middle
    (x, y), (u, v) = ring.T, np.roll(ring, -1, axis=0).T
    cross = x * v - u * y
    return np.array([((x + u) * cross).sum(), ((y + v) * cross).sum()]) / (6 * area)
