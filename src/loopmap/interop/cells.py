"""What stands in the cells of tables: texts, signs, delays, numbers, and nothing a formula."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Any

from loopmap.errors import shown
from loopmap.model.text import one_line
from loopmap.polarity import Polarity
from loopmap.signs import GRADED, plain_sign, sign_of, sign_of_degree

__all__ = [
    "is_container",
    "is_missing",
    "read_delay",
    "read_number",
    "read_sign",
    "text_of",
]

# Linguistic weights of fuzzy cognitive maps: +VH, H-, −M.
_GRADED = re.compile(r"([+-])\s*(?:v?[hlm])|(?:v?[hlm])\s*([+-])")

_DIGIT = re.compile(r"\d")
_NO = frozenset(
    ["", "no", "n", "false", "f", "0", "none", "-", "without", "undelayed", "#n/a", "n/a"]
)
_YES = frozenset(
    [
        "yes",
        "y",
        "true",
        "t",
        "1",
        "x",
        "delay",
        "delayed",
        "//",
        "||",
        "with",
        "long",
        "short",
        "✓",
    ]
)


def is_missing(cell: Any) -> bool:
    """Whether a cell is empty: ``None``, NaN, NaT or pandas' ``NA``."""
    if cell is None or isinstance(cell, str):
        return cell is None
    try:
        return bool(cell != cell)
    except Exception:  # pandas.NA, a signalling NaN, an array: they will not say
        return _said(cell) == "<NA>"


def is_container(cell: Any) -> bool:
    """Whether a cell holds several things, or bytes: nothing that a text could say."""
    if isinstance(cell, str | int | float | Polarity):
        return False
    return isinstance(cell, bytes | bytearray) or hasattr(cell, "__iter__")


def text_of(cell: Any) -> str:
    """Give a cell as one line of text: ``3`` for 3.0, empty where nothing stands."""
    if is_missing(cell):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return one_line(_said(cell))


def _said(cell: Any) -> str:
    """Give what an object says it is; whatever it raises, such as an int of 5,000 digits."""
    try:
        return str(cell)
    except Exception:
        return shown(cell)


def read_sign(text: str) -> Polarity | None:
    """Read a sign as tables write it, or ``None`` if it is none.

    Examples
    --------
    >>> from loopmap.interop.cells import read_sign
    >>> print(read_sign("INCREASES"), read_sign("-0.7"), read_sign("H-"), read_sign("maybe"))
    + − − None
    """
    return _sign(text) if len(text) > _SHORT else _short_sign(text)


def _sign(text: str) -> Polarity | None:
    found = sign_of(text) or sign_of_degree(text)
    if found is None:
        plain = plain_sign(text)
        number = read_number(plain)
        graded = _GRADED.fullmatch(plain)
        if number is not None:
            found = "?+-"[(number > 0) - (number < 0)]
        else:
            found = (graded[1] or graded[2]) if graded else GRADED.get(plain)
    return None if found is None else Polarity.of(found)


_short_sign = lru_cache(maxsize=1 << 16)(_sign)


def read_number(text: str) -> float | None:
    """Read a number, also with a decimal comma, a minus sign or a blank after the sign."""
    return _number(text) if len(text) > _SHORT else _short_number(text)


def _number(text: str) -> float | None:
    if not _DIGIT.search(text):
        return None
    plain = text.strip().replace("−", "-").replace("–", "-")
    plain = re.sub(r"^([+-])\s+", r"\1", plain)
    if "," in plain and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        number = float(plain)
    except ValueError:
        return None
    return number if math.isfinite(number) and "_" not in plain else None


#: A column is looked at several times, to tell what it holds; longer cells are not remembered.
_short_number = lru_cache(maxsize=1 << 16)(_number)
_SHORT = 60


def read_delay(text: str) -> bool | None:
    """Read whether a cell says that a link is delayed, or ``None`` if that is unclear."""
    folded = text.strip().casefold()
    if folded in _NO or folded in _YES:
        return folded in _YES
    number = read_number(folded)  # a lag in years, say
    return None if number is None else number > 0
