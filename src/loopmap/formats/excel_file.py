"""``.xlsx``: the map as a workbook, through openpyxl (extra ``excel``)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from loopmap.errors import MapSyntaxError, MissingExtraError, Problem
from loopmap.formats.excel_writer import bytes_of
from loopmap.formats.format import EVERYTHING, Format
from loopmap.formats.sheets import read_sheets
from loopmap.formats.workbook import sheets_of_map
from loopmap.model import Reading, SystemMap

__all__ = ["FORMAT"]

#: A workbook is a ZIP file: what it may unpack to, before anything is unpacked.
_MOST_BYTES = 60_000_000
_MOST_FILES = 2_000
_MOST_TIMES = 200
#: What takes time is how many tags of XML there are, however they are packed: 50,000 cells at
#: least, in a second or two. Each tag of a style takes ten times as long.
_MOST_TAGS = 400_000
_MOST_STYLE_TAGS = 40_000
_MOST_COLUMNS = 200
_MOST_SHEETS = 200
#: Rows keep their numbers unless far more than these are empty.
_FARTHEST_GAP = 1_000


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError as error:
        raise MissingExtraError(
            'workbooks (.xlsx) need openpyxl: pip install "loopmap[excel]"; or save it as .csv'
        ) from error
    return openpyxl


def _refused(source: str, what: str, suggestion: str = "is it a workbook of links?") -> Exception:
    return MapSyntaxError([Problem(what, source, suggestion, "error", "workbook")])


def _check_size(data: bytes, source: str) -> None:
    """Refuse what would unpack to far more than it is (declared sizes bind Python's zipfile)."""
    try:
        book = zipfile.ZipFile(io.BytesIO(data))
        parts = book.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise _refused(source, f"this is no .xlsx workbook: {str(error).lower()}") from None
    whole = sum(part.file_size for part in parts)
    if len(parts) > _MOST_FILES or whole > _MOST_BYTES or whole > _MOST_TIMES * len(data):
        what = f"this workbook would unpack to {whole:,} bytes in {len(parts):,} files"
        raise _refused(source, what)
    _check_tags(book, source)


def _check_tags(book: zipfile.ZipFile, source: str) -> None:
    """Refuse what would take long to read: far more cells than the links of a map need."""
    tags = styles = 0
    for part in book.infolist():
        name = part.filename.casefold()
        if not name.endswith((".xml", ".rels")):
            continue
        try:
            there = book.read(part).count(b"<")
        except Exception as error:  # damaged, encrypted, or packed in a way nobody knows
            raise _refused(source, f"this workbook cannot be read: {error}") from None
        tags += there
        styles += there if "styles" in name else 0
    for what, number, most in (("", tags, _MOST_TAGS), (" of styles", styles, _MOST_STYLE_TAGS)):
        if number > most:
            said = f"this workbook has {number:,} tags{what} inside, and at most {most:,} are read"
            raise _refused(source, said, "keep the sheets of one map, or save the links as .csv")


def _load(data: bytes, source: str, *, diagram: str | None = None) -> Reading:
    return read_sheets(sheets_of(data, source), source, diagram=diagram)


def sheets_of(data: bytes, source: str) -> list[tuple[str, Sequence[Sequence[Any]]]]:
    """Give every sheet that people see: its title and its rows, merged cells carried down."""
    openpyxl = _openpyxl()
    _check_size(data, source)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        parts: dict[str, Sequence[Sequence[Any]]] = {}
        for sheet in book.worksheets:
            part = sheet._worksheet_path
            if part not in parts:  # many sheets on one part are read once
                parts[part] = _rows(sheet)
        sheets = [
            (sheet.title, parts[sheet._worksheet_path])
            for sheet in book.worksheets[:_MOST_SHEETS]
            if sheet.sheet_state == "visible"
        ]
    except MapSyntaxError:
        raise
    except Exception as error:  # openpyxl lets through whatever its XML and ZIP readers raise
        raise _refused(source, f"this workbook cannot be read: {error}") from None
    filled = [(title, table) for title, table in sheets if any(map(any, table))]
    if not filled:
        raise _refused(source, "this workbook is empty")
    return filled


def _rows(sheet: Any) -> Sequence[Sequence[Any]]:
    """Give the rows of a sheet; only those that are there, so that a far cell costs nothing."""
    from openpyxl.worksheet._reader import WorkSheetParser

    book = sheet.parent
    table: list[list[Any]] = []
    with sheet._get_source() as part:
        parser = WorkSheetParser(
            part, sheet._shared_strings, data_only=True, epoch=book.epoch,
            date_formats=book._date_formats, timedelta_formats=book._timedelta_formats,
        )  # fmt: skip
        for number, cells in parser.parse():
            filled = [c for c in cells if c["value"] is not None and c["column"] <= _MOST_COLUMNS]
            if not filled:
                continue
            if number <= len(table) or number > _FARTHEST_GAP * (len(table) + 1):
                number = len(table) + 1
            table.extend([] for _ in range(number - len(table)))
            row: list[Any] = [None] * max(cell["column"] for cell in filled)
            for cell in filled:
                row[cell["column"] - 1] = cell["value"]
            table[number - 1] = row
    _carry_down(table, parser.merged_cells)
    return table


def _carry_down(table: list[list[Any]], merged: Any) -> None:
    """Fill the first column of merged cells with what stands at their top."""
    areas = sorted(a.bounds for a in getattr(merged, "mergeCell", None) or () if a.ref)
    done: dict[int, int] = {}
    for column, top, _, bottom in areas:
        first = max(top, done.get(column, 0))
        done[column] = max(bottom, done.get(column, 0))
        if column > _MOST_COLUMNS or top > len(table) or len(table[top - 1]) < column:
            continue
        value = table[top - 1][column - 1]
        for row in table[first : min(bottom, len(table))]:
            if any(cell is not None for cell in row):
                row.extend([None] * (column - len(row)))
                row[column - 1] = value


def _dump(m: SystemMap) -> bytes:
    _openpyxl()
    return bytes_of(sheets_of_map(m))


FORMAT = Format(
    name="xlsx",
    suffixes=(".xlsx", ".xlsm"),
    load=_load,
    dump=_dump,
    keeps=EVERYTHING,
    about="The whole map as a workbook of four sheets; others are read, too (extra: excel).",
)
