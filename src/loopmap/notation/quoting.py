"""Quotation marks: text in them stays as it is, whatever is done to the line round it."""

from __future__ import annotations

import re
from collections.abc import Callable

from loopmap.quoting import quoted

__all__ = ["ROUTE", "mask", "quoted"]

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*+"|“[^“”]*+”')
#: A route in a printed loop: ``A -> (+ via "cost: rent") B``.
ROUTE = re.compile(r'(?<= via )"(?:[^"\\]|\\.)*+"(?=\))')
_MASK = "\ue000"


def mask(line: str, what: re.Pattern[str] = _QUOTED) -> tuple[str, Callable[[str], str]]:
    """A line with every quoted text hidden, and what puts them back.

    Examples
    --------
    >>> plain, back = mask('"A, B" -> C')
    >>> "," in plain, back(plain)
    (False, '"A, B" -> C')
    """
    if _MASK in line or ('"' not in line and "“" not in line):
        return line, lambda text: text
    hidden: list[str] = []

    def hide(match: re.Match[str]) -> str:
        hidden.append(match[0])
        return f"{_MASK}{len(hidden) - 1}{_MASK}"

    plain = what.sub(hide, line)
    return plain, lambda text: re.sub(
        f"{_MASK}(\\d+){_MASK}", lambda match: hidden[int(match[1])], text
    )
