"""Small multiples: the same places in every panel, each with its own news."""

from __future__ import annotations

import re

import pytest

import loopmap as lm
from loopmap.scene import Group, Text, walk

MAP = lm.SystemMap(
    links=[
        lm.Link("A", "B", "+"),
        lm.Link("B", "A", "+"),
        lm.Link("B", "C", "-"),
        lm.Link("C", "B", "+"),
    ],
    title="Two loops",
)


def parts(drawing: lm.Drawing) -> list[Group]:
    marks = walk(drawing.scene.marks)
    return [mark for mark in marks if isinstance(mark, Group) and mark.role == "panel"]


def places(panel: Group) -> dict[str, tuple[float, float]]:
    """Where the names stand, from the panel's heading."""
    head = next(mark for mark in walk(panel.marks) if isinstance(mark, Text))
    found = {}
    for group in walk(panel.marks):
        if isinstance(group, Group) and group.role == "variable":
            text = next(mark for mark in group.marks if isinstance(mark, Text))
            found[dict(group.data)["name"]] = (text.x - head.x, text.y - head.y)
    return found


def texts(panel: Group) -> list[str]:
    return [mark.text for mark in walk(panel.marks) if isinstance(mark, Text)]


def test_a_panel_per_loop() -> None:
    drawing = lm.draw_loops(MAP)
    assert [panel.heading for panel in drawing.panels] == ["R1", "B1"]
    assert [panel.line for panel in drawing.panels] == [
        "Reinforcing, 2 links",
        "Balancing, 2 links",
    ]
    for panel, label, other in zip(parts(drawing), ("R1", "B1"), ("B1", "R1"), strict=True):
        assert texts(panel).count(label) == 2  # heading and badge
        assert other not in texts(panel)
    (one,) = lm.draw_loops(MAP, of=["B1"]).panels
    assert one.heading == "B1"


def test_names_stand_in_the_same_places() -> None:
    first, second = map(places, parts(lm.draw_loops(MAP)))
    assert first.keys() == second.keys() == {"A", "B", "C"}
    for name in first:
        assert first[name] == pytest.approx(second[name])


def test_before_and_after() -> None:
    after = MAP.remove("C").add(lm.Link("B", "D", "+"))
    before, now = parts(lm.draw_before_after(MAP, after))
    assert set(places(before)) == {"A", "B", "C"}
    assert set(places(now)) == {"A", "B", "D"}
    for name in "AB":
        assert places(before)[name] == pytest.approx(places(now)[name])


def test_what_differs_stands_out() -> None:
    after = MAP.remove(MAP.link("B", "C")).add(lm.Link("B", "C", "+"))
    for panel in lm.draw_before_after(MAP, after).panels:
        assert {(key.source, key.target) for key in panel.emphasis.links} == {("B", "C")}
    for panel in lm.draw_before_after(MAP, MAP).panels:
        assert panel.emphasis.everything


def test_ids_are_unique_across_panels() -> None:
    ids = re.findall(r' id="([^"]+)"', lm.draw_loops(MAP).svg())
    assert len(ids) == len(set(ids))


def test_panels_fit_paper() -> None:
    scene = lm.draw_loops(MAP).on_paper("A4", landscape=True)
    assert scene.width / scene.height == pytest.approx(297 / 210)


def test_nothing_to_show_is_said() -> None:
    with pytest.raises(lm.InvalidMapError, match="no loops"):
        lm.draw_loops(lm.SystemMap(links=[("A", "B", "+")]))
    with pytest.raises(lm.UnknownNameError, match="'R7'"):
        lm.draw_loops(MAP, of=["R7"])
    with pytest.raises(lm.InvalidMapError, match="both maps are empty"):
        lm.draw_before_after(lm.SystemMap(), lm.SystemMap())
