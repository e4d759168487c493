"""The pure Python search, whatever it remembers and however it makes its completions."""

from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import given

import loopmap as lm
from loopmap import testing
from loopmap.loops.budget import Budget
from loopmap.loops.graph import loop_graph
from loopmap.loops.kernel import SWITCH
from loopmap.loops.listing import root_search
from loopmap.loops.listing.sorting import decoded
from loopmap.loops.listing.unordered import all_loops


def listed(m: lm.SystemMap, **limits: int) -> list[tuple[tuple[int, ...], int]]:
    graph = loop_graph(m)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SWITCH, "1")
        for name, number in limits.items():
            patch.setattr(root_search, name, number)
        return sorted(
            (graph.canonical(loop), sign)
            for chunk in all_loops(graph, graph.looping(), Budget(None))
            for loop, sign in zip(decoded(chunk), chunk.signs, strict=True)
        )


@given(testing.maps())
def test_layers_are_the_same_completions(m: lm.SystemMap) -> None:
    assert listed(m, MANY=0) == listed(m)


@pytest.mark.parametrize(
    "limits",
    [
        {"MANY": 0},
        {"MANY": 20},
        {"MANY": 0, "REMEMBERED": 10},
        {"REMEMBERED": 5},
        {"ROWS": 30, "VISITS": 1},
        {"BLOCK": 2, "VISITS": 2},
        {"CHUNK": 3},
    ],
)
def test_limits_change_nothing(limits: dict[str, int]) -> None:
    for seed in range(25):
        m = testing.random_map(seed, variables=8 + seed % 9, links=40, parallel=0.2)
        with mock.patch.object(root_search, "DEEP", 0):
            expected = listed(m)
        assert listed(m, **limits) == expected


def test_without_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    m = testing.random_map(3, variables=14, links=60)
    expected = listed(m, MANY=0)
    monkeypatch.setitem(__import__("sys").modules, "loopmap.loops.listing.root_search_numpy", None)
    assert listed(m, MANY=0) == expected
