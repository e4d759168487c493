"""The pieces of a line: names, quoted texts, brackets; and where each of them ends.

Every search here takes time in proportion to the line: lines come from strangers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from loopmap.errors import did_you_mean, listed, shown
from loopmap.notation.grammar import ATTRIBUTES, FLAGS, VERBS, Attribute, Name
from loopmap.signs import PLAIN_WORDS

__all__ = ["LIST", "PEOPLE", "PLAIN", "WITH_VERBS", "Trouble", "read_brackets", "read_name"]


class Trouble(Exception):  # noqa: N818 - it never leaves this package
    """Something in a line that cannot be read: its column (from 0), what, and the remedy."""

    def __init__(self, column: int, what: str, remedy: str, rule: str = "syntax") -> None:
        super().__init__(what)
        self.column, self.what, self.remedy, self.rule = column, what, remedy, rule


_ARROW = r"(?P<arrow><-{1,3}>?|-{1,3}>|=>|[→⟶⇒←⟵⇐↔⟷⇔])"
_VERB = rf"(?<!\S)(?P<verb>{'|'.join(VERBS)})(?!\S)"
_OPEN = r"(?<!\S)(?P<open>\[)"
_COMMENT = r"(?<!\S)(?P<comment>\#)(?!\S)"
_WORDS = rf"(?:\w{{4,15}}ly\s+)?(?:{'|'.join(PLAIN_WORDS)})(?:\s+\w{{4,15}}ly)?"
# After a blank a colon always announces the sign. Inside a name ("Cost: total") it does so only
# if nothing but something like a sign follows.
_COLON = (
    rf"(?P<colon>(?<!\S):|:(?=\s*(?i:{_WORDS}|[^\W\d_]|[^\w\s\[\]\"]{{1,3}})\s*"
    r"(?:\[|\#(?!\S)|\Z)))"
)
_END = r"(?P<end>\Z)"


def _any(*stops: str) -> re.Pattern[str]:
    return re.compile("|".join((*stops, _OPEN, _COMMENT, _END)))


#: What ends a bare name: in a line that may turn out to be anything, …
WITH_VERBS = _any(_ARROW, _COLON, _VERB)
#: … in a line with arrows, …
PLAIN = _any(_ARROW, _COLON)
#: … in a list of names (a loop's path, the focus), …
LIST = _any(_ARROW, r"(?P<comma>,)")
#: … and among the people of a ``by`` line.
PEOPLE = _any(r"(?P<comma>,)", r"(?P<colon>:)")

_QUOTED = re.compile(r'"((?:[^"\\]+|\\.)*+)"|“([^”]*+)”')
_ESCAPED = re.compile(r'\\(["\\])')
_AFTER_QUOTE = re.compile(
    rf"\s*(?:{_ARROW}|(?P<verb>{'|'.join(VERBS)})(?!\S)|(?P<open>\[)|(?P<colon>:)|(?P<comma>,)"
    rf"|(?P<comment>\#)|{_END})"
)
_BLANKS = re.compile(r"[ \t]+")
_SPACE = re.compile(r"\s*")


def skip(text: str, position: int) -> int:
    """Give the position of the next character that is not blank."""
    match = _SPACE.match(text, position)
    return match.end() if match else position


def bare(text: str) -> str:
    """Unquoted text as it is meant: trimmed, runs of blanks and tabs made one blank."""
    return _BLANKS.sub(" ", text).strip()


def read_quoted(text: str, position: int) -> tuple[str, int] | None:
    """Give the quoted text at ``position`` and the position after it, if a quote starts there."""
    if position >= len(text) or text[position] not in '"“':
        return None
    match = _QUOTED.match(text, position)
    if not match:
        raise Trouble(
            position,
            "this quotation is never closed",
            'add the closing " (write \\" for a quotation mark inside)',
            "quote",
        )
    inside = _ESCAPED.sub(r"\1", match[1]) if match[1] is not None else match[2]
    return inside.replace("\t", " ").strip(), match.end()


def read_name(text: str, position: int, stops: re.Pattern[str]) -> tuple[Name, re.Match[str]]:
    """Give the name at ``position`` (empty if there is none) and the stop that ends it."""
    position = skip(text, position)
    quoted = read_quoted(text, position)
    if quoted is None:
        stop = stops.search(text, position)
        assert stop  # every pattern ends with \Z
        return Name(bare(text[position : stop.start()]), position), stop
    after = _AFTER_QUOTE.match(text, quoted[1])
    if not after or (after.lastgroup or "") not in stops.groupindex:
        raise Trouble(
            skip(text, quoted[1]),
            f"cannot read {shown(text[quoted[1] :].strip())} after the closing quotation mark",
            "put the whole name in quotes, or none of it",
            "quote",
        )
    return Name(quoted[0], position), after


_KEY = re.compile(r'[^=;\]"“]*+')
_VALUE = re.compile(r"[^;\]]*+")


def read_brackets(text: str, position: int, place: str) -> tuple[tuple[Attribute, ...], int]:
    """Read ``[…]`` starting at ``position``: its attributes, and the position after it.

    Parameters
    ----------
    text, position
        The line, and where its ``[`` stands.
    place
        Whose brackets these are: ``"element"``, ``"link"`` or ``"claim"``.
    """
    opened, position = position, position + 1
    found: list[Attribute] = []
    while True:
        position = skip(text, position)
        if position == len(text):
            raise Trouble(
                opened,
                "this [ is never closed",
                "end it with ], or put the name in quotes if the [ belongs to it",
                "brackets",
            )
        if text[position] == "]":
            return tuple(found), position + 1
        if text[position] == ";":
            position += 1
            continue
        attribute, position = _read_attribute(text, position, place)
        if attribute.field not in _MANY and attribute.field in {f.field for f in found}:
            raise Trouble(
                attribute.column,
                f"the {attribute.field} is given twice in these brackets",
                "keep one of them",
                "attribute",
            )
        found.append(attribute)


#: Fields that brackets may give several times.
_MANY = {key.field for table in ATTRIBUTES.values() for key in table.values() if key.many}


def _read_attribute(text: str, start: int, place: str) -> tuple[Attribute, int]:
    key = _KEY.match(text, start)
    assert key  # it matches the empty string too
    word, position = bare(key[0]), key.end()
    if text[position : position + 1] != "=":
        flag = FLAGS[place].get(word.casefold())
        if flag is None:
            raise _unknown_word(start, word or text[position], place, FLAGS)
        return Attribute(*flag, start), position
    row = ATTRIBUTES[place].get(word.casefold())
    if row is None:
        raise _unknown_word(start, word, place, ATTRIBUTES)
    value, end = _read_value(text, position + 1)
    try:
        return Attribute(row.field, row.read(value), start), end
    except ValueError as expected:
        raise Trouble(
            start, f"{word!r} is {expected}, not {shown(value)}", f"write {word}=…", "attribute"
        ) from None


def _read_value(text: str, position: int) -> tuple[str, int]:
    position = skip(text, position)
    quoted = read_quoted(text, position)
    if quoted is None:
        match = _VALUE.match(text, position)
        assert match  # it matches the empty string too
        return bare(match[0]), match.end()
    value, position = quoted[0], skip(text, quoted[1])
    if position < len(text) and text[position] not in ";]":
        raise Trouble(
            position,
            f"cannot read {shown(text[position:].strip())} after the closing quotation mark",
            "separate what stands in brackets with ;",
            "quote",
        )
    return value, position


_OWNERS = {"element": "an element", "link": "a link", "claim": "a 'by' line"}


def _unknown_word(
    column: int, word: str, place: str, tables: Mapping[str, Mapping[str, object]]
) -> Trouble:
    """Say what to write instead of a word in brackets that has no meaning there."""
    here = [*FLAGS[place], *(f"{key}=" for key in ATTRIBUTES[place])]
    folded = word.casefold()
    elsewhere = [_OWNERS[other] for other in tables if folded in tables[other]]
    if folded in ATTRIBUTES[place]:
        remedy = f"it needs a value: {folded}=…"
    elif folded in FLAGS[place]:
        remedy = f"it stands alone: [{folded}]"
    elif elsewhere:
        remedy = f"it describes {' or '.join(elsewhere)}: put it in brackets there"
    elif "," in word:
        remedy = "separate what stands in brackets with ; (a semicolon)"
    else:
        near = did_you_mean(word, here).removeprefix("; ")
        remedy = near or f"known here are {listed(here, at_most=20)}"
    return Trouble(
        column, f"{shown(word)} says nothing in the brackets of {_OWNERS[place]}", remedy,
        "attribute",
    )  # fmt: skip
