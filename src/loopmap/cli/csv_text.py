"""Tables as CSV on the terminal, with no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from loopmap.quoting import guarded

__all__ = ["csv_text", "frame_csv"]

#: A sign alone computes nothing, and is what the column is about.
_SIGNS = frozenset("+-−±?")


def csv_text(rows: Iterable[Sequence[Any]]) -> str:
    """Give rows, header and all, as CSV; texts that look like formulas get a ``'``.

    Examples
    --------
    >>> from loopmap.cli.csv_text import csv_text
    >>> print(csv_text([["name", "sign"], ["=1+1", "+"]]), end="")
    name,sign
    '=1+1,+
    """
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def frame_csv(frame: Any) -> str:
    """Give a pandas frame as CSV, without its index; what is missing is left empty."""
    plain = frame.astype(object).where(frame.notna(), "")
    return csv_text([list(plain.columns), *plain.itertuples(index=False, name=None)])


def _cell(cell: Any) -> Any:
    return guarded(cell) if isinstance(cell, str) and cell not in _SIGNS else cell
