"""A whole map as four sheets (Map, Links, Elements, Loops), and two of them back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
from loopmap.model import NamedLoop, SystemMap
from loopmap.model.text import one_line
from loopmap.options import ClaimedKind

__all__ = ["own_sheet", "read_headers", "read_loops", "sheets_of_map"]

Table = Sequence[Sequence[Any]]

_LOOPS = ("name", "kind", "variables", "story")
#: Sheet -> the columns by which it is known.
_OWN = {"map": ("part", "text"), "elements": ELEMENT_COLUMNS, "loops": ("name", "variables")}
_KINDS: dict[ClaimedKind, str] = {"R": "reinforcing", "B": "balancing", "": ""}
_READ_KINDS: dict[str, ClaimedKind] = {
    "reinforcing": "R", "balancing": "B", "r": "R", "b": "B", "": "",
}  # fmt: skip
#: What parts the variables of a loop where people type them in one line.
_ROUND = re.compile(r"\s*(?:->|→|⟶|[|;])\s*")


def sheets_of_map(m: SystemMap) -> dict[str, list[list[str | float]]]:
    """Give the sheets that hold a whole map; a list stands in one cell, a line for each."""
    return {
        "Map": [list(_OWN["map"]), *_header_rows(m)],
        "Links": list(written_rows(m, kinds=False)),
        "Elements": list(_element_rows(m)),
        "Loops": [list(_LOOPS), *_loop_rows(m)],
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
