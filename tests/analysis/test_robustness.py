"""What the loops rest on; no probability is invented."""

from __future__ import annotations

import math
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import loopmap as lm
from loopmap.analysis.robustness import keeps_label
from loopmap.testing import maps


@pytest.mark.parametrize(
    ("probabilities", "expected"),
    [([0.9] * 4, 0.7048), ([0.9] * 6, 0.631072), ([0.9, 0.5, 1.0], 0.5)],
)
def test_piling_up(probabilities: list[float], expected: float) -> None:
    """The parity identity (Matsui's piling-up lemma), closed form."""
    assert keeps_label(probabilities) == pytest.approx(expected)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=7))
def test_against_every_way_signs_can_be_wrong(probabilities: list[float]) -> None:
    total = 0.0
    for right in product([True, False], repeat=len(probabilities)):
        if right.count(False) % 2 == 0:
            total += math.prod(p if r else 1 - p for p, r in zip(probabilities, right, strict=True))
    assert keeps_label(probabilities) == pytest.approx(total, abs=1e-9)


def graded(*links: tuple[str, str, str, str]) -> lm.SystemMap:
    return lm.SystemMap(
        links=[lm.Link(a, b, claims=[lm.Claim(None, s, evidence=g)]) for a, b, s, g in links]
    )


MIXED = graded(
    ("A", "B", "+", "stated"),
    ("B", "A", "-", "stated"),
    ("B", "C", "+", "ends"),
    ("C", "A", "+", "hearsay"),
    ("C", "C", "+", ""),
    ("C", "D", "?", "inferred"),
)


def test_what_is_left_by_evidence() -> None:
    found = lm.robustness(MIXED)
    assert list(found.links.items()) == [
        ("stated", 2), ("ends", 1), ("inferred", 1), ("hearsay", 1), ("", 1),
    ]  # fmt: skip
    assert list(found.left.values()) == [1, 1, 1, 2, 3]
    assert all(stays is None for stays in found.stays)
    assert found.to_frame().stays.isna().all()
    for upto in range(1, 6):
        kept = lm.on_evidence(MIXED, *list(found.links)[:upto])
        assert len(lm.find_loops(kept)) == list(found.left.values())[upto - 1]


def test_probabilities_are_given_or_refused() -> None:
    with pytest.raises(lm.InvalidMapError, match=r"'hearsay' and ''.*loopmap invents none"):
        lm.robustness(MIXED, probabilities={"stated": 0.9, "ends": 0.8})
    with pytest.raises(lm.InvalidMapError, match=r"'ends' is between 0 and 1, not 8"):
        lm.robustness(MIXED, probabilities={"ends": 8})
    given = {"stated": 0.9, "ends": 0.8, "hearsay": 0.6, "": 0.5}
    table = lm.robustness(MIXED, probabilities=given).to_frame().set_index("path")
    assert table.stays["A -> (+) B -> (−) A"] == pytest.approx((1 + 0.8 * 0.8) / 2)
    assert table.stays["A -> (+) B -> (+) C -> (+) A"] == pytest.approx((1 + 0.8 * 0.6 * 0.2) / 2)
    assert table.weakest["A -> (+) B -> (+) C -> (+) A"] == "hearsay"


def test_an_undetermined_loop_has_no_label_to_keep() -> None:
    m = graded(("A", "B", "?", "stated"), ("B", "A", "+", "stated"))
    assert lm.robustness(m, probabilities={"stated": 1}).stays == (None,)


def test_unknown_grades_are_refused() -> None:
    with pytest.raises(lm.UnknownNameError, match="graded 'hearsy'; did you mean 'hearsay'"):
        lm.on_evidence(MIXED, "hearsy")


def test_most_decisive_counts_loops_and_what_settling_would_bring() -> None:
    m = lm.SystemMap(
        links=[("A", "B", "+"), ("B", "A", "?"), ("B", "C", "-"), ("C", "A", "+"), ("D", "A", "+")]
    )
    table = lm.most_decisive(m)
    assert len(table) == 4  # D → A is on no loop
    top = table.iloc[0]
    assert (top.source, top.target, top.loops) == ("A", "B", 2)
    assert (top.balancing, top.undetermined, top.settles) == (1, 1, 0)
    settling = table[table.settles > 0]
    assert list(zip(settling.source, settling.target, strict=True)) == [("B", "A")]
    assert table.attrs["complete"]


@given(maps(max_variables=5, max_links=12))
@settings(max_examples=settings().max_examples // 2)
def test_counting_says_what_listing_says(m: lm.SystemMap) -> None:
    counted = lm.most_decisive(m, at_most=0)
    assert counted.equals(lm.most_decisive(m))
    assert counted.attrs["complete"]


def test_more_loops_than_anybody_would_list() -> None:
    names = "ABCDEFGHIJ"
    m = lm.SystemMap(links=[(a, b, "+" if a < b else "-") for a in names for b in names if a != b])
    table = lm.most_decisive(m)
    assert table.attrs["complete"]
    # Every link of the complete graph on ten lies on as many loops as every other.
    assert set(table.loops) == {sum(lm.participation(m).links[m.links[0]])}
    assert table.loops[0] > 100_000


@given(maps(max_variables=5, max_links=10))
@settings(max_examples=settings().max_examples // 2)
def test_turning_a_sign_turns_the_loops_through_it_and_no_other(m: lm.SystemMap) -> None:
    table = lm.most_decisive(m)
    if table.empty:
        return
    row = table.iloc[0]
    link = m.link(row.source, row.target, route=row.route)
    if not link.polarity.is_known:
        return
    turned = "-" if link.polarity is lm.Polarity.POSITIVE else "+"
    changed = m.remove(link).add(link.replace(claims=[lm.Claim(None, turned)]))
    flips = [c for c in lm.diff(m, changed, renamed={}).changes if c.change == "flipped"]
    assert len(flips) == row.reinforcing + row.balancing
