"""Which lines of a text are its block ``places:``, and what one of them says."""

from __future__ import annotations

import re

from loopmap.notation.grammar import ElementLine, LinkLine, PlaceLine, Statement
from loopmap.notation.scanning import Trouble

__all__ = ["HEADING", "block", "place_of", "without_block"]

#: The line above the block.
HEADING = re.compile(r"\s*places\s*:\s*(?:#.*)?", re.IGNORECASE)


def block(rows: list[str]) -> range:
    """Which rows of a text are the lines under the last ``places:``, by their number from 0."""
    heads = [i for i, row in enumerate(rows) if row[:1] in "pP \t" and HEADING.fullmatch(row)]
    if not heads:
        return range(0)
    start = heads[-1] + 1
    indent = _indent(rows[heads[-1]])
    end = start
    for i in range(start, len(rows)):
        if rows[i].strip() and not rows[i].lstrip().startswith("#"):
            if _indent(rows[i]) <= indent:
                break
            end = i + 1
    return range(start, end)


def _indent(row: str) -> int:
    return len(row.expandtabs(4)) - len(row.expandtabs(4).lstrip())


def without_block(text: str) -> str:
    """A text without its places, and without blank lines at its end."""
    rows = text.split("\n")
    inside = block(rows)
    if inside.start == 0:
        return text.rstrip("\n") + "\n"
    rest = rows[: inside.start - 1] + rows[inside.stop :]
    return "\n".join(rest).rstrip("\n") + "\n"


def place_of(statement: Statement, column: int) -> PlaceLine:
    """What a line of the block says."""
    expected = "write: Backlog [at=120,40] or Backlog -> Stress [along=131,52 160,80 …]"
    if isinstance(statement, ElementLine | LinkLine):
        given = {a.field: a.value for a in statement.attributes}
        if isinstance(statement, ElementLine) and given.keys() == {"position"}:
            return PlaceLine(statement)
        single = isinstance(statement, LinkLine) and len(statement.names) == 2
        if single and "curve" in given and given.keys() <= {"curve", "route", "kind"}:
            return PlaceLine(statement)
    raise Trouble(column, "this line under places: places nothing", expected, "places")
