"""Edge lists: tables with one row per link, or one per claim when a column says whose it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from loopmap.errors import MapSyntaxError, Problem, did_you_mean, listed, shown
from loopmap.interop.cells import text_of
from loopmap.interop.columns import COLUMNS, find_columns, is_guessed
from loopmap.interop.row_reader import MOST_LINKS, TEXTS, Distinct, RowReader, cell_text
from loopmap.interop.table_report import TableReport
from loopmap.model import Claim, Element, Link, LinkKey, Reading, SystemMap, link_problem
from loopmap.model.joining import kinds_asked
from loopmap.options import ElementKind

__all__ = ["MOST_LINKS", "claim_rows", "read_edge_list", "too_long"]

#: What is said when a row stands there again.
_ALIKE = "rows say the same as one above and count once"
_ALIKE_REMEDY = "if several people said so, name them in a column 'perspective'"


def read_edge_list(
    names: Sequence[Any],
    rows: Iterable[Sequence[Any]],
    *,
    where: str = "",
    given: Mapping[str, str | None] | None = None,
    only: Iterable[str] | None = None,
    first_row: int = 2,
    plain: Callable[[str], str] = lambda text: text,
    in_file: bool = False,
    diagram: str | None = None,
    who: str | None = None,
    labels: Mapping[str, str] | None = None,
    report: TableReport | None = None,
    kinds: Mapping[str, ElementKind] | None = None,
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
    in_file
        Whether people typed it: several names in a cell are then several links, and a cell left
        empty under a cause goes on with it.
    diagram
        Which map to read, where a column says that the table holds several.
    who
        Who says what has nobody named.
    labels
        What the table calls an element -> its name, where another table says so.
    report
        Where to tell what was dropped, changed or guessed; else a new one.
    kinds
        Name -> the kind of the element, where another table says so.

    Raises
    ------
    MapSyntaxError
        If no column holds the causes, or none the effects; if the table holds several maps and
        ``diagram`` does not choose one; if it is far too long.
    """
    headers = [text_of(name) for name in names]
    report = report or TableReport(where, first_row)
    table = _distinct(rows, plain, report, may_go_on=in_file)

    @cache
    def cells(at: int) -> Counter[str]:
        return _counted(table, at)

    columns = find_columns(headers, given=given, only=only, cells=cells)
    _need_ends(headers, columns, where)
    _tell_columns(headers, columns, cells, table, report, given or {})
    if "diagram" in columns:
        table = _of_diagram(table, columns["diagram"], diagram, headers, report)
    elif diagram is not None:
        raise _no_diagram(diagram, (), where)
    sure = (given or {}).get("sign") is not None
    reader = RowReader(
        headers, columns, report, in_file=in_file, who=who, labels=labels or {}, sure=sure,
        kinds=kinds or {},
    )  # fmt: skip
    found = reader.claims_of(table)
    if found and "sign" not in columns:
        report.say(f"no {report.column} gives signs; every link is read as ? (not known)",
                   "unsigned", f"call the {report.column} with + and - 'sign'")  # fmt: skip
    if found and all(end.isdecimal() for key in found for end in key[:2]):
        report.say("causes and effects are all numbers", "ids", "if they stand for names in "
                   "another table, put the names here")  # fmt: skip
    return Reading(_fitting(found, reader, report), report.problems())


def _distinct(
    rows: Iterable[Sequence[Any]],
    plain: Callable[[str], str],
    report: TableReport,
    *,
    may_go_on: bool,
) -> list[Distinct]:
    """Give every row that says something; those that stand there again are told.

    ``may_go_on`` is whether rows go on with what stands above them. Two that look alike may then
    say different things, and all are given, unless there are more than the rows of a map.
    """
    if may_go_on and isinstance(rows, Sequence) and len(rows) <= MOST_LINKS:
        texts_of = (
            (n, tuple(plain(cell_text(c, n, report)) for c in r)) for n, r in enumerate(rows)
        )
        return [Distinct(number, texts) for number, texts in texts_of if any(texts)]
    first: dict[tuple[str, ...], int] = {}
    raw: set[tuple[Any, ...]] = set()
    again = 0
    for number, row in enumerate(rows):
        are_texts = all(cell.__class__ is str for cell in row)
        if are_texts and not any(row):
            continue
        key = tuple(row)
        if are_texts and key in raw:  # the quick way for many alike
            again += 1
            if again < 6:
                report.count(_ALIKE, "alike", number, _ALIKE_REMEDY)
            continue
        texts = tuple(plain(cell_text(cell, number, report)) for cell in row)
        if not any(texts):
            continue
        if texts in first:
            report.count(_ALIKE, "alike", number, _ALIKE_REMEDY)
            continue
        if len(first) >= MOST_LINKS:
            raise too_long(report.where)
        first[texts] = number
        if are_texts:
            raw.add(key)
    if again > 5:
        report.counts[_ALIKE, "alike", _ALIKE_REMEDY] += again - 5
    return [Distinct(number, texts) for texts, number in first.items()]


def too_long(where: str) -> MapSyntaxError:
    """Say that a table is no map that can be read."""
    what = f"this table has more than {MOST_LINKS:,} different rows"
    remedy = "is it a map? keep the rows of one map, or the strongest links"
    return MapSyntaxError([Problem(what, where, remedy, "error", "length")])


def _counted(table: Sequence[Distinct], at: int) -> Counter[str]:
    return Counter(row.cells[at] for row in table if at < len(row.cells) and row.cells[at])


def _need_ends(headers: Sequence[str], columns: Mapping[str, int], where: str) -> None:
    for role, what in (("source", "causes"), ("target", "effects")):
        if role not in columns:
            there = f"the columns are {listed(headers, at_most=20)}" if headers else "it is empty"
            known = ", ".join(COLUMNS[role][:3])
            problem = Problem(
                f"no column holds the {what}: {there}",
                where,
                f"call one of them {known}"
                + (f", or say which it is: {role}=…" if where == "frame" else ""),
                "error",
                "columns",
            )
            raise MapSyntaxError([problem])


def _tell_columns(
    headers: Sequence[str],
    columns: Mapping[str, int],
    cells: Callable[[int], Mapping[str, int]],
    table: Sequence[Distinct],
    report: TableReport,
    given: Mapping[str, str | None],
) -> None:
    """Report columns that are found by a guess, and those that hold something and are not read."""
    for role, at in columns.items():
        guessed = is_guessed(role, headers[at]) and given.get(role) is None
        if guessed and (columns.get("sign") != at or role == "sign"):
            what = (
                f"the {report.column} {shown(headers[at])} is read as the {_HOLDS.get(role, role)}"
            )
            report.say(what, "guessed", f"call it {COLUMNS.get(role, (role,))[0]!r}")
    used = set(columns.values())
    for at, header in enumerate(headers):
        if at not in used and cells(at):
            report.unread.setdefault(header or f"column {at + 1}")
    report.tell_unread()
    if any(len(row.cells) > len(headers) and any(row.cells[len(headers) :]) for row in table):
        report.say("cells beyond the last column's name are not read", "dropped")


#: Role -> what to call what stands there, where that is another word.
_HOLDS = {"source": "cause", "target": "effect", "perspective": "one who says so",
          "delayed": "delay"}  # fmt: skip


def _of_diagram(
    table: list[Distinct],
    at: int,
    wanted: str | None,
    headers: Sequence[str],
    report: TableReport,
) -> list[Distinct]:
    """Keep the rows of one map; ask which, if there are several."""
    there = [*_counted(table, at)]
    if wanted is None:
        if len(there) < 2:
            return table
        raise _which_diagram(there, headers[at], report.where)
    if wanted not in there:
        raise _no_diagram(wanted, there, report.where)
    return [row for row in table if at < len(row.cells) and row.cells[at] == wanted]


def _which_diagram(there: Sequence[str], header: str, where: str) -> MapSyntaxError:
    what = f"this table holds {len(there):,} maps, {listed(there, at_most=20)}, in its column "
    what += shown(header)
    if where == "frame":
        remedy = f"keep the rows of one: df[df[{header!r}] == {there[0]!r}]"
    else:
        remedy = f"choose one: lm.read(…, diagram={there[0]!r}), or --diagram at the command line"
    return MapSyntaxError([Problem(what, where, remedy, "error", "diagram")])


def _no_diagram(wanted: str, there: Sequence[str], where: str) -> MapSyntaxError:
    held = f"it holds {listed(there, at_most=20)}" if there else "no column tells maps apart"
    what = f"this table holds no map {shown(wanted)}: {held}"
    remedy = did_you_mean(wanted, there).removeprefix("; ") or "leave diagram= out, or name one"
    return MapSyntaxError([Problem(what, where, remedy, "error", "diagram")])


def _fitting(
    found: Mapping[LinkKey, Sequence[tuple[int, Claim]]], reader: RowReader, report: TableReport
) -> SystemMap:
    """Make the map; links that its rules refuse are reported and left out."""
    links = [
        (Link(*key[:2], kind=key.kind, route=key.route, claims=[c for _, c in said]), said[0][0])
        for key, said in found.items()
    ]
    kinds = kinds_asked(link for link, _ in links) | reader.kinds
    kept = []
    for link, number in links:
        wrong = link_problem(
            link.kind, link.source, kinds[link.source], link.target, kinds[link.target]
        )
        if wrong:
            report.count(f"a link is not read: {wrong}", "dropped", number)
        else:
            kept.append(link)
    ends = {end for link in kept for end in (link.source, link.target)}
    named = [Element(name, kinds[name]) for name in ends if kinds[name] != "variable"]
    return SystemMap(named, kept)


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
                **{role: getattr(claim, field) for role, field in TEXTS.items()},
            }
