"""Choosing loops: published and derived numbers, laws, and the story."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given

import loopmap as lm
from loopmap import testing
from loopmap.loops.choosing.bases import (
    _Ways,
    circuit_basis,
    cycle_rank,
    geodetic_loops,
    loop_rank,
)
from loopmap.loops.graph import loop_graph

SHARED = Path(__file__).parents[3] / "shared"
CASES = SHARED / "reference" / "methods-cases.json"


def agents(n: int) -> lm.SystemMap:
    """Motamed & Middleton's n-agent graph (SimulateChange/CSILS, n_agent_adj.m)."""
    links = [
        pair
        for i in range(n)
        for pair in ((f"a{i}", f"b{i}"), (f"b{i}", f"a{i}"), (f"c{i}", f"b{i}"))
    ]
    links += [(f"a{i}", f"c{j}") for i in range(n) for j in range(n)]
    return lm.SystemMap(links=[(u, v, "+") for u, v in links])


def complete(n: int) -> lm.SystemMap:
    return lm.SystemMap(
        links=[(f"v{u}", f"v{v}", "+") for u in range(n) for v in range(n) if u != v]
    )


#: Eberlein & Schoenberg 2020, "Independent and Important Loops": 8 loops, 5 R and 3 B.
ARMS_RACE = lm.SystemMap(
    links=[(u, v, "-" if u == v else "+") for u in "ABC" for v in "ABC"]
)  # fmt: skip


@pytest.mark.parametrize(
    ("m", "loops", "rank", "geodetic", "sils"),
    [
        (ARMS_RACE, 8, 7, 6, 6),
        (agents(1), 2, 2, 2, 2),
        (agents(2), 5, 5, 5, 5),
        (agents(3), 11, 10, 9, 9),
        (agents(4), 28, 17, 14, 14),
        (complete(4), 20, 9, 6, 6),
    ],
)
def test_numbers_of_the_literature(
    m: lm.SystemMap, loops: int, rank: int, geodetic: int, sils: int
) -> None:
    chosen = lm.independent_loops(m)
    assert (chosen.total, chosen.cycle_rank, len(chosen)) == (loops, rank, sils)
    assert len(lm.independent_loops(m, method="geodetic")) == geodetic
    basis = lm.independent_loops(m, method="basis")
    assert len(basis) == basis.spans == rank
    assert f"{sils} of {loops} loops" in chosen.summary


def test_arms_race_kinds() -> None:
    kinds = [loop.kind for loop in lm.find_loops(ARMS_RACE)]
    assert (kinds.count("R"), kinds.count("B")) == (5, 3)


@pytest.mark.skipif(not CASES.exists(), reason="../shared is not here")
def test_seed_maps() -> None:
    cases = {t["id"]: t for t in json.loads(CASES.read_text("utf-8"))["tests"]}
    for place in ("mash", "plymouth"):
        expect = cases[place]["expect"]
        places = json.loads((SHARED / "places" / f"{place}.json").read_text("utf-8"))
        links = [
            (k["source"], k["target"], k.get("sign", k.get("polarity"))) for k in places["links"]
        ]
        m = lm.SystemMap(links=links)
        chosen = lm.independent_loops(m)
        kinds = [loop.kind for loop in lm.find_loops(m)]
        assert (kinds.count("R"), kinds.count("B")) == (expect["R"], expect["B"])
        assert chosen.total == expect["loops"]
        assert chosen.cycle_rank == expect["cycle_rank"]
        assert len(chosen) == expect["sils"]
        assert len(lm.independent_loops(m, method="geodetic")) == expect["geodetic"]


def some_maps(number: int, **sizes: int) -> list[lm.SystemMap]:
    return [testing.random_map(seed, **sizes) for seed in range(number)]


def test_cycle_rank_is_the_rank_of_all_loops() -> None:
    for m in some_maps(60, variables=7, links=14):
        graph = loop_graph(m)
        number = {link: i for i, link in enumerate(graph.links)}
        loops = [[number[k] for k in p.links] for p in testing.brute_force_loops(m)]
        ids = graph.looping()
        assert loop_rank(loops) == cycle_rank(graph, ids)
        basis = circuit_basis(graph, ids)
        assert len(basis) == loop_rank(basis) == cycle_rank(graph, ids)
        assert sum(map(len, basis)) == greedy_length(loops)  # a matroid: greedy is least


def greedy_length(loops: list[list[int]]) -> int:
    kept: list[list[int]] = []
    for loop in sorted(loops, key=len):
        if loop_rank([*kept, loop]) > len(kept):
            kept.append(loop)
    return sum(map(len, kept))


def is_geodetic(m: lm.SystemMap, path: tuple[str, ...]) -> bool:
    def far(u: str, v: str) -> int:
        ring, steps = {u}, 0
        while v not in ring:
            ring |= {k.target for k in m.causal_links if k.source in ring}
            steps += 1
        return steps

    n = len(path)
    return n == 1 or any(
        far(path[i], path[j]) == j - i and far(path[j], path[i]) == n - j + i
        for i, j in combinations(range(n), 2)
    )


@given(testing.maps(max_links=12, connectivity="strong", kinds=False, awkward=False))
def test_distances_and_shortest_ways_are_those_of_networkx(m: lm.SystemMap) -> None:
    graph = loop_graph(m)
    ids = list(graph.looping())
    pairs = [(graph.source[i], graph.target[i]) for i in ids]
    ways, oracle = _Ways(graph, ids), nx.DiGraph(pairs)
    assert ways.far == dict(nx.all_pairs_shortest_path_length(oracle))
    for u, v in (pair for pair in pairs if pair[0] != pair[1]):
        found = [(*path, v) for path in ways.shortest(u, v)]
        assert sorted(found) == sorted(map(tuple, nx.all_shortest_paths(oracle, u, v)))


def test_geodetic_loops_are_those_of_the_definition() -> None:
    for m in some_maps(50, variables=7, links=13):
        graph = loop_graph(m)
        expected = [p.links for p in testing.brute_force_loops(m) if is_geodetic(m, p.path)]
        found, whole = geodetic_loops(graph, graph.looping())
        assert [tuple(graph.links[i] for i in loop) for loop in found] == expected
        assert whole is None


@given(testing.maps())
def test_shortest_independent_loops_cover_every_looping_link(m: lm.SystemMap) -> None:
    chosen = lm.independent_loops(m)
    assert chosen.covered == chosen.coverable
    assert not chosen.uncovered
    lengths = [len(loop) for loop in chosen]
    assert lengths == sorted(lengths)


@given(testing.maps())
def test_a_story_is_loops_of_the_map_under_their_labels(m: lm.SystemMap) -> None:
    loops, story = lm.find_loops(m), lm.story_loops(m)
    assert len(story) <= 7
    assert all(loops[loop.label] == loop for loop in story)
    links = {link for loop in story for link in loop.links}
    assert story.covered == len(links)
    assert story.coverable == len({link for loop in loops for link in loop.links})
    assert set(story.uncovered).isdisjoint(links)
    assert len(set(story)) == len(story)


def test_a_story_covers_nearly_the_most_with_the_fewest() -> None:
    """Greedy with exchanges against every possible choice."""
    best = same = fewest = 0
    for m in some_maps(60, variables=6, links=12):
        loops = testing.brute_force_loops(m)
        if not 3 <= len(loops) <= 30:
            continue
        most = max(len({k for p in c for k in p.links}) for c in combinations(loops, 3))
        story = lm.story_loops(m, at_most=3)
        best += 1
        same += story.covered == most
        assert story.covered >= 0.9 * most
        fewest += len(story) <= 3
    assert best > 20
    assert same >= 0.95 * best


def test_a_story_runs_through_the_focus_first() -> None:
    m = testing.random_map(4, variables=12, links=30)
    names = {name for loop in lm.find_loops(m) for name in loop.path}
    for name in sorted(names):
        story = lm.story_loops(m, focal=name)
        assert name in story[0].path
    assert [*lm.story_loops(m.replace(focal=["v003"]))] == [*lm.story_loops(m, focal="v003")]
    with pytest.raises(lm.UnknownNameError, match="v003"):
        lm.story_loops(m, focal="v03")


def test_each_next_loop_shares_most_with_what_was_told() -> None:
    story = list(lm.story_loops(testing.random_map(4, variables=12, links=30)))
    told = set(story[0].links)
    for i in range(1, len(story)):
        shares = [len(told & set(loop.links)) for loop in story[i:]]
        assert shares[0] == max(shares)
        told |= set(story[i].links)


def test_the_order_of_a_story() -> None:
    """Most links shared, then most variables (the focus counts at once), then the list's order."""
    moved = by_variables = 0
    for m in some_maps(60, variables=9, links=18):
        place = {loop: i for i, loop in enumerate(lm.find_loops(m, at_most=None))}
        for focal in ([], ["v004"]):
            story = list(lm.story_loops(m, focal=focal))
            links: set[lm.Link] = set()
            variables = set(focal)
            for i, loop in enumerate(story):
                waiting = sorted(story[i:], key=place.__getitem__)
                shared = [len(links & set(w.links)) for w in waiting]
                most = [w for w, n in zip(waiting, shared, strict=True) if n == max(shared)]
                assert loop == max(most, key=lambda w: len(variables & set(w.path)))
                moved += loop != waiting[0]
                by_variables += loop != most[0]
                links |= set(loop.links)
                variables |= set(loop.path)
    assert moved > 20
    assert by_variables > 20


def test_a_story_of_short_loops() -> None:
    story = lm.story_loops(testing.random_map(4, variables=12, links=30), max_length=4)
    assert story
    assert max(map(len, story)) <= 4


def test_wrong_options() -> None:
    with pytest.raises(lm.InvalidOptionError, match="did you mean 'sils'"):
        lm.independent_loops(ARMS_RACE, method="sil")
    with pytest.raises(lm.InvalidOptionError, match="at_most"):
        lm.story_loops(ARMS_RACE, at_most=-1)
