"""Habits of other libraries: each gives a result, or one sentence that says what to write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
import polars as pl
import pytest

import loopmap as lm

TWO = lm.SystemMap(links=[("A", "B", "+"), ("B", "A", "-")])


class MyGraph(nx.DiGraph):  # type: ignore[type-arg]
    """Somebody's own kind of graph."""


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        (nx.DiGraph([(1, 2)]), r"this is a DiGraph, not a map; pass lm\.from_networkx"),
        (MyGraph([(1, 2)]), r"this is a MyGraph, not a map; pass lm\.from_networkx"),
        (pd.DataFrame(), r"this is a DataFrame, not a map; pass lm\.from_frame"),
        (pl.LazyFrame(), r"this is a LazyFrame, not a map; pass lm\.from_frame"),
        ("A -> B : +", r"this is a str, not a map; pass lm\.parse"),
        (Path("x.loop"), r"pass lm\.read"),
        (lm.Reading(TWO), r"m, problems = lm\.reading"),
        (17, "this is a int, not a map$"),
        (None, "this is a NoneType, not a map$"),
    ],
)
@pytest.mark.parametrize(
    "verb",
    [lm.find_loops, lm.count_loops, lm.participation, lm.draw, lm.check, lm.story_loops,
     lambda thing: lm.write(thing, "x.loop")],
    ids=["find_loops", "count_loops", "participation", "draw", "check", "story_loops", "write"],
)  # fmt: skip
def test_what_is_no_map_is_told_what_makes_one(
    thing: Any, said: str, verb: Callable[[Any], Any]
) -> None:
    with pytest.raises(lm.InvalidMapError, match=said):
        verb(thing)


def test_a_map_holds_its_elements_by_name() -> None:
    assert TWO["A"] == lm.Element("A")
    assert len(TWO) == 2
    assert bool(lm.SystemMap())
    with pytest.raises(lm.UnknownNameError, match="no element is called 'AA'"):
        TWO["AA"]
    with pytest.raises(TypeError, match="not iterable"):
        iter(TWO)


def test_the_line_counts_what_len_counts() -> None:
    m = TWO.add(lm.Link("Police", "A", kind="holds"))
    assert repr(m) == "<SystemMap: 2 variables, 3 links, 1 stakeholder>"
    assert len(m.links) == len(lm.to_frame(m)) == 3


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: lm.SystemMap([("A", "B", "+")]), r"is no element.*links are given as links=\[…\]"),
        (lambda: lm.SystemMap([3]), r"3 is no element: a name or Element\(…\)"),
        (lambda: lm.SystemMap(links=["AB"]), r"'AB' is no link: Link\(…\) or \(source, target"),
        (lambda: lm.SystemMap(links=[("A", "B", "+", 1, 2, 3, 4)]), "is no link"),
        (lambda: lm.SystemMap(loops=["x"]), "'x' is no named loop"),
        (lambda: lm.Link("A", "B", claims=3), "the claims of 'A' -> 'B' are a list of Claim"),
        (lambda: lm.Link("A", "B", claims=["+"]), r"a list of Claim\(…\), not '\+'"),
        (lambda: lm.Link("A", "B", kind=["x"]), "cannot be"),
        (lambda: lm.Link("A", "B", 10**5000), "a link's sign is"),
        (lambda: lm.Link(10**5000, "B"), "the source of a link is text, not <int>"),
        (lambda: lm.Element("A", position="12"), "the position of 'A' is two numbers"),
        (lambda: lm.Element("A", notes=3), "a note of 'A' is text, or several are a list"),
        (lambda: lm.Element("A", tags={"x": 1}), "a tag of 'A' is text, or several are a list"),
        (lambda: lm.Claim(strength=10**5000), "a strength is a finite number, not <int>"),
        (lambda: lm.NamedLoop("x", 3), "the path of loop 'x' is a list of names, not 3"),
    ],
)
def test_what_cannot_be_part_of_a_map(make: Callable[[], Any], said: str) -> None:
    with pytest.raises(lm.InvalidMapError, match=said):
        make()
