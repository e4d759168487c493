"""Which loops get a badge when nobody says which."""

from __future__ import annotations

import pytest

import loopmap as lm
from loopmap.scene.badge_loops import FEW, choose_loops

#: Two-link rings on one hub: as many loops, none of which needs another.
RINGS = [
    link for i in range(FEW + 3) for link in ((f"v{i:02}", "hub", "+"), ("hub", f"v{i:02}", "-"))
]


def chosen(m: lm.SystemMap, which: object = "auto", **asked: int) -> list[lm.Loop]:
    return list(choose_loops(m, lm.find_loops(m, **asked), which))  # type: ignore[arg-type]


@pytest.mark.parametrize("rings", [1, FEW - 1, FEW])
def test_few_loops_are_all_marked(rings: int) -> None:
    m = lm.SystemMap(links=RINGS[: 2 * rings], loops=[lm.NamedLoop("Mine", ["v00", "hub"])])
    assert chosen(m) == list(lm.find_loops(m))
    assert len(chosen(m)) == rings


def test_of_many_loops_the_named_ones_are_marked() -> None:
    named = [lm.NamedLoop("Late", ["v11", "hub"]), lm.NamedLoop("Later", ["v10", "hub"])]
    m = lm.SystemMap(links=RINGS, loops=named)
    assert [loop.name for loop in chosen(m)] == ["Later", "Late"]  # in the order of the list
    early = m.replace(loops=[lm.NamedLoop("Early", ["v02", "hub"])])
    assert [loop.name for loop in chosen(early, at_most=5)] == ["Early"]  # a list that was cut


def test_of_many_loops_without_names_the_shortest_are_marked() -> None:
    assert chosen(lm.SystemMap(links=RINGS)) == list(lm.find_loops(lm.SystemMap(links=RINGS)))[:FEW]


def test_the_shortest_are_independent() -> None:
    m = lm.SystemMap(links=[(u, v, "+") for u in "ABCDE" for v in "ABCDE" if u != v])
    found = chosen(m)
    seen: set[lm.Link] = set()
    for loop in found:
        assert not set(loop.links) <= seen
        seen |= set(loop.links)
    assert found
    assert {len(loop) for loop in found} == {2}


def test_named_loops_have_badges_on_the_picture() -> None:
    m = lm.SystemMap(links=RINGS, loops=[lm.NamedLoop("Late", ["v11", "hub"])])
    (late,) = (loop.id for loop in lm.find_loops(m) if loop.name)
    assert [badge.loop for badge in lm.draw(m, effort="fast").layout.badges] == [late]
