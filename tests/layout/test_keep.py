from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import loopmap as lm
from loopmap.layout import lay_out
from loopmap.layout.placing.keep import Held
from loopmap.testing import maps

RING = [("A", "B", "+"), ("B", "C", "-"), ("C", "D", "+"), ("D", "A", "-"), ("B", "D", "+")]


def moved(before, after) -> float:
    """Mean displacement of shared names, as a share of the map's width."""
    shared = before.boxes.keys() & after.boxes.keys()
    width = before.bounds[2] - before.bounds[0]
    away = [
        abs(complex(before.boxes[v].x - after.boxes[v].x, before.boxes[v].y - after.boxes[v].y))
        for v in shared
    ]
    return sum(away) / len(away) / width


@pytest.mark.parametrize(
    "change",
    [
        lambda m: m.add(lm.Link("D", "E", "+")),
        lambda m: m.add(lm.Element("Lonely")),
        lambda m: m.add(lm.Link("C", "A", "+")),
        lambda m: m.remove("C"),
        lambda m: m.remove(m.link("B", "D")),
        lambda m: m.remove(m.link("A", "B")).add(lm.Link("A", "B", "-")),
    ],
    ids=["new variable", "lonely variable", "new link", "lost variable", "lost link", "new sign"],
)
def test_a_change_leaves_the_rest_where_it_was(change) -> None:
    m = lm.SystemMap(links=RING)
    before = lay_out(m)
    changed = change(m)
    after = lay_out(changed, near=before)
    assert set(after.boxes) == set(changed.variables)
    assert moved(before, after) <= 0.05


@settings(max_examples=15, deadline=None)
@given(maps(), st.data())
def test_a_map_that_loses_a_link_stays_put(m: lm.SystemMap, data: st.DataObject) -> None:
    if not m.causal_links:
        return
    before = lay_out(m)
    after = lay_out(m.remove(data.draw(st.sampled_from(m.causal_links))), near=before)
    assert moved(before, after) <= 0.05


@settings(max_examples=15, deadline=None)
@given(st.floats(-900, 900), st.floats(-900, 900))
def test_pins_are_kept_to_the_last_digit(x: float, y: float) -> None:
    layout = lay_out(lm.SystemMap(links=RING), pinned={"A": (x, y), "C": (x + 300, y)})
    assert (layout.boxes["A"].x, layout.boxes["A"].y) == (x, y)
    assert (layout.boxes["C"].x, layout.boxes["C"].y) == (x + 300, y)


def test_given_positions_are_kept_and_repaired_only_when_asked() -> None:
    at = {"A": (0.0, 0.0), "B": (10.0, 3.0), "C": (300.0, 0.0)}
    m = lm.SystemMap([lm.Element(v, position=q) for v, q in at.items()], RING)
    kept = lay_out(m, engine="given")
    assert all((kept.boxes[v].x, kept.boxes[v].y) == q for v, q in at.items())
    assert "D" in kept.boxes
    mended = lay_out(m, engine="given", repair=True)
    a, b = mended.boxes["A"], mended.boxes["B"]
    assert abs(a.x - b.x) >= (a.width + b.width) / 2 or abs(a.y - b.y) >= (a.height + b.height) / 2
    assert (mended.boxes["C"].x, mended.boxes["C"].y) == at["C"]


def test_nothing_held_is_false() -> None:
    none = np.zeros(3, bool)
    assert not Held(np.zeros(3, complex), none, none)


def test_a_name_added_to_a_map_without_links_gets_a_place_of_its_own() -> None:
    before = lay_out(lm.SystemMap(["A", "B"]))
    after = lay_out(lm.SystemMap(["A", "B", "C"]), near=before)
    places = [(box.x, box.y) for box in after.boxes.values()]
    assert np.isfinite(places).all()
    assert len(set(places)) == 3
