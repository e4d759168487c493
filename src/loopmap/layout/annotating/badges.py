"""Step 8, *badges*: R1, B2 … in the free space inside each loop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np

from loopmap.layout.annotating.clearance import Clearance
from loopmap.layout.geometry import inside, ring_area, ring_middle
from loopmap.layout.layout_graph import Points

__all__ = ["BADGE_RADIUS", "LEAST_RADIUS", "Seat", "place_badges"]

#: The radius of a badge, in em, and the least room it can live with.
BADGE_RADIUS, LEAST_RADIUS = 1.1, 0.88

#: Where a badge sits, its radius, and whether its loop runs clockwise.
Seat = tuple[complex, float, bool]


def place_badges(
    loops: Sequence[Sequence[int]],
    lines: list[Points],
    clear: Clearance,
    kept: Mapping[int, Seat] = MappingProxyType({}),
) -> list[Seat | None]:
    """Place, radius and direction for the badge of each loop, ``None`` where there is no room.

    ``loops`` are link numbers in order. A badge sits at the roomiest place near the middle of
    its ring; its arrow turns clockwise where the loop does. Those in ``kept``, by their place in
    ``loops``, stay where they are.
    """
    found: list[Seat | None] = []
    for place, radius, _ in kept.values():
        clear.add(place, radius)
    for k, loop in enumerate(loops):
        if k in kept:
            found.append(kept[k])
            continue
        seat = _seat(np.concatenate([lines[i] for i in loop]), clear)
        if seat is not None:
            clear.add(seat[0], seat[1])
        found.append(seat)
    return found


def _seat(ring: Points, clear: Clearance) -> Seat | None:
    across = np.linspace(ring.real.min(), ring.real.max(), 24)
    down = np.linspace(ring.imag.min(), ring.imag.max(), 24)
    grid = (across + 1j * down[:, None]).ravel()
    grid = grid[inside(grid, ring)]
    if not len(grid):
        return None
    area = ring_area(ring)
    away = abs(grid - ring_middle(ring)) / max(1.0, float(np.sqrt(abs(area) / np.pi)))
    room = clear.room(grid)
    best = int((np.minimum(room, BADGE_RADIUS * 1.6) - 0.06 * away * BADGE_RADIUS).argmax())
    if room[best] < LEAST_RADIUS:
        return None
    return complex(grid[best]), float(min(BADGE_RADIUS, room[best])), area > 0
