"""The networkx backend: the same cycles as networkx, shortest first."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Hashable
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loopmap.nx_backend import backend
from loopmap.nx_backend.backend import BackendInterface, simple_cycles
from loopmap.nx_backend.info import get_info

NODES = st.sampled_from(["a", "b", "c", 1, 2, (3, 4), None])
EDGES = st.lists(st.tuples(NODES, NODES).filter(lambda e: None not in e), max_size=18)
INSTALLED = "loopmap" in nx.utils.backends.backends
needs_entry_points = pytest.mark.skipif(
    not INSTALLED, reason="networkx finds backends by entry points; loopmap is not installed"
)


def canonical(cycle: list[Hashable]) -> tuple[Hashable, ...]:
    turns = [tuple(cycle[i:] + cycle[:i]) for i in range(len(cycle))]
    return min(turns, key=repr)


def ours(G: Any, bound: int | None = None) -> list[list[Hashable]]:
    return list(simple_cycles(BackendInterface.convert_from_nx(G), bound))


@given(EDGES, st.sampled_from([nx.DiGraph, nx.MultiDiGraph]), st.none() | st.integers(0, 5))
def test_same_cycles_as_networkx(edges: list[Any], kind: type, bound: int | None) -> None:
    G = kind(edges)
    theirs = nx.simple_cycles(G, length_bound=bound, backend="networkx")
    found = ours(G, bound)
    assert sorted(map(canonical, found), key=repr) == sorted(map(canonical, theirs), key=repr)
    assert [len(c) for c in found] == sorted(len(c) for c in found)


def test_order_of_ties_is_the_order_of_the_nodes() -> None:
    G = nx.DiGraph()
    G.add_nodes_from("zyx")
    G.add_edges_from(["xz", "zx", "xy", "yx", "zy", "yz"])
    assert ours(G)[:3] == [["z", "y"], ["z", "x"], ["y", "x"]]


def test_the_first_cycles_of_a_graph_with_too_many_to_list() -> None:
    G = nx.complete_graph(60, nx.DiGraph)
    first = itertools.islice(simple_cycles(BackendInterface.convert_from_nx(G)), 1_771)
    assert [len(c) for c in first] == [2] * 1_770 + [3]


def test_all_cycles_come_in_one_order_however_many_are_asked_for_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    G = nx.complete_graph(6, nx.DiGraph)
    whole = ours(G)
    assert len(whole) == 409  # the sum of 6!/(k (6 - k)!) for k from 2 to 6
    monkeypatch.setattr(backend, "FIRST", 1)
    assert ours(G) == whole
    monkeypatch.setattr(backend, "AT_ONCE", 0)
    assert ours(G) == whole


def test_refuses_what_it_cannot_answer() -> None:
    G = nx.DiGraph([(1, 2)])
    with pytest.raises(ValueError, match="non-negative"):
        ours(G, -1)
    can_run, should_run = BackendInterface.can_run, BackendInterface.should_run
    assert can_run("simple_cycles", (G,), {}) is True
    assert can_run("simple_cycles", (), {"G": G}) is True
    assert "directed" in str(can_run("simple_cycles", (nx.Graph(),), {}))
    assert "only" in str(can_run("girth", (G,), {}))
    assert isinstance(should_run("simple_cycles", (G,), {}), str)
    wide = nx.gnm_random_graph(80, 160, seed=1, directed=True)
    assert should_run("simple_cycles", (wide,), {}) is True
    assert should_run("simple_cycles", (wide,), {"length_bound": 6}) is True
    assert should_run("simple_cycles", (wide, 6), {}) is True


def test_a_graph_comes_back() -> None:
    G = nx.DiGraph([("a", "b"), ("b", "a"), ("c", "c")])
    back = BackendInterface.convert_to_nx(BackendInterface.convert_from_nx(G))
    assert nx.utils.graphs_equal(G, back)


def test_networkx_does_not_import_our_engine() -> None:
    said = subprocess.run(
        [sys.executable, "-c", "import sys, networkx; print(*sys.modules)"],
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    assert not [name for name in said if name.startswith("loopmap.loops")]
    assert set(get_info()["functions"]) == {"simple_cycles"}  # type: ignore[call-overload]


@needs_entry_points
def test_through_networkx() -> None:
    G = nx.DiGraph(["ab", "ba", "bc", "ca"])
    assert list(nx.simple_cycles(G, backend="loopmap")) == [["a", "b"], ["a", "b", "c"]]
