"""A new kind of link is a row: whether loops run along it is asked of the table, everywhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import loopmap as lm
from loopmap.formats import FORMATS
from loopmap.model import LINK_KINDS
from loopmap.perspectives import agreement
from loopmap.scene.sheet.legend import key_items
from loopmap.testing.oracles import brute_force_loops

SOURCE = Path(lm.__file__).parent


@pytest.fixture
def m(monkeypatch: pytest.MonkeyPatch) -> lm.SystemMap:
    """One loop over two kinds of link, one of which is new, and a new kind without loops."""
    row = LINK_KINDS["causal"]
    monkeypatch.setitem(LINK_KINDS, "feeds", row)
    monkeypatch.setitem(LINK_KINDS, "resembles", row._replace(loops=False))
    said = [lm.Claim("Ann", "-", evidence="inferred")]
    return lm.SystemMap(
        links=[
            lm.Link("A", "B", "+"),
            lm.Link("B", "A", kind="feeds", claims=said),
            lm.Link("A", "B", "+", kind="resembles"),
        ]
    )


def test_loops_run_along_a_new_kind_that_forms_them(m: lm.SystemMap) -> None:
    assert [link.is_causal for link in m.links] == [True, False, True]
    (loop,) = lm.find_loops(m)
    assert [link.kind for link in loop.links] == ["causal", "feeds"]
    assert [found.path for found in brute_force_loops(m)] == [loop.path]
    assert lm.count_loops(m).total == 1


def test_analyses_ask_the_table(m: lm.SystemMap) -> None:
    assert [a.link.kind for a in agreement(m)] == ["causal", "feeds"]
    assert len(lm.compare(m)) == 2
    assert len(lm.shared_loops(m).loops) == 1
    assert len(lm.robustness(m).loops) == 1
    assert [x.kind for x in lm.on_evidence(m, "inferred").links] == ["resembles", "feeds"]
    assert len(lm.boundary(m).unknown) == 2
    assert lm.consensus(m, at_least=1, author=False).links == (m.link("B", "A", kind="feeds"),)


def test_the_picture_asks_the_table(m: lm.SystemMap) -> None:
    told = [item.text for item in key_items(m, m.links, (), 16, lm.SCREEN, shown=m.names)]
    assert told == [
        "both move the same way", "they move opposite ways", "inferred: nobody has stated it yet",
    ]  # fmt: skip
    assert {route.key.kind for route in lm.draw(m, effort="fast").layout.routes} == {
        "causal", "feeds",
    }  # fmt: skip
    dot = FORMATS["dot"].dump
    assert dot is not None
    assert dot(m).decode().count("style=dashed") == 1


def test_nobody_asks_for_the_name_of_the_kind_instead() -> None:
    for file in sorted(SOURCE.rglob("*.py")):
        assert not re.search(r"""[!=]= ["']causal["']""", file.read_text("utf-8")), file
