"""With and without the compiled kernel the answers are the same."""

from __future__ import annotations

from array import array

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import loopmap as lm
from loopmap import testing
from loopmap.loops import components, kernel
from loopmap.loops.budget import Budget
from loopmap.loops.graph import loop_graph
from loopmap.loops.listing import bounded
from loopmap.loops.listing.chunks import Chunk
from loopmap.loops.listing.sorting import decoded
from loopmap.loops.listing.unordered import all_loops, subproblems, whole_loops

compiled = pytest.mark.skipif(
    kernel.compiled("listing.root_search") is None, reason="the compiled kernel is not built here"
)


def listed(m: lm.SystemMap) -> list[tuple[tuple[int, ...], int]]:
    graph = loop_graph(m)
    return sorted(
        (graph.canonical(loop), sign)
        for chunk in all_loops(graph, graph.looping(), Budget(None))
        for loop, sign in zip(decoded(chunk), chunk.signs, strict=True)
    )


def pure(m: lm.SystemMap) -> list[tuple[tuple[int, ...], int]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(kernel.SWITCH, "1")
        assert kernel.kernel_in_use() == "pure Python"
        return listed(m)


@compiled
@given(testing.maps())
def test_any_map(m: lm.SystemMap) -> None:
    assert kernel.kernel_in_use() == "compiled"
    assert listed(m) == pure(m)


@compiled
def test_larger_maps(monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(60):
        m = testing.random_map(seed, variables=12 + seed % 9, links=40, parallel=0.2)
        assert listed(m) == pure(m)
    monkeypatch.setattr("loopmap.loops.listing.unordered.CHUNK", 5)
    for seed in range(20):
        m = testing.random_map(seed, variables=10, links=34, parallel=0.2)
        assert listed(m) == pure(m)


@compiled
@pytest.mark.parametrize(("chunk", "nodes"), [(1, 3), (7, 20), (300, 60)])
def test_forgetting_and_going_on(chunk: int, nodes: int) -> None:
    """However little is remembered and however small the chunks: each loop once."""
    module = kernel.compiled("listing.root_search")
    for seed in range(40):
        m = testing.random_map(seed, variables=6 + seed % 9, links=36, parallel=0.2)
        graph = loop_graph(m)
        whole: list[tuple[bytes, int]] = []
        listed_here = []
        for subproblem in subproblems(graph, graph.looping(), whole, whole=lambda core: True):
            walk = module.CoreWalk(subproblem.edges, -1, subproblem.width, True, chunk, nodes)
            more = True
            while more:
                flat, lengths, signs, more = walk.chunk()
                assert len(signs) <= chunk
                part = Chunk(flat, lengths, signs, subproblem.width)
                listed_here += zip(map(graph.canonical, decoded(part)), signs, strict=True)
        for part in whole_loops(whole, len(graph.source)):
            listed_here += zip(map(graph.canonical, decoded(part)), part.signs, strict=True)
        assert sorted(listed_here) == pure(m)


@compiled
@given(testing.maps(), st.integers(1, 8), st.sampled_from([0, 3, 10_000]))
def test_up_to_a_length(m: lm.SystemMap, longest: int, patience: int) -> None:
    """With patience 0 ways home are measured anew at every step."""
    graph = loop_graph(m)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bounded, "PATIENCE", patience - len(graph.looping()))
        chunks = bounded.bounded_loops(graph, graph.looping(), longest, Budget(None))
        found = sorted(graph.canonical(loop) for chunk in chunks for loop in decoded(chunk))
    assert found == sorted(loop for loop, _ in pure(m) if len(loop) <= longest)


@compiled
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30))
def test_which_links_lie_on_loops(links: list[tuple[int, int]]) -> None:
    source, target = array("i", [u for u, _ in links]), array("i", [v for _, v in links])
    places = array("i", kernel.compiled("components").looping(source, target)).tolist()
    graph = nx.DiGraph(links)
    on_loops = [i for i, (u, v) in enumerate(links) if nx.has_path(graph, v, u)]
    assert places == components.looping(source, target) == on_loops


def test_numbers_of_two_bytes_and_lengths_of_more() -> None:
    """More than 256 links, and more than 64 variables in a core."""
    n = 260
    links = []
    for i in range(n):
        a, b = f"v{i:03}", f"v{(i + 1) % n:03}"
        links += [(a, b, "-"), (b, a, "+")]
    assert len(listed(lm.SystemMap(links=links))) == n + 2


def test_switch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(kernel.SWITCH, "1")
    assert kernel.compiled("listing.root_search") is None
    assert lm.find_loops(testing.random_map(2)).complete
