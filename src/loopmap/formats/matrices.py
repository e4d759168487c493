"""Matrices to maps, from files, frames and arrays, once somebody says which way they go."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from loopmap.errors import InvalidMapError, MapSyntaxError, Problem
from loopmap.formats.csv_file import table_of
from loopmap.formats.decoding import decoded
from loopmap.formats.excel_file import sheets_of
from loopmap.formats.files import read_bytes
from loopmap.interop.matrix import matrix_size, read_matrix
from loopmap.model import SystemMap

__all__ = ["from_matrix"]


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
        If ``rows`` is not said, or the names do not fit.
    MapSyntaxError
        If a file cannot be read as a matrix.
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
        return read_matrix(_table(path), rows=rows, where=path).warned(stacklevel=2)
    if hasattr(matrix, "columns") and hasattr(matrix, "index"):
        above = [*matrix.columns] if names is None else [*names]
        left = [*matrix.index] if names is None else [*names]
        body = matrix.to_numpy().tolist()
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


def _table(path: str) -> Sequence[Sequence[Any]]:
    data = read_bytes(path)
    if path.casefold().endswith((".xlsx", ".xlsm")):
        tables = [table for _, table in sheets_of(data, path)]
        table = next((table for table in tables if matrix_size(table)), tables[0])
    else:
        usual = "\t" if path.casefold().endswith((".tsv", ".tab")) else ","
        table = table_of(decoded(data, path)[0], path, usual)
    filled = [row for row in table if any(cell not in (None, "") for cell in row)]
    if not filled:
        what, remedy = "this file is empty", "the first row and column of a matrix hold the names"
        raise MapSyntaxError([Problem(what, path, remedy, "error", "empty")])
    return filled
