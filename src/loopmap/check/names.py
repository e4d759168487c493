"""Names that look like two spellings of one thing."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

__all__ = ["near_duplicates"]

#: Shorter names are never near anything: ``Cat`` is not a slip of ``Car``.
_SHORTEST = 5
#: Longer names are compared by their words alone.
_LONGEST = 80

_NOT_A_WORD = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")


def near_duplicates(names: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of names that differ in capitals, blanks, accents or one slip of a letter.

    Two names are near if they are the same words when capitals, punctuation, accents and the
    plural ``s`` are left out, or if one letter added, dropped, replaced or two swapped makes
    them so. Names that differ in a number (``Stage 1``, ``Stage 2``) or in a sign are not near.
    The time grows with the number of names and not with its square: names meet in a table of
    all their forms with one letter dropped.

    Examples
    --------
    >>> near_duplicates(["Trafic volume", "Traffic volume", "Congestion", "congestion "])
    [('Congestion', 'congestion '), ('Traffic volume', 'Trafic volume')]
    >>> near_duplicates(["Stage 1", "Stage 2", "Cat", "Car"])
    []
    """
    words = {name: _words(name) for name in sorted(set(names))}
    by_form: dict[str, list[str]] = defaultdict(list)
    pairs = set()
    for name, plain in words.items():
        for form in set(_forms(plain)):
            for other in by_form[form]:
                if _is_near(words[other], plain):
                    pairs.add((other, name))
            by_form[form].append(name)
    return sorted(pairs)


def _words(name: str) -> str:
    """The words of a name without capitals, accents, punctuation and plural endings."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    found = _NOT_A_WORD.sub(" ", plain).split()
    return " ".join(
        w.removesuffix("s") if len(w) > 3 and not w.endswith("ss") else w for w in found
    )


def _forms(plain: str) -> Iterator[str]:
    yield plain
    if _SHORTEST <= len(plain) <= _LONGEST:
        for i in range(len(plain)):
            yield plain[:i] + plain[i + 1 :]


def _is_near(a: str, b: str) -> bool:
    """Whether two forms are the same or one slip apart, and no number tells them apart."""
    if a == b:
        return bool(a)
    if min(len(a), len(b)) < _SHORTEST or _DIGITS.findall(a) != _DIGITS.findall(b):
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    rest_a, rest_b = a[start:], b[start:]
    return (
        rest_a[1:] == rest_b
        or rest_a == rest_b[1:]
        or rest_a[1:] == rest_b[1:]
        or (rest_a[:2] == rest_b[:2][::-1] and rest_a[2:] == rest_b[2:])
    )
