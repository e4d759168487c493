"""Pasted text as the notation has it: lists, other arrows, signs in or beside them.

People paste what they typed elsewhere. Each habit is undone only where its meaning is certain, and
what was done is told; where it could be meant otherwise, one error shows how to write it. Text in
quotation marks is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from loopmap.errors import MapSyntaxError, Problem
from loopmap.notation import markdown, mermaid, plain_english, printed_loops
from loopmap.notation.arrows import HEADS, Chain, read_chain
from loopmap.notation.grammar import VERBS
from loopmap.notation.quoting import mask, quoted
from loopmap.notation.scanning import Trouble

__all__ = ["LINE_BREAK", "MOST_LINES", "PastedLine", "unpasted"]

LINE_BREAK = re.compile(r"\r\n|\r|\n")
_BULLET = re.compile(r"(\s*)(?:[-*+•‣◦·▪●○■□–—➢➤✓✔☐☑]|\[[ xX]?\])[ \t]+(?=\S)")
_NUMBER = re.compile(r"(\s*)(?:\(\d{1,3}\)|\d{1,3}[.)]|[a-zA-Z]\))[ \t]+(?=\S)")
_TARGET_NUMBERED = re.compile(rf"(?:>|[{HEADS}])\s*(?:\(\d{{1,3}}\)|\d{{1,3}}[.)]|[a-zA-Z]\))\s")
#: Lines whose words mean something else: they are left as they are.
_OTHER = re.compile(
    r"\s*(?:#|$|(?:title|subtitle|author|date|source|about|focus|story|places)\s*:|by[\s\"“]|loop[\s\"“:])",
    re.IGNORECASE,
)
_ARROW = re.compile(rf"[-=~–—−.]>|[{HEADS}]|//")
_LIST = re.compile(r"(?<!\d),|,(?!\d)|\|")
#: What a line with a plain arrow must hold to be looked at more closely.
_SUSPECT = re.compile(
    rf"[,|;/=~–—−±{HEADS}\"“➕➖]|[+)\]}}]\s*-|>\s*[(\[|+-]|-[.+(\[]|--.*--|(?<!:)(?<!:\s)[+)\]-]\s*(?:#.*)?$"
)
#: Texts with more lines that say something are refused: reading them would take many seconds.
MOST_LINES = 25_000
#: Longer lines are not looked at: nobody pasted them from a page.
_LONGEST = 100_000
_RULE = re.compile(r"\s*(?:[-*_=—]\s?){3,}")
_VERB = re.compile(rf"\s(?:{'|'.join(VERBS)})\s")
_AND = re.compile(r"\s+(?:and|&)\s+")


@dataclass(frozen=True, slots=True)
class PastedLine:
    """One line of the notation, and what it was made of.

    Parameters
    ----------
    number
        The line of the text it comes from.
    text
        The line as the notation has it.
    told
        What was undone, in words; empty for a line that stands as it was typed.
    trouble
        Why nothing certain can be made of it.
    shares
        Whether other lines were made of the same one: then what stands under it is not its alone.
    """

    number: int
    text: str
    told: str = ""
    trouble: Trouble | None = None
    shares: bool = False


def unpasted(text: str) -> list[PastedLine]:
    """Give the lines of a text as the notation has them."""
    rows = LINE_BREAK.split(text.removeprefix("\ufeff"))
    _refuse_too_many(rows)
    for whole in (mermaid, printed_loops):
        if any(mark in text for mark in whole.MARKS) and whole.is_it(rows):
            return [
                PastedLine(number, line, told, None if not wrong else Trouble(0, *wrong))
                for number, line, told, wrong in whole.lines(rows)
            ]
    numbered = not any(_TARGET_NUMBERED.search(row) for row in rows if len(row) < _LONGEST)
    lines: list[PastedLine] = []
    for number, row in enumerate(rows, 1):
        if row:
            lines += _unlisted(number, row, numbered)
        elif not lines or lines[-1].text:  # of several empty lines one is kept
            lines.append(PastedLine(number, row))
    known = _Names(lines)
    return [made for line in lines for made in _certain(line, known)]


def _refuse_too_many(rows: list[str]) -> None:
    full = len(rows) - rows.count("")
    if full > MOST_LINES:
        what = f"this text has {full:,} lines; a map in the notation has at most {MOST_LINES:,}"
        remedy = "is it a map? Keep one so large as .loop.json"
        raise MapSyntaxError([Problem(what, "", remedy, "error", "length")])


def _unlisted(number: int, row: str, numbered: bool) -> Iterator[PastedLine]:
    """Take bullets and numbers off a line, and two statements off each other."""
    if len(row) > _LONGEST:
        yield PastedLine(number, row)
        return
    plain, back = mask(row)
    told: list[str] = []
    if _RULE.fullmatch(plain):
        yield PastedLine(number, "")
        return
    if not _OTHER.match(plain) or _ARROW.search(plain):
        try:
            cells = None if _ARROW.search(plain) else markdown.row_of_table(plain)
        except Trouble as trouble:
            yield PastedLine(number, row, trouble=trouble)
            return
        if cells is not None:
            yield PastedLine(
                number, back(cells), "a row of a table is read as a link" * bool(cells)
            )
            return
    for _ in range(2):  # "- [ ] A -> B"
        if (match := _BULLET.match(plain)) and not _ARROW.match(plain, match.end(1)):
            plain = match[1] + plain[match.end() :]
            told.append("its bullet is left out")
    if numbered and (match := _NUMBER.match(plain)) and _ARROW.search(plain):
        plain = match[1] + plain[match.end() :]
        told.append("its number is left out")
    if _ARROW.search(plain) and not _OTHER.match(plain):
        plain, undone = markdown.plainly(plain)
        told += undone
    pieces = [plain]
    is_other = bool(_OTHER.match(plain))
    if ":" in plain and not is_other and (loop := markdown.loop_description(plain)):
        pieces = loop[0]
        told.append(loop[1])
    elif ";" in plain and not is_other:
        parts = plain.split("[")[0].split(";")
        if len(parts) > 1 and all(_ARROW.search(part) for part in parts):
            indent = plain[: len(plain) - len(plain.lstrip())]
            pieces = [indent + part.strip() for part in plain.split(";")]
            told.append("it holds several links")
    for piece in pieces:
        yield PastedLine(
            number, back(piece), "; ".join(dict.fromkeys(told)), shares=len(pieces) > 1
        )


class _Names:
    """Names that the text uses by themselves, to judge lists and sentences by."""

    def __init__(self, lines: Iterable[PastedLine]) -> None:
        self._lines = lines

    @cached_property
    def linked(self) -> frozenset[str]:
        """Names at the ends of links, and in the paths of loops."""
        return frozenset(name for linked, name in self._all if linked)

    @cached_property
    def every(self) -> frozenset[str]:
        """Those, and the names on lines of their own."""
        return frozenset(name for _, name in self._all)

    @cached_property
    def _all(self) -> list[tuple[bool, str]]:
        found = []
        for line in self._lines:
            if len(line.text) > _LONGEST or _OTHER.match(line.text):
                continue
            plain, back = mask(line.text)
            chain = read_chain(plain)
            names = chain.names if chain else [plain.split("[")[0].split("#")[0]]
            found += [
                (chain is not None, _folded(back(name))) for name in names if not _is_list(name)
            ]
        return found


def _folded(name: str) -> str:
    return " ".join(name.replace('"', "").split()).casefold()


def _certain(line: PastedLine, known: _Names) -> Iterator[PastedLine]:
    """What a line says where that is certain, else why it is not."""
    if line.trouble or len(line.text) > _LONGEST or _OTHER.match(line.text):
        yield line
        return
    if "->" in line.text and not _SUSPECT.search(line.text):
        yield line
        return
    plain, back = mask(line.text)
    try:
        made, told = _meant(plain, back, known)
    except Trouble as trouble:
        yield replace(line, trouble=trouble)
        return
    if made is None:
        yield line
        return
    indent = line.text[: len(line.text) - len(line.text.lstrip())]
    words = "; ".join(filter(None, (line.told, told)))
    for text in made:
        yield PastedLine(line.number, indent + text, words, shares=line.shares or len(made) > 1)


def _meant(plain: str, back: Callable[[str], str], known: _Names) -> tuple[list[str] | None, str]:
    """The lines that a line stands for, and what was undone; ``None`` if it is plain already."""
    chain = read_chain(plain)
    if chain is None:
        _refuse_words(plain, back, known)
        return None, ""
    groups = [_parts(name, back, known, chain) for name in chain.names]
    if all(len(group) == 1 for group in groups):
        return ([back(text) for text in chain.lines()], chain.told) if chain.told else (None, "")
    if len(groups) > 2:
        remedy = "write each link on a line of its own"
        raise Trouble(0, "a list in a chain could mean many links", remedy, "list")
    made = [chain.line([a, b]) for a in groups[0] for b in groups[1]]
    return [back(text) for text in made], "a list of names is read as several links"


def _refuse_words(plain: str, back: Callable[[str], str], known: _Names) -> None:
    """A line without an arrow that is no name: a sentence, or a list of names."""
    name = plain.split("[")[0].split("#")[0]
    if (
        not _VERB.search(name)
        and plain_english.is_sentence(plain)
        and _folded(back(plain)) not in known.linked
    ):
        found = back(plain_english.as_link(plain))
        what = "this line holds no arrow, and reads like a sentence"
        raise Trouble(0, what, f"did you mean: {found} (in quotes it is a name)", "sentence")
    if _is_list(name) and ":" not in name and _folded(back(name)) not in known.linked:
        whole = quoted(back(name).strip())
        remedy = f"write one name a line, or for one name: {whole}"
        raise Trouble(0, _could_be_a_list(name), remedy, "list")


def _is_list(name: str) -> bool:
    return bool(_LIST.search(name))


def _could_be_a_list(name: str) -> str:
    return f"{',' if ',' in name else '|'!r} here could belong to one name or to a list"


def _parts(name: str, back: Callable[[str], str], known: _Names, chain: Chain) -> list[str]:
    """The names in a list, if it is one for certain; the name itself if it holds no comma."""
    if not _is_list(name):
        return [name]
    parts = [part.strip() for part in _LIST.split(name)]
    last = _AND.split(parts[-1])
    if any(_folded(back(part)) in known.every for part in last):
        parts[-1:] = last
    if all(parts) and any(_folded(back(part)) in known.every for part in parts):
        return parts
    raise _two_spellings(name, [part for part in parts if part], back, chain)


def _two_spellings(
    name: str, parts: list[str], back: Callable[[str], str], chain: Chain
) -> Trouble:
    whole = quoted(back(name).strip())
    one = chain.line([whole if n == name else n for n in chain.names])
    singly = ""
    if len(chain.names) == 2:
        ends = [parts if n == name else [n] for n in chain.names]
        singly = " and ".join(f"'{back(chain.line([a, b]))}'" for a in ends[0] for b in ends[1])
    remedy = f"write {singly or 'each link on a line of its own'}; or, for one name, '{back(one)}'"
    return Trouble(0, _could_be_a_list(name), remedy, "list")
