"""Collects what is worth saying about a text, each with its line, a caret and a remedy."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import TypeVar

from loopmap.errors import InvalidMapError, Problem, Severity
from loopmap.notation.scanning import Trouble
from loopmap.notation.statements import Line

__all__ = ["Report", "excerpt"]

T = TypeVar("T")
_WIDTH = 100
#: So many errors, and so many other findings of each rule, are told; the rest is counted.
MOST = 20


class Report:
    """The findings of one text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._found: list[tuple[int, int, Problem]] = []
        self._many: Counter[str] = Counter()

    def full(self, rule: str) -> bool:
        """Whether so many findings of a rule were noted that more are only counted."""
        return self._many[rule] >= MOST

    def say(
        self,
        line: Line,
        column: int,
        what: str,
        remedy: str,
        rule: str,
        *,
        severity: Severity = "warning",
        subject: tuple[str, ...] = (),
    ) -> None:
        """Note one finding about a column (from 0) of a line."""
        kind = "error" if severity == "error" else rule
        self._many[kind] += 1
        if self._many[kind] > MOST:
            return
        where = f"{self.source}:{line.number}:{column + 1}"
        caret = excerpt(line.text, column)
        problem = Problem(what, where, remedy, severity, rule, caret, subject)
        self._found.append((line.number, column, problem))

    def trouble(self, line: Line, trouble: Trouble) -> None:
        """Note something that cannot be read."""
        self.say(line, trouble.column, trouble.what, trouble.remedy, trouble.rule, severity="error")

    def made(self, line: Line, column: int, make: Callable[[], T]) -> T | None:
        """Make a part of the model; what the model refuses becomes a problem of this line."""
        try:
            return make()
        except InvalidMapError as error:
            what, _, remedy = str(error).partition("; ")
            self.say(line, column, what, remedy, "invalid", severity="error")
            return None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was found, in the order of the lines, and how many more of each sort there are."""
        found = [problem for *_, problem in sorted(self._found, key=lambda f: f[:2])]
        for kind, many in sorted(self._many.items()):
            if many > MOST:
                sort = "errors" if kind == "error" else f"findings ({kind})"
                what = f"and {many - MOST:,} more {sort} of this text"
                severity: Severity = "error" if kind == "error" else "note"
                found.append(Problem(what, self.source, "mend these first", severity, "more"))
        return tuple(found)


def excerpt(text: str, column: int) -> str:
    """Give the line, cut to a readable width, with a caret under the column.

    Examples
    --------
    >>> print(excerpt("A -> B : x", 9))
        A -> B : x
                 ^
    """
    start = max(0, column - _WIDTH // 2) if len(text) > _WIDTH else 0
    before, after = text[start:column], text[column : start + _WIDTH]
    before = "…" + before if start else before
    after = after + "…" if len(text) > start + _WIDTH else after
    return f"    {_visible(before + after)}\n    {' ' * _columns(_visible(before))}^"


def _visible(text: str) -> str:
    """Show tabs as one blank and other unprintable characters as a box."""
    return "".join(
        char if char.isprintable() or unicodedata.category(char) == "Cf" else "\ufffd"
        for char in text.replace("\t", " ").rstrip()
    ) + " " * (len(text) - len(text.rstrip()))  # fmt: skip


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes: wide characters two, combining ones none."""
    return sum(
        0
        if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(char) in "WF"
        else 1
        for char in text
    )
