"""The published numbers, and what a distance must obey."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import loopmap as lm
from loopmap.analysis.distances import MEASURES
from loopmap.analysis.ratios import (
    Cell,
    Side,
    _gap,
    formula_4,
    formula_6,
    formula_12,
    markoczy_goldberg,
)
from loopmap.testing import maps, polarities

# Kumbure et al. (2023), Expert Systems with Applications; public data of "A toolset for
# unsupervised assessment of learning outcomes" (MIT licence), group 5, maps 01 and 02.
MAP_1 = [(2, 33, 3), (8, 23, 3), (9, 23, -1), (10, 8, 2), (10, 9, -2), (19, 22, 1), (21, 10, 3),
         (22, 41, 1), (23, 24, 3), (24, 41, 3), (29, 24, 1), (33, 19, 3), (36, 33, 2)]  # fmt: skip
MAP_2 = [(1, 41, 2), (2, 19, 3), (11, 2, 2), (11, 12, 2), (12, 2, -2), (12, 19, 3), (17, 41, 3),
         (19, 1, 3), (19, 23, 3), (19, 24, 2), (20, 23, -3), (23, 41, 3), (24, 1, 1), (24, 41, 3),
         (30, 2, 3), (30, 34, 2), (33, 1, 1), (33, 2, 2), (33, 20, 3), (34, 2, 3)]  # fmt: skip
LISTED_1 = {2, 8, 9, 10, 19, 21, 22, 23, 24, 29, 33, 36}
LISTED_2 = {1, 2, 11, 12, 17, 19, 20, 23, 24, 30, 33, 34}


def side(links: list[tuple[int, int, int]], listed: set[int]) -> Side:
    cells = {
        (str(s), str(t)): Cell(lm.Polarity.of("+" if v > 0 else "-"), abs(v)) for s, t, v in links
    }
    return Side(frozenset(map(str, listed)), cells)


def as_map(links: list[tuple[int, int, int]]) -> lm.SystemMap:
    return lm.SystemMap(
        links=[lm.Link(str(s), str(t), "+" if v > 0 else "-", strength=abs(v)) for s, t, v in links]
    )


def test_langfield_smith_and_wirth_as_published() -> None:
    """The programme's numbers; its data links concept 41, the outcome, but lists it nowhere."""
    a, b = side(MAP_1, LISTED_1), side(MAP_2, LISTED_2)
    assert formula_4(a, b) == pytest.approx(0.0453216, abs=5e-8)
    assert formula_6(a, b) == pytest.approx(0.1174242, abs=5e-8)
    assert formula_12(a, b) == pytest.approx(43 / 344)
    assert markoczy_goldberg(a, b, scale=3) == pytest.approx(48 / 344)


def test_langfield_smith_and_wirth_with_the_outcome_listed() -> None:
    a, b = side(MAP_1, LISTED_1 | {41}), side(MAP_2, LISTED_2 | {41})
    assert formula_4(a, b) == pytest.approx(0.0407895, abs=5e-8)
    assert formula_6(a, b) == pytest.approx(0.099359, abs=5e-8)
    assert formula_12(a, b) == pytest.approx(45 / 432)
    far = lm.distance(as_map(MAP_1), as_map(MAP_2), scale=3)
    assert far.formula_4 == formula_4(a, b)
    assert far.formula_12 == far.markoczy_goldberg == pytest.approx(45 / 432)


@pytest.mark.parametrize(("gamma", "expected"), [(0, "2/8"), (1, "3/12"), (2, "6/12")])
def test_markoczy_and_goldberg(gamma: int, expected: str) -> None:
    """Worked from the formula of Markóczy & Goldberg (1995), J. Management 21:305-333."""
    a = lm.SystemMap(links=[lm.Link("a", "b", "+", strength=1), lm.Link("b", "a", "-", strength=2)])
    b = lm.SystemMap(
        links=[
            lm.Link("a", "b", "+", strength=2),
            lm.Link("b", "a", "-", strength=1),
            lm.Link("b", "c", "+", strength=1),
        ]
    )
    far = lm.distance(a, b, scale=2, gamma=gamma)
    assert far.markoczy_goldberg == pytest.approx(float(Fraction(expected)))


def test_opposites_are_as_far_as_can_be() -> None:
    plus = lm.SystemMap(links=[("a", "b", "+"), ("b", "a", "+")])
    minus = lm.SystemMap(links=[("a", "b", "-"), ("b", "a", "-")])
    assert lm.distance(plus, minus).markoczy_goldberg == 1
    assert lm.distance(plus, minus, delta=1).markoczy_goldberg == 1


def test_element_loop_and_model_distance() -> None:
    """Schaffernicht & Groesser (2011), as their sections 3.3 to 3.5 are re-implemented; by hand."""
    a = lm.SystemMap(links=[("A", "B", "+"), ("B", "A", "+"), ("C", "C", "+")])
    b = lm.SystemMap(links=[("A", "B", "+"), lm.Link("B", "A", "-", delayed=True)])
    far = lm.distance(a, b)
    # B→A: |1 − (−2)| = 3; most: 4·(2² − 2) common, and 2·2·1 + 1 − 1 pairs with C.
    assert far.element == pytest.approx(3 / (8 + 4))
    # The loop A B: delay 1, polarity 1, element 3 of 8.
    assert far.loop == pytest.approx((1 + 1 + 3 / 8) / 3)
    # The self-loop of C has no partner: it counts 1.
    assert far.model == pytest.approx((far.loop + 1) / 2)
    assert far.loops == 1 / 2


def test_loops_that_share_most_of_their_links_are_matched() -> None:
    a = lm.SystemMap(links=[("A", "B", "+"), ("B", "C", "+"), ("C", "A", "+")])
    b = lm.SystemMap(links=[("A", "B", "+"), ("B", "C", "+"), ("C", "D", "+"), ("D", "A", "-")])
    far = lm.distance(a, b)
    assert far.loops == 1
    assert far.model == far.loop < 1  # Jaccard 2/5: matched, and still apart


def test_plain_shares() -> None:
    a = lm.SystemMap(links=[("A", "B", "+"), ("B", "C", "+")])
    b = lm.SystemMap(links=[("A", "B", "-"), ("B", "D", "+")])
    far = lm.distance(a, b)
    assert far.variables == pytest.approx(1 - 2 / 4)
    assert far.links == pytest.approx(1 - 1 / 3)
    assert far.signs == 1
    assert list(far.to_frame().measure) == list(MEASURES)


def test_strengths_must_be_there_when_they_are_to_count() -> None:
    m = lm.SystemMap(links=[("A", "B", "+")])
    with pytest.raises(lm.InvalidMapError, match=r"'A' -> 'B' has no strength.*leave scale= out"):
        lm.distance(m, m, scale=3)
    strong = lm.SystemMap(links=[lm.Link("A", "B", "+", strength=5)])
    with pytest.raises(lm.InvalidMapError, match="has strength 5"):
        lm.distance(strong, strong, scale=3)
    with pytest.raises(lm.InvalidMapError, match="gamma is 0, 1 or 2"):
        lm.distance(m, m, gamma=3)


def test_unsigned_links_are_announced() -> None:
    m = lm.SystemMap(links=[("A", "B", "?")])
    assert "1 link without one plain sign" in str(lm.distance(m, lm.SystemMap(["A", "B"])))


@given(maps(max_variables=5, max_links=9), maps(max_variables=5, max_links=9))
@settings(max_examples=settings().max_examples // 2)
def test_every_measure_is_symmetric_and_between_0_and_1(a: lm.SystemMap, b: lm.SystemMap) -> None:
    here, there = lm.distance(a, b), lm.distance(b, a)
    for name in MEASURES:
        x, y = getattr(here, name), getattr(there, name)
        assert x == pytest.approx(y, nan_ok=True), name
        assert math.isnan(x) or -1e-9 <= x <= 1 + 1e-9, name


@given(maps(max_variables=5, max_links=9))
@settings(max_examples=settings().max_examples // 2)
def test_a_map_is_no_distance_from_itself(m: lm.SystemMap) -> None:
    here = lm.distance(m, m)
    for name in MEASURES:
        x = getattr(here, name)
        assert math.isnan(x) or x == 0, name
    assert here.variables == here.links == here.loops == here.model == 0


pairs = st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd"))
drawn = st.dictionaries(
    pairs, st.builds(Cell, polarities(unknown=False, mixed=False), st.sampled_from([1.0, 2.0, 3.0]))
)


@given(drawn, drawn, st.integers(0, 2), st.integers(0, 1), st.sampled_from([0, 1]))
def test_markoczy_goldberg_against_every_cell(
    x: dict[tuple[str, str], Cell],
    y: dict[tuple[str, str], Cell],
    gamma: int,
    alpha: int,
    delta: int,
) -> None:
    """The formula written out over all cells of the union, as the paper states it."""
    a = Side(frozenset(n for p in x for n in p), x)
    b = Side(frozenset(n for p in y for n in p), y)
    total, most = 0.0, 0.0
    both = a.variables & b.variables
    for i in "abcd":
        for j in "abcd":
            in_a, in_b = {i, j} <= a.variables, {i, j} <= b.variables
            if (i == j and alpha == 1) or not (in_a or in_b):
                continue
            one = x[i, j].number if (i, j) in x else 0
            other = y[i, j].number if (i, j) in y else 0
            if {i, j} <= both:
                total += abs(one - other) + (delta if one * other < 0 else 0)
                most += 2 * 3 + delta
            elif gamma:
                total += 1 if gamma == 2 or one or other else 0
                most += 1
    expected = total / most if most else float("nan")
    found = markoczy_goldberg(a, b, scale=3, gamma=gamma, alpha=alpha, delta=delta)
    assert found == pytest.approx(expected, nan_ok=True)


@given(drawn, drawn)
def test_formula_12_is_markoczy_goldberg_where_everything_is_listed(
    x: dict[tuple[str, str], Cell], y: dict[tuple[str, str], Cell]
) -> None:
    a = Side(frozenset(n for p in x for n in p), x)
    b = Side(frozenset(n for p in y for n in p), y)
    assert formula_12(a, b) == pytest.approx(markoczy_goldberg(a, b, scale=3), nan_ok=True)


def test_an_undetermined_loop_is_half_as_far_as_an_opposite_one() -> None:
    known = lm.SystemMap(links=[("A", "B", "+"), ("B", "A", "+")])
    unknown = lm.SystemMap(links=[("A", "B", "+"), ("B", "A", "?")])
    # No delay; half a polarity; of the elements 1 (half of a contradiction) of 4·(2² − 2).
    assert lm.distance(known, unknown).loop == pytest.approx((0 + 1 / 2 + 1 / 8) / 3)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (None, None, 0),
        (Cell(lm.Polarity.POSITIVE, 3), None, 3),
        (None, Cell(lm.Polarity.UNKNOWN, 2), 2),
        (Cell(lm.Polarity.POSITIVE, 3), Cell(lm.Polarity.NEGATIVE, 2), 5),
        (Cell(lm.Polarity.POSITIVE, 3), Cell(lm.Polarity.UNKNOWN, 2), 3),
        (Cell(lm.Polarity.MIXED, 1), Cell(lm.Polarity.MIXED, 3), 2),
    ],
)
def test_the_gap_of_two_cells(one: Cell | None, other: Cell | None, apart: float) -> None:
    assert _gap(one, other) == _gap(other, one) == apart
