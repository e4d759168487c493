"""A text to a map, and everything worth saying about the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from loopmap.errors import MapSyntaxError, Problem, did_you_mean, shown
from loopmap.model import Element, NamedLoop, Reading, SystemMap
from loopmap.model.joining import with_undeclared
from loopmap.model.text import LONGEST_TEXT
from loopmap.notation.grammar import HEADERS, ElementLine, HeaderLine, LinkLine, LoopLine, Name
from loopmap.notation.grouping import Entry, entries
from loopmap.notation.linking import PlacedLink, check_ends, links_of
from loopmap.notation.places import placed
from loopmap.notation.report import Report
from loopmap.notation.scanning import Trouble
from loopmap.notation.statements import Line, read_lines
from loopmap.options import ClaimedKind
from loopmap.perspectives import likely_same

__all__ = ["read_text"]


def read_text(text: str, source: str = "<text>") -> Reading:
    """Read a whole text: its map, and what was guessed or looks wrong.

    Parameters
    ----------
    text
        The notation, one statement a line.
    source
        What to call the text in problems: a file's name.

    Raises
    ------
    MapSyntaxError
        With all problems of the text at once, if something cannot be read.
    """
    if not isinstance(text, str):
        what = f"the notation is text, not {shown(text)}"
        remedy = "read a file with lm.read(path)"
        raise MapSyntaxError([Problem(what, f"{source}:1:1", remedy, "error", "length")])
    report = Report(source)
    lines = list(read_lines(text))
    found = entries(lines, report)
    _tell_what_was_undone(lines, report)
    parts = _headers(found, report)
    links = links_of(found, report)
    declared = _declared(found, report)
    elements = _elements(declared, links, report)
    loops = _loops(found, report)
    mentions = _mentions(found)
    _expect_known(found, mentions, report)
    _warn_of_near_names(mentions, report)
    if any(problem.severity == "error" for problem in report.problems):
        raise MapSyntaxError(report.problems)
    made = SystemMap(elements, [each.link for each in links], loops, **parts)
    made = placed(made, found, report)
    return Reading(made, report.problems)


def _tell_what_was_undone(lines: Iterable[Line], report: Report) -> None:
    for line in lines:
        if line.told and line.trouble is None:
            column = len(line.text) - len(line.text.lstrip())
            what = f"read as {shown(line.text.strip())}: {line.told}"
            report.say(line, column, what, "put what belongs to a name in quotes", "pasted")


def _headers(found: Iterable[Entry], report: Report) -> dict[str, Any]:
    """Gather the header lines; ``about`` may go on for several, ``source`` and ``focus`` add up."""
    values: dict[str, list[str]] = {part: [] for part in HEADERS.values()}
    left = LONGEST_TEXT  # characters of the text about the map
    for entry in found:
        header = entry.statement
        if not isinstance(header, HeaderLine):
            continue
        part = values[HEADERS[header.word]]
        if part and header.word in ("title", "subtitle", "author", "date"):
            what = f"a second {header.word} is not kept"
            report.say(entry.line, header.values[0].column, what, "keep one of them", "header")
            continue
        left -= len(header.values[0].text) + 1 if header.word == "about" else 0
        if left < -1:
            what, remedy = "the text about this map is too long", "keep it in a file of its own"
            report.trouble(entry.line, Trouble(header.values[0].column, what, remedy, "length"))
        else:
            part.extend(value.text for value in header.values)
    return {
        part: texts if part in ("sources", "focal") else " ".join(filter(None, texts))
        for part, texts in values.items()
    }


def _declared(found: Iterable[Entry], report: Report) -> dict[str, dict[str, Any]]:
    """Gather what element lines say: name -> fields of the element, in the order of lines."""
    declared: dict[str, dict[str, Any]] = {}
    for entry in found:
        if isinstance(entry.statement, ElementLine):
            _warn_of_colon(entry.line, entry.statement.name, report)
            fields = declared.setdefault(entry.statement.name.text, {"notes": [], "tags": []})
            try:
                _declare(entry.line, entry.statement, fields, report)
            except Trouble as trouble:
                report.trouble(entry.line, trouble)
    return declared


def _declare(line: Line, element: ElementLine, fields: dict[str, Any], report: Report) -> None:
    for field, value, column in element.attributes:
        if field in ("notes", "tags"):
            fields[field].append(value)
            continue
        name, earlier = shown(element.name.text), fields.get(field, value)
        if earlier != value and field == "kind":
            what = f"{name} cannot be both a {earlier} and a {value}"
            raise Trouble(column, what, "keep one of the two kinds", "kind")
        if earlier != value:
            report.say(line, column, f"{name} is placed twice", "keep one place", "position")
        fields[field] = value


def _elements(
    declared: dict[str, dict[str, Any]], links: list[PlacedLink], report: Report
) -> list[Element]:
    """Make the elements: of the kind somebody declared, else of the kind their links ask for."""
    asked = with_undeclared({}, [placed.link for placed in links])
    elements = [
        Element(name, **{"kind": asked[name].kind if name in asked else "variable", **fields})
        for name, fields in declared.items()
    ]
    kinds = {element.name: element.kind for element in (*asked.values(), *elements)}
    check_ends(links, kinds, report)
    return elements


def _loops(found: Iterable[Entry], report: Report) -> list[NamedLoop]:
    made = []
    for entry in found:
        if isinstance(entry.statement, LoopLine):
            name, path, kind = entry.statement.name, entry.statement.path, entry.statement.kind
            story = " ".join(filter(None, entry.story))

            def make(
                name: Name = name,
                path: tuple[Name, ...] = path,
                kind: ClaimedKind = kind,
                story: str = story,
            ) -> NamedLoop:
                return NamedLoop(name.text, [step.text for step in path], kind, story)

            made.append(report.made(entry.line, name.column, make))
    return [loop for loop in made if loop is not None]


def _mentions(found: Iterable[Entry]) -> dict[str, tuple[Line, int]]:
    """Every element's name -> where it is first written."""
    mentions: dict[str, tuple[Line, int]] = {}
    for entry in found:
        statement = entry.statement
        names: tuple[Name, ...] = ()
        if isinstance(statement, LinkLine):
            names = statement.names
        elif isinstance(statement, ElementLine):
            names = (statement.name,)
        for name in names:
            mentions.setdefault(name.text, (entry.line, name.column))
    return mentions


def _expect_known(
    found: Iterable[Entry], mentions: dict[str, tuple[Line, int]], report: Report
) -> None:
    """Warn of a loop or a focus that names what no other line does: a slip of the pen."""
    for entry in found:
        statement = entry.statement
        if isinstance(statement, LoopLine):
            names, what = statement.path, f"the loop {shown(statement.name.text)} runs through"
        elif isinstance(statement, HeaderLine) and statement.word == "focus":
            names, what = statement.values, "the focus is on"
        else:
            continue
        for name in names:
            if name.text not in mentions:
                full = report.full("unknown-name")
                near = "" if full else did_you_mean(name.text, mentions).removeprefix("; ")
                remedy = near or "write it as it stands in the links"
                sentence = f"{what} {shown(name.text)}, which no other line names"
                report.say(
                    entry.line, name.column, sentence, remedy, "unknown-name", subject=(name.text,)
                )


def _warn_of_near_names(mentions: dict[str, tuple[Line, int]], report: Report) -> None:
    for other, first in likely_same(SystemMap(mentions)).items():
        line, column = max(mentions[first], mentions[other], key=lambda m: (m[0].number, m[1]))
        what = f"{shown(first)} and {shown(other)} are spelled almost alike"
        remedy = "if they are the same thing, write them the same"
        subject = (first, other)
        report.say(line, column, what, remedy, "near-duplicate", subject=subject)


_WORD_AND_COLON = re.compile(r"(\w+)\s*:\s*\S")


def _warn_of_colon(line: Line, name: Name, report: Report) -> None:
    """Warn of a line such as ``Titel: The hub``, which names a variable but looks like a header."""
    match = _WORD_AND_COLON.match(name.text)
    if match and line.text[name.column] not in '"“':
        near = did_you_mean(match[1], (*HEADERS, "story", "note"))
        if near:
            what = f"{shown(name.text)} is read as the name of a variable"
            remedy = near.removeprefix("; ") + " Put a name with a colon in quotes"
            report.say(line, name.column, what, remedy, "header")
