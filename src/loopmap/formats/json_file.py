"""``.loop.json``: the whole map, exactly, for programs (schema: ``loop.schema.json``)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from loopmap.errors import InvalidMapError, MapSyntaxError, Problem, did_you_mean, shown
from loopmap.formats.decoding import decoded
from loopmap.formats.format import EVERYTHING, Format
from loopmap.model import Claim, Element, Link, NamedLoop, Reading, SystemMap

__all__ = ["FORMAT", "VERSION"]

#: Raised when a file could not be read any more by the loopmap before.
VERSION = 1

_HEADERS = ("title", "subtitle", "author", "date", "about")
T = TypeVar("T")
_TEXTS = ("evidence", "basis", "quote", "source", "note")


def _dump(m: SystemMap) -> bytes:
    document = {
        "format": "loopmap",
        "version": VERSION,
        **_given({part: getattr(m, part) for part in (*_HEADERS, "sources", "focal")}),
        "elements": [_element_out(element) for element in m.elements],
        "links": [_link_out(link) for link in m.links],
        "loops": [
            {"name": loop.name, "path": loop.path}
            | _given({"kind": loop.kind, "story": loop.story})
            for loop in m.loops
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in ("", (), None, False)}


def _element_out(element: Element) -> dict[str, Any]:
    parts = {"notes": element.notes, "tags": element.tags, "position": element.position}
    return {"name": element.name, "kind": element.kind, **_given(parts)}


def _link_out(link: Link) -> dict[str, Any]:
    ends = {"source": link.source, "target": link.target}
    claims = [_claim_out(claim) for claim in link.claims]
    return {**ends, "kind": link.kind, **_given({"route": link.route}), "claims": claims}


def _claim_out(claim: Claim) -> dict[str, Any]:
    texts = {name: getattr(claim, name) for name in _TEXTS}
    strength = {} if claim.strength is None else {"strength": claim.strength}
    return {
        **_given({"perspective": claim.perspective}),
        "sign": claim.polarity.sign,
        **_given({"delayed": claim.delayed, **texts}),
        **strength,
    }


class _Wrong(Exception):  # noqa: N818 - it never leaves this file
    """Something in the document that is not as it should be: where, what, remedy."""


def _load(data: bytes, source: str) -> Reading:
    text, problems = decoded(data, source)
    reader = _Reader(source, list(problems))
    try:
        document = _parsed(text)
        made = reader.map_of(document)
    except _Wrong as wrong:
        where, what, remedy = wrong.args
        place = f"{source}: {where}" if where else source
        problem = Problem(what, place, remedy, "error", "invalid")
        raise MapSyntaxError([*reader.problems, problem]) from None
    return Reading(made, tuple(reader.problems))


def _parsed(text: str) -> Any:
    def refuse(constant: str) -> Any:
        raise _Wrong("", f"the number {constant} stands here", "leave it out")

    try:
        return json.loads(text, parse_constant=refuse)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise _Wrong(where, f"this is not JSON: {error.msg}", "mend it there") from None
    except (RecursionError, ValueError):  # nested or numbers without end
        remedy = "is it a map?"
        raise _Wrong("", "this JSON is nested too deeply or a number is too long", remedy) from None


#: Where -> the keys that may stand there.
_KEYS = {
    "map": ("format", "version", *_HEADERS, "sources", "focal", "elements", "links", "loops"),
    "element": ("name", "kind", "notes", "tags", "position"),
    "link": ("source", "target", "kind", "route", "claims"),
    "claim": ("perspective", "sign", "delayed", "strength", *_TEXTS),
    "loop": ("name", "path", "kind", "story"),
}


class _Reader:
    """Turns the parts of a document into parts of a map; knows where it is."""

    def __init__(self, source: str, problems: list[Problem]) -> None:
        self.source, self.problems = source, problems

    def map_of(self, document: Any) -> SystemMap:
        found = self.fields(document, "map", "")
        if found.get("format") != "loopmap":
            remedy = 'a .loop.json file starts with "format": "loopmap"'
            raise _Wrong("", "this JSON is not a loopmap file", remedy)
        if found.get("version") != VERSION:
            what = f"this file has version {shown(found.get('version'))}, not {VERSION}"
            raise _Wrong("version", what, "read it with the loopmap that wrote it, or a newer one")
        parts = {
            part: found[part] for part in (*_HEADERS, "sources", "focal") if part in found
        }  # fmt: skip
        parts["elements"] = self.each(found, "elements", self.element_of)
        parts["links"] = self.each(found, "links", self.link_of)
        parts["loops"] = self.each(found, "loops", self.loop_of)
        return self.made("", SystemMap, parts)

    def element_of(self, item: Any, where: str) -> Element:
        return self.made(where, Element, self.fields(item, "element", where, needs=("name",)))

    def link_of(self, item: Any, where: str) -> Link:
        fields = self.fields(item, "link", where, needs=("source", "target", "claims"))
        fields["claims"] = self.each(fields, "claims", self.claim_of, where)
        return self.made(where, Link, fields)

    def claim_of(self, item: Any, where: str) -> Claim:
        fields = self.fields(item, "claim", where)
        if not isinstance(fields.get("delayed", False), bool):
            raise _Wrong(f"{where}.delayed", f"{shown(fields['delayed'])} is not true or false", "")
        fields["polarity"] = fields.pop("sign", None)
        return self.made(where, Claim, fields)

    def loop_of(self, item: Any, where: str) -> NamedLoop:
        fields = self.fields(item, "loop", where, needs=("name", "path"))
        return self.made(where, NamedLoop, fields)

    def fields(
        self, item: Any, place: str, where: str, needs: Iterable[str] = ()
    ) -> dict[str, Any]:
        """Give the fields of an object that are known; report the others."""
        if not isinstance(item, dict):
            raise _Wrong(where, f"{shown(str(item))} is no {place}", "write an object: {…}")
        for key in needs:
            if key not in item:
                raise _Wrong(where, f"this {place} has no {key!r}", f'add "{key}"')
        for key in item.keys() - set(_KEYS[place]):
            what = f"{shown(key)} of this {place} is not read"
            remedy = did_you_mean(key, _KEYS[place]).removeprefix("; ")
            self.problems.append(Problem(what, f"{self.source}: {where}", remedy, rule="dropped"))
        return {key: item[key] for key in _KEYS[place] if key in item}

    def each(
        self, fields: dict[str, Any], key: str, make: Callable[[Any, str], Any], where: str = ""
    ) -> list[Any]:
        items = fields.get(key, [])
        place = f"{where}.{key}" if where else key
        if not isinstance(items, list):
            raise _Wrong(place, f"{key} is a list, not {shown(str(items))}", "use […]")
        return [make(item, f"{place}[{number}]") for number, item in enumerate(items)]

    def made(self, where: str, make: Callable[..., T], fields: dict[str, Any]) -> T:
        try:
            return make(**fields)
        except InvalidMapError as error:
            what, _, remedy = str(error).partition("; ")
        except TypeError as error:
            what, remedy = f"something here has the wrong type: {error}", "compare the JSON Schema"
        raise _Wrong(where, what, remedy)


FORMAT = Format(
    name="json",
    suffixes=(".loop.json",),
    load=_load,
    dump=_dump,
    keeps=EVERYTHING,
    about="The whole map, exactly, for programs; versioned, with a JSON Schema.",
)
