from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from loopmap.layout.curves import trace
from loopmap.layout.geometry import outside
from loopmap.layout.routing.arcs import HEAD_GAP, TAIL_GAP, control_points, fan

HALF = np.array([4 + 1.2j])


@settings(max_examples=60, deadline=None)
@given(st.floats(14, 60), st.floats(-3.1, 3.1), st.floats(-0.5, 0.5), st.floats(-0.9, 0.9))
def test_arcs_run_from_box_to_box(length: float, angle: float, bulge: float, slide: float) -> None:
    tail = np.zeros(1, complex)
    head = tail + length * np.exp(1j * angle)
    f = fan(tail, head, HALF, HALF, np.array([bulge]), np.zeros(1), np.array([slide + 0j]))
    curve = control_points(f)[0]
    line = trace(curve, 24)
    assert not f.gone[0]
    assert abs(outside(line[:1] - tail, HALF + TAIL_GAP)[0]) < 0.1
    assert abs(outside(line[-1:] - head, HALF + HEAD_GAP)[0]) < 0.1
    assert np.abs(line - f.dots[0]).max() < 1e-9


def test_a_positive_bulge_lies_clockwise_of_the_way() -> None:
    f = fan(
        np.zeros(1, complex), np.array([30 + 0j]), HALF, HALF,
        np.array([0.2]), np.zeros(1), np.zeros(1, complex),
    )  # fmt: skip
    assert f.dots[0].imag.max() > 5
