"""Edge lists: tables with one row per link, or one per claim when a column says whose it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from loopmap.errors import MapSyntaxError, Problem, Severity, listed, shown
from loopmap.interop.cells import read_delay, read_number, read_sign, text_of
from loopmap.interop.columns import COLUMNS, find_columns
from loopmap.model import (
    ELEMENT_KINDS,
    LINK_KINDS,
    Claim,
    Element,
    Link,
    Reading,
    SystemMap,
    link_problem,
)
from loopmap.model.joining import with_undeclared
from loopmap.model.text import is_refused
from loopmap.options import ElementKind, LinkKindName
from loopmap.polarity import Polarity

__all__ = ["claim_rows", "read_edge_list"]

_TEXTS = {"evidence": "evidence", "basis": "basis", "quote": "quote", "reference": "source",
          "note": "note"}  # fmt: skip

Row = Mapping[str, str]


def read_edge_list(
    names: Sequence[Any],
    rows: Iterable[Sequence[Any]],
    *,
    where: str = "",
    given: Mapping[str, str | None] | None = None,
    only: Iterable[str] | None = None,
    first_row: int = 2,
    plain: Callable[[str], str] = lambda text: text,
) -> Reading:
    """Read a table of links.

    Parameters
    ----------
    names
        The names of the columns.
    rows
        Their cells, row by row; short rows are filled up.
    where
        What to call the table in messages.
    given, only
        See :func:`~loopmap.interop.columns.find_columns`.
    first_row
        The number that messages give the first row.
    plain
        What to do to every text before it is read.

    Raises
    ------
    MapSyntaxError
        If no column holds the causes, or none the effects.
    """
    headers = [text_of(name) for name in names]
    report = _Report(where, first_row)
    table = [
        [plain(_cell(cell, number, report)) for cell in row] for number, row in enumerate(rows)
    ]
    columns = find_columns(headers, given=given, only=only, cells=lambda at: _some(table, at))
    _need_ends(headers, columns, where)
    report.unread(headers, columns, table)
    links: list[tuple[Link, int]] = []
    kinds: dict[str, ElementKind] = {}
    for number, row in enumerate(table):
        cells = {role: row[at] if at < len(row) else "" for role, at in columns.items()}
        link = _link(cells, number, report)
        if link is not None:
            links.append((link, number))
            _note_kinds(cells, kinds, number, report)
    if links and "sign" not in columns:
        report.say("no column gives signs; every link is read as ? (not known)", "unsigned",
                   "call the column with + and - 'sign'")  # fmt: skip
    if links and all(end.isdecimal() for link, _ in links for end in (link.source, link.target)):
        report.say("causes and effects are all numbers", "ids", "if they stand for names in "
                   "another table, put the names here")  # fmt: skip
    return Reading(_fitting(links, kinds, report), report.problems())


def _cell(cell: Any, number: int, report: _Report) -> str:
    if isinstance(cell, str) and not cell.isprintable() and any(map(is_refused, cell.strip())):
        report.count("line breaks and control characters are read as blanks", "changed", number)
    return text_of(cell)


def _some(table: Sequence[Sequence[str]], at: int) -> Iterator[str]:
    return (row[at] for row in table if at < len(row) and row[at])


def _need_ends(headers: Sequence[str], columns: Mapping[str, int], where: str) -> None:
    for role, what in (("source", "causes"), ("target", "effects")):
        if role not in columns:
            there = f"the columns are {listed(headers, at_most=20)}" if headers else "it is empty"
            known = ", ".join(COLUMNS[role][:3])
            problem = Problem(
                f"no column holds the {what}: {there}",
                where,
                f"call one of them {known}",
                "error",
                "columns",
            )
            raise MapSyntaxError([problem])


def _link(cells: Row, number: int, report: _Report) -> Link | None:
    """Make the link of one row, or report why there is none."""
    ends = cells["source"], cells["target"]
    if not all(ends):
        if any(cells.values()):
            missing = "cause" if not ends[0] else "effect"
            report.count(f"rows without {_an(missing)} are not read", "dropped", number)
        return None
    kind = cast("LinkKindName", cells.get("kind", "").casefold() or "causal")
    if kind not in LINK_KINDS:
        report.count(f"the kind {shown(kind)} is read as causal", "guessed", number)
        kind = "causal"
    sign = _sign(cells, number, report)
    if sign and not LINK_KINDS[kind].signed:
        report.count(f"the sign of a {kind!r} link says nothing and is not kept", "dropped", number)
        sign = Polarity.UNKNOWN
    claim = Claim(
        cells.get("perspective") or None,
        sign,
        _delay(cells, number, report),
        _strength(cells, number, report),
        **{field: cells.get(role, "") for role, field in _TEXTS.items()},
    )
    return Link(*ends, kind=kind, route=cells.get("route", ""), claims=[claim])


def _an(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _sign(cells: Row, number: int, report: _Report) -> Polarity:
    text = cells.get("sign", "")
    sign = read_sign(text)
    if sign is None:
        report.count(f"the sign {shown(text)} is read as ? (not known)", "guessed", number)
    return sign or Polarity.UNKNOWN


def _delay(cells: Row, number: int, report: _Report) -> bool:
    text = cells.get("delayed", "")
    delayed = read_delay(text)
    if delayed is None:
        report.count(f"the delay {shown(text)} is read as delayed", "guessed", number)
    elif delayed and read_number(text) not in (None, 1.0):
        report.count("how long a delay is, is not kept", "dropped", number)
    return delayed is not False


def _strength(cells: Row, number: int, report: _Report) -> float | None:
    text = cells.get("strength", "")
    strength = read_number(text)
    if text and strength is None:
        report.count(f"the strength {shown(text)} is no number and is not kept", "dropped", number)
    return strength


def _note_kinds(cells: Row, kinds: dict[str, ElementKind], number: int, report: _Report) -> None:
    for end in ("source", "target"):
        kind = cast("ElementKind", cells.get(f"{end} kind", "").casefold())
        name = cells[end]
        if kind in ELEMENT_KINDS:
            if kinds.setdefault(name, kind) != kind:
                what = f"{shown(name)} is read as a {kinds[name]}, not a {kind}"
                report.count(what, "changed", number)
        elif kind:
            report.count(f"the kind {shown(kind)} of an element is not kept", "dropped", number)


def _fitting(
    links: Sequence[tuple[Link, int]], kinds: Mapping[str, ElementKind], report: _Report
) -> SystemMap:
    """Make the map; links that its rules refuse are reported and left out."""
    asked = with_undeclared({}, [link for link, _ in links])
    found = {name: kinds.get(name, element.kind) for name, element in asked.items()}
    kept = []
    for link, number in links:
        wrong = link_problem(
            link.kind, link.source, found[link.source], link.target, found[link.target]
        )
        if wrong:
            report.count(f"a link is not read: {wrong}", "dropped", number)
        else:
            kept.append(link)
    ends = {end for link in kept for end in (link.source, link.target)}
    return SystemMap([Element(name, found[name]) for name in sorted(ends)], kept)


class _Report:
    """Collects findings, the same ones of many rows as one."""

    def __init__(self, where: str, first_row: int) -> None:
        self.where, self.first_row = where, first_row
        self.said: list[Problem] = []
        self.rows: dict[tuple[str, str], list[int]] = {}

    def say(
        self, what: str, rule: str, suggestion: str = "", severity: Severity = "warning"
    ) -> None:
        self.said.append(Problem(what, self.where, suggestion, severity, rule))

    def count(self, what: str, rule: str, number: int) -> None:
        self.rows.setdefault((what, rule), []).append(number + self.first_row)

    def unread(
        self, headers: Sequence[str], columns: Mapping[str, int], table: Sequence[Sequence[str]]
    ) -> None:
        """Report the columns that hold something and are not read."""
        used = set(columns.values())
        unread = [
            header or f"column {at + 1}"
            for at, header in enumerate(headers)
            if at not in used and any(_some(table, at))
        ]
        if unread:
            self.say(f"columns that are not read: {listed(unread, at_most=20)}", "dropped")
        if any(len(row) > len(headers) and any(row[len(headers) :]) for row in table):
            self.say("cells beyond the last column's name are not read", "dropped")

    def problems(self) -> tuple[Problem, ...]:
        counted = [
            Problem(f"{what} ({_rows(rows)})", self.where, rule=rule)
            for (what, rule), rows in self.rows.items()
        ]
        return (*self.said, *counted)


def _rows(numbers: Sequence[int]) -> str:
    some = ", ".join(map(str, numbers[:5]))
    more = f" and {len(numbers) - 5:,} more" if len(numbers) > 5 else ""
    return f"{'row' if len(numbers) == 1 else 'rows'} {some}{more}"


def claim_rows(m: SystemMap) -> Iterator[dict[str, Any]]:
    """Give every claim of a map as a row, under the first names of ``COLUMNS``."""
    for link in m.links:
        for claim in link.claims:
            yield {
                "source": link.source,
                "target": link.target,
                "sign": claim.polarity,
                "kind": link.kind,
                "source kind": m.element(link.source).kind,
                "target kind": m.element(link.target).kind,
                "route": link.route,
                "perspective": claim.perspective,
                "delayed": claim.delayed,
                "strength": claim.strength,
                **{role: getattr(claim, field) for role, field in _TEXTS.items()},
            }
