"""The words of the notation, as tables, and the statements a line can make."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from loopmap.errors import did_you_mean, listed
from loopmap.model import ARROW, ELEMENT_KINDS, EVIDENCE, LINK_KINDS
from loopmap.options import ClaimedKind
from loopmap.polarity import Polarity

__all__ = [
    "ATTRIBUTES",
    "FLAGS",
    "HEADERS",
    "VERBS",
    "Attribute",
    "ByLine",
    "ElementLine",
    "HeaderLine",
    "LinkLine",
    "LoopLine",
    "Name",
    "PlaceLine",
    "PlacesLine",
    "Statement",
    "StoryLine",
    "Value",
    "noted",
]

#: Header word -> the part of the map it fills. ``source`` may be repeated, ``about`` goes on.
HEADERS = {
    "title": "title",
    "subtitle": "subtitle",
    "author": "author",
    "date": "date",
    "source": "sources",
    "about": "about",
    "focus": "focal",
}

#: Words that join a stakeholder to something, as an arrow does: the kinds of link that are no
#: arrow on the picture. ``Police holds Backlog``.
VERBS = tuple(kind for kind in LINK_KINDS if kind != ARROW)

#: The value of an attribute, as the model takes it.
Value = str | float | bool | tuple[float, float] | tuple[tuple[float, float], ...]


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ValueError("a number such as 0.6")
    return number + 0.0


def _point(text: str) -> tuple[float, float]:
    parts = text.split(",")
    if len(parts) != 2:
        raise ValueError("two numbers such as 120,-40")
    return _number(parts[0]), _number(parts[1])


def _points(text: str) -> tuple[tuple[float, float], ...]:
    try:
        points = tuple(_point(part) for part in text.split())
    except ValueError:
        points = ()
    if len(points) < 4 or len(points) % 3 != 1:
        raise ValueError("4, 7, 10 … points such as 120,40 131,52 160,80 171,92")
    return points


def _text(text: str) -> str:
    return text


def _one_of(words: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.casefold() not in words:
            raise ValueError(listed(words, "or") + did_you_mean(text, words))
        return text.casefold()

    return read


class Key(NamedTuple):
    """One row of :data:`ATTRIBUTES`: ``key=value`` in brackets."""

    #: The field of the model it fills.
    field: str
    #: Turns the text after ``=`` into the field's value; ``ValueError`` says what was expected.
    read: Callable[[str], Value]
    #: Whether it may be given several times.
    many: bool = False


_CLAIM = {
    "strength": Key("strength", _number),
    "evidence": Key("evidence", _text),
    "basis": Key("basis", _text),
    "quote": Key("quote", _text),
    "source": Key("source", _text),
    "note": Key("note", _text),
}

#: What may stand as ``key=value`` in the brackets of an element, a link, and a ``by`` line.
ATTRIBUTES: dict[str, dict[str, Key]] = {
    "element": {
        "kind": Key("kind", _one_of(ELEMENT_KINDS)),
        "tag": Key("tags", _text, many=True),
        "note": Key("notes", _text, many=True),
        "at": Key("position", _point),
    },
    "link": {
        "kind": Key("kind", _one_of(tuple(LINK_KINDS))),
        "route": Key("route", _text),
        "along": Key("curve", _points),
        **_CLAIM,
    },
    "claim": _CLAIM,
}

_CLAIM_FLAGS: dict[str, tuple[str, Value]] = {
    "delay": ("delayed", True),
    "delayed": ("delayed", True),
    **{grade: ("evidence", grade) for grade in EVIDENCE},
}

#: What may stand there as a single word -> the field it fills and the value it means.
FLAGS: dict[str, dict[str, tuple[str, Value]]] = {
    "element": {kind: ("kind", kind) for kind in ELEMENT_KINDS},
    "link": _CLAIM_FLAGS,
    "claim": _CLAIM_FLAGS,
}


class Name(NamedTuple):
    """A name and the column it starts in (from 0)."""

    text: str
    column: int = 0


class Attribute(NamedTuple):
    """One item in brackets: the field it fills, with what, and its column."""

    field: str
    value: Value
    column: int = 0


def noted(attributes: tuple[Attribute, ...], words: str) -> tuple[Attribute, ...]:
    """Attributes with these words before what the note says."""
    if not words:
        return attributes
    notes = [words, *(str(a.value) for a in attributes if a.field == "note")]
    others = (a for a in attributes if a.field != "note")
    return (*others, Attribute("note", "; ".join(notes)))


@dataclass(frozen=True, slots=True)
class HeaderLine:
    """``title: Why the lab keeps fire-fighting``; several values only for ``focus``."""

    word: str
    values: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class ElementLine:
    """``Backlog [stock; tag=goal]``."""

    name: Name
    attributes: tuple[Attribute, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkLine:
    """``Cause -> Effect : + [delay]``, a chain of such, or ``Police holds Backlog``."""

    names: tuple[Name, ...]
    sign: Polarity | None = None
    attributes: tuple[Attribute, ...] = ()
    verb: str = ""
    #: The sign as it was typed, if that also says how strongly; it stands in the note, too.
    degree: str = ""


@dataclass(frozen=True, slots=True)
class ByLine:
    """``by Police, Health: - "their words" [inferred]``, under a link."""

    names: tuple[Name, ...]
    sign: Polarity | None = None
    quote: str = ""
    attributes: tuple[Attribute, ...] = ()
    degree: str = ""


@dataclass(frozen=True, slots=True)
class LoopLine:
    """``loop B "Step in": A, B, C``."""

    name: Name
    path: tuple[Name, ...]
    kind: ClaimedKind = ""


@dataclass(frozen=True, slots=True)
class StoryLine:
    """``story: what happens round the loop``, under a loop."""

    text: str


@dataclass(frozen=True, slots=True)
class PlacesLine:
    """``places:``, above the block that says where everything stands on the picture."""


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """``Backlog [at=120,40]`` or ``A -> B [along=…]``, under ``places:``."""

    of: ElementLine | LinkLine


Statement = (
    HeaderLine | ElementLine | LinkLine | ByLine | LoopLine | StoryLine | PlacesLine | PlaceLine
)
