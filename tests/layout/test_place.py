from __future__ import annotations

import numpy as np
import pytest

import loopmap as lm
from loopmap.layout.layout_graph import drawn_links, layout_graph
from loopmap.layout.measure import measure
from loopmap.layout.placing.adjacency import Adjacency, adjacency
from loopmap.layout.placing.keep import Held
from loopmap.layout.placing.place import place, starts
from loopmap.layout.placing.placement_cost import crossed, whole_cost
from loopmap.layout.plan import Plan, plan

K4 = [(a, b, "+") for a, b in ("AB", "BC", "CA", "AD", "BD", "CD")]  # planar, but not at random


def tables(m: lm.SystemMap) -> Adjacency:
    return adjacency(layout_graph(measure(m, 10), drawn_links(m), (), 10))


def nowhere(n: int) -> Held:
    return Held(np.zeros(n, complex), np.zeros(n, bool), np.zeros(n, bool))


def test_searching_beats_the_rough_starts() -> None:
    w = tables(lm.example("hurdles"))
    todo = Plan(8, ((4, 2), (1, 3)), 20, 1, ((1, 1),), (6, 4))
    rough = starts(w, np.random.default_rng(0), todo.starts)
    found = place(w, nowhere(len(w.p.names)), todo, np.random.default_rng(0))
    assert whole_cost(w, found)[0] < whole_cost(w, rough).min()


def test_a_map_that_can_be_drawn_without_crossings_is() -> None:
    w = tables(lm.SystemMap(links=K4))
    found = place(w, nowhere(4), plan(4, 6), np.random.default_rng(0))
    assert not crossed(w, found)[0].any()


def test_held_nodes_stay_while_others_are_placed() -> None:
    w = tables(lm.SystemMap(links=K4))
    at = np.array([3 + 4j, 0, 0, 40 + 1j])
    held = np.array([True, False, False, True])
    found = place(w, Held(at, held, held), plan(4, 6), np.random.default_rng(0))
    assert (found[:, held] == at[held]).all()


@pytest.mark.parametrize("effort", [0.3, 1.0, 4.0])
def test_a_plan_never_carries_on_more_than_it_has(effort: float) -> None:
    for n in range(1, 200, 7):
        for m in (n, 2 * n, 5 * n):
            p = plan(n, m, effort)
            kept = [p.starts, *(k for k, _ in p.stages), *(k for k, _ in p.races)]
            assert kept == sorted(kept, reverse=True)
