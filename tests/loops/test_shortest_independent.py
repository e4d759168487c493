"""The shortest independent loop set against its definition, and where loops cannot be listed."""

from __future__ import annotations

import pytest

import loopmap as lm
from loopmap import testing
from loopmap.errors import TooLargeError
from loopmap.loops.choosing import shortest_independent as module
from loopmap.loops.choosing.bases import geodetic_loops
from loopmap.loops.choosing.shortest_independent import shortest_independent
from loopmap.loops.graph import LoopGraph, loop_graph

Loop = tuple[int, ...]


def some_graph(seed: int) -> LoopGraph:
    size = 1 + seed % 9
    links = size * (1 + seed // 9 % 4)
    return loop_graph(testing.random_map(seed, variables=size, links=links, parallel=0.3))


def by_definition(graph: LoopGraph) -> list[Loop]:
    """Of all geodetic loops by length always the one that adds fewest links."""
    waiting, _ = geodetic_loops(graph, graph.looping())
    covered: set[int] = set()
    chosen: list[Loop] = []
    while waiting := [loop for loop in waiting if not covered.issuperset(loop)]:
        best = min(waiting, key=lambda p: (len(p), len(set(p) - covered), graph.order(p)))
        covered.update(best)
        chosen.append(best)
    return chosen


def ring_of_stages(stages: int, width: int) -> lm.SystemMap:
    return lm.SystemMap(
        links=[
            (f"s{i:02}{a}", f"s{(i + 1) % stages:02}{b}", "+")
            for i in range(stages)
            for a in range(width)
            for b in range(width)
        ]
    )


def test_it_is_what_oliva_defines() -> None:
    for seed in range(150):
        graph = some_graph(seed)
        assert shortest_independent(graph, graph.looping()) == (by_definition(graph), None)


def test_link_by_link_it_covers_all_with_shortest_loops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LISTED", 0)
    for seed in range(150):
        graph = some_graph(seed)
        chosen, exact_to = shortest_independent(graph, graph.looping())
        expected = by_definition(graph)
        assert {i for p in chosen for i in p} == set(graph.looping())
        assert exact_to == (len(expected[0]) - 1 if expected else None)
        assert sorted({len(p) for p in chosen}) == sorted({len(p) for p in expected})
        assert all(p == graph.canonical(p) for p in chosen)
        for k, p in enumerate(chosen):
            assert not set(p) <= {i for before in chosen[:k] for i in before}


def test_a_choice_is_made_where_very_many_loops_share_a_length() -> None:
    chosen = lm.independent_loops(ring_of_stages(17, 2))
    assert (chosen.spans, chosen.covered, chosen.uncovered) == (35, 68, ())
    assert "from 17 links on a loop for each link" in chosen.method


def test_geodetic_loops_are_never_none_where_there_are_some() -> None:
    graph = loop_graph(ring_of_stages(6, 2))
    found, whole = geodetic_loops(graph, graph.looping(), at_most=10)
    assert len(found) == 10
    assert whole == 5


def test_a_long_ring_is_one_loop_and_one_search(monkeypatch: pytest.MonkeyPatch) -> None:
    n = 20_000
    graph = LoopGraph((), (), tuple(range(n)), (*range(1, n), 0), (1,) * n, (False,) * n)
    monkeypatch.setattr(module, "MOST_STEPS", 10 * n)
    assert shortest_independent(graph, range(n)) == ([tuple(range(n))], None)
    monkeypatch.setattr(module, "MOST_STEPS", n // 2)
    with pytest.raises(TooLargeError, match="20,000 links"):
        shortest_independent(graph, range(n))
