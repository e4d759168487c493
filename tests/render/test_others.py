"""HTML that loads nothing, DOT that Graphviz takes as it stands."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest
from tests.scene.test_notation import scene_of

import loopmap as lm
from loopmap.render import RENDERERS, render
from loopmap.render.dot import dot_bytes
from loopmap.render.html import html_bytes

ODD = 'Say "hi" \\ </script>'
MAP = lm.SystemMap(
    [lm.Element("Backlog", "stock")],
    [("Backlog", ODD, "+"), (ODD, "Backlog", "-"), (ODD, "C", "?")],
    title="A <b>title</b>",
)


def test_every_ending_makes_bytes() -> None:
    scene = scene_of(MAP)
    for ending in RENDERERS:
        assert len(render(scene, ending, dpi=72)) > 500


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    page = html_bytes(scene_of(MAP)).decode()
    tags: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            tags.append(tag)

    Tags().feed(page)
    assert {"script", "link", "img", "iframe", "object"}.isdisjoint(tags)
    assert "default-src 'none'" in page
    assert "<title>A &lt;b&gt;title&lt;/b&gt;</title>" in page
    assert tags.count("svg") == 1
    assert not re.search(r"(src|href)=", page)


def test_dot_has_positions_for_everything() -> None:
    text = dot_bytes(scene_of(MAP)).decode()
    nodes = re.findall(r'^  "(?:[^"\\]|\\.)*" \[label=.*pos="[-\d.]+,[-\d.]+"', text, re.MULTILINE)
    edges = re.findall(r'-> .* \[pos="e,[-\d. ,]+"', text)
    assert (len(nodes), len(edges)) == (3, 3)


@pytest.mark.skipif(shutil.which("neato") is None, reason="no Graphviz here")
def test_graphviz_keeps_our_positions() -> None:
    text = dot_bytes(scene_of(MAP))
    made = subprocess.run(["neato", "-n2", "-Tplain"], input=text, capture_output=True, check=True)
    plain = r'^  (\w+|"\w+") \[label=.*?pos="([-\d.]+),([-\d.]+)"'
    found = re.findall(plain, text.decode(), re.MULTILINE)
    ours = {name.strip('"'): (float(x), float(y)) for name, x, y in found}
    theirs = {
        line.split()[1]: tuple(map(float, line.split()[2:4]))
        for line in made.stdout.decode().splitlines()
        if line.startswith(("node Backlog ", "node C "))
    }
    assert ours.keys() == theirs.keys() == {"Backlog", "C"}
    for axis in (0, 1):
        moved = [theirs[name][axis] * 72 - ours[name][axis] for name in ours]
        assert max(moved) - min(moved) < 0.5


def test_no_text_leaves_its_string_in_dot() -> None:
    evil = 'P", URL="javascript:alert(1)", image="/x'
    both = [lm.Claim(evil, "+"), lm.Claim("Q", "-")]
    links = [lm.Link("A", "B", claims=both), lm.Link("B", "A", "-", route=evil)]
    for by in ("sign", "perspective"):
        scene = lm.draw(lm.SystemMap(links=links), by=by, effort="fast").scene
        outside = re.sub(r'"(?:[^"\\]|\\.)*"', "", dot_bytes(scene).decode())
        assert "URL" not in outside
        assert "image" not in outside
    plain = dot_bytes(lm.draw(lm.SystemMap(links=links), effort="fast").scene).decode()
    (back,) = [line for line in plain.splitlines() if line.startswith('  "B" -> "A"')]
    assert "−" in back.split("xlabel=")[1]


def test_character_references_stay_as_typed_in_dot() -> None:
    text = dot_bytes(scene_of(lm.SystemMap(links=[("R&amp;D", "x &lt; y", "+")]))).decode()
    assert "R&amp;amp;D" in text
    assert "&amp;lt;" in text


def test_a_line_in_several_colours_is_one_curve_in_dot() -> None:
    both = [lm.Claim("Health", "+"), lm.Claim("Police", "+")]
    m = lm.SystemMap(links=[lm.Link("A", "B", claims=both), lm.Link("B", "A", claims=both[:1])])
    text = dot_bytes(lm.draw(m, by="perspective", effort="fast").scene).decode()
    several, one = re.findall(r'pos="e,\S+ ([^"]*)", color="([^"]*)"', text)
    assert several[1].count(":") == 1
    assert one[1] in several[1]
    for points, _ in (several, one):
        assert len(points.split()) % 3 == 1
    first, *_, last = several[0].split()
    assert first != last
