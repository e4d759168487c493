"""Outlines close, circles are round, and cuts keep to the curve."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loopmap.layout.curves import cut_back, flatten, point_back
from loopmap.scene.shapes import arc, circle, polygon, rectangle

points = st.tuples(st.floats(-100, 100), st.floats(-100, 100))


def length(line: list[tuple[float, float]]) -> float:
    return sum(math.dist(a, b) for a, b in itertools.pairwise(line))


def test_a_circle_is_round() -> None:
    codes, outline = circle(3, 4, 10)
    assert codes == "MCCCCZ"
    for x, y in flatten(outline):
        assert math.hypot(x - 3, y - 4) == pytest.approx(10, abs=0.01)


@given(st.floats(-7, 7), st.floats(0.1, 6.2), st.booleans())
def test_an_arc_sweeps_its_angle(start: float, sweep: float, back: bool) -> None:
    sweep = -sweep if back else sweep
    _, outline = arc(0, 0, 5, start, sweep)
    line = flatten(outline)
    assert line[0] == pytest.approx((5 * math.cos(start), 5 * math.sin(start)), abs=1e-9)
    end = start + sweep
    assert line[-1] == pytest.approx((5 * math.cos(end), 5 * math.sin(end)), abs=1e-6)
    assert length(line) == pytest.approx(5 * abs(sweep), rel=0.01)


@given(st.lists(points, min_size=4, max_size=4), st.floats(0, 0.9))
def test_cutting_back_keeps_the_rest(curve: list[tuple[float, float]], share: float) -> None:
    whole = length(flatten(curve, 256))
    if whole < 1:
        return
    back = share * whole
    rest = cut_back(curve, back)
    assert rest[0] == curve[0]
    assert len(rest) == 4
    assert length(flatten(rest, 256)) == pytest.approx(whole - back, rel=0.05, abs=0.05 * whole)


def test_cutting_more_than_the_last_curve() -> None:
    straight = [(float(x), 0.0) for x in range(7)]  # two curves of three units each
    assert point_back(straight, 4.0) == pytest.approx((2.0, 0.0))
    assert len(cut_back(straight, 4.0)) == 4
    assert point_back(straight, 100.0) == pytest.approx((0.0, 0.0), abs=0.01)


@pytest.mark.parametrize("radius", [0, 2, 500])
def test_a_rectangle_stays_in_its_area(radius: float) -> None:
    codes, outline = rectangle((0, 0, 30, 10), radius)
    assert codes.endswith("Z")
    assert min(x for x, _ in outline) == 0
    assert max(x for x, _ in outline) == 30
    assert max(y for _, y in outline) == 10


def test_polygons_close() -> None:
    assert polygon([(0, 0), (1, 0), (0, 1)])[0] == "MLLZ"
