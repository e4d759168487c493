"""What people do on the live map, as functions from a map and a message to the next map."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from loopmap.errors import InvalidMapError, UnknownNameError, listed, shown
from loopmap.layout import Layout
from loopmap.model import Element, Link, SystemMap
from loopmap.model.places import Kept
from loopmap.notebook.payload import key
from loopmap.polarity import Polarity

__all__ = ["EDITS", "Message", "edited", "filled", "find", "new_name"]

Message = Mapping[str, Any]


def edited(m: SystemMap, message: Message) -> tuple[SystemMap, str]:
    """Do what a message ``{"do": …}`` asks; also says the key of what it made, or ``""``.

    Raises
    ------
    LoopmapError
        If it cannot be done; the message says why.
    """
    if not isinstance(message, Mapping):
        raise InvalidMapError(f"a message to the live map is an object, not {shown(message)}")
    do = message.get("do")
    edit = EDITS.get(do) if isinstance(do, str) else None
    if edit is None:
        raise UnknownNameError(
            f"the live map cannot {shown(do)}; it can {listed(tuple(EDITS), 'and')}"
        )
    return edit(m, message)


def find(m: SystemMap, wanted: object) -> Element | Link:
    """The element or causal link with this key.

    Raises
    ------
    UnknownNameError
        If there is none (any more).
    """
    things: tuple[Element | Link, ...] = (*m.elements, *m.causal_links)
    for thing in things:
        if key(thing) == wanted:
            return thing
    raise UnknownNameError(f"nothing on this map has the key {shown(wanted)} any more")


def filled(m: SystemMap, layout: Layout) -> SystemMap:
    """The same map; what has no place or line of its own has those of a layout."""
    at = {name: (box.x, box.y) for name, box in layout.boxes.items()}
    at |= {e.name: e.position for e in m.elements if e.position is not None}
    curves = {route.key: route.points for route in layout.routes}
    curves |= {link.key: link.curve for link in m.links if link.curve}
    return m.with_places(Kept(at, curves))


def new_name(m: SystemMap) -> str:
    """``New variable``, or with a number if that is taken."""
    names = set(m.names)
    numbered = (f"New variable {i}" for i in range(2, len(names) + 3))
    return next(name for name in ("New variable", *numbered) if name not in names)


def _element(m: SystemMap, message: Message, part: str = "key") -> Element:
    found = find(m, message.get(part))
    if not isinstance(found, Element):
        raise UnknownNameError(f"{found!r} is a link; choose a variable")
    return found


def _link(m: SystemMap, message: Message) -> Link:
    found = find(m, message.get("key"))
    if not isinstance(found, Link):
        raise UnknownNameError(f"{found.name!r} is a variable; choose a link")
    return found


def _point(message: Message) -> tuple[float, float]:
    x, y = message.get("x"), message.get("y")
    for value in (x, y):
        if not _is_finite(value):
            raise InvalidMapError(f"a place is two numbers, not {shown((x, y))}")
    return float(x or 0), float(y or 0)


def _is_finite(value: object) -> bool:
    """Whether it is a number a picture can hold: JSON knows integers beyond every float."""
    try:
        return isinstance(value, int | float) and math.isfinite(value)
    except OverflowError:
        return False


def _name(message: Message) -> str:
    name = message.get("name")
    if not isinstance(name, str | None):
        raise InvalidMapError(f"a name is text, not {shown(name)}")
    return " ".join((name or "").split())


def _move(m: SystemMap, message: Message) -> tuple[SystemMap, str]:
    here = replace(_element(m, message), position=_point(message))
    return m.replace(elements=[here if e.name == here.name else e for e in m.elements]), ""


def _add(m: SystemMap, message: Message) -> tuple[SystemMap, str]:
    element = Element(_name(message) or new_name(m), position=_point(message))
    if element.name in m.names:
        raise InvalidMapError(f"there is already something called {element.name!r}")
    return m.add(element), key(element)


def _rename(m: SystemMap, message: Message) -> tuple[SystemMap, str]:
    old, name = _element(m, message).name, _name(message)
    if name != old and name in m.names:
        raise InvalidMapError(
            f"there is already something called {name!r}; names tell things apart"
        )
    new = m.rename({old: name})
    return new, key(new.element(name))


def _remove(m: SystemMap, message: Message) -> tuple[SystemMap, str]:
    return m.remove(find(m, message.get("key"))), ""


def _join(m: SystemMap, message: Message) -> tuple[SystemMap, str]:
    source, target = _element(m, message, "source"), _element(m, message, "target")
    link = Link(source.name, target.name, Polarity.of(message.get("polarity")))
    if any(link.key == known.key for known in m.links):
        raise InvalidMapError(f"there is already a link {source.name!r} -> {target.name!r}")
    return m.add(link), key(link)


def _claim(m: SystemMap, message: Message) -> tuple[SystemMap, str]:
    """Change the sign or the delay in one claim: what others said stays as they said it."""
    link, which = _link(m, message), message.get("claim", 0)
    if type(which) is not int or which not in range(len(link.claims)):
        have = f"{link!r} has {len(link.claims)} claims"
        raise UnknownNameError(f"{have}; there is no {shown(which)}")
    claim = link.claims[which]
    if "polarity" in message:
        claim = replace(claim, polarity=Polarity.of(message["polarity"]))
    if "delayed" in message:
        claim = replace(claim, delayed=bool(message["delayed"]))
    claims = [claim if i == which else said for i, said in enumerate(link.claims)]
    links = [link.replace(claims=claims) if known == link else known for known in m.links]
    return m.replace(links=links), ""


#: What a message can ask for. A new kind of edit is a new row.
EDITS: dict[str, Callable[[SystemMap, Message], tuple[SystemMap, str]]] = {
    "move": _move,
    "add": _add,
    "rename": _rename,
    "remove": _remove,
    "link": _join,
    "claim": _claim,
}
