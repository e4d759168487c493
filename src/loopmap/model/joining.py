"""How elements and links given in pieces become one of each: the rules a map is put together by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from loopmap.errors import InvalidMapError, shown
from loopmap.model.elements import Element
from loopmap.model.kinds import LINK_KINDS
from loopmap.model.links import Link, LinkKey
from loopmap.model.named_loops import NamedLoop
from loopmap.options import ElementKind

__all__ = ["each_once", "join_links", "kinds_asked", "named_loops", "united", "with_undeclared"]


def join_links(links: Iterable[Link | tuple[Any, ...]]) -> tuple[Link, ...]:
    """Make links of tuples, and one link of those that share a key."""
    found: dict[LinkKey, list[Link]] = {}
    for item in links:
        link = item if isinstance(item, Link) else _link_of(item)
        found.setdefault(link.key, []).append(link)
    return tuple(_one_link(found[key]) for key in sorted(found))


def _link_of(item: object) -> Link:
    if not isinstance(item, tuple | list) or not 2 <= len(item) <= 3:
        raise InvalidMapError(f"{shown(item)} is no link: Link(…) or (source, target, sign)")
    return Link(*item)


def _one_link(same: list[Link]) -> Link:
    if len(same) == 1:
        return same[0]
    curve = next((link.curve for link in same if link.curve), ())
    return same[0].replace(claims=[claim for link in same for claim in link.claims], curve=curve)


def each_once(elements: Iterable[Element | str]) -> dict[str, Element]:
    """Give every element under its name; two of one name must say the same."""
    found: dict[str, Element] = {}
    for item in elements:
        element = Element(item) if isinstance(item, str) else item
        if not isinstance(element, Element):
            hint = "; links are given as links=[…]" if isinstance(item, Link | tuple) else ""
            raise InvalidMapError(f"{shown(item)} is no element: a name or Element(…){hint}")
        kept = found.setdefault(element.name, element)
        if kept != element:
            raise InvalidMapError(
                f"{element.name!r} is given twice and differently: {kept!r} and {element!r}; "
                "keep one of them"
            )
    return found


def with_undeclared(declared: dict[str, Element], links: Iterable[Link]) -> dict[str, Element]:
    """Add an element for every name that only links mention, of the kind the links ask for."""
    found = dict(declared)
    for name, kind in kinds_asked(links).items():
        if name not in found:
            found[name] = Element(name, kind)
    return found


def kinds_asked(links: Iterable[Link]) -> dict[str, ElementKind]:
    """Give the kind that the links ask for, of every name they mention."""
    ends: dict[str, ElementKind] = {}
    for link in links:
        row = LINK_KINDS[link.kind]
        ends.setdefault(link.target, row.ends[0])
        if ends.get(link.source) != "stakeholder":  # starting a stakeholder link settles it
            ends[link.source] = row.starts[0]
    return ends


def named_loops(loops: Iterable[NamedLoop]) -> set[NamedLoop]:
    """Give each of these named loops once."""
    given = list(loops)
    for loop in given:
        if not isinstance(loop, NamedLoop):
            raise InvalidMapError(f"{shown(loop)} is no named loop: NamedLoop(name, path)")
    return set(given)


def united(a: Element, b: Element) -> Element:
    """Make one element of two with the same name; a plain variable yields to stock or flow."""
    kinds = {a.kind, b.kind}
    if len(kinds) > 1 and not ("variable" in kinds and a.is_quantity and b.is_quantity):
        raise InvalidMapError(
            f"{a.name!r} would be both a {a.kind} and a {b.kind}; "
            "give them different names, or the same kind first"
        )
    kind = a.kind if b.kind == "variable" else b.kind
    return Element(a.name, kind, a.notes + b.notes, a.tags + b.tags, a.position or b.position)
