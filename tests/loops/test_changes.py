"""What an edit does to the loops, against listing both maps."""

from __future__ import annotations

import random

import pytest

import loopmap as lm
from loopmap import testing
from loopmap.loops import changes as way


def edits(seed: int, number: int) -> tuple[lm.SystemMap, lm.SystemMap]:
    """A random map, and the same after so many random edits of links."""
    pick = random.Random(seed)
    m = testing.random_map(seed, variables=7, links=16, parallel=0.2)
    edited = m
    for _ in range(number):
        link = pick.choice(edited.causal_links)
        what = pick.choice(["add", "remove", "turn", "blur"])
        if what == "add":
            u, v = pick.choice(m.variables), pick.choice(m.variables)
            edited = edited.add(lm.Link(u, v, pick.choice("+-"), route="new"))
        else:
            edited = edited.remove(link)
        if what in ("turn", "blur"):
            other = "?" if what == "blur" else "-" if link.polarity is lm.Polarity.POSITIVE else "+"
            edited = edited.add(lm.Link(link.source, link.target, other, route=link.route))
    return m, edited


def keyed(m: lm.SystemMap) -> dict[tuple[object, ...], str]:
    return {tuple(k.key for k in p.links): p.kind for p in testing.brute_force_loops(m)}


@pytest.mark.parametrize(
    ("number", "link_by_link"), [(1, 10**6), (2, 10**6), (4, 10**6), (2, 0), (4, 0)]
)
def test_against_listing_both(
    number: int, link_by_link: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(way, "LINK_BY_LINK", link_by_link)
    for seed in range(60):
        m, edited = edits(seed, number)
        before, after = keyed(m), keyed(edited)
        changes = lm.loop_changes(m, edited)

        def keys(loops: lm.Loops) -> list[tuple[object, ...]]:
            return [tuple(k.key for k in loop.links) for loop in loops]

        assert set(keys(changes.appeared)) == after.keys() - before.keys()
        assert set(keys(changes.vanished)) == before.keys() - after.keys()
        turned = {k for k in before.keys() & after.keys() if before[k] != after[k]}
        assert set(keys(changes.flipped)) == turned
        assert all(
            after[k] == p.kind for k, p in zip(keys(changes.flipped), changes.flipped, strict=True)
        )
        assert changes.complete
        assert changes.numbers is not None
        for loops, kinds in zip(
            (changes.appeared, changes.vanished, changes.flipped), changes.numbers, strict=True
        ):
            assert kinds == tuple(len(loops.of_kind(kind)) for kind in "RBU")
        assert bool(changes) == (before != after)
        for loops in (changes.appeared, changes.vanished, changes.flipped):
            assert len(set(keys(loops))) == len(loops) == loops.total
            assert [len(p) for p in loops] == sorted(len(p) for p in loops)


def test_limits_are_marked() -> None:
    names = [f"v{i}" for i in range(7)]
    m = lm.SystemMap(links=[(u, v, "+") for u in names for v in names if u != v])
    edited = m.remove(m.link("v0", "v1")).add(lm.Link("v0", "v1", "-"))
    changes = lm.loop_changes(m, edited, at_most=10)
    assert len(changes.flipped) == 10
    assert not changes.complete
    assert changes.flipped.complete_to_length == 3
    every = lm.loop_changes(m, edited, at_most=None)
    assert every.complete
    assert len(every.flipped) == sum(1 for p in lm.find_loops(edited) if p.kind == "B")


def test_nothing_changes() -> None:
    m = testing.random_map(3)
    assert not lm.loop_changes(m, m)


def test_where_they_are_too_many_to_count() -> None:
    m = testing.random_map(1, variables=150, links=600, parallel=0)
    edited = m.remove(m.causal_links[0])
    changes = lm.loop_changes(m, edited, at_most=5)
    assert changes.numbers is None
    assert repr(changes) == "<LoopChanges: too many loops to count>"
    assert len(changes.vanished) == 5
    assert not changes.complete
    assert changes


@pytest.mark.parametrize("link_by_link", [10**6, 0])
def test_a_thousand_changed_links_and_no_time(
    link_by_link: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What takes no time to know is there, and the rest is said to be missing."""
    monkeypatch.setattr(way, "LINK_BY_LINK", link_by_link)
    m = testing.random_map(1, variables=300, links=1200, parallel=0)
    gone = m.causal_links[:400]
    found = lm.loop_changes(m, m.remove(*gone), seconds=0).vanished
    both = [loop for loop in lm.find_loops(m, max_length=2) if {*loop.links} & {*gone}]
    assert 0 < len(found) <= len(both)
    assert not found.complete
    assert found.total is None
    assert "0 seconds" in found.reason


def test_the_limit_holds_for_many_changed_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(way, "LINK_BY_LINK", 0)
    m = testing.random_map(1, variables=150, links=600, parallel=0)
    found = lm.loop_changes(m, m.remove(*m.causal_links[:50]), at_most=5).vanished
    assert len(found) == 5
    assert found.reason == "stopped after 5 loops (at_most=5)"
