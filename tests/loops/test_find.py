"""find_loops against a brute-force oracle, against networkx, and on its options."""

from __future__ import annotations

import os
import time
from collections import Counter
from itertools import combinations
from math import comb, factorial
from typing import Any

import networkx as nx
import pytest
from hypothesis import given

import loopmap as lm
from loopmap import testing
from loopmap.model import LinkKey

FULL = os.environ.get("LOOPMAP_TEST_PROFILE") == "full"
#: LOOPMAP_ORACLE_MAPS asks for another number: 100,000 take some minutes.
ORACLE_MAPS = int(os.environ.get("LOOPMAP_ORACLE_MAPS", 10_000 if FULL else 2_000))
NETWORKX_MAPS = ORACLE_MAPS // 10 if FULL else 60


def small_map(seed: int) -> lm.SystemMap:
    size = seed % 8 + 1
    return testing.random_map(seed, variables=size, links=size * (1 + seed // 8 % 3))


@pytest.mark.parametrize("start", range(0, ORACLE_MAPS, 1_000))
def test_same_as_brute_force(start: int) -> None:
    for seed in range(start, min(start + 1_000, ORACLE_MAPS)):
        m = small_map(seed)
        loops, oracle = lm.find_loops(m), testing.brute_force_loops(m)
        assert tuple(loops) == oracle, seed
        assert loops.complete
        assert loops.total == len(oracle)


@given(testing.maps())
def test_same_as_brute_force_on_any_map(m: lm.SystemMap) -> None:
    loops = lm.find_loops(m)
    assert tuple(loops) == testing.brute_force_loops(m)
    assert loops.complete
    assert all(loop.label[0] == loop.kind for loop in loops)


def test_same_as_networkx() -> None:
    for seed in range(NETWORKX_MAPS):
        size = 10 + seed % 31
        m = testing.random_map(seed, variables=size, links=int(1.8 * size), parallel=0.0)
        graph = nx.DiGraph([(link.source, link.target) for link in m.causal_links])
        theirs = Counter(
            frozenset(zip(c, [*c[1:], c[0]], strict=True)) for c in nx.simple_cycles(graph)
        )
        ours = lm.find_loops(m, at_most=None)
        assert Counter(frozenset((k.source, k.target) for k in p.links) for p in ours) == theirs


def test_labels_count_each_kind_in_order() -> None:
    loops = lm.find_loops(testing.random_map(3, variables=8, links=24))
    for kind in "RBU":
        labels = [loop.label for loop in loops.of_kind(kind)]
        assert labels == [f"{kind}{i + 1}" for i in range(len(labels))]


#: A map on which every variable and every link is on a loop, and every kind comes with and without
#: a delay, so that no filter leaves an empty list to be right about.
DENSE = testing.random_map(13, variables=8, links=28, parallel=0.2)
ORACLE = testing.brute_force_loops(DENSE)


def test_the_map_for_filters_has_such_loops() -> None:
    assert {(p.kind, p.delayed) for p in ORACLE} == {(k, d) for k in "RBU" for d in (True, False)}
    assert {name for p in ORACLE for name in p.path} == set(DENSE.variables)
    assert {link for p in ORACLE for link in p.links} == set(DENSE.causal_links)
    assert {len(p) for p in ORACLE} == set(range(1, 9))


@pytest.mark.parametrize("at_most", [0, 1, 5, 37, len(ORACLE) - 1, len(ORACLE), None])
def test_a_number_budget_keeps_the_first_loops_and_says_so(at_most: int | None) -> None:
    loops = lm.find_loops(DENSE, at_most=at_most)
    assert tuple(loops) == ORACLE[:at_most]
    assert loops.complete == (at_most is None or at_most >= len(ORACLE))
    if not loops.complete:
        assert f"at_most={at_most}" in loops.reason
        whole = loops.complete_to_length
        assert whole is not None
        assert {p for p in ORACLE if len(p) <= whole} <= set(loops)
        assert len(ORACLE[len(loops)]) == whole + 1


@pytest.mark.parametrize("max_length", range(1, 9))
def test_max_length(max_length: int) -> None:
    loops = lm.find_loops(DENSE, max_length=max_length)
    assert tuple(loops) == tuple(p for p in ORACLE if len(p) <= max_length)
    assert loops.complete


@pytest.mark.parametrize("kind", ["R", "B", "U", "reinforcing", "Balancing"])
@pytest.mark.parametrize("delayed", [None, True, False])
def test_kind_and_delayed(kind: str, delayed: bool | None) -> None:
    expected = [p for p in ORACLE if p.kind == kind[0].upper() and delayed in (None, p.delayed)]
    assert list(lm.find_loops(DENSE, kind=kind, delayed=delayed)) == expected


def test_through_one_and_several_variables() -> None:
    for name in DENSE.variables:
        assert_chosen([p for p in ORACLE if name in p.path], through=name)
    for names in combinations(DENSE.variables, 2):
        assert_chosen([p for p in ORACLE if set(names) <= set(p.path)], through=list(names))


def assert_chosen(expected: list[lm.Loop], m: lm.SystemMap = DENSE, **asked: Any) -> None:
    assert 0 < len(expected) < len(ORACLE)
    assert list(lm.find_loops(m, **asked)) == expected


def test_through_links() -> None:
    for link in DENSE.causal_links:
        expected = [p for p in ORACLE if link in p.links]
        assert_chosen(expected, through=link)
        assert_chosen(expected, through=link.key)
    met = 0
    for first, second in combinations(DENSE.causal_links, 2):
        expected = [p for p in ORACLE if first in p.links and second in p.links]
        assert list(lm.find_loops(DENSE, through=[first, second])) == expected
        met += bool(expected)
    assert met > 100


def test_through_a_link_and_a_variable() -> None:
    link, name = DENSE.causal_links[3], DENSE.variables[-1]
    expected = [p for p in ORACLE if link in p.links and name in p.path]
    assert_chosen(expected, through=[link, name])
    assert_chosen(expected, through=[name, link.key])


def test_through_a_stakeholder_means_through_something_it_holds() -> None:
    held = ("v002", "v006")
    m = DENSE.add(*(lm.Link("Police", name, kind="holds") for name in held))
    assert_chosen([p for p in ORACLE if set(held) & set(p.path)], m, through="Police")
    both = [p for p in ORACLE if set(held) & set(p.path) and "v004" in p.path]
    assert_chosen(both, m, through=["Police", "v004"])
    nobody = m.add(lm.Element("Health", "stakeholder"))
    assert len(lm.find_loops(nobody, through="Health")) == 0


@pytest.mark.parametrize("kind", [None, "R", "B", "U"])
@pytest.mark.parametrize("delayed", [None, True, False])
@pytest.mark.parametrize("max_length", [None, 4, 6])
def test_filters_together(kind: str | None, delayed: bool | None, max_length: int | None) -> None:
    some = 0
    things: list[str | lm.Link] = [*DENSE.variables, *DENSE.causal_links]
    for thing in things:
        expected = [
            p
            for p in ORACLE
            if thing in (*p.path, *p.links)
            and kind in (None, p.kind)
            and delayed in (None, p.delayed)
            and len(p) <= (max_length or len(p))
        ]
        asked = {"through": thing, "kind": kind, "delayed": delayed, "max_length": max_length}
        assert list(lm.find_loops(DENSE, **asked)) == expected  # type: ignore[arg-type]
        some += bool(expected)
    assert some


def test_wrong_options_are_one_clear_error() -> None:
    with pytest.raises(lm.UnknownNameError, match="did you mean 'v001'"):
        lm.find_loops(DENSE, through="v01")
    with pytest.raises(lm.UnknownNameError, match="no causal link leads"):
        lm.find_loops(DENSE, through=LinkKey("v000", "v000", "causal", "nowhere"))
    with pytest.raises(lm.InvalidOptionError, match="not 'reinforced'; did you mean 'reinforcing'"):
        lm.find_loops(DENSE, kind="reinforced")
    with pytest.raises(lm.InvalidOptionError, match="max_length"):
        lm.find_loops(DENSE, max_length=0)
    with pytest.raises(lm.InvalidOptionError, match="at_most"):
        lm.find_loops(DENSE, at_most=-1)
    with pytest.raises(lm.InvalidOptionError, match="seconds"):
        lm.find_loops(DENSE, seconds=-1)
    with pytest.raises(lm.InvalidOptionError, match=r"m\.link\('A', 'B'\)"):
        lm.find_loops(DENSE, through=[("v000", "v001")])  # type: ignore[list-item]


def complete_map(size: int) -> lm.SystemMap:
    called = [f"v{i:02d}" for i in range(size)]
    return lm.SystemMap(links=[(u, v, "+") for u in called for v in called if u != v])


def test_a_time_budget_leaves_a_marked_answer() -> None:
    started = time.monotonic()
    loops = lm.find_loops(complete_map(24), at_most=None, seconds=0.3)
    assert time.monotonic() - started < 30
    assert not loops.complete
    assert "0.3 seconds" in loops.reason
    assert loops.complete_to_length is not None
    assert len(loops) >= 24 * 23 // 2
    by_length = Counter(map(len, loops))
    for length in range(2, loops.complete_to_length + 1):
        assert by_length[length] == comb(24, length) * factorial(length - 1)


def diamond_chain(t: int) -> lm.SystemMap:
    """t diamonds in a row and a way back of t links: 2^t loops of 3t links, none shorter."""
    links = []
    for i in range(t):
        links += [(f"s{i}", f"a{i}", "+"), (f"a{i}", f"s{i + 1}", "+")]
        links += [(f"s{i}", f"b{i}", "+"), (f"b{i}", f"s{i + 1}", "-")]
    return lm.SystemMap(links=[*links, (f"s{t}", "s0", "+")])


def test_a_length_bound_is_immune_to_diamond_chains() -> None:
    loops = lm.find_loops(diamond_chain(200), max_length=400)
    assert len(loops) == 0
    assert loops.complete


def test_blocked_ways_home_are_seen() -> None:
    """The way home leads through the entrance, so every path into the maze is a dead end."""
    t = 40
    links = [("root", "door", "+"), ("door", "s0", "+"), ("door", "root", "+")]
    for i in range(t):
        links += [(f"s{i}", f"{x}{i}", "+") for x in "ab"]
        links += [(f"{x}{i}", f"s{i + 1}", "+") for x in "ab"]
    m = lm.SystemMap(links=[*links, (f"s{t}", "door", "+")])
    through_root = lm.find_loops(m, through="root")
    assert [p.path for p in through_root] == [("door", "root")]
    assert through_root.complete


def test_names_stick_to_loops() -> None:
    links = [("A", "B", "+"), ("B", "C", "+"), ("C", "A", "-")]
    m = lm.SystemMap(links=links, loops=[lm.NamedLoop("Step in", ["C", "A", "B"], "B")])
    assert lm.find_loops(m)["Step in"].label == "B1"
    more = m.add(lm.Link("A", "A", "+"), lm.NamedLoop("Once more", ["B", "C", "A"]))
    assert [loop.name for loop in lm.find_loops(more)] == ["", "Once more / Step in"]


@pytest.mark.parametrize("options", [{}, {"at_most": None}, {"kind": "B"}])
def test_the_shortest_loops_are_there_however_little_time_there_is(
    options: dict[str, Any],
) -> None:
    m = testing.random_map(2, variables=400, links=1600, parallel=0)
    found = lm.find_loops(m, seconds=0, **options)
    short = lm.find_loops(m, max_length=2, kind=options.get("kind"))
    assert 0 < len(short) == len(found)
    assert not found.complete
    assert "0 seconds" in found.reason
    assert found.complete_to_length in (1, 2)
