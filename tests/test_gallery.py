"""The gallery in docs/ is what its script makes of the examples."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

import loopmap as lm
from loopmap.example_maps import EXAMPLES
from loopmap.testing import brute_force_loops, maps, polarities

ROOT = Path(__file__).parents[1]
GALLERY = ROOT / "docs" / "gallery"

_spec = importlib.util.spec_from_file_location("gallery", ROOT / "tools" / "build_gallery.py")
gallery = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(gallery)


@pytest.mark.parametrize("name", EXAMPLES)
def test_pages_are_up_to_date(name: str) -> None:
    kept = (GALLERY / f"{name}.md").read_text("utf-8")
    assert kept == gallery.page(name), "run tools/build_gallery.py"
    ElementTree.parse(GALLERY / f"{name}.svg")


def test_the_index_is_up_to_date() -> None:
    assert (GALLERY / "index.md").read_text("utf-8") == gallery.index()
    ElementTree.parse(GALLERY / "places.svg")


def test_a_page_says_what_is_inferred() -> None:
    page = gallery.page("hurdles")
    assert "Loops that close on stated links alone: 1 of 4" in page
    assert "Unintended consequences → Pressure of the day job (+), on 1 loop" in page


@settings(max_examples=30)
@given(maps(kinds=False, max_variables=5, signs=polarities(unknown=False, mixed=False)))
def test_a_walk_ends_as_it_began_if_and_only_if_reinforcing(m: lm.SystemMap) -> None:
    for loop in brute_force_loops(m):
        if loop.kind == "U":  # several claims can still disagree
            continue
        last = gallery.walk_round(loop).split(" → ")[-1].removeprefix("in time ")
        assert last.startswith("more ") == (loop.kind == "R")
