"""What CSV files and workbooks share: finding the header, and the rows a map is written as."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from loopmap.errors import MapSyntaxError, Problem
from loopmap.formats.format import EVERYTHING
from loopmap.interop.cell_lists import as_one_name, as_one_text
from loopmap.interop.cells import read_sign, text_of
from loopmap.interop.columns import COLUMNS, find_columns
from loopmap.interop.edge_list import claim_rows, read_edge_list
from loopmap.interop.matrix import matrix_size
from loopmap.model import ARROW, Reading, SystemMap
from loopmap.model.joining import with_undeclared
from loopmap.options import ElementKind

__all__ = ["KEEPS", "header_row", "read_table", "written_rows"]

#: What a table with one row per claim keeps.
KEEPS = EVERYTHING - {
    "title", "subtitle", "author", "date", "about", "sources", "focal",
    "loops", "notes", "tags", "positions", "curves", "lonely",
}  # fmt: skip

#: So many rows may stand above the header: a title, a date, an empty line.
_SEARCHED = 10
_WIDEST = 200

Table = Sequence[Sequence[Any]]


def header_row(table: Table) -> int | None:
    """Give the place of the first row that names a column of causes and one of effects."""
    top = [[text_of(cell) for cell in row[:_WIDEST]] for row in table[:_SEARCHED]]
    for loose in (False, True):
        for place, row in enumerate(top):
            if find_columns(row, loose=loose).keys() >= {"source", "target"}:
                return place
    return None


def read_table(
    table: Table,
    source: str,
    *,
    plain: Callable[[str], str] = lambda text: text,
    diagram: str | None = None,
    who: str | None = None,
    labels: Mapping[str, str] | None = None,
    kinds: Mapping[str, ElementKind] | None = None,
) -> Reading:
    """Read a table of links that may have a header; see :func:`read_edge_list`."""
    place = header_row(table)
    refuse_matrix(table, place, source)
    names, rows, first_row = (table[0] if table else []), table[1:], 2
    told: tuple[Problem, ...] = ()
    if place is not None:
        names, rows, first_row = table[place], table[place + 1 :], place + 2
        told = _skipped(table[:place], source)
    elif guessed := _guessed_header(table):
        names, rows, first_row = guessed, table, 1
        what = f"the first row names no columns; they are read as {', '.join(guessed[:3])}"
        remedy = "write source, target and sign above them"
        told = (Problem(what, source, remedy, rule="guessed"),)
    reading = read_edge_list(
        names, rows, where=source, first_row=first_row, plain=plain, in_file=True,
        diagram=diagram, who=who, labels=labels, kinds=kinds,
    )  # fmt: skip
    return Reading(reading.map, told + reading.problems)


def refuse_matrix(table: Table, place: int | None, source: str) -> None:
    """Refuse a matrix: nothing in it says whether its rows or its columns are the causes."""
    if place is not None:
        return
    size = matrix_size(table)
    if size:
        name = source.partition(": sheet ")[0]
        what = f"this is a matrix of {size:,} names, and nothing says which way its links go"
        remedy = (
            f'read it with lm.from_matrix({name!r}, rows="cause") if a row drives its columns, '
            'or rows="effect" if they drive it; at the command line: --rows cause, --rows effect'
        )
        raise MapSyntaxError([Problem(what, source, remedy, "error", "matrix")])


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


def written_rows(m: SystemMap, *, kinds: bool = True) -> Iterator[list[str | float]]:
    """Give the header and a row for each claim, with the columns that hold something.

    ``kinds`` is whether the rows say what causes and effects are, where the links do not.
    """
    rows = [
        {
            **row,
            "sign": row["sign"].word,  # a bare + or - is a formula to a spreadsheet
            "kind": "" if row["kind"] == ARROW else row["kind"],
            "perspective": as_one_text(row["perspective"] or ""),
            "delayed": "yes" if row["delayed"] else "",
            "strength": "" if row["strength"] is None else row["strength"],
            **{end: as_one_name(row[end]) for end in ("source", "target")},
        }
        for row in claim_rows(m)
    ]
    asked = with_undeclared({}, m.links)
    if not kinds or all(m.element(name).kind == each.kind for name, each in asked.items()):
        for row in rows:  # the links say already what their ends are
            row.update({"source kind": "", "target kind": ""})
    always = ("source", "target", "sign")
    used = [name for name in COLUMNS if name in always or any(row[name] != "" for row in rows)]
    yield list(used)
    for row in rows:
        yield [row[name] for name in used]
