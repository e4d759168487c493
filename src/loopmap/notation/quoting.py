"""Quotation marks: text in them stays as it is, whatever is done to the line round it."""

from __future__ import annotations

import re
from collections.abc import Callable

from loopmap.quoting import quoted

__all__ = ["ROUTE", "mask", "quoted"]

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*+"|“[^“”]*+”')
#: A route in a printed loop: ``A -> (+ via "cost: rent") B``.
ROUTE = re.compile(r'(?<= via )"(?:[^"\\]|\\.)*+"(?=\))')
#: What hides a text is private to us, as is one of these characters: one that the line lacks.
_MASKS = [chr(code) for code in range(0xE000, 0xE020)]


def mask(line: str, what: re.Pattern[str] = _QUOTED) -> tuple[str, Callable[[str], str]]:
    """A line with every quoted text hidden, and what puts them back.

    Examples
    --------
    >>> plain, back = mask('"A, B" -> C')
    >>> "," in plain, back(plain)
    (False, '"A, B" -> C')
    """
    mark = next((char for char in _MASKS if char not in line), "")
    if not mark or ('"' not in line and "“" not in line):
        return line, lambda text: text
    hidden: list[str] = []

    def hide(match: re.Match[str]) -> str:
        hidden.append(match[0])
        return f"{mark}{len(hidden) - 1}{mark}"

    plain = what.sub(hide, line)
    return plain, lambda text: re.sub(
        f"{mark}(\\d+){mark}", lambda match: hidden[int(match[1])], text
    )
