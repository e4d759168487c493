"""The block ``places:`` at a text's end: where names stand and lines run on a kept picture.

People need not read it. Each line names an element or a link as the lines above do, and says in
brackets where it is: ``Backlog [at=120,40]``, ``Backlog -> Stress [along=131,52 160,80 …]``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from loopmap.analysis.renames import followed
from loopmap.errors import shown
from loopmap.model import ARROW, Element, Link, LinkKey, SystemMap
from loopmap.model.places import Kept, with_places
from loopmap.notation.grammar import (
    Attribute,
    ElementLine,
    LinkLine,
    Name,
    PlaceLine,
    PlacesLine,
)
from loopmap.notation.grouping import Entry
from loopmap.notation.report import Report

__all__ = ["place_lines", "placed"]

_TOLD = 3


def placed(m: SystemMap, found: Iterable[Entry], report: Report) -> SystemMap:
    """The map with the places of its block; what the map itself says of places comes first."""
    at: dict[str, tuple[float, float]] = {}
    curves: dict[LinkKey, tuple[tuple[float, float], ...]] = {}
    head: Entry | None = None
    for entry in found:
        statement = entry.statement
        if isinstance(statement, PlacesLine):
            head = entry
        elif isinstance(statement, PlaceLine):
            _take(statement.of, at, curves)
    if head is None or not (at or curves):
        return m
    renamed = _renamed(m, at, curves)
    at = {renamed.get(name, name): point for name, point in at.items()}
    _tell_forgotten([name for name in at if name not in m], head, report)
    at |= {e.name: e.position for e in m.elements if e.position is not None}
    curves = {_now(key, renamed): curve for key, curve in curves.items()}
    curves |= {link.key: link.curve for link in m.links if link.curve}
    return with_places(m, Kept(at, curves))


def _take(
    of: ElementLine | LinkLine,
    at: dict[str, tuple[float, float]],
    curves: dict[LinkKey, tuple[tuple[float, float], ...]],
) -> None:
    given = {a.field: a.value for a in of.attributes}
    if isinstance(of, ElementLine):
        at[of.name.text] = given["position"]  # type: ignore[assignment]  # place_of saw to it
        return
    kind = given.get("kind", of.verb or ARROW)
    key = LinkKey(of.names[0].text, of.names[1].text, kind, given.get("route", ""))  # type: ignore[arg-type]
    curves[key] = given["curve"]  # type: ignore[assignment]


def _now(key: LinkKey, renamed: dict[str, str]) -> LinkKey:
    source, target = (renamed.get(end, end) for end in key[:2])
    return key._replace(source=source, target=target)


def _renamed(
    m: SystemMap, at: dict[str, tuple[float, float]], curves: Iterable[LinkKey]
) -> dict[str, str]:
    """Names of the block that the map calls otherwise now."""
    if all(name in m for name in at) or all(name in at for name in m.names):
        return {}
    kinds = {name: m.element(name).kind for name in at if name in m}
    elements = [Element(name, kinds.get(name, "variable")) for name in at]
    links = [
        Link(*key[:2], route=key.route)
        for key in curves
        if key.kind == ARROW and key.source in at and key.target in at
    ]
    return followed(SystemMap(elements, links), m)


def _tell_forgotten(names: list[str], head: Entry, report: Report) -> None:
    if not names:
        return
    some = ", ".join(shown(name) for name in sorted(names)[:_TOLD])
    more = f" and {len(names) - _TOLD:,} more" if len(names) > _TOLD else ""
    what = f"no line names {some}{more}, which had a place"
    report.say(
        head.line, 0, what, "loopmap draw --keep writes the places anew", "places", severity="note"
    )


def place_lines(m: SystemMap) -> Iterator[PlaceLine]:
    """What the block of a map says."""
    for element in m.elements:
        if element.position is not None:
            where = Attribute("position", element.position)
            yield PlaceLine(ElementLine(Name(element.name), (where,)))
    for link in m.links:
        if link.curve:
            verb = "" if link.kind == ARROW else link.kind
            route = (Attribute("route", link.route),) if link.route else ()
            along = Attribute("curve", link.curve)
            names = Name(link.source), Name(link.target)
            yield PlaceLine(LinkLine(names, None, (*route, along), verb))
