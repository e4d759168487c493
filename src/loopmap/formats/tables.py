"""What CSV files and workbooks share: finding the header, and the rows a map is written as."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from loopmap.errors import Problem
from loopmap.formats.format import EVERYTHING
from loopmap.interop.cells import read_sign, text_of
from loopmap.interop.columns import COLUMNS, find_columns
from loopmap.interop.edge_list import claim_rows, read_edge_list
from loopmap.model import ARROW, Reading, SystemMap
from loopmap.model.joining import with_undeclared

__all__ = ["KEEPS", "header_row", "read_table", "written_rows"]

#: What a table with one row per claim keeps.
KEEPS = EVERYTHING - {
    "title", "subtitle", "author", "date", "about", "sources", "focal",
    "loops", "notes", "tags", "positions", "lonely",
}  # fmt: skip

#: So many rows may stand above the header: a title, a date, an empty line.
_SEARCHED = 10

Table = Sequence[Sequence[Any]]


def header_row(table: Table) -> int | None:
    """Give the place of the first row that names a column of causes and one of effects."""
    for place, row in enumerate(table[:_SEARCHED]):
        if find_columns([text_of(cell) for cell in row]).keys() >= {"source", "target"}:
            return place
    return None


def read_table(
    table: Table, source: str, *, plain: Callable[[str], str] = lambda text: text
) -> Reading:
    """Read a table of links that may have a header; see :func:`read_edge_list`."""
    place = header_row(table)
    if place is not None:
        reading = read_edge_list(
            table[place], table[place + 1 :], where=source, first_row=place + 2, plain=plain
        )
        return Reading(reading.map, _skipped(table[:place], source) + reading.problems)
    guessed = _guessed_header(table)
    if guessed is None:
        return read_edge_list(table[0] if table else [], table[1:], where=source)
    reading = read_edge_list(guessed, table, where=source, first_row=1, plain=plain)
    what = f"the first row names no columns; they are read as {', '.join(guessed[:3])}"
    remedy = "write source, target and sign above them"
    return Reading(reading.map, (Problem(what, source, remedy, rule="guessed"), *reading.problems))


def _skipped(rows: Table, source: str) -> tuple[Problem, ...]:
    said = [row for row in rows if any(map(text_of, row)) and not text_of(row[0]).startswith("#")]
    if not said:  # empty rows and comments are nothing to speak of
        return ()
    what = "what stands above the names of the columns is not read"
    return (Problem(what, source, rule="dropped"),)


def _guessed_header(table: Table) -> list[str] | None:
    """Name the columns of a table without a header: cause, effect, and a sign at one place."""
    first = [text_of(cell) for cell in next((row for row in table if any(row)), ())]
    if len(first) < 3:
        return None
    for names in (["source", "target", "sign"], ["source", "sign", "target"]):
        cell = first[names.index("sign")]
        if cell and read_sign(cell) is not None:
            return names + [""] * (len(first) - 3)
    return None


def written_rows(m: SystemMap) -> Iterator[list[str | float]]:
    """Give the header and a row for each claim, with the columns that hold something."""
    rows = [
        {
            **row,
            "sign": row["sign"].word,  # a bare + or - is a formula to a spreadsheet
            "kind": "" if row["kind"] == ARROW else row["kind"],
            "perspective": row["perspective"] or "",
            "delayed": "yes" if row["delayed"] else "",
            "strength": "" if row["strength"] is None else row["strength"],
        }
        for row in claim_rows(m)
    ]
    asked = with_undeclared({}, m.links)
    if all(m.element(name).kind == element.kind for name, element in asked.items()):
        for row in rows:  # the links say already what their ends are
            row.update({"source kind": "", "target kind": ""})
    always = ("source", "target", "sign")
    used = [name for name in COLUMNS if name in always or any(row[name] != "" for row in rows)]
    yield list(used)
    for row in rows:
        yield [row[name] for name in used]
