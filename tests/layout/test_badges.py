from __future__ import annotations

import numpy as np

from loopmap.layout.annotating.badges import BADGE_RADIUS, place_badges
from loopmap.layout.annotating.clearance import Clearance


def test_a_badge_sits_inside_its_ring_and_turns_with_it() -> None:
    turn = 12 * np.exp(2j * np.pi * np.arange(5) / 4)
    lines = [turn[k : k + 2] for k in range(4)]
    clear = Clearance(turn[:4], np.full(4, 1 + 0.5j), lines)
    ((at, radius, clockwise),) = place_badges([[0, 1, 2, 3]], lines, clear)
    assert abs(at) < 4
    assert radius == BADGE_RADIUS
    assert clockwise  # angles grow clockwise where y points down
