"""The map: one of each, typed, immutable; its changes are new maps; its errors name the nearest."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

import loopmap as lm
from loopmap import Claim, Element, Link, NamedLoop, SystemMap
from loopmap.model import ELEMENT_KINDS, LINK_KINDS, link_problem
from loopmap.testing import maps

HUB = SystemMap(
    [Element("Backlog", "stock"), "Morale"],
    [
        ("Backlog", "Stress", "+"),
        ("Stress", "Errors", "+"),
        ("Errors", "Backlog", "+"),
        Link("Police", "Backlog", kind="holds"),
        Link("Parents", "Backlog", "-", kind="wants"),
        Link("Stress", "Errors", claims=[Claim("Police", "-")]),
    ],
    [NamedLoop("Spiral", ["Backlog", "Stress", "Errors"], "R")],
    title="The hub",
    focal="Backlog",
)


def test_undeclared_names_get_the_kind_their_links_ask_for() -> None:
    assert HUB.variables == ("Backlog", "Errors", "Morale", "Stress")
    assert HUB.stakeholders == ("Parents", "Police")
    assert HUB.perspectives == ("Police",)
    assert len(HUB.causal_links) == 3
    assert repr(HUB) == "<SystemMap 'The hub': 4 variables, 5 links, 2 stakeholders>"


@given(maps(), st.randoms(use_true_random=False))
def test_the_order_of_the_parts_does_not_matter(m: SystemMap, random: object) -> None:
    parts = [list(part) for part in (m.elements, m.links, m.loops)]
    for part in parts:
        random.shuffle(part)  # type: ignore[attr-defined]
    split = [link.replace(claims=[claim]) for link in parts[1] for claim in reversed(link.claims)]
    again = m.replace(elements=parts[0], links=split, loops=parts[2])
    assert again == m
    assert hash(again) == hash(m)
    assert pickle.loads(pickle.dumps(m)) == copy.deepcopy(m) == m


@given(maps())
def test_every_link_joins_what_its_kind_may_join(m: SystemMap) -> None:
    for link in m.links:
        row = LINK_KINDS[link.kind]
        assert m.element(link.source).kind in row.starts
        assert m.element(link.target).kind in row.ends
    assert set(m.variables).isdisjoint(m.stakeholders)
    assert {*m.variables, *m.stakeholders} == set(m.names)


@pytest.mark.parametrize("kind", LINK_KINDS)
@pytest.mark.parametrize("source", ELEMENT_KINDS)
@pytest.mark.parametrize("target", ELEMENT_KINDS)
def test_the_table_of_kinds_is_the_rule(kind: str, source: str, target: str) -> None:
    row = LINK_KINDS[kind]
    allowed = source in row.starts and target in row.ends
    problem = link_problem(kind, "A", source, "B", target)
    assert bool(problem) is not allowed
    elements = [Element("A", source), Element("B", target)]
    if allowed:
        assert SystemMap(elements, [Link("A", "B", kind=kind)]).links
    else:
        with pytest.raises(lm.InvalidMapError, match=f"a {kind} link joins"):
            SystemMap(elements, [Link("A", "B", kind=kind)])


@pytest.mark.parametrize(
    ("do", "error", "message"),
    [
        (lambda: HUB.element("Backlg"), lm.UnknownNameError, "no element is called 'Backlg'; did you mean 'Backlog'?"),
        (lambda: HUB.link("Backlog", "Errors"), lm.UnknownNameError, "no causal link leads from 'Backlog' to 'Errors'"),
        (lambda: HUB.link("Backlog", "Stres"), lm.UnknownNameError, "did you mean 'Stress'?"),
        (lambda: HUB.focus("zzz"), lm.UnknownNameError, "no element is called 'zzz'"),
        (lambda: HUB.perspective("Polic"), lm.UnknownNameError, "nobody called 'Polic' makes a claim in this map; did you mean 'Police'?"),
        (lambda: HUB.rename({"Bcklog": "x"}), lm.UnknownNameError, "did you mean 'Backlog'?"),
        (lambda: HUB.rename({"Police": "Backlog"}), lm.InvalidMapError, "'Backlog' would be both a"),
        (lambda: HUB.remove("x"), lm.UnknownNameError, "no element is called 'x'"),
        (lambda: HUB.remove(Link("A", "B")), lm.UnknownNameError, "no element is called 'A'"),
        (lambda: HUB.remove(NamedLoop("y", ["A"])), lm.UnknownNameError, "no such loop 'y' in this map"),
        (lambda: HUB.replace(titel="x"), TypeError, "a map has no part 'titel'; did you mean 'title' or 'subtitle'?"),
        (lambda: HUB.add("Backlog"), TypeError, "add() takes Element, Link and NamedLoop, not 'Backlog'"),
        (lambda: SystemMap([Element("A"), Element("A", "stock")]), lm.InvalidMapError, "'A' is given twice and differently"),
        (lambda: SystemMap(title="a\nb"), lm.InvalidMapError, "the title of a map"),
        (lambda: SystemMap(links=[Link("P", "A", kind="holds"), ("P", "A", "+")]), lm.InvalidMapError,
         "a causal link joins variable/stock/flow to variable/stock/flow, not stakeholder 'P' to variable 'A'; use kind 'holds', 'influences' or 'wants'"),
    ],
)  # fmt: skip
def test_errors_say_what_where_and_what_to_do(
    do: Callable[[], object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as caught:
        do()
    assert message in str(caught.value)


def test_several_routes_need_a_choice() -> None:
    m = SystemMap(links=[Link("A", "B", "+", route="price"), Link("A", "B", "-", route="phone")])
    assert m.link("A", "B", route="price").polarity is lm.Polarity.POSITIVE
    with pytest.raises(
        lm.UnknownNameError,
        match="several causal links lead from 'A' to 'B'; pass route= one of 'phone', 'price'",
    ):
        m.link("A", "B")
    with pytest.raises(
        lm.UnknownNameError, match="no causal link leads from 'A' to 'B' by route 'post'"
    ):
        m.link("A", "B", route="post")


@given(maps(min_variables=1), st.data())
def test_renaming_there_and_back_is_nothing(m: SystemMap, data: st.DataObject) -> None:
    if not m.names:
        return
    old = data.draw(st.sampled_from(m.names))
    there = m.rename({old: "a name nobody has"})
    assert old not in there
    assert there.rename({"a name nobody has": old}) == m
    assert len(there.links) == len(m.links)


def test_renaming_two_to_one_joins_them() -> None:
    m = SystemMap(
        [Element("A", "stock", "x"), Element("B", notes="y")], [("A", "C", "+"), ("B", "C", "-")]
    )
    joined = m.rename({"B": "A"})
    assert joined.element("A") == Element("A", "stock", ["x", "y"])
    assert [str(link.polarity) for link in joined.links] == ["±"]


def test_renaming_reaches_loops_and_focus() -> None:
    renamed = HUB.rename({"Backlog": "Queue"})
    assert renamed.loops[0].path == ("Queue", "Stress", "Errors")
    assert renamed.focal == ("Queue",)


@given(maps(min_variables=1), st.integers(0, 3))
def test_focus_keeps_what_is_near_and_everything_between(m: SystemMap, steps: int) -> None:
    if not m.names:
        return
    start = m.names[0]
    near = m.focus(start, steps=steps)
    assert start in near
    assert set(near.names) <= set(m.names)
    assert set(near.links) == {k for k in m.links if {k.source, k.target} <= set(near.names)}
    assert set(near.names) <= set(m.focus(start, steps=steps + 1).names)


def test_focus_counts_steps_either_way() -> None:
    assert HUB.focus("Stress").names == ("Backlog", "Errors", "Stress")
    assert HUB.focus("Stress", steps=0).names == ("Stress",)
    assert "Police" in HUB.focus("Stress", steps=2)
    assert HUB.focus("Stress").loops == HUB.loops


@given(maps())
def test_perspectives_split_the_claims_and_the_author_keeps_the_rest(m: SystemMap) -> None:
    theirs = {
        (link.key, claim)
        for who in m.perspectives
        for link in m.perspective(who).links
        for claim in link.claims
    }
    authors = {
        (link.key, claim) for link in m.links for claim in link.claims if claim.perspective is None
    }
    assert theirs | authors == {(link.key, claim) for link in m.links for claim in link.claims}
    if m.perspectives:
        everybody = m.perspective(*m.perspectives)
        assert everybody.perspectives == m.perspectives


def test_perspective_reads_their_claims_only() -> None:
    assert HUB.perspective("Police").links == (
        Link("Stress", "Errors", claims=[Claim("Police", "-")]),
    )
    assert HUB.link("Stress", "Errors").polarity is lm.Polarity.MIXED


@given(maps(min_variables=1))
def test_what_was_added_can_be_removed(m: SystemMap) -> None:
    more = m.add(Element("brand new"), NamedLoop("brand new", ["brand new"]))
    assert more != m
    assert more.remove("brand new", NamedLoop("brand new", ["brand new"])) == m
    for link in m.links[:3]:
        assert m.remove(link).add(link) == m
    for name in m.names[:3]:
        assert name not in m.remove(name)


def test_a_map_is_immutable_and_as_small_as_you_like() -> None:
    with pytest.raises(AttributeError):
        HUB.title = "x"  # type: ignore[misc]
    assert repr(SystemMap()) == "<SystemMap: 0 variables, 0 links>"
    assert SystemMap(["A"]).focus("A").links == ()
    assert SystemMap(["A"]).perspectives == ()


def test_many_links_are_quick_to_join() -> None:
    said = [Link("A", "B", claims=[Claim(f"Person {n}", "+")]) for n in range(20_000)]
    assert len(SystemMap(links=said).links[0].claims) == 20_000


@given(maps())
def test_link_finds_what_a_look_at_every_link_finds(m: lm.SystemMap) -> None:
    for wanted in m.links:
        fits = [k for k in m.links if k.key[:3] == wanted.key[:3]]
        assert m.link(wanted.source, wanted.target, kind=wanted.kind, route=wanted.route) == wanted
        if len(fits) == 1:
            assert m.link(wanted.source, wanted.target, kind=wanted.kind) == wanted
        else:
            with pytest.raises(lm.UnknownNameError, match="pass route="):
                m.link(wanted.source, wanted.target, kind=wanted.kind)
