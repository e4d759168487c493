"""Findings about a table: the same one of many rows is told once, with the first of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from loopmap.errors import Problem, Severity, listed

__all__ = ["TableReport"]

#: So many different findings are told; the rest are counted.
AT_MOST = 20


class TableReport:
    """Collects what was dropped, changed or guessed in one table.

    Parameters
    ----------
    where
        What to call the table.
    first_row
        The number of its first row.
    column
        What to call its columns.
    called
        Gives what a row is called, where a number says nothing.
    """

    def __init__(
        self,
        where: str,
        first_row: int = 0,
        *,
        column: str = "column",
        called: Callable[[int], str] | None = None,
    ) -> None:
        self.where, self.first_row = where, first_row
        self.column, self.called = column, called
        self.unread: dict[str, None] = {}
        self.said: list[Problem] = []
        self.told = 0
        self.rows: dict[tuple[str, str, str], list[int]] = {}
        self.counts: dict[tuple[str, str, str], int] = {}
        self.values: dict[str, dict[str, None]] = {}

    def say(
        self, what: str, rule: str, suggestion: str = "", severity: Severity = "warning"
    ) -> None:
        """Tell something about the table as a whole."""
        self.said.append(Problem(what, self.where, suggestion, severity, rule))

    def count(
        self, what: str, rule: str, number: int, suggestion: str = "", value: str | None = None
    ) -> None:
        """Tell something about a row, which may hold of many.

        ``{}`` in ``what`` stands for the values of all those rows.
        """
        self.told += 1
        key = (what, rule, suggestion)
        if key not in self.rows:
            if len(self.rows) > 5 * AT_MOST:
                key = ("more was found than is told here", "more", "")
            self.rows.setdefault(key, [])
        self.counts[key] = self.counts.get(key, 0) + 1
        if len(self.rows[key]) < 5:
            self.rows[key].append(number + self.first_row)
        if value is not None:
            self.values.setdefault(what, {}).setdefault(value)

    def tell_unread(self) -> None:
        """Tell which columns hold something and are not read, once and all together."""
        if self.unread:
            names = listed([*self.unread], at_most=20)
            self.say(f"{self.column}s that are not read: {names}", "dropped")

    def problems(self) -> tuple[Problem, ...]:
        """Give every finding, those of the whole table first."""
        counted = []
        for (what, rule, suggestion), rows in self.rows.items():
            shown = what.replace("{}", listed([*self.values.get(what, ())], at_most=10))
            more = self.counts[what, rule, suggestion] - len(rows)
            at = _rows(rows, more) if self.called is None else _some(map(self.called, rows), more)
            counted.append(Problem(f"{shown} ({at})", self.where, suggestion, rule=rule))
        return tuple(_few([*self.said, *counted], self.where))


def _few(problems: list[Problem], where: str) -> Iterable[Problem]:
    if len(problems) <= AT_MOST:
        return problems
    more = f"{len(problems) - AT_MOST + 1:,} more findings like these are not told"
    return [*problems[: AT_MOST - 1], Problem(more, where, rule="more")]


def _rows(numbers: list[int], more: int) -> str:
    return f"{'row' if len(numbers) == 1 else 'rows'} {_some(map(str, numbers), more)}"


def _some(rows: Iterable[str], more: int) -> str:
    return ", ".join(rows) + (f" and {more:,} more" if more else "")
