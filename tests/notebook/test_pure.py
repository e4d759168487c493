"""The geometry and the words of live.js, asked in the browser."""

from __future__ import annotations

import math
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest

import loopmap as lm
from loopmap.layout.curves import cut_back, flatten
from loopmap.notebook.payload import facts, key
from loopmap.scene.alt_text import loop_sentence
from loopmap.testing import random_map

pytestmark = pytest.mark.browser
NAMES = "follow, cutBack, neighbour, freePlace, zoomed, loopWords, lit"
Ask = Callable[..., Any]


@pytest.fixture
def ask(page: Any) -> Ask:
    page.set_content("<!doctype html>")
    source = files("loopmap.notebook").joinpath("live.js").read_text("utf-8")
    script = """async (source) => { window.js = await import(
        URL.createObjectURL(new Blob([source], {type: 'text/javascript'}))); }"""
    page.evaluate(script, source)
    return lambda call, *args: page.evaluate(
        f"(args) => {{ const {{{NAMES}}} = window.js; return {call}; }}", list(args)
    )


ARC = [[0, 0], [30, -40], [70, -40], [100, 0]]


def test_a_dragged_end_takes_its_curve_along(ask: Ask) -> None:
    half = ask("follow(args[0], [0, 0], [100, 0]).points", ARC)
    assert half == [[0, 0], [60, -80], [140, -80], [200, 0]]
    both = ask("follow(args[0], [5, 7], [5, 7]).points", ARC)
    assert both == [[x + 5, y + 7] for x, y in ARC]
    loop = [[0, 0], [30, -40], [-30, -40], [0, 0]]
    assert ask("follow(args[0], [5, 7], [5, 7]).points", loop) == [[x + 5, y + 7] for x, y in loop]


def test_curves_are_cut_as_python_cuts_them(ask: Ask) -> None:
    chain = [*ARC, [130, 40], [170, 40], [200, 0]]
    for points in (ARC, chain):
        for back in (0.5, 10, 40, 130):
            ours = ask("cutBack(args[0], args[1])", points, back)
            theirs = cut_back([tuple(p) for p in points], back)
            assert len(ours) == len(theirs)
            for p, q in zip(ours, theirs, strict=True):
                assert math.dist(p, q) < 0.5
    assert len(flatten([tuple(p) for p in ARC])) == 17  # the helper this rests on is still there


def test_the_next_variable_in_a_direction(ask: Ask) -> None:
    boxes = {"a": [0, 0, 9, 9], "b": [50, 5, 9, 9], "c": [100, 0, 9, 9], "d": [0, 80, 9, 9]}
    assert ask("neighbour(args[0], 'a', [1, 0])", boxes) == "b"
    assert ask("neighbour(args[0], 'c', [-1, 0])", boxes) == "b"
    assert ask("neighbour(args[0], 'a', [0, 1])", boxes) == "d"
    assert ask("neighbour(args[0], 'a', [0, -1])", boxes) == "a"


def test_a_new_variable_covers_nothing(ask: Ask) -> None:
    boxes = {"a": [0, 0, 80, 20], "b": [60, 30, 80, 20]}
    x, y = ask("freePlace(args[0], [0, 0], [100, 30])", boxes)
    for bx, by, w, h in boxes.values():
        assert abs(x - bx) > (w + 100) / 2 or abs(y - by) > (h + 30) / 2
    assert ask("freePlace({}, [5, 6], [100, 30])") == [5, 6]


def test_zooming_keeps_the_point_under_the_pointer(ask: Ask) -> None:
    x, y, w, h = ask("zoomed([10, 20, 100, 80], 0.5, [30, 40])")
    assert ((30 - x) / w, (40 - y) / h) == (0.2, 0.25)
    assert (w, h) == (50, 40)


def test_loops_are_told_in_the_same_words_as_in_python(ask: Ask) -> None:
    m = random_map(5, variables=6, links=16).add(lm.NamedLoop("Ours", ["v000"], ""))
    loops = lm.find_loops(m)
    told = facts(m, loops, ())
    assert len(loops) > 3
    for i, loop in enumerate(loops):
        words = ask("loopWords(args[0], args[0].loops[args[1]])", told, i)
        plain = words.replace(" after a delay", "").removesuffix(".")
        assert plain == loop_sentence(loop)
        assert words.count("after a delay") == sum(link.delayed for link in loop.links)


def test_what_lights_up_is_what_python_says(ask: Ask) -> None:
    m = random_map(6, variables=8, links=16)
    loops = lm.find_loops(m)
    told = facts(m, loops, ())
    for name in m.variables:
        through = {key(loop) for loop in loops if name in loop.path}
        links = {link for loop in loops if name in loop.path for link in loop.links}
        links |= {link for link in m.causal_links if name in (link.source, link.target)}
        ends = {m.element(end) for link in links for end in (link.source, link.target)}
        expected = through | {key(thing) for thing in (*links, *ends, m.element(name))}
        assert set(ask("[...lit(args[0], args[1])]", told, key(m.element(name)))) == expected
    assert ask("[...lit(args[0], '')]", told) == []
