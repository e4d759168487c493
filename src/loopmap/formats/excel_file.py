"""``.xlsx``: the edge list as a workbook, through openpyxl (extra ``excel``)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from itertools import islice
from typing import Any

from loopmap.errors import InvalidMapError, MapSyntaxError, MissingExtraError, Problem, shown
from loopmap.formats.format import Format
from loopmap.formats.tables import KEEPS, header_row, read_table, written_rows
from loopmap.model import Reading, SystemMap

__all__ = ["FORMAT"]

#: A workbook is a ZIP file: what it may unpack to, before anything is unpacked.
_MOST_BYTES = 100_000_000
_MOST_FILES = 2_000
_MOST_TIMES = 200
_MOST_ROWS = 200_000
_MOST_COLUMNS = 200
#: Excel's own limit; openpyxl would cut the text without a word.
_LONGEST_CELL = 32_767


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
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise _refused(source, f"this is no .xlsx workbook: {str(error).lower()}") from None
    whole = sum(part.file_size for part in parts)
    if len(parts) > _MOST_FILES or whole > _MOST_BYTES or whole > _MOST_TIMES * len(data):
        what = f"this workbook would unpack to {whole:,} bytes in {len(parts):,} files"
        raise _refused(source, what)


def _load(data: bytes, source: str) -> Reading:
    openpyxl = _openpyxl()
    _check_size(data, source)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = [(sheet.title, _rows(sheet, source)) for sheet in book.worksheets]
    except MapSyntaxError:
        raise
    except Exception as error:  # openpyxl lets through whatever its XML and ZIP readers raise
        raise _refused(source, f"this workbook cannot be read: {error}") from None
    filled = [(title, table) for title, table in sheets if any(map(any, table))]
    if not filled:
        raise _refused(source, "this workbook is empty")
    place = next((i for i, (_, table) in enumerate(filled) if header_row(table) is not None), 0)
    title, table = filled.pop(place)
    reading = read_table(table, f"{source}: sheet {title!r}")
    return Reading(reading.map, (*reading.problems, *_unread([name for name, _ in filled], source)))


def _rows(sheet: Any, source: str) -> list[Sequence[Any]]:
    sheet.reset_dimensions()  # what the file says about its size may be wrong
    rows = sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True)
    table = list(islice(rows, _MOST_ROWS + 1))
    if len(table) > _MOST_ROWS:
        raise _refused(source, f"the sheet {sheet.title!r} has more than {_MOST_ROWS:,} rows")
    return table


def _unread(titles: list[str], source: str) -> list[Problem]:
    return [
        Problem(f"the sheet {shown(title)} is not read", source, rule="dropped") for title in titles
    ]


def _dump(m: SystemMap) -> bytes:
    openpyxl = _openpyxl()
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "links"
    sheet.freeze_panes = "A2"
    for number, row in enumerate(written_rows(m), 1):
        for column, value in enumerate(row, 1):
            if value != "":
                _put(sheet.cell(number, column), value)
    for column in sheet.iter_cols(max_row=min(sheet.max_row, 100)):
        longest = max((len(str(cell.value or "")) for cell in column), default=0)
        sheet.column_dimensions[column[0].column_letter].width = min(max(longest + 2, 8), 60)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _put(cell: Any, value: str | float) -> None:
    if isinstance(value, str) and len(value) > _LONGEST_CELL:
        raise InvalidMapError(
            f"{shown(value)} has {len(value):,} characters, and a cell of a workbook at most "
            f"{_LONGEST_CELL:,}; write .csv or .loop"
        )
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # text stays text, also where it starts with =


FORMAT = Format(
    name="xlsx",
    suffixes=(".xlsx", ".xlsm"),
    load=_load,
    dump=_dump,
    keeps=KEEPS,
    about="The same table as a workbook (extra: excel).",
)
