from __future__ import annotations

import numpy as np
import pytest

import loopmap as lm
from loopmap.layout.layout_graph import drawn_links, layout_graph
from loopmap.layout.measure import measure
from loopmap.layout.placing.adjacency import Adjacency, adjacency
from loopmap.layout.placing.separate import separate
from loopmap.layout.plan import Plan
from loopmap.layout.routing.aesthetics import Shape
from loopmap.layout.routing.route import drawn_cost, routed
from loopmap.layout.routing.router import Router
from loopmap.layout.routing.routing_cost import arc_cost, arc_costs


@pytest.fixture(scope="module")
def tables() -> Adjacency:
    m = lm.example("hurdles")
    return adjacency(layout_graph(measure(m, 10), drawn_links(m), (), 10))


def scattered(w: Adjacency, seed: int) -> np.ndarray:
    x = np.random.default_rng(seed).normal(0, 25, (len(w.p.names), 2)) @ [1, 1j]
    return separate(x, w.p.half)


def plan(*races: tuple[int, int]) -> Plan:
    return Plan(1, (), 20, 1, races, (6, 4))


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_routing_makes_a_drawing_read_better(tables: Adjacency, seed: int) -> None:
    x = scattered(tables, seed)
    before = drawn_cost(Shape(tables, Router(tables.p, x)))
    free = np.ones(len(x), bool)
    after = routed(tables, [x], plan((1, 2)), np.random.default_rng(0), free)
    assert drawn_cost(Shape(tables, after)) < before


def test_of_two_layouts_the_better_is_kept(tables: Adjacency) -> None:
    layouts, still = (
        [scattered(tables, seed) for seed in (3, 4)],
        np.zeros(len(tables.p.names), bool),
    )
    alone = [
        drawn_cost(
            Shape(tables, routed(tables, [x], plan((1, 0)), np.random.default_rng(0), still))
        )
        for x in layouts
    ]
    both = routed(tables, layouts, plan((2, 0)), np.random.default_rng(0), still)
    assert drawn_cost(Shape(tables, both)) <= max(alone)
    assert any((both.x == x).all() for x in layouts)


def test_nodes_that_are_held_keep_their_place(tables: Adjacency) -> None:
    x = scattered(tables, 5)
    free = np.arange(len(x)) % 2 == 0
    router = routed(tables, [x], plan((1, 2)), np.random.default_rng(0), free)
    assert (router.x[~free] == x[~free]).all()
    assert (router.x[free] != x[free]).any()


def test_the_price_of_an_arc_does_not_depend_on_what_it_is_asked_with(tables: Adjacency) -> None:
    router = Router(tables.p, scattered(tables, 6))
    every = arc_costs(router)
    for i in range(len(router.links)):
        alone = arc_cost(router, np.array([i]), router.drawn(np.array([i])), skip=np.zeros(0, int))
        assert alone[0] == pytest.approx(every[i], abs=1e-9)
