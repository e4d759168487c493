"""Sheets to the bytes of a workbook: set out for people, and the same bytes for the same cells."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from loopmap.errors import InvalidMapError, shown
from loopmap.quoting import xlsx_text

__all__ = ["bytes_of"]

Rows = Sequence[Sequence[str | float]]

#: Excel's own limit; openpyxl would cut the text without a word.
_LONGEST_CELL = 32_767
#: These make no more tags than the reader takes.
_MOST_CELLS = 50_000
#: When every workbook was made: the same map gives the same bytes. ZIP knows no time before it.
_LONG_AGO = datetime(1980, 1, 1)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def bytes_of(sheets: Mapping[str, Rows]) -> bytes:
    """Give a workbook of these sheets; the first row of each names its columns.

    Raises
    ------
    InvalidMapError
        If a text is too long for a cell, or there are more cells than are read.
    """
    from openpyxl import Workbook

    for text in (text for rows in sheets.values() for row in rows for text in row):
        if isinstance(text, str) and len(text) > _LONGEST_CELL:
            raise InvalidMapError(
                f"{shown(text)} has {len(text):,} characters, and a cell of a workbook at most "
                f"{_LONGEST_CELL:,}; write .csv or .loop"
            )
    cells = sum(len(row) for rows in sheets.values() for row in rows)
    if cells > _MOST_CELLS:
        raise InvalidMapError(
            f"a workbook of {cells:,} cells would not be read again, which holds for at most "
            f"{_MOST_CELLS:,}; write .csv or .loop"
        )
    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        _fill(book.create_sheet(title), rows)
    book.active = list(sheets).index("Links")  # what people look for
    book.properties.creator = "loopmap"
    book.properties.created = _LONG_AGO
    out = io.BytesIO()
    book.save(out)
    return _undated(out.getvalue())


def _fill(sheet: Any, rows: Rows) -> None:
    """Put rows into a sheet: bold names that stay in sight, wide columns, long lines wrapped."""
    from openpyxl.styles import Alignment, Font

    for column in range(len(rows[0])):
        lines = (line for row in rows[:100] for line in _text(row, column).splitlines())
        width = min(max(8, 2 + max(map(len, lines), default=0)), 60)
        sheet.column_dimensions[_letter(column)].width = width
    sheet.freeze_panes = "A2"
    bold, wrapped = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    for number, row in enumerate(rows):
        cells = [_cell(sheet, value) for value in row]
        for cell in cells:
            if cell is None:
                continue
            if number == 0:
                cell.font = bold
            elif cell.data_type == "s" and (len(cell.value) > 60 or "\n" in cell.value):
                cell.alignment = wrapped
        sheet.append(cells)


def _text(row: Sequence[str | float], column: int) -> str:
    return str(row[column]) if column < len(row) else ""


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column + 1))


def _cell(sheet: Any, value: str | float) -> Any:
    """Give a cell whose text stays text, also where it starts with =."""
    from openpyxl.cell import WriteOnlyCell

    if value == "":
        return None
    if isinstance(value, float) and float(f"{value:.16g}") != value:
        value = repr(value)  # openpyxl writes 16 digits
    cell = WriteOnlyCell(sheet)
    if isinstance(value, str):
        xlsx_text(cell, value)
    else:
        cell.value = value
    return cell


def _undated(data: bytes) -> bytes:
    """Give a workbook without the time of day, which openpyxl writes into it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            text = old.read(part)
            if part.filename == "docProps/core.xml":
                text = _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z\2", text)
            entry = zipfile.ZipInfo(part.filename, _LONG_AGO.timetuple()[:6])
            entry.external_attr = 0o600 << 16
            new.writestr(entry, text, zipfile.ZIP_DEFLATED)
    return out.getvalue()
