"""A whole map as four sheets (Map, Links, Elements, Loops), and two of them back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from loopmap.errors import InvalidMapError, Problem
from loopmap.formats.node_sheets import ELEMENT_COLUMNS, TAG_MARKS
from loopmap.formats.tables import written_rows
from loopmap.interop.cell_lists import list_cell, list_in
from loopmap.interop.cells import text_of
from loopmap.interop.columns import plain_name
from loopmap.interop.json_parts import HEADERS
from loopmap.interop.row_reader import cell_text
from loopmap.interop.table_report import TableReport
from loopmap.model import ARROW, NamedLoop, SystemMap
from loopmap.model.text import one_line
from loopmap.options import ClaimedKind

__all__ = ["own_sheet", "read_curves", "read_headers", "read_loops", "sheets_of_map"]

Table = Sequence[Sequence[Any]]

_LOOPS = ("name", "kind", "variables", "story")
#: Sheet -> the columns by which it is known.
_OWN = {
    "map": ("part", "text"),
    "elements": ELEMENT_COLUMNS,
    "loops": ("name", "variables"),
    "lines": ("from", "to", "points"),
}
#: The columns of how lines run on a kept picture.
_LINES = ("from", "to", "kind", "route", "points")
_KINDS: dict[ClaimedKind, str] = {"R": "reinforcing", "B": "balancing", "": ""}
_READ_KINDS: dict[str, ClaimedKind] = {
    "reinforcing": "R", "balancing": "B", "r": "R", "b": "B", "": "",
}  # fmt: skip
#: What parts the variables of a loop where people type them in one line.
_ROUND = re.compile(r"\s*(?:->|→|⟶|[|;])\s*")


def sheets_of_map(m: SystemMap) -> dict[str, list[list[str | float]]]:
    """Give the sheets that hold a whole map; a list stands in one cell, a line for each."""
    lines = list(_curve_rows(m))
    return {
        "Map": [list(_OWN["map"]), *_header_rows(m)],
        "Links": list(written_rows(m, kinds=False)),
        "Elements": list(_element_rows(m)),
        "Loops": [list(_LOOPS), *_loop_rows(m)],
        **({"Lines": [list(_LINES), *lines]} if lines else {}),
    }


def _header_rows(m: SystemMap) -> Iterator[list[str | float]]:
    for part in HEADERS:
        value = getattr(m, part)
        for text in (value,) if isinstance(value, str) else value:
            yield ["source" if part == "sources" else part, text]


def _element_rows(m: SystemMap) -> Iterator[list[str | float]]:
    placed = any(element.position is not None for element in m.elements)
    yield [*ELEMENT_COLUMNS, *(("x", "y") if placed else ())]
    for element in m.elements:
        lists = list_cell(element.tags, TAG_MARKS), list_cell(element.notes, None)
        yield [element.name, element.kind, *lists, *(element.position or ())]


def _loop_rows(m: SystemMap) -> Iterator[list[str | float]]:
    for loop in m.loops:
        yield [loop.name, _KINDS[loop.kind], list_cell(loop.path, _ROUND), loop.story]


def own_sheet(title: str, table: Table) -> str:
    """Give which of the sheets beside the links this is: map, elements, loops, or nothing."""
    name = title.strip().casefold()
    there = {plain_name(text_of(cell)) for cell in table[0]} if table else set()
    return name if name in _OWN and there.issuperset(_OWN[name]) else ""


def read_headers(table: Table, where: str) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Read the sheet of the title, the author and what else stands above a map."""
    report = TableReport(where, 2)
    found: dict[str, Any] = {"sources": [], "focal": []}
    for number, row in enumerate(table[1:]):
        part, text = (one_line(cell_text(cell, number, report)) for cell in [*row, "", ""][:2])
        part = {"source": "sources", "focus": "focal"}.get(part.casefold(), part.casefold())
        if part in ("sources", "focal"):
            found[part].append(text)
        elif part in HEADERS and text and part not in found:
            found[part] = text
        elif text:
            what = "parts of a map that are not known, or stand twice, are not read: {}"
            report.count(what, "dropped", number, value=part)
    return found, report.problems()


def read_curves(
    table: Table, where: str, m: SystemMap
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Read the sheet of how lines run on a kept picture."""
    report = TableReport(where, 2)
    names = [plain_name(text_of(cell)) for cell in table[0]]
    links = {tuple(link.key): link for link in m.links}
    for number, row in enumerate(table[1:]):
        source, target, kind, route, points = (
            cell_text(row[names.index(column)], number, report)
            if column in names and names.index(column) < len(row)
            else ""
            for column in _LINES
        )
        key = source, target, kind or ARROW, route
        if key not in links:
            report.count("lines of links that are not in the map are left out", "dropped", number)
            continue
        try:
            links[key] = links[key].replace(curve=_curve_in(points))
        except (ValueError, InvalidMapError):
            what = "lines that are not 4, 7, 10 … points x,y are left out: {}"
            report.count(what, "dropped", number, value=points)
    return {"links": links.values()}, report.problems()


def _curve_rows(m: SystemMap) -> Iterator[list[str | float]]:
    for link in m.links:
        if link.curve:
            yield [*link.key, _curve_cell(link.curve)]


def _curve_cell(curve: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x!r},{y!r}" for x, y in curve)


def _curve_in(points: str) -> Iterator[tuple[float, float]]:
    for point in points.split():
        x, y = map(float, point.split(","))
        yield x, y


def read_loops(table: Table, where: str) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Read the sheet of named loops."""
    report = TableReport(where, 2)
    names = [plain_name(text_of(cell)) for cell in table[0]]
    found = []
    for number, row in enumerate(table[1:]):
        name, kind, path, story = (
            cell_text(row[names.index(column)], number, report)
            if column in names and names.index(column) < len(row)
            else ""
            for column in _LOOPS
        )
        if not (name or path):
            continue
        known = _READ_KINDS.get(kind.casefold())
        if known is None:
            report.count("kinds of loops that are not known are left out: {}", "dropped", number,
                         "write reinforcing or balancing", value=kind)  # fmt: skip
        try:
            loop = NamedLoop(one_line(name), list_in(path, _ROUND), known or "", one_line(story))
        except InvalidMapError as error:
            report.count(f"a loop is not read: {error}", "dropped", number)
        else:
            found.append(loop)
    return {"loops": found}, report.problems()
