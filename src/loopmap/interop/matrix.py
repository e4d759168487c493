"""Matrices of links: a row and a column for each name, and weights or signs where they meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from loopmap.errors import InvalidMapError, listed, shown
from loopmap.interop.cells import read_number, read_sign, text_of
from loopmap.interop.edge_list import MOST_LINKS
from loopmap.interop.table_report import TableReport
from loopmap.model import Claim, Link, Reading, SystemMap
from loopmap.signs import sign_of_degree

__all__ = ["matrix_size", "read_matrix"]

Table = Sequence[Sequence[Any]]


def matrix_size(table: Table) -> int:
    """Give how many names a matrix has; 0 if a table is none."""
    rows = [row for row in table if any(text_of(cell) for cell in row[:1_000])][:1_001]
    if len(rows) < 3:
        return 0
    above = [text_of(cell) for cell in rows[0][1:]]
    left = [text_of(row[0]) for row in rows[1:]]
    named = set(above) - {""}
    if len(named) < 2 or sum(name in named for name in left) < 0.8 * max(len(left), 2):
        return 0
    cells = [text_of(cell) for row in rows[1:51] for cell in row[1:]]
    fits = sum(not cell or read_sign(cell) is not None for cell in cells)
    return len(named) if fits >= 0.9 * len(cells) else 0


def read_matrix(table: Table, *, rows: str, where: str = "matrix") -> Reading:
    """Read a matrix whose first row and column hold the names.

    Parameters
    ----------
    table
        Its cells, with the names.
    rows
        ``"cause"`` if a row drives its columns, ``"effect"`` if they drive it.
    where
        What to call it in messages.

    Raises
    ------
    InvalidMapError
        If ``rows`` is neither, no rows or no columns have names, two have one name, or there are
        too many links.
    """
    if rows not in ("cause", "effect"):
        raise InvalidMapError(
            f"rows={shown(rows)} does not say which way the links of a matrix go; write "
            'rows="cause" if a row drives its columns, rows="effect" if they drive it'
        )
    for way, heads in (("columns", table[0][1:] if table else ()), ("rows", _first(table))):
        times = Counter(map(text_of, heads))
        if twice := sorted(name for name in times if name and times[name] > 1):
            raise InvalidMapError(
                f"{where} has several {way} called {listed(twice)}; rename them, or keep one"
            )
    if not table or not any(map(text_of, table[0][1:])) or not any(map(text_of, _first(table))):
        raise InvalidMapError(
            f"{where} has no names of columns and rows; a matrix needs a name for each"
        )
    report = TableReport(where, 1)
    found = list(_filled(table, report))
    numbers = [number for *_, number in found if number is not None]
    signed = any(number < 0 for number in numbers) or any(
        number is None or text.startswith("+") for *_, text, number in found
    )
    weighted = any(abs(number) != 1 for number in numbers) or not signed
    links = []
    for row, left, above, text, number in found:
        sign = read_sign(text) if number is None or signed else None
        if number is None and sign is None:
            report.count("signs that are read as ? (not known): {}", "guessed", row, value=text)
        strength = abs(number) if weighted and number is not None else None
        ends = (left, above) if rows == "cause" else (above, left)
        note = text if sign_of_degree(text) else ""
        links.append(Link(*ends, claims=[Claim(None, sign, strength=strength, note=note)]))
    if links and not signed:
        report.say("no number has a minus; they say how strong links are, not their signs",
                   "unsigned", "write + and - into the matrix")  # fmt: skip
    names = {text_of(cell) for cell in [*table[0][1:], *_first(table)]}
    return Reading(SystemMap(sorted(names - {""}), links), report.problems())


def _first(table: Table) -> list[Any]:
    return [row[0] for row in table[1:] if row]


def _filled(table: Table, report: TableReport) -> Iterator[tuple[int, str, str, str, float | None]]:
    """Give the cells that hold a link: row, its name, that of its column, text and number."""
    above = [text_of(cell) for cell in table[0]] if table else []
    many = 0
    for number, row in enumerate(table[1:], 1):
        left = text_of(row[0]) if row else ""
        for at, cell in enumerate(row[1:], 1):
            text = text_of(cell)
            size = read_number(text)
            if not text or size == 0:
                continue
            if not left or at >= len(above) or not above[at]:
                report.count("cells without a name beside or above are not read", "dropped", number)
                continue
            many += 1
            if many > MOST_LINKS:
                raise InvalidMapError(f"this matrix has more than {MOST_LINKS:,} links")
            yield number, left, above[at], text, size
