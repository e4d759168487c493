"""One line of the notation to one statement."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass, replace
from typing import cast

from loopmap.errors import shown
from loopmap.model.text import LONGEST_TEXT, is_refused
from loopmap.notation import place_block as places
from loopmap.notation.grammar import (
    HEADERS,
    VERBS,
    Attribute,
    ByLine,
    ElementLine,
    HeaderLine,
    LinkLine,
    LoopLine,
    Name,
    PlacesLine,
    Statement,
    StoryLine,
    noted,
)
from loopmap.notation.pasted import LINE_BREAK, unpasted
from loopmap.notation.scanning import (
    LIST,
    PEOPLE,
    PLAIN,
    WITH_VERBS,
    Trouble,
    read_brackets,
    read_name,
    read_quoted,
    skip,
)
from loopmap.options import ClaimedKind
from loopmap.polarity import Polarity
from loopmap.signs import sign_of, sign_of_degree

__all__ = ["LONGEST_LINE", "Line", "read_lines"]

#: A longer line is refused: no statement needs it, and such files are something else.
LONGEST_LINE = 4_000_000

_HEADER = re.compile(rf"({'|'.join(HEADERS)})\s*:", re.IGNORECASE)
_BY = re.compile(r"by(?=[\s\"“])", re.IGNORECASE)
_STORY = re.compile(r"story\s*:", re.IGNORECASE)
_LOOP = re.compile(r"loop(?=[\s\"“:])", re.IGNORECASE)
_LOOP_KIND = re.compile(r"\s+([RB])\d*(?=[\s\"“:])")
_COMMENT_OR_END = re.compile(r"\s*(?:(?P<comment>\#)|\Z)")
_TEXT_END = re.compile(r"(?<!\S)\#(?!\S)|\Z")
_SIGN_END = re.compile(r"\[|(?<!\S)\#(?!\S)|\Z")
_HEAVY_ARROWS = ("<", "←", "⟵", "⇐", "↔", "⟷", "⇔")

_WRITE_A_LINK = "write: Cause -> Effect : +"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text: what it says, or why it cannot be read.

    ``is_main`` is false for lines that belong under another: ``by`` and ``story``. ``told`` is what
    was undone about pasted text, and ``shares`` whether other lines were made of the same one.
    """

    number: int
    text: str
    statement: Statement | None = None
    comment: str = ""
    trouble: Trouble | None = None
    is_main: bool = True
    told: str = ""
    shares: bool = False

    @property
    def indent(self) -> int:
        """How far it is indented, in columns; a tab goes to the next multiple of four."""
        blank = self.text[: len(self.text) - len(self.text.lstrip(" \t"))]
        return len(blank.expandtabs(4))


def read_lines(text: str) -> Iterator[Line]:
    """Read every line of a text; what cannot be read carries its trouble."""
    rows = LINE_BREAK.split(text) if "places" in text.casefold() else []
    inside = places.block(rows)
    if not inside:
        yield from _read_statements(text)
        return
    above = [row if i not in inside else "" for i, row in enumerate(rows)]
    placed = [_read_place(i + 1, rows[i]) for i in inside]
    said = (line for line in _read_statements("\n".join(above)) if line.number - 1 not in inside)
    yield from heapq.merge(said, placed, key=lambda line: line.number)


def _read_statements(text: str) -> Iterator[Line]:
    base = 0  # the indentation of the last line that was not a 'by' or 'story' line
    for pasted in unpasted(text):
        line = _read_line(pasted.number, pasted.text, base)
        if pasted.trouble and line.trouble is None:
            line = Line(pasted.number, pasted.text, trouble=pasted.trouble, is_main=line.is_main)
        elif pasted.told or pasted.shares:
            line = replace(line, told=pasted.told, shares=pasted.shares)
        if line.is_main and line.statement:
            base = line.indent
        yield line


def _read_line(number: int, raw: str, base: int) -> Line:
    if not raw:
        return Line(number, raw)
    start = skip(raw, 0)
    is_deeper = Line(number, raw).indent > base
    is_under = is_deeper and bool(_BY.match(raw, start) or _STORY.match(raw, start))
    try:
        _refuse_oddities(raw)
        if start == len(raw) or raw[start] == "#":
            return Line(number, raw, comment=raw[start:].rstrip(), is_main=not is_deeper)
        statement, end = (_read_under if is_under else _read_main)(raw, start)
        if len(raw) > LONGEST_TEXT:
            _refuse_long_texts(statement)
        rest = _COMMENT_OR_END.match(raw, end)
        if rest is None:
            raise _left_over(raw, skip(raw, end))
        comment = raw[rest.start("comment") :].rstrip() if rest["comment"] else ""
        return Line(number, raw, statement, comment, is_main=not is_under)
    except Trouble as trouble:
        return Line(number, raw, trouble=trouble, is_main=not is_under)


def _read_place(number: int, raw: str) -> Line:
    """Read a line of the block under ``places:``."""
    line = _read_line(number, raw, -1)
    if line.trouble or line.statement is None:
        return replace(line, is_main=False)
    try:
        said = places.place_of(line.statement, skip(raw, 0))
    except Trouble as trouble:
        return Line(number, raw, trouble=trouble, is_main=False)
    return replace(line, statement=said, is_main=False)


def _refuse_oddities(raw: str) -> None:
    if len(raw) > LONGEST_LINE:
        raise Trouble(
            0,
            f"this line has {len(raw):,} characters; a statement has at most {LONGEST_LINE:,}",
            "is this a .loop file? Put each link on a line of its own",
            "length",
        )
    if raw.isprintable():
        return
    for column, char in enumerate(raw):
        if char != "\t" and is_refused(char):
            raise Trouble(
                column,
                f"the control character U+{ord(char):04X} stands here",
                "delete it; if there are many, save the file as UTF-8 text",
                "character",
            )


def _refuse_long_texts(statement: Statement) -> None:
    """No name, note or quote longer than what a map can hold."""
    for part in astuple(statement):
        parts = part if isinstance(part, tuple) else (part,)
        for piece in (part, *parts, *(x for p in parts if isinstance(p, tuple) for x in p)):
            if isinstance(piece, str) and len(piece) > LONGEST_TEXT:
                what = f"{shown(piece)} has {len(piece):,} characters"
                remedy = f"a name or text has at most {LONGEST_TEXT:,}; keep it in its own file"
                raise Trouble(0, what, remedy, "length")


def _left_over(raw: str, position: int) -> Trouble:
    rest = raw[position:].strip()
    return Trouble(
        position,
        f"cannot read {shown(rest)} here",
        "after a link come ': +' and [what describes it]; put a name with : or [ in quotes",
    )


def _read_under(raw: str, start: int) -> tuple[Statement, int]:
    if match := _BY.match(raw, start):
        return _read_by(raw, match.end())
    match = _STORY.match(raw, start)
    assert match  # the only other line that stands under one
    text, end = _read_text(raw, match.end())
    return StoryLine(text), end


def _read_main(raw: str, start: int) -> tuple[Statement, int]:
    if places.HEADING.fullmatch(raw):
        return PlacesLine(), raw.index(":") + 1
    if match := _HEADER.match(raw, start):
        return _read_header(raw, match[1].lower(), match.end())
    if (match := _LOOP.match(raw, start)) and _colon_before_arrow(raw, match.end()):
        return _read_loop(raw, match.end())
    return _read_link_or_element(raw, start)


def _read_text(raw: str, position: int) -> tuple[str, int]:
    """Read the text of a header or story: quoted, or everything up to a comment."""
    position = skip(raw, position)
    quoted = read_quoted(raw, position)
    if quoted and _COMMENT_OR_END.match(raw, quoted[1]):
        return quoted
    end = _TEXT_END.search(raw, position)
    assert end  # it ends with \Z
    return raw[position : end.start()].replace("\t", " ").strip(), end.start()


def _read_header(raw: str, word: str, position: int) -> tuple[Statement, int]:
    if word == "focus":
        names, end = _read_list(raw, position, "focus: Trust, Backlog")
        return HeaderLine(word, names), end
    text, end = _read_text(raw, position)
    return HeaderLine(word, (Name(text, skip(raw, position)),)), end


def _read_list(raw: str, position: int, example: str) -> tuple[tuple[Name, ...], int]:
    """Read names up to the end of the line, separated by commas or arrows."""
    names = []
    while True:
        name, stop = read_name(raw, position, LIST)
        kind, position = stop.lastgroup, stop.end()
        if name.text:
            names.append(name)
        elif kind == "arrow":
            raise Trouble(name.column, "a name is missing here", f"write: {example}")
        if kind == "open":
            raise Trouble(
                stop.start("open"), "brackets say nothing here", "put a name with [ in quotes"
            )
        if kind in ("comment", "end"):
            return tuple(names), stop.start(kind)


def _colon_before_arrow(raw: str, position: int) -> bool:
    """Whether ``loop …`` starts a loop's line, and not a link from a variable called so."""
    _, stop = read_name(raw, skip_kind(raw, position)[1], _LOOP_HEAD)
    return stop.lastgroup == "colon"


def skip_kind(raw: str, position: int) -> tuple[ClaimedKind, int]:
    """Read the claimed kind of a loop, ``R`` or ``B``; a number after it is only a label."""
    match = _LOOP_KIND.match(raw, position)
    return (cast("ClaimedKind", match[1]), match.end()) if match else ("", position)


_LOOP_HEAD = re.compile(LIST.pattern.replace("(?P<comma>,)", "(?P<colon>:)"))


def _read_loop(raw: str, position: int) -> tuple[Statement, int]:
    example = 'loop R "Blame spiral": Bottlenecks, Blame, Trust'
    kind, position = skip_kind(raw, position)
    name, stop = read_name(raw, position, _LOOP_HEAD)
    if not name.text:
        raise Trouble(stop.start(), "this loop has no name", f"write: {example}", "loop")
    path, end = _read_list(raw, stop.end(), example)
    if len(path) > 1 and path[0].text == path[-1].text:
        path = path[:-1]  # people close the ring by writing the first name again
    if not path:
        raise Trouble(stop.start(), "this loop runs through nothing", f"write: {example}", "loop")
    return LoopLine(name, path, kind), end


def _read_by(raw: str, position: int) -> tuple[Statement, int]:
    names: list[Name] = []
    while True:
        name, stop = read_name(raw, position, PEOPLE)
        kind, position = stop.lastgroup, stop.start(stop.lastgroup or 0)
        if not name.text:
            remedy = "write: by Police, Health: +"
            raise Trouble(name.column, "a name is missing here", remedy)
        names.append(name)
        if kind != "comma":
            break
        position = stop.end()
    sign, quote, degree = None, "", ""
    if kind == "colon":
        sign, quote, degree, position = _read_statement_of(raw, position + 1)
    attributes, position = _read_optional_brackets(raw, position, "claim")
    return ByLine(tuple(names), sign, quote, noted(attributes, degree), degree), position


_WORD = re.compile(r'[^\s\["“]*+')
_WORDS = re.compile(r'(?:(?!["“\[]|(?<!\S)\#(?!\S)).)*+')


def _read_statement_of(raw: str, position: int) -> tuple[Polarity | None, str, str, int]:
    """Read what follows ``by Police:``: a sign, their words, how strong; all optional."""
    position = skip(raw, position)
    word = _WORDS.match(raw, position)
    if word and _sign_meant(word[0].strip()) is None:
        word = _WORD.match(raw, position)
    assert word  # it matches the empty string too
    sign, said = None, word[0].strip()
    if word[0] and word[0] != "#":
        sign = _sign_meant(said)
        if sign is None:
            raise _not_a_sign(position, raw[position:].strip(), 'put their words in quotes: "…"')
        position = skip(raw, word.end())
    quote, position = read_quoted(raw, position) or ("", position)
    return sign, quote, said if sign_of_degree(said) else "", position


def _read_optional_brackets(
    raw: str, position: int, place: str
) -> tuple[tuple[Attribute, ...], int]:
    position = skip(raw, position)
    if raw[position : position + 1] != "[":
        return (), position
    attributes, end = read_brackets(raw, position, place)
    if not _COMMENT_OR_END.match(raw, end):
        raise Trouble(
            skip(raw, end),
            f"cannot read {shown(raw[end:].strip())} after the brackets",
            "brackets come last; put a name with [ in quotes",
            "brackets",
        )
    return attributes, end


def _read_link_or_element(raw: str, start: int) -> tuple[Statement, int]:
    names, verb, stop = _read_names(raw, start)
    kind = stop.lastgroup or ""
    position = stop.start(kind)
    sign, degree = None, ""
    if kind == "colon":
        sign, degree, position = _read_sign(raw, position + 1)
        if len(names) == 1:
            raise _no_link(names[0], stop.start(kind))
    if len(names) == 1:
        attributes, position = _read_optional_brackets(raw, position, "element")
        return ElementLine(names[0], attributes), position
    attributes, position = _read_optional_brackets(raw, position, "link")
    return LinkLine(names, sign, noted(attributes, degree), verb, degree), position


def _no_link(name: Name, column: int) -> Trouble:
    remedy = _WRITE_A_LINK
    if _BY.match(name.text):
        remedy = "indent 'by' lines under their link"
    for verb in VERBS:
        if f" {verb[:-1]} " in name.text:
            remedy = f"write {verb!r}: Police {verb} Backlog"
    return Trouble(column, "a sign needs a link", remedy, "sign")


def _read_names(raw: str, start: int) -> tuple[tuple[Name, ...], str, re.Match[str]]:
    """Read the names a line joins, the verb between them if it has one, and what comes next."""
    first, stop = read_name(raw, start, WITH_VERBS)
    if stop.lastgroup == "verb":
        second, after = read_name(raw, stop.end(), PLAIN)
        if after.lastgroup != "arrow":
            return (_given(first), _given(second)), stop["verb"], after
        first, stop = read_name(raw, start, PLAIN)  # "Who holds power -> Trust": the arrow decides
    names = [_given(first)]
    while stop.lastgroup == "arrow":
        if stop["arrow"].startswith(_HEAVY_ARROWS):
            raise Trouble(
                stop.start("arrow"),
                f"an arrow goes from cause to effect, not {stop['arrow']!r}",
                "write B -> A; for both directions write two lines, each with its own sign",
                "arrow",
            )
        name, stop = read_name(raw, stop.end(), PLAIN)
        names.append(_given(name))
    return tuple(names), "", stop


def _given(name: Name) -> Name:
    if not name.text:
        raise Trouble(name.column, "a name is missing here", _WRITE_A_LINK, "name")
    return name


def _read_sign(raw: str, position: int) -> tuple[Polarity, str, int]:
    position = skip(raw, position)
    end = _SIGN_END.search(raw, position)
    assert end  # it ends with \Z
    word = raw[position : end.start()].strip()
    sign = _sign_meant(word)
    if sign is None:
        remedy = "use + (same way), - (opposite way), ? (not known) or +/- (disputed)"
        if word[:1] in _ONE_LETTER and word[1:2] == " ":
            remedy = "put what else describes the link in brackets: [delay]"
        elif len(word) > 3:
            remedy += "; put a name with a colon in quotes"
        raise _not_a_sign(position, word, remedy)
    return sign, word if sign_of_degree(word) else "", end.start()


#: Signs of one character, after which people go on without brackets.
_ONE_LETTER = frozenset("+-−–±?so")


def _sign_meant(word: str) -> Polarity | None:
    """Read a sign; nothing is none, for a colon announces one."""
    found = (sign_of(word, in_texts=True) or sign_of_degree(word)) if word else None
    return None if found is None else Polarity.of(found)


def _not_a_sign(column: int, word: str, remedy: str) -> Trouble:
    return Trouble(column, f"a link's sign is +, - or ?, not {shown(word)}", remedy, "sign")
