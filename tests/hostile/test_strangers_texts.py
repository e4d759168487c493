"""Whatever a map's texts hold, each output gives them back as typed, and nothing besides.

Every output is read by a program that is not ours: Graphviz and pydot, xml.etree, html.parser, csv,
openpyxl. ``hostile_maps`` puts mischief into every text that a map can hold.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shutil
import subprocess
import warnings
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pandas as pd
import pydot
import pytest
from hypothesis import given, settings
from tests.render.test_svg import check

import loopmap as lm
from loopmap.drawing import Drawing
from loopmap.formats import FORMATS, dumped, loaded
from loopmap.render import render
from loopmap.render.dot import dot_bytes
from loopmap.scene import Group, Scene, Text, walk
from loopmap.testing import hostile_maps

needs_graphviz = pytest.mark.skipif(not shutil.which("dot"), reason="needs Graphviz' dot")

#: Each kind of picture of a map.
PICTURES: dict[str, Callable[[lm.SystemMap], Drawing | Any]] = {
    "sign": lambda m: lm.draw(m, effort="fast"),
    "perspective": lambda m: lm.draw(m, by="perspective", stakeholders=True, effort="fast"),
    "panels": lambda m: lm.draw_panels(m, effort="fast"),
    "loops": lambda m: lm.draw_loops(m, effort="fast"),
    "diff": lambda m: lm.draw_diff(m, smaller(m), effort="fast"),
    "before and after": lambda m: lm.draw_before_after(m, smaller(m), effort="fast"),
}


def smaller(m: lm.SystemMap) -> lm.SystemMap:
    """The same map with a link gone and a title that is another."""
    return m.remove(m.causal_links[0]).replace(title=m.subtitle)


def drawn(m: lm.SystemMap, kind: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return PICTURES[kind](m)


def texts_of(scene: Scene) -> list[str]:
    return [mark.text for mark in walk(scene.marks) if isinstance(mark, Text)]


# -- pictures -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", PICTURES)
@settings(max_examples=3)
@given(m=hostile_maps())
def test_svg_has_the_texts_of_the_scene_and_nothing_else(kind: str, m: lm.SystemMap) -> None:
    picture = drawn(m, kind)
    check(picture.scene)
    bundle = picture._repr_mimebundle_()
    assert tags_of(bundle["text/html"]) == ["img"]
    (image,) = Page.of(bundle["text/html"]).attributes
    assert image["alt"] == f"{picture.scene.title}. {picture.scene.description}"


@settings(max_examples=5)
@given(hostile_maps())
def test_html_has_the_texts_of_the_scene_and_nothing_else(m: lm.SystemMap) -> None:
    scene = drawn(m, "perspective").scene
    page = Page.of(render(scene, ".html").decode())
    svg = {"svg", "title", "desc", "rect", "g", "path", "text", "metadata"}
    assert set(page.tags) <= svg | {"html", "head", "meta", "style", "body", "figure"}
    names = {name for given in page.attributes for name in given}
    assert not [name for name in names if name.startswith("on") or name in ("href", "src")]
    assert page.texts["title"] == [scene.title] * 2  # the page's and the picture's
    assert page.texts["text"] == texts_of(scene)
    assert page.texts["metadata"] == [scene.places]


@settings(max_examples=2)
@given(hostile_maps())
def test_paper_takes_any_text_for_text(m: lm.SystemMap) -> None:
    scene = drawn(m, "sign").scene
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # letters that no font here has
        assert render(scene, ".pdf").startswith(b"%PDF")
        assert render(scene, ".png", dpi=72).startswith(b"\x89PNG")


@settings(max_examples=4)
@given(hostile_maps())
def test_a_picture_in_dot_has_our_attributes_only(m: lm.SystemMap) -> None:
    for kind in ("sign", "perspective"):
        scene = drawn(m, kind).scene
        graph = parsed(dot_bytes(scene))
        node = {"label", "pos", "width", "height", "fontcolor", "shape"}
        edge = {"pos", "color", "fontcolor", "xlabel", "xlp", "style"}
        nodes = [node for node in graph.get_nodes() if node.get_name() not in ("graph", "node")]
        for node_ in nodes:
            assert set(node_.get_attributes()) <= node
        for edge_ in graph.get_edges():
            assert set(edge_.get_attributes()) <= edge
        assert len(nodes) == (3 if kind == "sign" else 4)
        shown = sorted(as_shown(node.get("label")).replace("\n", "") for node in nodes)
        groups = [mark for mark in walk(scene.marks) if isinstance(mark, Group)]
        named = [g for g in groups if g.role in ("variable", "stakeholder")]
        assert shown == sorted("".join(texts_of_group(g)) for g in named)


@needs_graphviz
@settings(max_examples=5)
@given(hostile_maps())
def test_graphviz_draws_the_texts_of_the_picture(m: lm.SystemMap) -> None:
    scene = drawn(m, "perspective").scene
    seen = graphviz(dot_bytes(scene), "neato", "-n2")
    groups = [mark for mark in walk(scene.marks) if isinstance(mark, Group)]
    for role, found in (
        (("variable", "stakeholder"), sorted(map(drawn_text, seen["objects"]))),
        (("link",), sorted(map(drawn_text, seen["edges"]))),
    ):
        wanted = [texts_of_group(g) for g in groups if g.role in role]
        between = "" if role != ("link",) else " "
        assert found == sorted(between.join(texts) for texts in wanted)
    assert drawn_text(seen) == scene.title


def texts_of_group(group: Group) -> list[str]:
    return [mark.text for mark in group.marks if isinstance(mark, Text)]


# -- files ----------------------------------------------------------------------------------------


@settings(max_examples=15)
@given(hostile_maps())
def test_dot_has_the_names_and_our_attributes_only(m: lm.SystemMap) -> None:
    graph = parsed(dumped(m, FORMATS["dot"])[0])
    assert as_shown(graph.get("label")) == m.title
    nodes, edges = graph.get_nodes(), graph.get_edges()
    assert sorted(as_shown(node.get("label")) for node in nodes) == sorted(m.names)
    assert sorted(as_shown(edge.get("route") or '""') for edge in edges) == sorted(
        link.route for link in m.links
    )
    for node in nodes:
        assert set(node.get_attributes()) <= {"label", "shape", "kind"}
    for edge in edges:
        assert set(edge.get_attributes()) <= {
            "label", "polarity", "delayed", "strength", "kind", "style", "route",
        }  # fmt: skip


@needs_graphviz
@settings(max_examples=5)
@given(hostile_maps())
def test_graphviz_draws_the_names_as_typed(m: lm.SystemMap) -> None:
    seen = graphviz(dumped(m, FORMATS["dot"])[0], "dot")
    assert sorted(map(drawn_text, seen["objects"])) == sorted(m.names)
    assert drawn_text(seen) == m.title


@pytest.mark.parametrize(("name", "delimiter"), [("csv", ","), ("tsv", "\t")])
@settings(max_examples=15)
@given(m=hostile_maps())
def test_tables_have_no_formula_and_come_back(name: str, delimiter: str, m: lm.SystemMap) -> None:
    data = dumped(m, FORMATS[name])[0]
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if cell[:1] in tuple("=+-@＝＋－＠\t\r")]
    assert loaded(data, FORMATS[name], source=f"x.{name}").map.links == m.links


@settings(max_examples=10)
@given(hostile_maps())
def test_workbooks_have_no_formula_and_come_back(m: lm.SystemMap) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    data = dumped(m, FORMATS["xlsx"])[0]
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"}
    assert not [cell for cell in cells if cell.hyperlink is not None]
    assert loaded(data, FORMATS["xlsx"], source="x.xlsx").map == m


@pytest.mark.parametrize("name", ["loop", "json"])
@settings(max_examples=15)
@given(m=hostile_maps())
def test_our_own_formats_keep_every_text(name: str, m: lm.SystemMap) -> None:
    data = dumped(m, FORMATS[name])[0]
    assert loaded(data, FORMATS[name], source="x").map == m


# -- frames in a notebook -------------------------------------------------------------------------


@settings(max_examples=4)
@given(hostile_maps())
def test_frames_are_tables_and_nothing_else(m: lm.SystemMap) -> None:
    for frame in (
        lm.to_frame(m),
        lm.to_frame(lm.find_loops(m)),
        lm.most_decisive(m),
        lm.compare(m),
    ):
        assert isinstance(frame, pd.DataFrame)
        page = Page.of(frame._repr_html_())
        assert set(page.tags) <= {"div", "style", "table", "thead", "tbody", "tr", "th", "td", "p"}
        assert {name for given in page.attributes for name in given} <= {
            "border", "class", "style", "scoped", "colspan", "rowspan", "valign", "halign",
        }  # fmt: skip


# -- readers that are not ours --------------------------------------------------------------------


class Page(HTMLParser):
    """What a page is made of: tags in order, attributes, and the texts in each kind of element."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[dict[str, str | None]] = []
        self.texts: dict[str, list[str]] = {}

    @classmethod
    def of(cls, text: str) -> Page:
        page = cls()
        page.feed(text)
        page.close()
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.append(dict(attrs))
        self.texts.setdefault(tag, []).append("")

    def handle_data(self, data: str) -> None:
        if self.tags and not data.isspace():
            self.texts[self.tags[-1]][-1] += data


def tags_of(text: str) -> list[str]:
    return Page.of(text).tags


def parsed(data: bytes) -> pydot.Dot:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        (graph,) = pydot.graph_from_dot_data(data.decode()) or ()
    return graph


def as_shown(quoted: str) -> str:
    """What Graphviz shows for a quoted label: ``\\n`` breaks a line, ``\\x`` is x."""
    inside = quoted[1:-1].replace('\\"', '"')
    lines = re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], inside)
    return html.unescape(lines)


def graphviz(data: bytes, *command: str) -> Any:
    done = subprocess.run([*command, "-Tjson"], input=data, capture_output=True, check=True)
    assert done.stderr == b""
    return json.loads(done.stdout)


def drawn_text(thing: dict[str, Any]) -> str:
    """The text that Graphviz draws for a graph, a node or an edge, line after line."""
    lines = [*thing.get("_ldraw_", ()), *thing.get("_xldraw_", ())]
    return "".join(line["text"] for line in lines if line["op"] == "T")
