from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import loopmap as lm
from loopmap.errors import InvalidOptionError, UnknownNameError
from loopmap.layout import lay_out
from loopmap.testing import maps

CHAIN = [("A", "B", "+"), ("B", "C", "-"), ("C", "D", "+")]


def overlaps(layout) -> list[tuple[str, str]]:
    boxes = sorted(layout.boxes.items())
    return [
        (a, b)
        for i, (a, p) in enumerate(boxes)
        for b, q in boxes[i + 1 :]
        if abs(p.x - q.x) < (p.width + q.width) / 2 - 0.1
        and abs(p.y - q.y) < (p.height + q.height) / 2 - 0.1
    ]


@settings(max_examples=40, deadline=None)
@given(maps())
def test_everything_is_placed_and_nothing_overlaps(m) -> None:
    layout = lay_out(m)
    assert set(layout.boxes) == set(m.variables)
    assert {route.key for route in layout.routes} == {link.key for link in m.causal_links}
    assert {r.key for r in layout.routes if r.bars} == {q.key for q in m.causal_links if q.delayed}
    assert not overlaps(layout)
    left, top, right, bottom = layout.bounds
    for box in layout.boxes.values():
        assert left <= box.x - box.width / 2 + 0.01
        assert box.x + box.width / 2 <= right + 0.01
        assert top <= box.y - box.height / 2 + 0.01
        assert box.y + box.height / 2 <= bottom + 0.01
    for route in layout.routes:
        assert len(route.points) % 3 == 1
        assert np.isfinite(route.points).all()


@settings(max_examples=15, deadline=None)
@given(maps())
def test_stakeholders_are_placed_on_request(m) -> None:
    layout = lay_out(m, stakeholders=True)
    assert set(layout.boxes) == set(m.names)
    drawn = {q.key for q in m.links if q.kind in ("causal", "influences")}
    assert {route.key for route in layout.routes} == drawn


@pytest.mark.parametrize(
    "m",
    [
        lm.SystemMap(),
        lm.SystemMap(["A"]),
        lm.SystemMap(["A", "B"]),
        lm.SystemMap(links=[("A", "A", "+")]),
        lm.SystemMap(links=[("A", "B", "+")]),
        lm.SystemMap(links=CHAIN),
        lm.SystemMap(links=[("A", "B", "+"), lm.Link("A", "B", "-", route="via price")]),
    ],
    ids=["empty", "one", "two", "self", "link", "chain", "parallel"],
)
def test_small_maps_have_a_size(m) -> None:
    left, top, right, bottom = lay_out(m).bounds
    assert right > left
    assert bottom > top


@settings(max_examples=15, deadline=None)
@given(maps(), st.randoms(use_true_random=False))
def test_order_of_input_does_not_matter(m: lm.SystemMap, random: Random) -> None:
    elements, links = list(m.elements), list(m.links)
    random.shuffle(elements)
    random.shuffle(links)
    assert lay_out(lm.SystemMap(elements, links)) == lay_out(m)


@settings(max_examples=10, deadline=None)
@given(maps(), st.integers(0, 99))
def test_the_same_seed_gives_the_same_layout(m: lm.SystemMap, seed: int) -> None:
    assert lay_out(m, seed=seed) == lay_out(m, seed=seed)


def test_parallel_links_are_drawn_apart() -> None:
    links = [("A", "B", "+"), lm.Link("A", "B", "-", route="via price")]
    one, other = lay_out(lm.SystemMap(links=links)).routes
    assert np.hypot(*(np.array(one.points[1]) - other.points[1])) > 5


def test_unknown_choices_are_refused() -> None:
    m = lm.SystemMap(links=CHAIN)
    with pytest.raises(InvalidOptionError, match="did you mean 'loops'"):
        lay_out(m, engine="loop")
    with pytest.raises(InvalidOptionError, match="'fast'"):
        lay_out(m, effort="fats")
    with pytest.raises(UnknownNameError, match="'Z'"):
        lay_out(m, pinned={"Z": (0, 0)})
