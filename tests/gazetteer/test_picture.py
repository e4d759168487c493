"""The map of the places: nothing over anything, everything said, and clickable."""

from __future__ import annotations

import math
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import loopmap as lm
from loopmap.gazetteer.picture import _RADIUS
from loopmap.gazetteer.spread import spread

coordinate = st.integers(0, 60)


@pytest.fixture(scope="module")
def drawing() -> lm.gazetteer.PlacesDrawing:
    return lm.draw_places()


def test_no_label_over_another(drawing: lm.gazetteer.PlacesDrawing) -> None:
    marks = drawing.marks
    assert len(marks) == 39 + 20
    for i, a in enumerate(marks):
        for b in marks[i + 1 :]:
            assert math.dist(a.at, b.at) >= 2 * _RADIUS, f"{a.label} and {b.label}"
            # a dot that shows where a place really lies is not hidden either
            assert math.dist(a.home, b.at) >= _RADIUS, f"{a.label} under {b.label}"


def test_labels_stay_near_their_places(drawing: lm.gazetteer.PlacesDrawing) -> None:
    for mark in drawing.marks:
        assert math.dist(mark.home, mark.at) < 5 * _RADIUS
    stayed = sum(math.dist(mark.home, mark.at) < 0.5 for mark in drawing.marks)
    assert stayed > 30


def test_north_is_up_and_east_is_right(drawing: lm.gazetteer.PlacesDrawing) -> None:
    at = {mark.row.name: mark.home for mark in drawing.marks}
    assert at["Durham"][1] < at["York"][1] < at["Plymouth"][1]
    assert at["Cornwall"][0] < at["Bristol"][0] < at["Norwich"][0]


def test_the_svg_says_every_place(drawing: lm.gazetteer.PlacesDrawing) -> None:
    root = ElementTree.fromstring(drawing.svg())
    said = {e.get("aria-label") for e in root.iter() if e.get("class") == "place"}
    assert len(said) == 59
    assert "28: Plymouth, Local Vision; example plymouth" in said
    assert "39: York, not stated" in said
    texts = " ".join("".join(e.itertext()) for e in root.iter() if e.tag.endswith("text"))
    for mark in drawing.marks:
        assert mark.row.name.split()[0] in texts
    assert "not a boundary" in texts


def test_a_click_leads_to_the_example(drawing: lm.gazetteer.PlacesDrawing) -> None:
    page = drawing.html(width=800)
    spots = re.findall(r'coords="(\d+),(\d+),(\d+)" href="#(\w+)" alt="([^"]+)"', page)
    assert len(spots) == 12  # eleven maps of places, one of them of two
    for x, y, _, _, _ in spots:
        assert 0 < int(x) < 800
        assert 0 < int(y) < 800 * drawing.scene.height / drawing.scene.width
    assert {(name, place) for _, _, _, name, place in spots} >= {
        ("food", "Wirral"), ("food", "Cornwall"), ("mash", "Nottingham City and Nottinghamshire"),
    }  # fmt: skip
    assert "examples/kent.html" in drawing.html(link="examples/{example}.html")
    bundle = drawing._repr_mimebundle_()
    assert bundle["text/plain"] == repr(drawing)
    assert "usemap" in bundle["text/html"]


SLOW = [pytest.param(ending, marks=pytest.mark.slow) for ending in ("pdf", "png")]


@pytest.mark.parametrize("ending", ["svg", "html", *SLOW])
def test_save_writes_the_same_bytes_twice(
    drawing: lm.gazetteer.PlacesDrawing, ending: str, tmp_path: Path
) -> None:
    first = drawing.save(tmp_path / f"a.{ending}", dpi=30).read_bytes()
    assert first == lm.draw_places().save(tmp_path / f"b.{ending}", dpi=30).read_bytes()
    assert len(first) > 10_000


def test_paper_and_styles(tmp_path: Path) -> None:
    for landscape in (True, False):
        file = lm.draw_places(style="mono").save(
            tmp_path / "a.svg", paper="A2", landscape=landscape
        )
        size = "594mm" if landscape else "420mm"
        assert f'width="{size}"' in file.read_text("utf-8")
    assert len(lm.draw_places(teams=False).marks) == 39


def test_a_wrong_ending_says_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(lm.UnknownFormatError, match="its ending is"):
        lm.draw_places().save(tmp_path / "a.gif")


@settings(max_examples=40)
@example([(28, 5), (31, 4), (32, 0), (0, 0), (44, 4), (45, 12), (41, 5)])  # a knot
@given(st.lists(st.tuples(coordinate, coordinate), unique=True, max_size=14))
def test_spread_parts_any_crowd(homes: list[tuple[int, int]]) -> None:
    seats = spread(homes, 10, 6)
    assert len(seats) == len(homes)
    assert seats == spread(homes, 10, 6)
    for i, a in enumerate(seats):
        for b in seats[i + 1 :]:
            assert math.dist(a, b) > 9.99
