"""Real maps: counted, listed, checked and drawn, against published figures.

Those whose licence allows it are kept in ``maps/`` and run in any checkout; where ../shared is, all
others run too.
"""

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

MAPS = Path(__file__).parent / "maps"
SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "maps"
KEPT = sorted(MAPS.glob("*.json"))


def kept() -> Iterator[Any]:
    for path in KEPT:
        yield pytest.param(json.loads(path.read_text("utf-8"))["counts"], path, id=path.stem)


def others() -> Iterator[Any]:
    if not SHARED.is_dir():
        why = "the real maps that may not be handed on are in ../shared/maps, which is not here"
        yield pytest.param({}, SHARED, marks=pytest.mark.skip(reason=why), id="others")
        return
    with (SHARED / "MANIFEST_SHARED.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            path = SHARED / "edges" / row["edge_json"]
            if row["edge_json"] and not (MAPS / path.name).exists():
                yield pytest.param(row, path, id=path.stem)


def read_edges(path: Path) -> lm.SystemMap:
    """A neutral edge list; links that stand twice get routes, so that they stay two."""
    found = json.loads(path.read_text("utf-8"))
    seen: Counter[tuple[str, str]] = Counter()
    links = []
    for link in found["links"]:
        source, target, sign, delay = link if isinstance(link, list) else parts(link)
        ends = one_line(source), one_line(target)
        route = str(seen[ends]) if seen[ends] else ""
        seen[ends] += 1
        links.append(lm.Link(*ends, sign or "?", delayed=delay, route=route))
    return lm.SystemMap(map(one_line, found["variables"]), links, title=found["name"])


def parts(link: dict[str, Any]) -> list[Any]:
    return [link[key] for key in ("source", "target", "polarity", "delay")]


def one_line(name: str) -> str:
    return " ".join(name.split())


CASES = pytest.mark.parametrize(("row", "path"), [*kept(), *others()])


def test_maps_are_kept_with_where_they_are_from() -> None:
    assert len(KEPT) >= 58
    for path in KEPT:
        notice = path.with_suffix(".NOTICE").read_text("utf-8")
        assert "https://github.com/" in notice
        assert f"Licence: {json.loads(path.read_text('utf-8'))['licence']}" in notice
    assert sum(path.stat().st_size for path in MAPS.iterdir()) < 2_000_000


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_kept_maps_are_those_of_shared(path: Path, shared: Path) -> None:
    assert read_edges(path) == read_edges(shared / "maps" / "edges" / path.name)


def test_loops_are_those_that_stella_lists() -> None:
    compared = 0
    for path in KEPT:
        counts = lm.count_loops(read_edges(path))
        for figure, value in json.loads(path.read_text("utf-8"))["published"].items():
            found = list(counts.kinds[:2]) if "/" in value else [counts.total]
            assert [int(part) for part in value.split("/")] == found, (path.stem, figure)
            compared += 1
    assert compared == 9


@CASES
def test_loops_are_counted_as_published(row: dict[str, Any], path: Path) -> None:
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
def test_listing_agrees_with_counting(row: dict[str, Any], path: Path) -> None:
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
def test_survives_the_exact_formats(row: dict[str, Any], path: Path) -> None:
    m = read_edges(path)
    for name in ("loop", "json"):
        form = FORMATS[name]
        assert form.dump is not None
        assert form.load(form.dump(m), path.name).map == m


@pytest.mark.slow
@CASES
def test_is_drawn_without_overlap(row: dict[str, Any], path: Path) -> None:
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
