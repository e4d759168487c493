"""Several sheets that make one map: links, what ids stand for, and who says what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from loopmap.errors import MapSyntaxError, Problem, did_you_mean, listed, shown
from loopmap.formats.tables import header_row, read_table
from loopmap.interop.cells import text_of
from loopmap.interop.columns import find_columns, plain_name
from loopmap.model import Element, Reading, SystemMap
from loopmap.options import ElementKind

__all__ = ["read_sheets"]

Table = Sequence[Sequence[Any]]
Sheet = tuple[str, Table]

_IDS = ("id", "key", "code", "number", "no", "nodeid", "elementid")
_LABELS = ("label", "name", "variable", "element", "node", "factor", "title")
_SEARCHED = 10


def read_sheets(sheets: Sequence[Sheet], source: str, *, diagram: str | None = None) -> Reading:
    """Read the sheets that hold links; several of them are one perspective each.

    ``diagram`` chooses a sheet, or a map that a column of one names.
    """
    told = []
    kept = [sheet for sheet in sheets if "(ignore)" not in sheet[0].casefold()]
    told += [
        Problem(f"the sheet {shown(title)} is not read, as it asks", source, "", "note", "dropped")
        for title, _ in sheets
        if "(ignore)" in title.casefold()
    ]
    linked = [sheet for sheet in kept if header_row(sheet[1]) is not None]
    titles = [title for title, _ in linked]
    if diagram in titles:
        linked = [sheet for sheet in linked if sheet[0] == diagram]
        diagram = None
    elif diagram is not None and len(linked) > 1:
        what = f"no sheet of links is called {shown(diagram)}; there are {listed(titles)}"
        remedy = did_you_mean(diagram, titles).removeprefix("; ")
        raise MapSyntaxError([Problem(what, source, remedy, "error", "diagram")])
    if not linked:
        linked = kept[:1] or list(sheets[:1])
    nodes, labels = _nodes([sheet for sheet in kept if sheet not in linked], linked)
    maps = []
    for title, table in linked:
        where = f"{source}: sheet {title!r}"
        who = None if len(linked) == 1 or _names_who(table) else title
        reading = read_table(table, where, diagram=diagram, who=who, labels=labels)
        maps.append(reading.map)
        told += reading.problems
    if len(linked) > 1:
        what = f"the sheets {listed(titles)} are read as one perspective each"
        remedy = f"read one alone with diagram={titles[0]!r} if they are different maps"
        told.append(Problem(what, source, remedy, rule="guessed"))
    read = [*(title for title, _ in linked), *nodes]
    unread = [title for title, _ in kept if title not in read]
    told += [
        Problem(f"the sheet {shown(title)} is not read", source, rule="dropped")
        for title in unread[:_SEARCHED]
    ]
    if len(unread) > _SEARCHED:
        what = f"{len(unread) - _SEARCHED:,} more sheets are not read"
        told.append(Problem(what, source, rule="dropped"))
    return Reading(_joined(maps), tuple(told))


def _names_who(table: Table) -> bool:
    place = header_row(table)
    return place is not None and "perspective" in find_columns([text_of(c) for c in table[place]])


def _joined(maps: Sequence[SystemMap]) -> SystemMap:
    if len(maps) == 1:
        return maps[0]
    kinds: dict[str, ElementKind] = {}
    for element in (element for m in maps for element in m.elements):
        if kinds.get(element.name, "variable") == "variable":
            kinds[element.name] = element.kind
    links = [link for m in maps for link in m.links]
    return SystemMap([Element(name, kinds[name]) for name in sorted(kinds)], links)


def _nodes(others: Sequence[Sheet], linked: Sequence[Sheet]) -> tuple[list[str], dict[str, str]]:
    """Find the sheet that says what the ids in the links stand for."""
    used = {end for _, table in linked for end in _ends(table)}
    for title, table in others:
        for place, row in enumerate(table[:_SEARCHED]):
            names = [plain_name(text_of(cell)) for cell in row]
            ids = next((names.index(name) for name in _IDS if name in names), None)
            label = next((names.index(name) for name in _LABELS if name in names), None)
            if ids is None or label is None:
                continue
            found = {
                text_of(cells[ids]): text_of(cells[label])
                for cells in table[place + 1 :]
                if len(cells) > max(ids, label)
            }
            labels = {key: name for key, name in found.items() if key and name}
            if len(used & labels.keys()) > len(used & set(labels.values())):
                return [title], labels
    return [], {}


def _ends(table: Table) -> set[str]:
    place = header_row(table)
    if place is None:
        return set()
    columns = find_columns([text_of(cell) for cell in table[place]])
    ends = (columns["source"], columns["target"])
    return {text_of(row[at]) for row in table[place + 1 :] for at in ends if at < len(row)} - {""}
