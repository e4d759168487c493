"""Matrices to maps, from files, frames and arrays, once somebody says which way they go."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from loopmap.errors import InvalidMapError, InvalidOptionError, MapSyntaxError, Problem
from loopmap.formats.csv_file import CSV, TSV, table_of
from loopmap.formats.decoding import decoded
from loopmap.formats.excel_file import FORMAT as XLSX
from loopmap.formats.excel_file import sheets_of
from loopmap.formats.files import read_bytes
from loopmap.formats.format import Format
from loopmap.formats.tables import header_row
from loopmap.interop.matrix import matrix_size, read_matrix
from loopmap.model import Reading, SystemMap

__all__ = ["from_matrix", "matrix_in"]


def from_matrix(matrix: Any, names: Sequence[str] | None = None, *, rows: str = "") -> SystemMap:
    """Make a map of a matrix of weights or signs.

    Parameters
    ----------
    matrix
        A pandas frame with names in its index and columns, an array or lists of numbers, or the
        path of a ``.csv``, ``.tsv`` or ``.xlsx`` file whose first row and column hold the names.
    names
        The names of rows and columns, for an array or lists.
    rows
        ``"cause"`` if a row drives its columns, ``"effect"`` if they drive it: nothing in a
        matrix tells.

    Returns
    -------
    SystemMap
        A link where something other than 0 stands: its sign, and its size as the strength. Where
        no number has a minus the signs are ``?``, after a ``LossWarning``.

    Raises
    ------
    InvalidMapError
        If ``rows`` is not said, the names do not fit, or a frame is a table of links.
    MapSyntaxError
        If a file cannot be read as a matrix: it is a table of links, or is empty.
    MissingExtraError
        If it is a workbook (``.xlsx``), and openpyxl is not installed.
    OSError
        If a file cannot be opened.

    Examples
    --------
    >>> m = lm.from_matrix([[0, 1], [-0.5, 0]], ["Rain", "Crops"], rows="cause")
    >>> m.links
    (<Link Crops -> Rain : −>, <Link Rain -> Crops : +>)
    """
    if isinstance(matrix, (str, os.PathLike)):
        path = os.fspath(matrix)
        tables = (row for row in (CSV, TSV, XLSX) if path.casefold().endswith(row.suffixes))
        name = next(tables, CSV).name
        table = _table(read_bytes(path), name, path)
        if _lists_links(table):
            what = "this is a table of links, a row for each, and no matrix"
            raise MapSyntaxError(
                [Problem(what, path, f"lm.read({path!r}) reads it", "error", "matrix")]
            )
        return read_matrix(table, rows=rows, where=path).warned(stacklevel=2)
    if hasattr(matrix, "columns") and hasattr(matrix, "index"):
        above = [*matrix.columns] if names is None else [*names]
        left = [*matrix.index] if names is None else [*names]
        body = matrix.to_numpy().tolist()
        corner = getattr(matrix.index, "name", None)
        rows_of_it = [[name, *row] for name, row in zip(left[:50], body[:50], strict=False)]
        if names is None and _lists_links([[corner, *above], *rows_of_it]):
            raise InvalidMapError(
                "this frame is a table of links, a row for each, and no matrix; "
                "lm.from_frame(df) reads it"
            )
    else:
        body = [list(row) for row in (matrix.tolist() if hasattr(matrix, "tolist") else matrix)]
        above = left = [*(names or ())]
    if len(left) != len(body) or any(len(row) != len(above) for row in body):
        raise InvalidMapError(
            f"a matrix needs a name for each row and column: {len(body):,} rows, {len(left):,} "
            "names; pass names=[…]"
        )
    table = [["", *above], *([name, *row] for name, row in zip(left, body, strict=True))]
    return read_matrix(table, rows=rows).warned(stacklevel=2)


def matrix_in(data: bytes, format: Format, source: str, *, rows: str) -> Reading:
    """Read a matrix from the bytes of a file that may hold one.

    Raises
    ------
    InvalidOptionError
        If files of this format hold no matrix.
    MapSyntaxError
        If it is a table of links.
    """
    if format.name not in _USUAL:
        raise InvalidOptionError(
            f"a file of the format {format.name!r} holds no matrix, which has rows; "
            f"matrices are in {', '.join(_USUAL)}"
        )
    table = _table(data, format.name, source)
    if _lists_links(table):
        what = "this is a table of links, and no matrix of which the rows are something"
        remedy = "read it without saying what the rows are"
        raise MapSyntaxError([Problem(what, source, remedy, "error", "matrix")])
    return read_matrix(table, rows=rows, where=source)


def _lists_links(table: Sequence[Sequence[Any]]) -> bool:
    """Whether there is a row for each link: some variables are called Cause and Effect, too."""
    return header_row(table) is not None and not matrix_size(table)


#: Format -> what usually parts its cells.
_USUAL = {"csv": ",", "tsv": "\t", "xlsx": ""}


def _table(data: bytes, name: str, source: str) -> Sequence[Sequence[Any]]:
    if name == "xlsx":
        tables = [table for _, table in sheets_of(data, source)]
        table = next((table for table in tables if matrix_size(table)), tables[0])
    else:
        table, _ = table_of(decoded(data, source)[0], source, _USUAL[name])
    filled = [row for row in table if any(cell not in (None, "") for cell in row)]
    if len(filled) < 2 or max(map(len, filled)) < 2:
        what = "this file holds no matrix" if filled else "this file is empty"
        remedy = "the first row and column of a matrix hold the names"
        raise MapSyntaxError([Problem(what, source, remedy, "error", "empty")])
    return filled
