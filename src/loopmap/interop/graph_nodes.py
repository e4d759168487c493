"""Nodes of a networkx graph to elements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from loopmap.errors import InvalidMapError, Problem
from loopmap.interop.cells import is_missing, read_number, text_of
from loopmap.interop.graph_parts import node_attributes, says, texts_of
from loopmap.interop.table_report import TableReport
from loopmap.model import ELEMENT_KINDS, Element, SystemMap
from loopmap.options import ElementKind

__all__ = ["kind_of", "read_elements"]

#: What is read, and what networkx's readers put beside it.
_READ = frozenset(["kind", "notes", "note", "tags", "tag", "position", "pos", "x", "y", "label"])
_READERS_OWN = frozenset(["id", "value", "name"])

Node = tuple[str, Mapping[Any, Any]]


def read_elements(
    nodes: Sequence[Node], usual: Mapping[str, ElementKind], exact: SystemMap | None
) -> tuple[list[Element], tuple[Problem, ...]]:
    """Make an element of every node, and tell what is not read.

    Parameters
    ----------
    nodes
        Their names and attributes.
    usual
        Of which kind a node is that does not say so.
    exact
        The map that the graph was made of: what a node says as it did then is as it was then.
    """
    report = TableReport("graph", column="node attribute", called=lambda number: nodes[number][0])
    elements = []
    for number, (name, data) in enumerate(nodes):
        was = exact.element(name) if exact is not None and name in exact else None
        elements.append(_element(name, data, usual.get(name, "variable"), was, report, number))
        own = {key for key in _READERS_OWN if text_of(data.get(key)) in ("", name)} | {"id"}
        report.unread.update(
            {text_of(key): None for key, value in data.items()
             if key not in _READ and key not in own and text_of(value)}
        )  # fmt: skip
    report.tell_unread()
    if exact is None:
        elements = _apart(elements, report)
    return elements, report.problems()


def kind_of(data: Mapping[Any, Any]) -> ElementKind | None:
    """Give the kind that a node says it is."""
    text = text_of(data.get("kind"))
    return next((kind for kind in ELEMENT_KINDS if kind == text), None)


def _element(
    name: str,
    data: Mapping[Any, Any],
    usual: ElementKind,
    was: Element | None,
    report: TableReport,
    number: int,
) -> Element:
    said = node_attributes(was) if was is not None else {}

    def as_it_was(part: str) -> bool:
        return was is not None and says(data, said, [part])

    kind = kind_of(data)
    if kind is None and (text := text_of(data.get("kind"))):
        report.count("kinds of nodes that are not kept: {}", "dropped", number, value=text)
    notes = texts_of(data.get("notes", data.get("note")))
    tags = texts_of(data.get("tags", data.get("tag")), parted=";")
    return Element(
        name,
        kind or usual,
        was.notes if was is not None and as_it_was("notes") else notes,
        was.tags if was is not None and as_it_was("tags") else tags,
        _position(name, data, report, number),
    )


def _position(
    name: str, data: Mapping[Any, Any], report: TableReport, number: int
) -> tuple[float, float] | None:
    place: Any = next(
        (data[part] for part in ("position", "pos") if not is_missing(data.get(part))), None
    )
    if place is None:
        x, y = (text_of(data.get(part)) for part in ("x", "y"))
        if not x and not y:
            return None
        place = (read_number(x), read_number(y))
    try:
        return Element(name, position=place).position
    except InvalidMapError:
        report.count("places that are no two numbers are not kept", "dropped", number)
        return None


def _apart(elements: list[Element], report: TableReport) -> list[Element]:
    """Take the places off where all are one, as in Pajek's files: nobody placed them."""
    places = {element.position for element in elements}
    if len(elements) < 2 or len(places) > 1 or None in places:
        return elements
    report.say(f"all nodes stand at one place, {places.pop()}, which is not kept", "dropped")
    return [Element(e.name, e.kind, e.notes, e.tags) for e in elements]
