"""With and without the compiled kernel the answers are the same."""

from __future__ import annotations

import pytest
from hypothesis import given

import loopmap as lm
from loopmap import testing
from loopmap.loops import kernel
from loopmap.loops.budget import Budget
from loopmap.loops.columns import decoded
from loopmap.loops.graph import loop_graph
from loopmap.loops.listing import all_loops

compiled = pytest.mark.skipif(
    kernel.compiled_kernel() is None, reason="the compiled kernel is not built here"
)


def listed(m: lm.SystemMap) -> list[tuple[tuple[int, ...], int]]:
    graph = loop_graph(m)
    return sorted(
        (graph.turned(loop), sign)
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
    monkeypatch.setattr("loopmap.loops.listing.CHUNK", 5)
    for seed in range(20):
        m = testing.random_map(seed, variables=10, links=34, parallel=0.2)
        assert listed(m) == pure(m)


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
    assert kernel.compiled_kernel() is None
    assert lm.find_loops(testing.random_map(2)).complete
