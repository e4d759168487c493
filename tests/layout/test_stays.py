"""A map keeps its picture: what an edit does not touch stays, and no edit gives the same bytes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import loopmap as lm
from loopmap.layout import Layout, lay_out
from loopmap.layout.curves import trace
from loopmap.testing import maps, random_map

SMALL = maps(max_variables=7, max_links=12)
SOME = settings(max_examples=max(5, settings().max_examples // 6))


def points(route) -> list[complex]:
    return [complex(*point) for point in route.points]


def rebent(before: Layout, after: Layout) -> list[float]:
    """How far the links that both have are apart, at their furthest, in em."""
    import numpy as np

    was = {route.key: trace(np.array(points(route)), 32) for route in before.routes}
    found = []
    for route in after.routes:
        if route.key in was:
            apart = abs(trace(np.array(points(route)), 32)[:, None] - was[route.key])
            furthest = max(apart.min(axis=0).max(), apart.min(axis=1).max())
            found.append(float(furthest) / before.font_size)
    return found


@SOME
@given(SMALL)
def test_no_edit_same_layout(m: lm.SystemMap) -> None:
    before = lay_out(m, stakeholders=True)
    after = lay_out(m, stakeholders=True, near=before)
    assert after == before


@pytest.mark.parametrize("name", ["mash", "plymouth"])
def test_no_edit_same_bytes(name: str) -> None:
    drawing = lm.draw(lm.example(name))
    again = lm.draw(drawing.map, near=drawing)
    assert again.svg() == drawing.svg()
    assert again.moved == {}


@SOME
@given(SMALL, st.data())
def test_a_link_that_goes_moves_nothing(m: lm.SystemMap, data: st.DataObject) -> None:
    if not m.causal_links:
        return
    before = lay_out(m)
    link = data.draw(st.sampled_from(m.causal_links))
    after = lay_out(m.remove(link), near=before)
    assert after.moved(before) == {}
    assert max(rebent(before, after), default=0) < 1e-6


@SOME
@given(SMALL, st.data())
def test_a_sign_that_turns_moves_nothing(m: lm.SystemMap, data: st.DataObject) -> None:
    if not m.causal_links:
        return
    before = lay_out(m)
    link = data.draw(st.sampled_from(m.causal_links))
    turned = m.remove(link).add(lm.Link(*link.key[:2], "-", route=link.route, delayed=link.delayed))
    after = lay_out(turned, near=before)
    assert after.moved(before) == {}
    assert after.boxes == before.boxes
    assert [q.points for q in after.routes] == [q.points for q in before.routes]


@SOME
@given(SMALL, st.data())
def test_a_new_link_bends_no_other(m: lm.SystemMap, data: st.DataObject) -> None:
    if not m.variables:
        return
    before = lay_out(m)
    ends = data.draw(st.sampled_from(m.variables)), data.draw(st.sampled_from(m.variables))
    after = lay_out(m.add(lm.Link(*ends, "+", route="a new way")), near=before)
    assert after.moved(before) == {}
    assert max(rebent(before, after), default=0) < 1e-6


@pytest.mark.parametrize("seed", range(3))
def test_a_new_name_moves_no_other_and_bends_only_what_it_lies_on(seed: int) -> None:
    m = random_map(seed, variables=20, links=34)
    before = lay_out(m)
    new = m.add(lm.Link("v003", "Quite new", "+"), lm.Link("Quite new", "v011", "-"))
    after = lay_out(new, near=before)
    assert after.moved(before) == {}
    assert sum(much > 0.5 for much in rebent(before, after)) == 0
    box = after.boxes["Quite new"]
    for name, other in after.boxes.items():
        across = abs(other.x - box.x) - (other.width + box.width) / 2
        down = abs(other.y - box.y) - (other.height + box.height) / 2
        assert name == "Quite new" or max(across, down) >= 0


def test_a_new_name_lets_go_of_a_link_only_where_it_must_lie_on_it() -> None:
    m = lm.SystemMap(links=[("A", "B", "+"), ("B", "A", "-")])
    before = lay_out(m)
    route = next(q for q in before.routes if q.key.source == "A")
    middle = points(route)[1:3]
    there = (middle[0].real + middle[1].real) / 2, (middle[0].imag + middle[1].imag) / 2
    after = lay_out(m.add(lm.Element("New")), near=before, pinned={"New": there})
    new = {q.key: q for q in after.routes}
    assert new[route.key].points != route.points
    (other,) = (q for q in before.routes if q.key.source == "B")
    assert new[other.key].points == other.points


def test_a_renamed_variable_keeps_its_place_and_the_others_their_links() -> None:
    m = random_map(4, variables=20, links=34)
    before = lay_out(m)
    renamed = m.rename({"v007": "Something else altogether"})
    after = lay_out(renamed, near=before)
    then, now = before.boxes["v007"], after.boxes["Something else altogether"]
    width = before.bounds[2] - before.bounds[0]
    assert abs(complex(then.x - now.x, then.y - now.y)) / width < 0.02
    assert after.moved(before) == {}
    touched = sum("v007" in link.key[:2] for link in m.causal_links)
    apart = rebent(before, after)
    assert len(apart) == len(m.causal_links) - touched


def test_a_map_with_places_is_drawn_with_them() -> None:
    m = lm.example("mash")
    drawing = lm.draw(m)
    kept = m.with_places(drawing)
    assert lm.draw(kept).svg() == drawing.svg()
    assert lm.draw(kept, layout="loops", seed=1).layout.moved(drawing.layout)
    one = drawing.layout.boxes["Team confidence"]
    some = m.with_places({"Team confidence": (one.x, one.y)})
    box = lm.draw(some, effort="fast").layout.boxes["Team confidence"]
    assert (box.x, box.y) == (one.x, one.y)


def test_every_picture_of_a_map_has_the_same_places() -> None:
    m = lm.example("mash")
    usual = lm.draw(m, effort="fast").layout
    for options in (
        {"loops": "story"},
        {"loops": None},
        {"by": "perspective"},
        {"stakeholders": True},
        {"highlight": "R1"},
    ):
        assert lm.draw(m, effort="fast", **options).layout.moved(usual) == {}, options


def test_moved_says_how_far_as_a_share_of_the_width() -> None:
    m = lm.SystemMap(links=[("A", "B", "+")])
    one = lay_out(m, pinned={"A": (0, 0), "B": (400, 0)})
    other = lay_out(m, pinned={"A": (0, 0), "B": (400, 100)})
    width = one.bounds[2] - one.bounds[0]
    assert other.moved(one) == {"B": pytest.approx(100 / width)}
    assert other.moved(one, at_least=0.9) == {}


def test_places_in_the_unit_square_are_proportions() -> None:
    at = {"A": (0.0, 0.0), "B": (1.0, 0.0), "C": (0.0, 1.0), "D": (1.0, 1.0)}
    m = lm.SystemMap([lm.Element(v, position=q) for v, q in at.items()], [("A", "B", "+")])
    boxes = lm.draw(m).layout.boxes
    side = boxes["B"].x - boxes["A"].x
    assert side > 60
    assert boxes["D"].y - boxes["B"].y == pytest.approx(side)
