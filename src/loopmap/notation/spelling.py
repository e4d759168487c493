"""A statement to its line; names and texts in quotes where they would be read otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import singledispatch
from typing import Any

from loopmap.notation.arrows import HEADS
from loopmap.notation.grammar import (
    ATTRIBUTES,
    FLAGS,
    VERBS,
    Attribute,
    ByLine,
    ElementLine,
    HeaderLine,
    LinkLine,
    LoopLine,
    Name,
    PlaceLine,
    PlacesLine,
    StoryLine,
)
from loopmap.notation.plain_english import is_sentence
from loopmap.notation.quoting import quoted
from loopmap.polarity import Polarity

__all__ = ["spell"]

# Blanks other than single plain ones would not survive unquoted.
_ODD_BLANK = r"\s{2}|[^\S ]|\ufeff"
_ODD_NAME = re.compile(
    rf'["“\[\];,:|\ue000-\ue01f]|{_ODD_BLANK}|^\#|\s\#|[-=~–—−.+±]>|<-|//|[{HEADS}←⟵⇐↔⟷⇔]'
    r"|[*`➕➖]|^>|(?<!\w)_|_(?!\w)"  # what makes it bold
    # what a list, or a sign beside an arrow, looks like
    r"|^[-–—*+•‣◦·▪●○■□➢➤✓✔☐☑]\s|^\(?\w{1,3}[.)](?:\s|$)|\((?:[^()]*ive|same|opposite|pos|neg"
    r"|[^()]*(?:increas|decreas|rais|promot|strengthen|lower|reduc|inhibit|weaken)e?s?[^()]*"
    r"|[+−–±-]\s[^()]*|[^()]*\s[+−–±-])\)$|\([ ]?[+−–—±?-][ ]?\)|(?<=\s)[+−–—±-]$"
    r"|^[RBU]\d+\s|^(?:flowchart|graph)\b"
    rf"|^(?:loop|by|story)\b|^(?:{'|'.join(VERBS)})(?:\s|$)|\s(?:{'|'.join(VERBS)})(?:\s|$)",
    re.IGNORECASE,
)
_ODD_VALUE = re.compile(rf'^["“]|[;\]]|{_ODD_BLANK}')
_ODD_TEXT = re.compile(rf'^["“]|(?<!\S)\#(?!\S)|{_ODD_BLANK}')


def _name(name: Name) -> str:
    is_odd = _ODD_NAME.search(name.text) or not any(char.isalnum() for char in name.text)
    return quoted(name.text) if is_odd else name.text


def _text(text: str, odd: re.Pattern[str] = _ODD_TEXT) -> str:
    return quoted(text) if odd.search(text) else text


def _names(names: Iterable[Name]) -> str:
    return ", ".join(map(_name, names))


@singledispatch
def spell(statement: Any) -> str:
    """Write a statement as its line, without indentation and comment."""
    raise TypeError(f"not a statement: {statement!r}")


@spell.register
def _(header: HeaderLine) -> str:
    if header.word == "focus":
        return f"focus: {_names(header.values)}".rstrip()
    return f"{header.word}: {_text(header.values[0].text)}".rstrip()


@spell.register
def _(element: ElementLine) -> str:
    name = _name(element.name)
    if name == element.name.text and is_sentence(name):  # alone on a line it would be asked about
        name = quoted(name)
    return name + _brackets(element.attributes, "element")


@spell.register
def _(link: LinkLine) -> str:
    joint = f" {link.verb or '->'} "
    names = joint.join(map(_name, link.names))
    return names + _sign(link.sign) + _brackets(link.attributes, "link")


@spell.register
def _(by: ByLine) -> str:
    sign = f" {by.sign.sign}" if by.sign is not None else ""
    quote = f" {quoted(by.quote)}" if by.quote else ""
    colon = ":" if sign or quote else ""
    return f"by {_names(by.names)}{colon}{sign}{quote}{_brackets(by.attributes, 'claim')}"


@spell.register
def _(loop: LoopLine) -> str:
    kind = f" {loop.kind}" if loop.kind else ""
    return f"loop{kind} {quoted(loop.name.text)}: {_names(loop.path)}"


@spell.register
def _(story: StoryLine) -> str:
    return f"story: {_text(story.text)}".rstrip()


@spell.register
def _(_: PlacesLine) -> str:
    return "places:"


@spell.register
def _(place: PlaceLine) -> str:
    return spell(place.of)


def _sign(sign: Polarity | None) -> str:
    return "" if sign is None else f" : {sign.sign}"


def _brackets(attributes: Iterable[Attribute], place: str) -> str:
    items = [_item(attribute, place) for attribute in attributes]
    return f" [{'; '.join(items)}]" if items else ""


def _item(attribute: Attribute, place: str) -> str:
    for flag, meaning in FLAGS[place].items():
        if meaning == (attribute.field, attribute.value):
            return flag
    key = next(k for k, row in ATTRIBUTES[place].items() if row.field == attribute.field)
    return f"{key}={_VALUES.get(attribute.field, _value)(attribute.value)}"


def _value(value: Any) -> str:
    return _text(value, _ODD_VALUE)


def _number(number: Any) -> str:
    return repr(float(number)).removesuffix(".0")


def _point(point: Any) -> str:
    return ",".join(map(_number, point))


#: Field -> how its value is written, where it is no text.
_VALUES: dict[str, Callable[[Any], str]] = {
    "strength": _number,
    "position": _point,
    "curve": lambda curve: " ".join(map(_point, curve)),
}
