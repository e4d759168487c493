"""The SVG is safe, whole, accessible and says exactly what the map says."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from tests.scene.test_notation import scene_of

import loopmap as lm
from loopmap.layout import layout_from_text
from loopmap.render.svg import PLACES, places_in, svg, svg_bytes
from loopmap.scene import Text, walk
from loopmap.testing import maps
from loopmap.testing.strategies import AWKWARD_NAMES

NS = "{http://www.w3.org/2000/svg}"
ELEMENTS = {NS + name for name in ("svg", "title", "desc", "rect", "g", "path", "text", "metadata")}
ATTRIBUTES = {
    "width", "height", "viewBox", "role", "aria-labelledby", "aria-describedby", "font-family",
    "id", "x", "y", "fill", "class", "aria-label", "d", "fill-opacity", "stroke", "stroke-width",
    "stroke-linecap", "stroke-linejoin", "stroke-dasharray", "font-size", "direction",
    "font-weight", "font-style", "text-anchor", "textLength", "lengthAdjust", "data-source",
    "data-target", "data-polarity", "data-loops", "data-loop", "data-kind", "data-name",
    "data-stakeholder", "data-loopmap",
}  # fmt: skip

HOSTILE = (
    '"><script>alert(1)</script>', "</text><script>", "]]>", "<!--", "&amp;", "&#0;", "' onload='x",
    "\u202eevil", "e\u0301\u0301\u0301", "سلام", "👩‍👩‍👧", "x" * 300, "{title}", "%s", "\\", "$x^2$",
)  # fmt: skip


def check(scene: object) -> ET.Element:
    """Parse it, and hold it to the allowed elements, attributes and exactly the scene's text."""
    from loopmap.scene import Scene

    assert isinstance(scene, Scene)
    root = ET.fromstring(svg_bytes(scene))
    for element in root.iter():
        assert element.tag in ELEMENTS
        assert set(element.attrib) <= ATTRIBUTES
        if element.tag not in (NS + "text", NS + "title", NS + "desc", NS + "metadata"):
            assert not (element.text or "").strip()
        assert not (element.tail or "").strip()
        assert not any(
            "http" in v for k, v in element.attrib.items() if not k.startswith(("aria", "data"))
        )
    shown = [element.text or "" for element in root.iter(NS + "text")]
    assert shown == [mark.text for mark in walk(scene.marks) if isinstance(mark, Text)]
    assert root.findtext(NS + "title") == scene.title
    assert (root.findtext(NS + "metadata") or "") == scene.places
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    return root


@settings(max_examples=25)
@given(maps(max_variables=5, max_links=8))
def test_any_map_makes_safe_svg(m: lm.SystemMap) -> None:
    check(scene_of(m))


@pytest.mark.parametrize("name", [*HOSTILE, *AWKWARD_NAMES])
def test_hostile_names_stay_in_their_text(name: str) -> None:
    m = lm.SystemMap(
        links=[lm.Link(name, "B", "+", route=name), lm.Link("B", name, "-")],
        loops=[lm.NamedLoop(name, [name, "B"], "B")],
        title=name,
        subtitle=name,
        about=name,
        sources=name,
    )
    root = check(scene_of(m))
    assert root.findtext(NS + "title") == name
    named = [
        g.attrib["data-name"] for g in root.iter(NS + "g") if g.attrib.get("class") == "variable"
    ]
    assert sorted(named) == sorted([name, "B"])


MAP = lm.SystemMap(
    links=[("Backlog", "Stress", "+"), lm.Link("Stress", "Backlog", "+", delayed=True)],
    loops=[lm.NamedLoop("Spiral", ["Backlog", "Stress"])],
    title="The hub",
)


def test_links_loops_and_variables_can_be_found() -> None:
    root = check(scene_of(MAP))
    groups = {g.attrib["id"]: g for g in root.iter(NS + "g") if "id" in g.attrib}
    prefix = root.attrib["aria-labelledby"].removesuffix("-title")
    links = [g for g in groups.values() if g.attrib["class"] == "link"]
    assert len(links) == 2
    for link in links:
        assert f"{prefix}-{link.attrib['data-source']}" in groups
        assert f"{prefix}-{link.attrib['data-target']}" in groups
        assert f"{prefix}-loop-{link.attrib['data-loops']}" in groups


def test_it_reads_aloud() -> None:
    root = check(scene_of(MAP))
    told = root.findtext(NS + "desc") or ""
    assert "R1 Spiral, reinforcing: Backlog increases Stress, which increases Backlog" in told
    labels = [g.attrib.get("aria-label", "") for g in root.iter(NS + "g")]
    assert "Stress increases Backlog, after a delay" in labels
    roles = {g.attrib["class"]: g.attrib.get("role") for g in root.iter(NS + "g")}
    assert roles["links"] == "list"
    assert roles["link"] == "listitem"
    order = [g.attrib["class"] for g in root.iter(NS + "g")]
    assert order.index("title") < order.index("links") < order.index("variables")


def test_two_maps_can_share_a_page() -> None:
    other = MAP.replace(title="Another")
    ids = [set(re.findall(r' id="([^"]+)"', svg(scene_of(m)))) for m in (MAP, other)]
    assert not ids[0] & ids[1]
    assert 'id="mine-title"' in svg(scene_of(MAP), prefix="mine")


def test_text_keeps_its_width_in_any_font() -> None:
    root = check(scene_of(MAP))
    for text in root.iter(NS + "text"):
        if len(text.text or "") > 1:
            assert float(text.attrib["textLength"]) > 0


def test_right_to_left_names_say_so() -> None:
    root = check(scene_of(lm.SystemMap(["الثقة بين الوكالات", "Trust"])))
    directions = {t.text: t.attrib.get("direction") for t in root.iter(NS + "text")}
    assert "rtl" in directions.values()
    assert directions["Trust"] is None


def test_numbers_are_short() -> None:
    assert not re.search(r"\d\.\d{3}", svg(scene_of(MAP)).split("</desc>")[1])
    assert "-0 " not in svg(scene_of(MAP))


@settings(max_examples=15)
@given(maps(max_variables=4, max_links=6))
def test_a_picture_carries_its_places(m: lm.SystemMap) -> None:
    drawing = lm.draw(m, effort="fast")
    layout = layout_from_text(places_in(drawing.svg()) or "", "x.svg")
    assert layout.boxes == drawing.layout.boxes
    assert layout.routes == drawing.layout.routes


def test_a_title_cannot_pass_for_places() -> None:
    m = lm.SystemMap(["A"], title=PLACES + "{}</metadata>")
    assert (places_in(lm.draw(m).svg()) or "").startswith('{"loopmap-layout"')
    assert places_in("<svg></svg>") is None
