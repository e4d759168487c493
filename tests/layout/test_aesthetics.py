"""What a change of the shape is said to cost must be what it changes about the whole."""

from __future__ import annotations

import numpy as np
import pytest

import loopmap as lm
from loopmap.layout.layout_graph import drawn_links, layout_graph
from loopmap.layout.measure import measure
from loopmap.layout.placing.adjacency import adjacency
from loopmap.layout.routing.aesthetics import Shape
from loopmap.layout.routing.router import Router, sizes


@pytest.fixture
def shape() -> Shape:
    m = lm.example("hurdles")
    w = adjacency(layout_graph(measure(m, 10), drawn_links(m), (), 10))
    x = np.random.default_rng(0).normal(0, 25, (len(w.p.names), 2)) @ [1, 1j]
    return Shape(w, Router(w.p, x))


def test_other_arcs(shape: Shape) -> None:
    r = shape.r
    for i in range(len(r.links)):
        links, bulge = np.array([i, i]), np.array([r.bulge[i], -0.3])
        f = r.tried(links, bulge)
        said = np.diff(shape.cost(links[:, None], f.dots[:, None]))[0]
        before, was = shape.whole(), r.dots[links[:1]].copy()
        r.take(links[:1], f.dots[1:])
        assert shape.whole() - before == pytest.approx(said, abs=1e-9)
        r.take(links[:1], was)


def test_a_node_that_moves_with_its_arcs(shape: Shape) -> None:
    r = shape.r
    for v in range(len(r.x)):
        own, there = r.at[v], r.x[v] + 3 - 2j
        if not len(own):
            continue
        moved = r.tried(own, r.bulge[own], moved=v, to=np.full(len(own), there))
        dots = np.stack([r.dots[own], moved.dots])
        seats = np.array([r.x[v], there])
        said = np.diff(shape.cost(np.stack([own, own]), dots, moved=v, to=seats))[0]
        before, was = shape.whole(), (r.x[v], r.dots[own].copy())
        r.x[v] = there
        r.take(own, moved.dots)
        assert shape.whole() - before == pytest.approx(said, abs=1e-9)
        r.x[v] = was[0]
        r.take(own, was[1])


def test_sizes_of_a_half_circle() -> None:
    dots = 10 * np.exp(1j * np.linspace(0, np.pi, 25))
    found = sizes(dots)
    assert found.length == pytest.approx(10 * np.pi, rel=0.01)
    assert found.area == pytest.approx(50 * np.pi, rel=0.01)
    assert found.leaves == pytest.approx(np.pi / 2, abs=0.1)
    assert found.reaches == pytest.approx(np.pi / 2, abs=0.1)
