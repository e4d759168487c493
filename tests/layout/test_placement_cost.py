from __future__ import annotations

import numpy as np
import pytest

import loopmap as lm
from loopmap.layout.layout_graph import drawn_links, layout_graph
from loopmap.layout.measure import measure
from loopmap.layout.placing.adjacency import adjacency
from loopmap.layout.placing.placement_cost import crossed, seat_cost, whole_cost

LINKS = [
    ("A", "B", "+"), ("B", "C", "-"), ("C", "A", "+"), ("C", "D", "+"), ("D", "E", "-"),
    ("E", "C", "+"), ("A", "E", "+"), ("F", "A", "+"), ("B", "D", "-"),
]  # fmt: skip


@pytest.fixture(scope="module")
def tables():
    m = lm.SystemMap(links=LINKS)
    return adjacency(layout_graph(measure(m, 10), drawn_links(m), (), 10))


def test_the_price_of_a_seat_is_what_it_changes_about_the_whole(tables) -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(0, 20, (3, 6, 2)) @ [1, 1j]
    for v in range(6):
        seats = rng.normal(0, 20, (3, 4, 2)) @ [1, 1j]
        change = seat_cost(tables, x, v, seats) - seat_cost(tables, x, v, x[:, v : v + 1])
        for k in range(4):
            y = x.copy()
            y[:, v] = seats[:, k]
            assert np.allclose(whole_cost(tables, y) - whole_cost(tables, x), change[:, k])


def crosses(a: complex, b: complex, c: complex, d: complex) -> bool:
    def side(p: complex, q: complex, r: complex) -> bool:
        return ((q - p).conjugate() * (r - p)).imag > 0

    return side(a, b, c) != side(a, b, d) and side(c, d, a) != side(c, d, b)


def test_crossings_are_counted_as_one_by_one(tables) -> None:
    x = np.random.default_rng(1).normal(0, 20, (2, 6, 2)) @ [1, 1j]
    pairs = tables.pairs.tolist()
    for one, found in zip(x, crossed(tables, x), strict=True):
        for i, (a, b) in enumerate(pairs):
            for j, (c, d) in enumerate(pairs):
                apart = len({a, b, c, d}) == 4
                assert found[i, j] == (apart and crosses(one[a], one[b], one[c], one[d]))
