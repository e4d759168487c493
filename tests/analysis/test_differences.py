"""What changed: complete, in words, loops included."""

from __future__ import annotations

import random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import loopmap as lm
from loopmap.testing import maps

RING = [("A", "B", "+"), ("B", "C", "+"), ("C", "A", "+")]


def changes(before: lm.SystemMap, after: lm.SystemMap, **options: object) -> list[tuple[str, ...]]:
    return [tuple(c)[:3] for c in lm.diff(before, after, **options).changes]  # type: ignore[arg-type]


def test_links_and_the_loops_that_follow() -> None:
    before = lm.SystemMap(links=[*RING, ("B", "A", "-")])
    after = lm.SystemMap(links=[("A", "B", "+"), ("B", "C", "-"), ("C", "A", "+"), ("C", "B", "+")])
    found = lm.diff(before, after)
    assert [tuple(c)[:3] for c in found.changes] == [
        ("link", "gained", "C -> B"),
        ("link", "lost", "B -> A"),
        ("link", "changed", "B -> C"),
        ("loop", "flipped", "A -> (+) B -> (−) C -> (+) A"),
        ("loop", "gained", "B -> (−) C -> (+) B"),
        ("loop", "lost", "A -> (+) B -> (−) A"),
    ]
    assert found.changes[3][3:] == ("R1 reinforcing", "B2 balancing")
    assert found
    assert "~ link B -> C: sign + → −" in str(found)
    assert "1 loop flipped" in found.summary


def test_no_difference() -> None:
    m = lm.SystemMap(links=RING)
    moved = m.replace(elements=[lm.Element("A", position=(1, 2)), "B", "C"])
    assert not lm.diff(m, moved)
    assert "no difference" in str(lm.diff(m, moved))


def test_who_says_it_is_part_of_it() -> None:
    a = lm.SystemMap(links=[lm.Link("A", "B", claims=[lm.Claim("Ann", "+", quote="so")])])
    b = a.add(lm.Link("A", "B", claims=[lm.Claim("Bo", "+", delayed=True)]))
    (change,) = lm.diff(a, b).changes
    assert (change.before, change.after) == ("delay no, by Ann", "delay yes, by Ann, Bo")
    c = lm.SystemMap(links=[lm.Link("A", "B", claims=[lm.Claim("Ann", "+", quote="thus")])])
    (change,) = lm.diff(a, c).changes
    assert "quote=so" in change.before
    assert "quote=thus" in change.after


def test_renamed_by_spelling_and_by_links() -> None:
    before = lm.SystemMap(
        links=[("Trafic volume", "Delay", "+"), ("Delay", "Anger", "+"), ("Anger", "Calls", "+")]
    )
    after = lm.SystemMap(
        links=[("Traffic volume", "Delay", "+"), ("Delay", "Fury", "+"), ("Fury", "Calls", "+")]
    )
    found = lm.diff(before, after)
    assert found.renamed == {"Anger": "Fury", "Trafic volume": "Traffic volume"}
    assert {c.change for c in found.changes} == {"renamed"}
    assert "~ element 'Anger' renamed 'Fury'" in str(found)


def test_renames_can_be_given_or_refused() -> None:
    before, after = lm.SystemMap(["Trafic volume"]), lm.SystemMap(["Traffic volume"])
    assert changes(before, after, renamed={}) == [
        ("element", "gained", "Traffic volume"),
        ("element", "lost", "Trafic volume"),
    ]
    before, after = lm.SystemMap(["A"]), lm.SystemMap(["B"])
    assert changes(before, after) == [("element", "gained", "B"), ("element", "lost", "A")]
    assert changes(before, after, renamed={"A": "B"}) == [("element", "renamed", "B")]
    with pytest.raises(lm.UnknownNameError, match=r"map after is called 'C'"):
        lm.diff(before, after, renamed={"A": "C"})


def test_one_shared_neighbour_is_no_rename() -> None:
    before = lm.SystemMap(links=[("Cost", "Price", "+")])
    after = lm.SystemMap(links=[("Wage", "Price", "+")])
    assert not lm.diff(before, after).renamed


def test_a_cut_list_never_calls_a_loop_lost() -> None:
    names = "ABCDEF"
    m = lm.SystemMap(links=[(a, b, "+") for a in names for b in names if a != b])
    more = m.add(lm.Link("A", "A", "-"))
    found = lm.diff(m, more, at_most=5)
    assert [c.change for c in found.changes if c.thing == "loop"] == ["gained"]
    assert "Not all loops were looked at" in str(found)


def test_long_lists_are_cut_in_text_and_say_so() -> None:
    names = "ABCDE"
    m = lm.SystemMap(links=[(a, b, "+") for a in names for b in names if a != b])
    found = lm.diff(lm.SystemMap(list(names)), m)
    assert "… and 64 more loops" in str(found)
    assert "more loops" not in found.text(at_most=None)
    assert len(found.to_frame()) == len(found.changes)


@given(maps(max_variables=4, max_links=6), maps(max_variables=4, max_links=6))
@settings(max_examples=settings().max_examples // 2)
def test_it_says_something_exactly_when_maps_differ(a: lm.SystemMap, b: lm.SystemMap) -> None:
    assert bool(lm.diff(a, b, renamed={})) == (a != b)
    assert bool(lm.diff(a, b)) == (a != b)
    assert not lm.diff(a, a)
    str(lm.diff(a, b))


@given(maps(max_variables=4, max_links=6), maps(max_variables=4, max_links=6))
@settings(max_examples=settings().max_examples // 2)
def test_backwards_is_the_mirror(a: lm.SystemMap, b: lm.SystemMap) -> None:
    mirror = {"gained": "lost", "lost": "gained"}
    there = lm.diff(a, b, renamed={}).changes
    back = lm.diff(b, a, renamed={}).changes

    def told(changes: tuple[lm.analysis.Change, ...], turned: bool) -> set[tuple[str, ...]]:  # type: ignore[name-defined]
        return {
            (c.thing, mirror.get(c.change, c.change) if turned else c.change, c.name)
            for c in changes
            if c.change != "flipped"  # a flipped loop is written with its new signs
        }

    assert told(there, True) == told(back, False)


@given(maps(max_variables=5, max_links=8), st.data())
@settings(max_examples=settings().max_examples // 2)
def test_a_told_rename_is_the_only_news(m: lm.SystemMap, data: st.DataObject) -> None:
    assume(m.names)
    old = data.draw(st.sampled_from(m.names))
    new = "entirely new"
    assume(new not in m)
    found = lm.diff(m, m.rename({old: new}), renamed={old: new})
    assert [c.change for c in found.changes] == ["renamed"]


def test_a_header_line_comes_goes_or_changes() -> None:
    bare, titled, other = lm.SystemMap(), lm.SystemMap(title="Calls"), lm.SystemMap(title="Costs")
    assert lm.diff(bare, titled).changes == (("header line", "gained", "title", "", "Calls"),)
    assert lm.diff(titled, bare).changes == (("header line", "lost", "title", "Calls", ""),)
    assert lm.diff(titled, other).changes == (
        ("header line", "changed", "title", "Calls", "Costs"),
    )


def test_one_part_is_named_once_and_several_are_named_on_both_sides() -> None:
    ann = lm.SystemMap(links=[lm.Link("A", "B", claims=[lm.Claim("Ann", "+")])])
    bo = ann.add(lm.Link("A", "B", claims=[lm.Claim("Bo", "+", delayed=True)]))
    said = lm.diff(ann, bo).text().splitlines()
    assert "~ link A -> B: delay no, by Ann → delay yes, by Ann, Bo" in said
    one = ann.add(lm.Link("A", "B", claims=[lm.Claim("Bo", "+")]))
    assert "~ link A -> B: by Ann → Ann, Bo" in lm.diff(ann, one).text().splitlines()


@pytest.mark.parametrize("outward", [True, False])
def test_links_to_others_are_no_reason_for_a_rename(outward: bool) -> None:
    def linked(name: str, other: str) -> lm.SystemMap:
        ends = (name, other) if outward else (other, name)
        links = [lm.Link(*ends, "+", route=route) for route in ("", "road")]
        return lm.SystemMap(["X", "Y"], links)

    assert lm.diff(linked("Anger", "X"), linked("Fury", "X")).renamed == {"Anger": "Fury"}
    assert lm.diff(linked("Anger", "X"), linked("Fury", "Y")).renamed == {}


def _pair_by_pair(before: lm.SystemMap, after: lm.SystemMap) -> dict[str, str]:
    """Every old name against every new one, again and again: what the search must come to."""
    found: dict[str, str] = {}

    def ends(m: lm.SystemMap, name: str, called: dict[str, str]) -> set[tuple[bool, str]]:
        links = [link for link in m.links if name in (link.source, link.target)]
        others = [(k.source == name, k.target if k.source == name else k.source) for k in links]
        return {(out, called.get(w, w)) for out, w in others if w != name}

    while True:
        best: list[tuple[float, str, str]] = []
        for old in {*before.names} - {*after.names} - {*found}:
            for new in {*after.names} - {*before.names} - {*found.values()}:
                mine, theirs = ends(before, old, found), ends(after, new, {})
                if len(mine & theirs) >= 2 and len(mine & theirs) / len(mine | theirs) >= 0.6:
                    best.append((-len(mine & theirs) / len(mine | theirs), old, new))
        if not best:
            return found
        found[min(best)[1]] = min(best)[2]


@pytest.mark.parametrize("start", range(0, 200, 50))
def test_renamed_by_links_as_if_every_pair_was_looked_at(start: int) -> None:
    names = ["Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Theta", "Kappa"]
    some = 0
    for seed in range(start, start + 50):
        pick = random.Random(seed)
        links = {(pick.choice(names), pick.choice(names)) for _ in range(pick.randint(8, 24))}
        before = lm.SystemMap(names, links=links)
        renamed = {name: f"{chr(97 + i) * 5} new" for i, name in enumerate(pick.sample(names, 3))}
        after = before.rename(renamed)
        after = after.remove(*[link for link in after.links if pick.random() < 0.15])
        found = lm.diff(before, after).renamed
        assert found == _pair_by_pair(before, after)
        some += bool(found)
    assert some > 5
