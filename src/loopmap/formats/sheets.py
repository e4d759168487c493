"""Several sheets that make one map: links, what is said of elements, and who says what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from loopmap.errors import MapSyntaxError, Problem, did_you_mean, listed, shown
from loopmap.formats.node_sheets import Nodes, node_columns, read_nodes
from loopmap.formats.tables import header_row, read_table
from loopmap.formats.workbook import own_sheet, read_curves, read_headers, read_loops
from loopmap.interop.cells import text_of
from loopmap.interop.columns import find_columns
from loopmap.model import Element, Reading, SystemMap
from loopmap.options import ElementKind

__all__ = ["Sheet", "read_sheets"]

Table = Sequence[Sequence[Any]]
Sheet = tuple[str, Table]

#: A sheet called so lists the elements, if it names only some of them.
_TITLES = ("elements", "nodes", "variables", "factors")
_SEARCHED = 10


def read_sheets(
    sheets: Sequence[Sheet], source: str, *, diagram: str | None = None, part: str = "sheet"
) -> Reading:
    """Read the sheets that hold links; several of them are one perspective each.

    ``diagram`` chooses a sheet, or a map that a column of one names; ``part`` is what messages
    call a sheet.
    """
    told = [
        Problem(f"the {part} {shown(title)} is not read, as it asks", source, "", "note", "dropped")
        for title, _ in sheets
        if "(ignore)" in title.casefold()
    ]
    kept = [sheet for sheet in sheets if "(ignore)" not in sheet[0].casefold()]
    own = {name: sheet for sheet in kept if (name := own_sheet(*sheet))}
    others = [sheet for sheet in kept if sheet not in own.values()]
    linked, diagram = _chosen([s for s in others if header_row(s[1]) is not None], diagram, source)
    linked = linked or others[:1] or list(sheets[:1])
    others = [sheet for sheet in others if sheet not in linked]
    wheres = {title: f"{source}: {part} {title!r}" for title, _ in sheets}
    nodes, listing, problems = _nodes(own.get("elements"), others, linked, wheres)
    maps = []
    for title, table in linked:
        who = None if len(linked) == 1 or _names_who(table) else title
        reading = read_table(
            table, wheres[title], diagram=diagram, who=who, labels=nodes.labels, kinds=nodes.kinds
        )
        maps.append(reading.map)
        told += reading.problems
    told += problems
    if len(linked) > 1:
        titles = [title for title, _ in linked]
        what = f"the {part}s {listed(titles)} are read as one perspective each"
        remedy = f"read one alone with diagram={titles[0]!r} if they are different maps"
        told.append(Problem(what, source, remedy, rule="guessed"))
    m = nodes.added_to(_joined(maps))
    for name, read in (("map", read_headers), ("loops", read_loops)):
        if name in own:
            title, table = own[name]
            parts, problems = read(table, wheres[title])
            m, told = m.replace(**parts), [*told, *problems]
    if "lines" in own:
        title, table = own["lines"]
        parts, problems = read_curves(table, wheres[title], m)
        m, told = m.replace(**parts), [*told, *problems]
    told += _unread([title for title, _ in others if title != listing], source, part)
    return Reading(m, tuple(told))


def _chosen(
    linked: list[Sheet], diagram: str | None, source: str
) -> tuple[list[Sheet], str | None]:
    """Give the sheets of links that are asked for, and what is still to be chosen in them."""
    titles = [title for title, _ in linked]
    if diagram in titles:
        return [sheet for sheet in linked if sheet[0] == diagram], None
    if diagram is not None and len(linked) > 1:
        what = f"no sheet of links is called {shown(diagram)}; there are {listed(titles)}"
        remedy = did_you_mean(diagram, titles).removeprefix("; ")
        raise MapSyntaxError([Problem(what, source, remedy, "error", "diagram")])
    return linked, diagram


def _unread(titles: Sequence[str], source: str, part: str) -> list[Problem]:
    told = [
        Problem(f"the {part} {shown(title)} is not read", source, rule="dropped")
        for title in titles[:_SEARCHED]
    ]
    if len(titles) > _SEARCHED:
        what = f"{len(titles) - _SEARCHED:,} more {part}s are not read"
        told.append(Problem(what, source, rule="dropped"))
    return told


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


def _nodes(
    own: Sheet | None, others: Sequence[Sheet], linked: Sequence[Sheet], wheres: dict[str, str]
) -> tuple[Nodes, str, tuple[Problem, ...]]:
    """Find the sheet that lists the elements; what it says, its title, and what is told."""
    if own is not None:
        nodes = Nodes()
        return nodes, own[0], read_nodes(own[1], 0, wheres[own[0]], nodes, own=True)
    used = {end for _, table in linked for end in _ends(table)}
    for title, table in others:
        for place, row in enumerate(table[:_SEARCHED]):
            if not node_columns(row):
                continue
            nodes = Nodes()
            problems = read_nodes(table, place, wheres[title], nodes, own=False)
            by_id, by_name = (len(used & set(d)) for d in (nodes.labels, nodes.found))
            if by_id <= by_name:
                nodes.labels = {}
            if by_id > by_name or 2 * by_name > len(used):
                return nodes, title, problems
            if by_name and title.strip().casefold() in _TITLES:
                return nodes, title, problems
    return Nodes(), "", ()


def _ends(table: Table) -> set[str]:
    place = header_row(table)
    if place is None:
        return set()
    columns = find_columns([text_of(cell) for cell in table[place]])
    ends = (columns["source"], columns["target"])
    return {text_of(row[at]) for row in table[place + 1 :] for at in ends if at < len(row)} - {""}
