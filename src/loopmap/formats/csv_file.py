"""``.csv`` and ``.tsv``: edge lists, one row per claim, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from loopmap.errors import MapSyntaxError, Problem
from loopmap.formats.decoding import decoded
from loopmap.formats.format import Format
from loopmap.formats.tables import KEEPS, header_row, read_table, written_rows
from loopmap.interop.cells import guarded, unguarded
from loopmap.model import Reading, SystemMap

__all__ = ["CSV", "TSV"]

_DELIMITERS = (",", ";", "\t", "|")


def _load(data: bytes, source: str) -> Reading:
    text, problems = decoded(data, source)
    table = _table(text, source)
    reading = read_table(table, source, plain=unguarded)
    return Reading(reading.map, problems + reading.problems)


def _table(text: str, source: str) -> list[list[str]]:
    """Split a text into cells by the delimiter that makes sense of its header."""
    first, _, rest = text.partition("\n")
    if first.strip().casefold().startswith("sep=") and len(first.strip()) == 5:
        return _cells(rest, first.strip()[4], source)  # how Excel announces a delimiter
    tables = []
    for delimiter in _DELIMITERS:
        try:
            tables.append(_cells(text, delimiter, source))
        except MapSyntaxError as error:
            wrong = error
    if not tables:
        raise wrong
    with_header = [table for table in tables if header_row(table) is not None]
    return max(with_header or tables, key=lambda table: max(map(len, table[:10]), default=0))


def _cells(text: str, delimiter: str, source: str) -> list[list[str]]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return list(rows)
    except csv.Error as error:
        where = f"{source}:{rows.line_num}"
        remedy = 'quote a cell whole, "…", and double the quotation marks inside it'
        raise MapSyntaxError([Problem(str(error), where, remedy, "error", "csv")]) from None


def _dump_with(delimiter: str) -> Callable[[SystemMap], bytes]:
    def dump(m: SystemMap) -> bytes:
        out = io.StringIO()
        rows = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
        for row in written_rows(m):
            rows.writerow([guarded(cell) if isinstance(cell, str) else repr(cell) for cell in row])
        return out.getvalue().encode("utf-8-sig")  # without the mark Excel takes it for another

    return dump


CSV = Format(
    name="csv",
    suffixes=(".csv",),
    load=_load,
    dump=_dump_with(","),
    keeps=KEEPS,
    about="A table with one row per link, or per claim: source, target, sign and more.",
)
TSV = Format(
    name="tsv",
    suffixes=(".tsv", ".tab"),
    load=_load,
    dump=_dump_with("\t"),
    keeps=KEEPS,
    about="The same table with tabs between the cells.",
)
