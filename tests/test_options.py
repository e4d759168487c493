"""The names type checkers know are the names of the tables."""

from __future__ import annotations

import inspect
from typing import Any, get_args

import pytest

import loopmap as lm
from loopmap import options
from loopmap.analysis.ranking import RANKINGS
from loopmap.display import _OVERRIDES, DrawOptions, PanelOptions
from loopmap.interop.frames import _TABLES
from loopmap.layout.api import EFFORTS, ENGINES
from loopmap.loops import KIND_WORDS
from loopmap.loops.choosing.independent import METHODS
from loopmap.model.elements import ELEMENT_KINDS
from loopmap.scene import PAPERS, STYLES

TABLES: dict[str, tuple[Any, Any]] = {
    "By": (options.By, _OVERRIDES),
    "Effort": (options.Effort, EFFORTS),
    "ElementKind": (options.ElementKind, ELEMENT_KINDS),
    "Engine": (options.Engine, ENGINES),
    "FormatName": (options.FormatName, lm.FORMATS),
    "LinkKindName": (options.LinkKindName, lm.LINK_KINDS),
    "LoopLetter": (options.LoopLetter, KIND_WORDS),
    "LoopWord": (options.LoopWord, KIND_WORDS.values()),
    "MapTable": (options.MapTable, _TABLES),
    "Method": (options.Method, METHODS),
    "PaperName": (options.PaperName, PAPERS),
    "Ranking": (options.Ranking, RANKINGS),
    "StyleName": (options.StyleName, STYLES),
}


@pytest.mark.parametrize("name", TABLES)
def test_the_names_are_those_of_the_table(name: str) -> None:
    alias, table = TABLES[name]
    assert get_args(alias) == tuple(table)


def test_draw_options_are_the_options_of_draw() -> None:
    parameters = list(inspect.signature(lm.draw).parameters)[1:]
    hints = lm.draw.__annotations__
    typed = {name: hint.__forward_arg__ for name, hint in DrawOptions.__annotations__.items()}
    assert typed == {name: hints[name] for name in parameters}
    assert set(DrawOptions.__annotations__) - set(PanelOptions.__annotations__) == {"loops"}


def test_choose_gives_the_name_or_the_nearest() -> None:
    assert options.choose("b", {"a": 1, "b": 2}, "letter") == "b"
    with pytest.raises(lm.InvalidOptionError, match=r"^letter is 'a' or 'b', not None$"):
        options.choose(None, ["a", "b"], "letter")
    with pytest.raises(lm.InvalidOptionError, match=r"not \['a'\]"):
        options.choose(["a"], ["a", "b"], "letter")


def test_an_unknown_option_of_a_picture_has_a_nearest_one() -> None:
    m = lm.SystemMap(links=[("A", "B", "+"), ("B", "A", "+")])
    nearest = "not 'hihglight'; did you mean 'highlight'"
    wrong: dict[str, Any] = {"hihglight": "R1"}
    with pytest.raises(lm.InvalidOptionError, match=nearest):
        lm.draw_panels(m, **wrong)
    with pytest.raises(lm.InvalidOptionError, match=nearest):
        lm.draw_loops(m, **wrong)
    with pytest.raises(lm.InvalidOptionError, match=nearest):
        lm.draw_diff(m, m, **wrong)
    with pytest.raises(lm.InvalidOptionError, match=nearest):
        lm.draw_before_after(m, m, **wrong)


def test_kinds_of_loops_have_two_forms() -> None:
    m = lm.SystemMap(links=[("A", "B", "+"), ("B", "A", "+"), ("B", "B", "-")])
    loops = lm.find_loops(m)
    assert loops.of_kind("reinforcing") == loops.of_kind("R") == (loops["R1"],)
    wrong: Any = "reinforced"
    with pytest.raises(lm.InvalidOptionError, match="did you mean 'reinforcing'"):
        loops.of_kind(wrong)
