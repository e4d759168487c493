"""Loops that differ only by the route of a link are told apart wherever they are printed."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import loopmap as lm
from loopmap.cli.commands import loopmap
from loopmap.scene.alt_text import loop_sentence
from loopmap.words import path_line

TEXT = """\
Training -> Skill : + [route=practice]
Training -> Skill : + [route=confidence (own)]
Training -> Skill : +
Skill -> Training : + [delay]
"""
ROUTES = ["", "confidence (own)", "practice"]


def printed(words: list[str], text: str = TEXT) -> str:
    result = CliRunner().invoke(loopmap, words, text)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_every_text_of_a_loop_has_its_routes() -> None:
    loops = lm.find_loops(lm.parse(TEXT))
    for told in (str, repr, loop_sentence, lambda loop: path_line(loop.links)):
        texts = [told(loop).replace(loop.label, "") for loop in loops]
        assert len(set(texts)) == 3
        assert ["practice" in text for text in texts] == [False, False, True]
    assert str(loops[2]) == "R3  Skill -//> (+) Training -> (+ via practice) Skill"
    assert loop_sentence(loops[2]).endswith("increases Skill by way of practice")


def test_columns_have_their_routes() -> None:
    loops = lm.find_loops(lm.parse(TEXT))
    expected = [("", route) for route in ROUTES]
    for frame in (lm.to_frame(loops), lm.to_frame(list(loops)), lm.to_frame(loops, arrow=True)):
        assert [tuple(routes) for routes in frame["routes"]] == expected
    told = json.loads(printed(["loops", "--json", "-"]))["loops"]
    assert [tuple(loop["routes"]) for loop in told] == expected
    rows = printed(["loops", "--csv", "-"]).splitlines()
    assert [row.split(",")[-2] for row in rows[1:]] == [
        f"Training → Skill: {route}" if route else "" for route in ROUTES
    ]


def test_rankings_and_changes_have_their_routes() -> None:
    m = lm.parse(TEXT)
    assert "via practice" in lm.rank_loops(m).to_frame().to_string()
    assert "via practice" in str(lm.diff(m, m.replace(links=m.links[:-1])))


@given(st.text('ab ()[];"\\#:,->', min_size=1, max_size=8).map(str.strip).filter(bool))
def test_printed_loops_read_back_with_any_route(route: str) -> None:
    links = [lm.Link("A", "B", "+"), lm.Link("A", "B", "-", route=route), lm.Link("B", "A", "+")]
    m = lm.SystemMap(links=links)
    text = "\n\n".join(map(str, lm.find_loops(m)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert lm.parse(text).links == m.links
        if not set("[]").intersection(route):
            assert lm.parse(path_line([links[1]])).links == (links[1],)


def test_the_shared_case(shared: Path) -> None:
    m = lm.read(shared / "cases" / "notation" / "loops_differ_only_by_route.loop")
    assert len({str(loop)[4:] for loop in lm.find_loops(m)}) == 2


@pytest.mark.parametrize("route", ["practice", "x (y)"])
def test_a_pasted_step_with_a_route(route: str) -> None:
    link = lm.Link("A", "B", "+", route=route, delayed=True)
    with pytest.warns(lm.LossWarning, match="route beside the arrow"):
        assert lm.parse(f"{path_line([link])} -> (-) C").link("A", "B", route=route) == link
