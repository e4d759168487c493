"""Points along chains of curves, and cuts."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loopmap.layout.curves import cut_back, flatten, point_at, split, trace

NUMBERS = st.floats(-100, 100).map(lambda x: round(x, 3))
POINTS = st.builds(complex, NUMBERS, NUMBERS)
CURVES = st.lists(POINTS, min_size=4, max_size=4).map(np.array)


@given(CURVES, st.floats(0.01, 0.99), st.floats(0, 1))
def test_both_halves_are_the_curve(curve: np.ndarray, cut: float, t: float) -> None:
    first, second = split(curve, cut)
    assert point_at(first, t) == pytest.approx(complex(point_at(curve, cut * t)), abs=1e-9)
    assert point_at(second, t) == pytest.approx(
        complex(point_at(curve, cut + (1 - cut) * t)), abs=1e-9
    )


@given(st.lists(CURVES, min_size=1, max_size=3), st.integers(1, 20))
def test_a_trace_goes_through_every_joint(curves: list[np.ndarray], per: int) -> None:
    chain = curves[0]
    for curve in curves[1:]:
        chain = np.concatenate([chain, curve[1:]])
    line = trace(chain, per)
    assert len(line) == per * len(curves) + 1
    assert line[::per] == pytest.approx(chain[::3])


@given(st.floats(0.1, 29.9))
def test_a_cut_leaves_the_rest_of_the_length(back: float) -> None:
    straight = [(float(x), 0.0) for x in (0, 1, 3, 5, 6, 14, 20, 30, 30, 30)][:10]
    rest = cut_back(straight, back)
    long = sum(abs(b[0] - a[0]) for a, b in pairwise(flatten(rest, 400)))
    assert long == pytest.approx(30 - back, abs=0.1)
