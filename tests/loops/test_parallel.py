"""Spread over workers the answer is the same."""

from __future__ import annotations

import math
import pickle
import random
import sys
import time
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor

import pytest

import loopmap as lm
from loopmap import testing
from loopmap.loops.budget import Budget
from loopmap.loops.graph import LoopGraph, loop_graph
from loopmap.loops.listing import parallel
from loopmap.loops.listing.chunks import Subproblem
from loopmap.loops.listing.sorting import decoded
from loopmap.loops.listing.unordered import all_loops, subproblems


def some_map(seed: int) -> lm.SystemMap:
    return testing.random_map(seed, variables=10, links=36, parallel=0.1)


def complete(size: int) -> lm.SystemMap:
    names = [f"v{i:02}" for i in range(size)]
    return lm.SystemMap(links=[(u, v, "+-"[u < v]) for u in names for v in names if u != v])


def first_root(m: lm.SystemMap) -> tuple[LoopGraph, Subproblem]:
    graph = loop_graph(m)
    return graph, next(iter(subproblems(graph, graph.looping(), [])))


@pytest.fixture
def sends_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is done here, however quick it would be."""
    monkeypatch.setattr(parallel, "_tried", lambda search, budget: ([], 1.0))


@pytest.mark.usefixtures("sends_all")
def test_threads() -> None:
    with ThreadPoolExecutor(2) as pool:
        for seed in range(30):
            m = some_map(seed)
            graph = loop_graph(m)
            for roots in (None, [1, 4]):
                args = graph, graph.looping(), Budget(None)
                here = [p for c in all_loops(*args, roots=roots) for p in decoded(c)]
                there = [
                    p for c in parallel.parallel_loops(*args, pool, roots=roots) for p in decoded(c)
                ]
                assert sorted(map(graph.canonical, there)) == sorted(map(graph.canonical, here))
            assert lm.find_loops(m, at_most=None, executor=pool) == lm.find_loops(m, at_most=None)


def test_what_is_quick_is_done_here() -> None:
    class NoExecutor(Executor):
        def submit(self, *args: object, **options: object) -> None:  # type: ignore[override]
            raise AssertionError("sent")

    m = some_map(1)
    here = lm.find_loops(m, at_most=None)
    assert lm.find_loops(m, at_most=None, executor=NoExecutor()) == here
    with pytest.MonkeyPatch.context() as patch:  # not done in time, but found faster than sent
        patch.setattr(parallel, "_tried", lambda search, budget: ([], 1e8))
        assert lm.find_loops(m, at_most=None, executor=NoExecutor()) == here


def test_items_are_many_apart_and_easily_sent() -> None:
    graph, subproblem = first_root(testing.random_map(1, variables=14, links=90, parallel=0.0))
    items = parallel.parcels(subproblem, 1.0)
    assert 4 <= len(items) <= 4 * parallel.ITEMS
    sent = [pickle.loads(pickle.dumps(item)) for item in items]
    assert sent == items
    listed = [p for item in sent for c in parallel._work(item, None)[0] for p in decoded(c)]
    here = [p for c in parallel.loops_of(subproblem, Budget(None)) for p in decoded(c)]
    assert sorted(map(graph.canonical, listed)) == sorted(map(graph.canonical, here))


def test_few_items_are_made_of_little() -> None:
    _, subproblem = first_root(complete(8))
    assert len(parallel.parcels(subproblem, 1e9)) == 1
    assert len(parallel.parcels(subproblem, 1e3)) > 4


@pytest.mark.parametrize("size", [4, 7, 9])
def test_random_walks_weigh_a_root(size: int) -> None:
    """The mean over many walks is the number of loops: walks through a root are unbiased."""
    _, subproblem = first_root(complete(size))
    draw = random.Random(1).random
    seen = sum(parallel._weight(subproblem, draw) for _ in range(100)) / 100
    through = sum(math.comb(size - 1, k) * math.factorial(k) for k in range(1, size))
    assert seen == pytest.approx(through, rel=0.15)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "emscripten", reason="no processes there")
def test_processes() -> None:
    with ProcessPoolExecutor(2) as pool:
        check(pool)


@pytest.mark.slow
def test_dask() -> None:
    """Two worker processes of a real Dask cluster."""
    distributed = pytest.importorskip(
        "distributed", reason="Dask is not here: its cluster is NOT tested (group test has it)"
    )
    with (
        distributed.LocalCluster(2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        check(client.get_executor(pure=False))


def check(executor: Executor) -> None:
    """The same answer and order; and something was sent, as the process numbers tell."""
    sent = []
    submit = executor.submit

    def counted(*args: object, **options: object) -> object:
        sent.append(args)
        return submit(*args, **options)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(executor, "submit", counted)
        patch.setattr(parallel, "_tried", lambda search, budget: ([], 1.0))
        for m, words in ((complete(9), {}), (complete(9), {"kind": "B", "through": "v03"})):
            there = lm.find_loops(m, at_most=None, executor=executor, **words)  # type: ignore[arg-type]
            here = lm.find_loops(m, at_most=None, **words)  # type: ignore[arg-type]
            assert there == here
            assert [loop.id for loop in there[:500]] == [loop.id for loop in here[:500]]
            assert there.complete
    assert len(sent) > 4


@pytest.mark.usefixtures("sends_all")
def test_what_workers_found_in_time_is_in_the_answer() -> None:
    graph = loop_graph(complete(15))
    started = time.monotonic()
    with ThreadPoolExecutor(2) as pool:
        chunks = parallel.parallel_loops(graph, graph.looping(), Budget(1.0), pool)
        found = []
        with pytest.raises(parallel.TimeIsUpError):
            found.extend(chunks)
    assert time.monotonic() - started < 60
    assert found
