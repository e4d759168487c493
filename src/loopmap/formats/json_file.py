"""``.loop.json``: the whole map, exactly, for programs (schema: ``loop.schema.json``)."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from loopmap.errors import MapSyntaxError, Problem, listed, shown
from loopmap.formats.decoding import decoded
from loopmap.formats.format import EVERYTHING, Format
from loopmap.interop.json_parts import VERSION, PartReader, WrongPart, document_out
from loopmap.model import Reading, SystemMap

__all__ = ["FORMAT", "VERSION"]

#: So many problems of a file are told one by one.
_AT_MOST = 20


def _dump(m: SystemMap) -> bytes:
    text = json.dumps(document_out(m), ensure_ascii=False, indent=1, allow_nan=False)
    return (text + "\n").encode()


def _load(data: bytes, source: str) -> Reading:
    text, decoding = decoded(data, source)
    problems = list(decoding)
    try:
        document = _parsed(text, source, problems)
        _check_version(document)
        made = PartReader(source, problems).map_of(document)
    except WrongPart as wrong:
        where, what, remedy = wrong.args
        place = f"{source}: {where}" if where else source
        problem = Problem(what, place, remedy, "error", "invalid")
        raise MapSyntaxError([*_few(problems, source), problem]) from None
    return Reading(made, tuple(_few(problems, source)))


def _few(problems: list[Problem], source: str) -> list[Problem]:
    if len(problems) <= _AT_MOST:
        return problems
    more = f"{len(problems) - _AT_MOST:,} more of this kind are not told one by one"
    return [*problems[:_AT_MOST], Problem(more, source, rule="dropped")]


def _parsed(text: str, source: str, problems: list[Problem]) -> Any:
    def refuse(constant: str) -> Any:
        raise WrongPart("", f"the number {constant} stands here", "leave it out")

    def joined(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            counted = Counter(key for key, _ in pairs)
            twice = [key for key, times in counted.items() if times > 1]
            what = f"{listed(twice)} stands more than once in one object; the last is read"
            problems.append(Problem(what, source, "keep one of them", rule="dropped"))
        return found

    try:
        return json.loads(text, parse_constant=refuse, object_pairs_hook=joined)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise WrongPart(where, f"this is not JSON: {error.msg}", "mend it there") from None
    except (RecursionError, ValueError):  # nested or numbers without end
        remedy = "is it a map?"
        what = "this JSON is nested too deeply or a number is too long"
        raise WrongPart("", what, remedy) from None


def _check_version(document: Any) -> None:
    if not isinstance(document, dict):
        raise WrongPart("", f"{shown(document)} is no map", "write an object: {…}")
    if document.get("format") != "loopmap":
        remedy = 'a .loop.json file starts with "format": "loopmap"'
        raise WrongPart("", "this JSON is not a loopmap file", remedy)
    version = document.get("version")
    if version != VERSION or type(version) is not int:
        what = f"this file has version {shown(version)}, not {VERSION}"
        raise WrongPart("version", what, "read it with the loopmap that wrote it, or a newer one")


FORMAT = Format(
    name="json",
    suffixes=(".loop.json",),
    load=_load,
    dump=_dump,
    keeps=EVERYTHING,
    about="The whole map, exactly, for programs; versioned, with a JSON Schema.",
)
