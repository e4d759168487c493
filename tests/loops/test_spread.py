"""Spread over workers the answer is the same."""

from __future__ import annotations

import sys
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor

import pytest

import loopmap as lm
from loopmap import testing
from loopmap.loops import spread
from loopmap.loops.budget import Budget
from loopmap.loops.columns import decoded
from loopmap.loops.graph import loop_graph
from loopmap.loops.listing import all_loops, problems


def some_map(seed: int) -> lm.SystemMap:
    return testing.random_map(seed, variables=10, links=36, parallel=0.1)


@pytest.mark.parametrize("small", [0, 40])
def test_threads(small: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spread, "SMALL", small)
    with ThreadPoolExecutor(2) as pool:
        for seed in range(30):
            m = some_map(seed)
            graph = loop_graph(m)
            for roots in (None, [1, 4]):
                args = graph, graph.looping(), Budget(None)
                here = [p for c in all_loops(*args, roots=roots) for p in decoded(c)]
                there = [
                    p for c in spread.spread_loops(*args, pool, roots=roots) for p in decoded(c)
                ]
                assert sorted(map(graph.turned, there)) == sorted(map(graph.turned, here))
            assert lm.find_loops(m, at_most=None, executor=pool) == lm.find_loops(m, at_most=None)


def test_items_are_many_and_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = loop_graph(testing.random_map(1, variables=14, links=90, parallel=0.0))
    (first, *_) = problems(graph, graph.looping(), [])
    items = spread.split(first)
    assert len(items) >= spread.ITEMS
    listed = [p for item in items for c in spread._work(item, None)[0] for p in decoded(c)]
    assert len(listed) == len(set(map(graph.turned, listed)))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "emscripten", reason="no processes there")
def test_processes() -> None:
    with ProcessPoolExecutor(2) as pool:
        check(pool)


@pytest.mark.slow
def test_dask() -> None:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(1, processes=False, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        check(client.get_executor())


def check(executor: Executor) -> None:
    m = testing.random_map(1, variables=12, links=50)
    assert lm.find_loops(m, at_most=None, executor=executor) == lm.find_loops(m, at_most=None)


def test_time_is_up_for_workers_too() -> None:
    names = [f"v{i:02}" for i in range(15)]
    m = lm.SystemMap(links=[(u, v, "+") for u in names for v in names if u != v])
    graph = loop_graph(m)
    with ThreadPoolExecutor(1) as pool, pytest.raises(spread.TimeIsUpError):
        list(spread.spread_loops(graph, graph.looping(), Budget(0.2), pool))
