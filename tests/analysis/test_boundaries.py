"""What crosses from one agency to another."""

from __future__ import annotations

from hypothesis import given, settings

import loopmap as lm
from loopmap.testing import maps


def held(**who: list[str]) -> lm.SystemMap:
    links = [("A", "B", "+"), ("B", "C", "-"), ("C", "A", "+"), ("C", "D", "+")]
    holds = [lm.Link(w, v, kind="holds") for w, vs in who.items() for v in vs]
    return lm.SystemMap(links=links).add(*holds)


def test_a_link_crosses_when_nobody_holds_both_ends() -> None:
    found = lm.boundary(held(Police=["A", "B"], Health=["C", "A"]))
    assert [(x.source, x.target) for x in found.crossing] == [("B", "C")]
    assert {(x.source, x.target) for x in found.inside} == {("A", "B"), ("C", "A")}
    assert [(x.source, x.target) for x in found.unknown] == [("C", "D")]
    assert len(found.crossing_loops) == 1
    assert "1 link could not be judged" in str(found)
    row = found.to_frame().iloc[0]
    assert (row["from"], row["to"], row["sign"], row["loops"]) == ("Police", "Health", "-", 1)


def test_the_matrix_counts_every_pair_of_holders() -> None:
    found = lm.boundary(held(Police=["A"], Fire=["A"], Health=["B"], Schools=["B", "C"]))
    table = found.handovers()
    assert table.loc["Police", "Health"] == table.loc["Fire", "Schools"] == 1
    assert table.loc["Schools", "Police"] == 1
    assert table.to_numpy().sum() == 2 * 2 + 1 * 2  # A→B: two by two; C→A: one by two
    assert found.handovers(sign="-").to_numpy().sum() == 0
    assert found.handovers(sign="+").equals(table)


def test_nobody_holds_anything() -> None:
    found = lm.boundary(lm.SystemMap(links=[("A", "B", "+")]))
    assert not found.crossing
    assert len(found.unknown) == 1
    assert found.handovers().empty


@given(maps(max_variables=5, max_links=12))
@settings(max_examples=settings().max_examples // 2)
def test_every_causal_link_is_judged_once(m: lm.SystemMap) -> None:
    found = lm.boundary(m)
    judged = [*found.crossing, *found.inside, *found.unknown]
    assert sorted(judged, key=lambda x: x.key) == list(m.causal_links)
    pairs = sum(len(found.holders[x.source]) * len(found.holders[x.target]) for x in found.crossing)
    assert found.handovers().to_numpy().sum() == pairs
    assert all(set(found.crossing) & set(loop.links) for loop in found.crossing_loops)
