"""The real maps of ../shared: counted, listed, checked and drawn, against published figures."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import loopmap as lm
from loopmap.formats import FORMATS

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "maps"

if not SHARED.is_dir():
    pytest.skip("needs ../shared/maps, the real maps, which are not here", allow_module_level=True)


def rows() -> Iterator[Any]:
    with (SHARED / "MANIFEST_SHARED.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["edge_json"]:
                path = SHARED / "edges" / row["edge_json"]
                yield pytest.param(row, path, id=path.stem)


def read_edges(path: Path) -> lm.SystemMap:
    """A neutral edge list; links that stand twice get routes, so that they stay two."""
    found = json.loads(path.read_text("utf-8"))
    seen: Counter[tuple[str, str]] = Counter()
    links = []
    for link in found["links"]:
        ends = one_line(link["source"]), one_line(link["target"])
        route = str(seen[ends]) if seen[ends] else ""
        seen[ends] += 1
        links.append(lm.Link(*ends, link["polarity"] or "?", delayed=link["delay"], route=route))
    return lm.SystemMap(map(one_line, found["variables"]), links, title=found["name"])


def one_line(name: str) -> str:
    return " ".join(name.split())


CASES = pytest.mark.parametrize(("row", "path"), list(rows()))


@CASES
def test_loops_are_counted_as_published(row: dict[str, str], path: Path) -> None:
    m = read_edges(path)
    assert len(m.variables) == int(row["n_variables"])
    # The published counts leave out links from a variable to itself, and draw a pair once.
    between = m.replace(links=[link for link in m.links if link.source != link.target])
    simple = between.replace(links=[link.replace(route="") for link in between.links])
    assert lm.count_loops(simple).total == int(row["simple_cycles"])
    if len(simple.links) == len(between.links):
        published = (int(row["R"]), int(row["B"]), int(row["unsigned_loops"]))
        assert tuple(lm.count_loops(between).kinds) == published


@CASES
def test_listing_agrees_with_counting(row: dict[str, str], path: Path) -> None:
    m = read_edges(path)
    count = lm.count_loops(m)
    loops = lm.find_loops(m, at_most=1_000)
    assert loops.complete == (count.total <= 1_000)
    assert len(loops) == min(count.total, 1_000)
    if loops.complete:
        assert tuple(len(loops.of_kind(kind)) for kind in "RBU") == tuple(count.kinds)
    else:
        assert loops.reason
        short = [loop for loop in loops if len(loop) <= (loops.complete_to_length or 0)]
        shorter = lm.count_loops(m, max_length=loops.complete_to_length or 1)
        assert len(short) == shorter.total or not loops.complete_to_length


@CASES
def test_survives_the_exact_formats(row: dict[str, str], path: Path) -> None:
    m = read_edges(path)
    for name in ("loop", "json"):
        form = FORMATS[name]
        assert form.dump is not None
        assert form.load(form.dump(m), path.name).map == m


@pytest.mark.slow
@CASES
def test_is_drawn_without_overlap(row: dict[str, str], path: Path) -> None:
    m = read_edges(path)
    if len(m.links) > 150:
        pytest.skip(f"{len(m.links)} links: drawn by the benchmark")
    drawing = lm.draw(m)
    assert drawing.svg().startswith("<svg")
    boxes = list(drawing.layout.boxes.values())
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            apart_x = abs(a.x - b.x) >= (a.width + b.width) / 2 - 0.01
            apart_y = abs(a.y - b.y) >= (a.height + b.height) / 2 - 0.01
            assert apart_x or apart_y, (a, b)
