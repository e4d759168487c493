from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from loopmap.layout.geometry import outside
from loopmap.layout.placing.separate import separate

POINTS = st.tuples(st.floats(-40, 40), st.floats(-40, 40)).map(lambda p: complex(*p))


@settings(max_examples=60, deadline=None)
@given(st.lists(POINTS, min_size=2, max_size=12))
def test_separated_boxes_keep_their_gap(at: list[complex]) -> None:
    half = np.full(len(at), 3 + 1j)
    x = separate(np.array(at), half)
    apart = abs(x[:, None] - x)
    np.fill_diagonal(apart, 99)
    across, down = abs((x[:, None] - x).real), abs((x[:, None] - x).imag)
    assert ((across >= 6.999) | (down >= 2.799) | (apart == 99)).all()


def test_fixed_boxes_do_not_move() -> None:
    x = np.array([0j, 0.5 + 0j, 1 + 0j])
    done = separate(x, np.full(3, 3 + 1j), fixed=np.array([True, False, False]))
    assert done[0] == 0
    assert outside(done[1:] - done[0], np.full(2, 6 + 2j)).min() >= 0
