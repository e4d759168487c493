"""How wide is a label, and where does it break: the ruler every layout and picture uses.

Widths come from an embedded table of DejaVu Sans, so that a picture does not depend on which
fonts or which font library a machine has; SVG carries each line's width as ``textLength``, and
matplotlib draws with the same DejaVu Sans. Kerning is left out (0.3 % on real labels).
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

__all__ = [
    "BOX_ASPECT",
    "graphemes",
    "has_glyph",
    "is_right_to_left",
    "line_height",
    "text_width",
    "wrap",
]

#: What a wrapped label's box aims at, width : height; people find 2–3 easy to read and to place.
BOX_ASPECT = 3.0

_UNITS = 2048  # an em, in the units of the table
_LINE = 1.18  # DejaVu's ascent and descent are 1.164 em together
_WIDE = 1.0  # em: Chinese, Japanese, Korean and emoji, which DejaVu lacks
_UNKNOWN = 0.62  # em: any other letter DejaVu lacks
_LONGEST = 15.0  # em: a single word longer than this is broken
_MOST_LINES = 8
_JOINER = "\u200d"


@cache
def _advances(bold: bool) -> dict[str, float]:
    """Character -> advance width in em."""
    weight = "bold" if bold else "regular"
    table: dict[str, float] = {}
    data = resources.files("loopmap").joinpath("dejavu_advances.txt").read_text("ascii")
    for line in data.splitlines():
        name, _, row = line.partition(" ")
        if name != weight:
            continue
        first, *runs = row.split()
        code = int(first, 16)
        for run in runs:
            count, _, width = run.rpartition("*")
            for _ in range(int(count or 1)):
                table[chr(code)] = int(width) / _UNITS
                code += 1
    return table


@lru_cache(maxsize=4096)
def _missing(char: str) -> float:
    """The width in em of a character that is not in the table."""
    return _WIDE if unicodedata.east_asian_width(char) in "WF" else _UNKNOWN


def _takes_no_room(char: str) -> bool:
    # Mn, Me: accents over the letter before; Cf: joiners, direction marks, variation tags
    return unicodedata.category(char) in ("Mn", "Me", "Cf")


@lru_cache(maxsize=65536)
def _em(text: str, bold: bool) -> float:
    if not text.isascii():
        text = "".join(char for char in text if not _takes_no_room(char))
    table = _advances(bold)
    return sum(table[char] if char in table else _missing(char) for char in text)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide one line of text is.

    Parameters
    ----------
    text
        One line. Letters DejaVu Sans lacks count 1 em if they are wide (Chinese, Japanese,
        Korean, emoji), else 0.62 em; accents and invisible marks count nothing.
    size
        Type size; the answer is in the same unit.
    bold
        Measure DejaVu Sans Bold.

    Examples
    --------
    >>> round(text_width("Backlog", 10), 2)
    39.52
    """
    return _em(text, bold) * size


def has_glyph(char: str) -> bool:
    """Whether DejaVu Sans can show this character.

    Examples
    --------
    >>> has_glyph("ß"), has_glyph("漢")
    (True, False)
    """
    return char in _advances(False)


def line_height(size: float) -> float:
    """The distance from one line of text to the next.

    Examples
    --------
    >>> round(line_height(10), 2)
    11.8
    """
    return size * _LINE


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left.

    Examples
    --------
    >>> is_right_to_left("ثقة"), is_right_to_left("Trust")
    (True, False)
    """
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def graphemes(text: str) -> list[str]:
    """Split text where a reader sees one sign end and the next begin, near enough.

    Accents stay with their letter and joined emoji together (a simple form of Unicode's
    UAX #29, which is all that breaking an overlong word needs).

    Examples
    --------
    >>> len(graphemes("e\u0301t\u00e9"))
    3
    """
    found: list[str] = []
    for char in text:
        joins = found and (_takes_no_room(char) or found[-1].endswith(_JOINER))
        if joins or (found and "\U0001f3fb" <= char <= "\U0001f3ff"):  # skin tones
            found[-1] += char
        else:
            found.append(char)
    return found


@lru_cache(maxsize=8192)
def wrap(
    text: str, size: float, *, width: float | None = None, bold: bool = False
) -> tuple[str, ...]:
    """Break text into lines that look even.

    Lines break at blanks, after hyphens and slashes, between Chinese and Japanese signs, and,
    where a single word is longer than 15 em (or than ``width``), within it, never inside an
    accented letter. Nothing is lost or added but the blanks at the breaks.

    Parameters
    ----------
    text
        What to break.
    size
        Type size; ``width`` is in the same unit.
    width
        As few lines as keep to this width. By default as many as bring the label's box nearest
        to :data:`BOX_ASPECT`, at most 8.
    bold
        Measure DejaVu Sans Bold.

    Returns
    -------
    tuple of str
        The lines, top to bottom; one empty line for an empty text.

    Examples
    --------
    >>> wrap("Mutual understanding between agencies", 10)
    ('Mutual understanding', 'between agencies')
    >>> wrap("Mutual understanding between agencies", 10, width=100)
    ('Mutual', 'understanding', 'between agencies')
    """
    longest = (_LONGEST if width is None else max(width / size, 1.0)) * (1 + 1e-9)
    pieces = _pieces(text, longest, bold)
    if not pieces:
        return ("",)
    if width is not None:
        return _even(pieces, len(_greedy(pieces, longest, bold)), longest, bold)
    best: tuple[float, tuple[str, ...]] | None = None
    for count in range(1, min(len(pieces), _MOST_LINES) + 1):
        lines = _even(pieces, count, math.inf, bold)
        shape = (max(_em(line, bold) for line in lines) + 1.0) / (len(lines) * _LINE + 0.7)
        cost = abs(math.log(shape / BOX_ASPECT)) + 0.05 * count
        if best is None or cost < best[0]:
            best = cost, lines
    assert best is not None
    return best[1]


def _pieces(text: str, longest: float, bold: bool) -> list[str]:
    """What may stand on a line of its own; a blank at the end belongs to the break after it."""
    pieces: list[str] = []
    for word in text.split():
        parts: list[str] = []
        for sign in graphemes(word):
            if not parts or _may_break(parts[-1], sign, longest, bold):
                parts.append(sign)
            else:
                parts[-1] += sign
        pieces += [*parts[:-1], parts[-1] + " "]
    if pieces:
        pieces[-1] = pieces[-1].rstrip()
    return pieces


def _may_break(before: str, sign: str, longest: float, bold: bool) -> bool:
    """Whether a line may end between ``before`` and ``sign``, both inside one word."""
    if before[-1] in "-/–—\u00ad\u200b" and len(before) > 3 and sign[0].isalpha():
        return True
    if _em(before + sign, bold) > longest:
        return True
    last, first = before[-1], sign[0]
    wide = unicodedata.east_asian_width(last) == unicodedata.east_asian_width(first) == "W"
    return wide and unicodedata.category(first)[0] in "LS" and unicodedata.category(last) != "Ps"


def _greedy(pieces: Sequence[str], longest: float, bold: bool) -> list[str]:
    lines = [""]
    for piece in pieces:
        if lines[-1] and _em((lines[-1] + piece).rstrip(), bold) > longest:
            lines.append("")
        lines[-1] += piece
    return lines


def _even(pieces: Sequence[str], count: int, longest: float, bold: bool) -> tuple[str, ...]:
    """``count`` lines of even width: the partition with the smallest sum of squares (a DP)."""
    if count == 1:
        return ("".join(pieces),)
    if len(pieces) > 60:  # a DP over hundreds of words is not worth its while
        target = 1.1 * sum(_em(piece, bold) for piece in pieces) / count
        return tuple(map(str.rstrip, _greedy(pieces, min(longest, target), bold)))
    n = len(pieces)
    best: list[list[tuple[float, int]]] = [[(math.inf, 0)] * (count + 1) for _ in range(n + 1)]
    best[0][0] = (0.0, 0)
    for end in range(1, n + 1):
        for start in range(end):
            wide = _em("".join(pieces[start:end]).rstrip(), bold)
            if wide > longest and end - start > 1:
                continue
            for lines in range(1, min(end, count) + 1):
                cost = best[start][lines - 1][0] + wide * wide
                if cost < best[end][lines][0]:
                    best[end][lines] = (cost, start)
    cuts, end = [n], n
    for lines in range(count, 0, -1):
        end = best[end][lines][1]
        cuts.append(end)
    cuts.reverse()
    return tuple("".join(pieces[a:b]).rstrip() for a, b in pairwise(cuts))
