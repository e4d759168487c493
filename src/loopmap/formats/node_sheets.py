"""Sheets that list elements: what ids stand for, and each element's kind, tags, notes and place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from loopmap.errors import Problem, listed
from loopmap.interop.cell_lists import list_in
from loopmap.interop.cells import read_number, text_of
from loopmap.interop.columns import plain_name
from loopmap.interop.row_reader import cell_text
from loopmap.interop.table_report import TableReport
from loopmap.model import ELEMENT_KINDS, Element, SystemMap
from loopmap.model.text import one_line
from loopmap.options import ElementKind

__all__ = ["ELEMENT_COLUMNS", "TAG_MARKS", "Node", "Nodes", "node_columns", "read_nodes"]

Table = Sequence[Sequence[Any]]

#: The columns that loopmap writes; places follow where elements have them.
ELEMENT_COLUMNS = ("name", "kind", "tags", "notes")
#: What parts tags where people type several in a line.
TAG_MARKS = re.compile(r"\s*[|;,]\s*")

#: What a column may hold -> the names it has, best first.
_COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("id", "key", "code", "number", "no", "nodeid", "elementid"),
    "name": ("label", "name", "variable", "element", "node", "factor", "title"),
    "kind": ("kind", "elementkind", "type", "elementtype", "nodetype"),
    "tags": ("tags", "tag", "keywords"),
    "notes": ("notes", "note", "description", "definition", "comment", "comments", "remarks"),
    "x": ("x",),
    "y": ("y",),
}


@dataclass
class Node:
    """What the row of an element says of it."""

    kind: ElementKind | None = None
    tags: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    position: tuple[float, float] | None = None


@dataclass
class Nodes:
    """All that is said of elements, and what ids stand for."""

    found: dict[str, Node] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def kinds(self) -> dict[str, ElementKind]:
        """The kinds that are said."""
        return {name: node.kind for name, node in self.found.items() if node.kind}

    def added_to(self, m: SystemMap) -> SystemMap:
        """Give the map with these elements, of the kinds its links ask for."""
        if not self.found:
            return m
        made = {element.name: element for element in m.elements}
        for name, node in self.found.items():
            there = made.get(name) or Element(name, node.kind or "variable")
            made[name] = Element(name, there.kind, node.notes, node.tags, node.position)
        return m.replace(elements=made.values())


def node_columns(row: Sequence[Any]) -> dict[str, int]:
    """Find which column of a list of elements holds what, from the names above them."""
    names = [plain_name(text_of(cell)) for cell in row]
    found = {
        role: names.index(name)
        for role, known in _COLUMNS.items()
        for name in reversed(known)
        if name in names
    }
    return found if "name" in found else {}


def read_nodes(
    table: Table, place: int, where: str, nodes: Nodes, *, own: bool
) -> tuple[Problem, ...]:
    """Add what a list of elements says, whose columns are named in the row at ``place``.

    ``own`` is whether loopmap wrote it: a line of a cell is then a note of its own.
    """
    columns = node_columns(table[place])
    report = TableReport(where, place + 2)
    for number, row in enumerate(table[place + 1 :]):
        cells = {
            role: cell_text(row[at], number, report) if at < len(row) else ""
            for role, at in columns.items()
        }
        name, key = one_line(cells["name"]), one_line(cells.get("id", ""))
        if key and name:
            nodes.labels.setdefault(key, name)
        if name:
            _note(nodes.found.setdefault(name, Node()), cells, number, report, own=own)
        elif any(cells.values()):
            report.count("rows without a name are not read", "dropped", number)
    _tell_unread(table[place], table[place + 1 :], columns, report)
    return report.problems()


def _note(
    node: Node, cells: Mapping[str, str], number: int, report: TableReport, *, own: bool
) -> None:
    kind = one_line(cells.get("kind", ""))
    if kind.casefold() in ELEMENT_KINDS:
        said = cast("ElementKind", kind.casefold())
        if node.kind not in (None, said):
            what = "elements that stand twice, of different kinds, are of the first"
            report.count(what, "changed", number)
        node.kind = node.kind or said
    elif kind:
        report.count("kinds that loopmap does not know are read as tags: {}", "guessed", number,
                     f"write {', '.join(ELEMENT_KINDS)}", value=kind)  # fmt: skip
        node.tags.append(kind)
    node.tags += list_in(cells.get("tags", ""), TAG_MARKS)
    notes = cells.get("notes", "")
    node.notes += list_in(notes, None) if own else [one_line(notes)]
    x, y = (read_number(cells.get(axis, "")) for axis in "xy")
    if x is not None and y is not None:
        node.position = (x, y)
    elif cells.get("x") or cells.get("y"):
        report.count("places that are not two numbers are not kept", "dropped", number)


def _tell_unread(
    header: Sequence[Any], rows: Table, columns: Mapping[str, int], report: TableReport
) -> None:
    used = set(columns.values())
    unread = [
        text_of(cell) or f"column {at + 1}"
        for at, cell in enumerate(header)
        if at not in used and any(at < len(row) and text_of(row[at]) for row in rows)
    ]
    if unread:
        report.say(f"columns that are not read: {listed(unread, at_most=20)}", "dropped")
