"""``.csv`` and ``.tsv``: edge lists, one row per claim, safe to open in a spreadsheet."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from loopmap.errors import InvalidMapError, MapSyntaxError, Problem, Severity, shown
from loopmap.formats.decoding import decoded
from loopmap.formats.format import Format
from loopmap.formats.sheets import Sheet, read_sheets
from loopmap.formats.tables import KEEPS, header_row, read_table, written_rows
from loopmap.interop.edge_list import MOST_LINKS, too_long
from loopmap.model import Reading, SystemMap
from loopmap.quoting import guarded, unguarded

__all__ = ["CSV", "TSV"]

_DELIMITERS = (",", ";", "\t", "|")
_CALLED = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "strokes"}
#: Ranks behind every place of a header.
_NO_HEADER = 10
#: So much of a text is looked at to tell its delimiter.
_LOOKED_AT = 100_000
_SECTION = re.compile(r"#+\s*(?:section\b\s*[:=]?|(?:table|sheet)\s*:)\s*(\S.*)", re.IGNORECASE)
#: A longer cell is refused, when it is read and when it is written.
_LONGEST_CELL = 1_000_000


def _load_with(delimiter: str) -> Callable[..., Reading]:
    def load(data: bytes, source: str, *, diagram: str | None = None) -> Reading:
        text, problems = decoded(data, source)
        table, told = table_of(text, source, delimiter)
        sections = _sections(table)
        if sections:
            reading = read_sheets(sections, source, diagram=diagram, part="section")
        else:
            reading = read_table(table, source, plain=unguarded, diagram=diagram)
        return Reading(reading.map, problems + told + reading.problems)

    return load


def _sections(table: Sequence[Sequence[str]]) -> list[Sheet]:
    """Give the parts of a table that lines such as ``# SECTION: edges`` head; none without."""
    sections: list[tuple[str, list[Sequence[str]]]] = [("first rows", [])]
    is_own = bool(table) and list(table[0][:3]) == ["source", "target", "sign"]
    for row in table:
        heading = _SECTION.fullmatch(row[0].strip()) if row and row[0].startswith("#") else None
        if heading and not (is_own and any(row[1:])):  # a cause may be called so
            sections.append((heading[1], []))
        else:
            sections[-1][1].append(row)
    top = any(row and not row[0].startswith("#") for row in sections[0][1])
    return [*sections[:top], *sections[1:]] if len(sections) > 1 else []


def table_of(
    text: str, source: str, usual: str = ","
) -> tuple[list[Sequence[str]], tuple[Problem, ...]]:
    """Split a text into cells by the delimiter of its ending, or that which its header shows.

    Another than that of the ending is told.
    """
    first, _, rest = text.partition("\n")
    if first.strip().casefold().startswith("sep=") and len(first.strip()) == 5:
        return _cells(rest, first.strip()[4], source), ()  # how Excel announces a delimiter
    delimiters = sorted(_DELIMITERS, key=lambda delimiter: delimiter != usual)
    ranks = {each: _rank(text, each) for each in delimiters}
    best = min(delimiters, key=ranks.__getitem__)
    told: tuple[Problem, ...] = ()
    if best != usual:
        what = (
            f"the cells are parted by {_CALLED[best]}, not by {_CALLED[usual]} as the ending says"
        )
        severity: Severity = "note" if ranks[best][0] < _NO_HEADER else "warning"
        told = (Problem(what, source, "", severity, "guessed"),)
    return _cells(text, best, source), told


def _rank(text: str, delimiter: str) -> tuple[int, int]:
    """The sooner a header is found the better; without one, the more cells in a row."""
    top: list[list[str]] = []
    rows = csv.reader(io.StringIO(text[:_LOOKED_AT], newline=""), delimiter=delimiter)
    with contextlib.suppress(csv.Error):
        for row in islice(rows, 10):
            top.append(row)
    place = header_row(top)
    return (
        _NO_HEADER if place is None else place,
        0 if place is not None else -max(map(len, top), default=0),
    )


def _cells(text: str, delimiter: str, source: str) -> list[Sequence[str]]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    usual = csv.field_size_limit(_LONGEST_CELL)
    try:
        return _each_once(rows, source)
    except csv.Error as error:
        where = f"{source}:{rows.line_num}"
        remedy = 'quote a cell whole, "…", and double the quotation marks inside it'
        raise MapSyntaxError([Problem(str(error), where, remedy, "error", "csv")]) from None
    finally:
        csv.field_size_limit(usual)


def _each_once(rows: Iterable[list[str]], source: str) -> list[Sequence[str]]:
    """Give all rows, those that are alike as one object: millions of them cost little."""
    empty: tuple[str, ...] = ()
    there: dict[tuple[str, ...], tuple[str, ...]] = {}
    table: list[Sequence[str]] = []
    for row in rows:
        if not row:
            table.append(empty)
            continue
        key = tuple(row)
        known = there.get(key)
        if known is None:
            known = there[key] = key if any(key) else empty
            if len(there) > MOST_LINKS + 100:
                raise too_long(source)
        table.append(known)
    return table


def _dump_with(delimiter: str) -> Callable[[SystemMap], bytes]:
    def dump(m: SystemMap) -> bytes:
        out = io.StringIO()
        rows = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
        for row in written_rows(m):
            _check_length(row)
            rows.writerow([guarded(cell) if isinstance(cell, str) else repr(cell) for cell in row])
        return out.getvalue().encode("utf-8-sig")  # without the mark Excel takes it for another

    return dump


def _check_length(row: list[str | float]) -> None:
    for cell in row:
        if isinstance(cell, str) and len(cell) > _LONGEST_CELL - 2:
            raise InvalidMapError(
                f"{shown(cell)} has {len(cell):,} characters, and a cell at most "
                f"{_LONGEST_CELL - 2:,}; shorten it"
            )


CSV = Format(
    name="csv",
    suffixes=(".csv",),
    load=_load_with(","),
    dump=_dump_with(","),
    keeps=KEEPS,
    about="A table with one row per link, or per claim: source, target, sign and more.",
)
TSV = Format(
    name="tsv",
    suffixes=(".tsv", ".tab"),
    load=_load_with("\t"),
    dump=_dump_with("\t"),
    keeps=KEEPS,
    about="The same table with tabs between the cells.",
)
