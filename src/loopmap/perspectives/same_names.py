"""Which names probably mean one thing: for a suggestion, never to be applied unasked.

Two names are near when, after lower-casing, dropping small words and plural endings and putting
the words in order, they are equal or one letter apart. The one-letter test is the deletion
neighbourhood of spelling correctors (two words one edit apart share a string that each reaches by
deleting at most one letter), so 40 maps of 30 names need thousands of look-ups, not a million
comparisons.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from loopmap.model import SystemMap
from loopmap.model.reading import need_map

__all__ = ["likely_same"]

_SMALL_WORDS = frozenset(("a", "an", "and", "at", "by", "for", "in", "of", "on", "the", "to"))
#: Bullets and numbers that a pasted list leaves before a name.
_LIST_MARK = re.compile(r"^\s*(?:[-*+•‣◦·▪–—]\s+|\(?\d{1,3}[.)]\s+)+")
#: Cyrillic and Greek letters that look like Latin ones (Unicode Technical Standard 39).
_LOOK_ALIKE = str.maketrans(
    "АВЕКМНОРСТХУІЈЅаеорсухіјѕԁԛԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαν",
    "ABEKMHOPCTXYIJSaeopcyxijsdqwhABEZHIKMNOPTYXoav",
)
#: Names shorter than this have too many neighbours one letter away (cost, cast, coat).
_LONG_ENOUGH = 6
#: Names that so many others are one letter away from are told apart by that letter on purpose.
_COMMON = 50
#: Longer names are compared whole: their forms with one letter less would fill the memory.
_SHORT_ENOUGH = 120


def likely_same(maps: SystemMap | Iterable[SystemMap]) -> dict[str, str]:
    """Find names that differ only in case, plural, order, small words, a letter or what is unseen.

    The answer is a suggestion: look at it, take out what is wrong, and pass it to
    ``merge(maps, same=…)``.

    Parameters
    ----------
    maps
        One map or several.

    Returns
    -------
    dict
        From the rarer name to the one more maps and people use (on a tie, the one that sorts
        first).
        No name is both replaced and a replacement. Names that differ in a digit are not suggested.

    Examples
    --------
    >>> police = lm.SystemMap(["Traffic volume", "Trust"])
    >>> health = lm.SystemMap(["Trafic volume", "Trust", "Delays"])
    >>> lm.likely_same([police, health, lm.SystemMap(["Traffic volume", "delay"])])
    {'Trafic volume': 'Traffic volume', 'delay': 'Delays'}
    """
    if isinstance(maps, SystemMap):
        maps = [maps]
    uses: Counter[str] = Counter()
    for m in maps:
        need_map(m)
        uses.update(_uses(m))
    # Names that differ in a digit are no pair: so each is looked for among those with its digits.
    alike: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in sorted(uses, key=lambda name: (-uses[name], name)):
        key = _key(name)
        alike["".join(filter(str.isdigit, key))].append((name, key))
    suggested: dict[str, str] = {}
    for names in alike.values():
        if len(names) > 1:
            suggested.update(_pairs(names, uses))
    return dict(sorted(suggested.items()))


def _pairs(names: list[tuple[str, str]], uses: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """The pairs among names and their keys, given most used first."""
    reached: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, key in names:
        neighbours = _one_letter_less(key)
        near = [
            kept
            for letters in neighbours
            for kept, kept_key in reached.get(letters, ())[:_COMMON]
            if _one_letter_apart(key, kept_key)
        ]
        if near:
            yield name, min(near, key=lambda kept: (-uses[kept], kept))
            continue
        for letters in neighbours:
            reached[letters].append((name, key))


def _uses(m: SystemMap) -> dict[str, int]:
    """How many people link each name; 1 for a name that nobody links."""
    people: dict[str, set[str | None]] = {name: set() for name in m.names}
    for link in m.links:
        for end in (link.source, link.target):
            people[end].update(claim.perspective for claim in link.claims)
    return {name: max(1, len(who)) for name, who in people.items()}


def _key(name: str) -> str:
    """Lower-case words without endings or small words, in order of the alphabet."""
    if name.isascii():
        plain = _LIST_MARK.sub("", name).lower()
    else:
        plain = _LIST_MARK.sub("", unicodedata.normalize("NFKD", name))
        plain = "".join(
            c
            for c in plain.translate(_LOOK_ALIKE).casefold()
            if not unicodedata.combining(c) and unicodedata.category(c) != "Cf"
        )
    words = re.findall(r"\w+", plain.replace("'", "").replace("’", ""))
    # The last word is never a small one: the A of "Team A" is its name.
    kept = [word for word in words[:-1] if word not in _SMALL_WORDS] + words[-1:]
    return " ".join(sorted(map(_singular, kept))) or name


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] not in "sui" else word


def _one_letter_less(key: str) -> set[str]:
    if not _LONG_ENOUGH <= len(key) <= _SHORT_ENOUGH:
        return {key}
    return {key} | {key[:i] + key[i + 1 :] for i in range(len(key))}


def _one_letter_apart(a: str, b: str) -> bool:
    """Whether equal, or one letter inserted, deleted, changed or swapped; no digit, no word."""
    if a == b:
        return True
    if min(len(a), len(b)) < _LONG_ENOUGH:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    left, right = a[start : len(a) - end], b[start : len(b) - end]
    if any(c.isdigit() or c == " " for c in left + right):
        return False
    if f" {a} "[start] == " " == f" {a} "[len(a) - end + 1]:
        return False  # a whole word differs: Team A and Team B
    swapped = len(left) == 2 and left == right[::-1]
    return swapped or max(len(left), len(right)) == 1
