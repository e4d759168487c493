"""The parts of a map as JSON objects and back: what ``.loop.json`` and networkx graphs hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from loopmap.errors import InvalidMapError, Problem, did_you_mean, shown
from loopmap.model import Claim, Element, Link, NamedLoop, SystemMap

__all__ = [
    "HEADERS",
    "VERSION",
    "PartReader",
    "WrongPart",
    "document_out",
    "element_out",
    "headers_out",
    "link_out",
    "loop_out",
]

T = TypeVar("T")
#: Raised when a document could not be read any more by the loopmap before.
VERSION = 1
#: What a map holds beside elements, links and named loops.
HEADERS = ("title", "subtitle", "author", "date", "about", "sources", "focal")
_TEXTS = ("evidence", "basis", "quote", "source", "note")
_LISTS = ("sources", "focal", "notes", "tags", "path")

#: Where -> the keys that may stand there.
_KEYS = {
    "map": ("format", "version", *HEADERS, "elements", "links", "loops"),
    "element": ("name", "kind", "notes", "tags", "position"),
    "link": ("source", "target", "kind", "route", "claims", "curve"),
    "claim": ("perspective", "sign", "delayed", "strength", *_TEXTS),
    "loop": ("name", "path", "kind", "story"),
}


def document_out(m: SystemMap) -> dict[str, Any]:
    """Give a whole map as a JSON object."""
    return {
        "format": "loopmap",
        "version": VERSION,
        **headers_out(m),
        "elements": [element_out(element) for element in m.elements],
        "links": [link_out(link) for link in m.links],
        "loops": [loop_out(loop) for loop in m.loops],
    }


def headers_out(m: SystemMap) -> dict[str, Any]:
    """Give the title and what else stands above a map, where there is something."""
    return _given({part: getattr(m, part) for part in HEADERS})


def element_out(element: Element) -> dict[str, Any]:
    """Give an element as a JSON object."""
    parts = {"notes": element.notes, "tags": element.tags, "position": element.position}
    return {"name": element.name, "kind": element.kind, **_given(parts)}


def link_out(link: Link) -> dict[str, Any]:
    """Give a link with its claims as a JSON object."""
    ends = {"source": link.source, "target": link.target}
    claims = [_claim_out(claim) for claim in link.claims]
    parts = {**ends, "kind": link.kind, **_given({"route": link.route}), "claims": claims}
    return parts | _given({"curve": link.curve})


def loop_out(loop: NamedLoop) -> dict[str, Any]:
    """Give a named loop as a JSON object."""
    return {"name": loop.name, "path": loop.path} | _given({"kind": loop.kind, "story": loop.story})


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in ("", (), None, False)}


def _claim_out(claim: Claim) -> dict[str, Any]:
    texts = {name: getattr(claim, name) for name in _TEXTS}
    strength = {} if claim.strength is None else {"strength": claim.strength}
    return {
        **_given({"perspective": claim.perspective}),
        "sign": claim.polarity.sign,
        **_given({"delayed": claim.delayed, **texts}),
        **strength,
    }


class WrongPart(Exception):  # noqa: N818 - it never reaches the caller of a reader
    """Something in the document that is not as it should be: where, what, remedy."""


class PartReader:
    """Turns the parts of a document into parts of a map; knows where it is."""

    def __init__(self, source: str, problems: list[Problem]) -> None:
        self.source, self.problems = source, problems

    def map_of(self, document: Any) -> SystemMap:
        """Make the map of a whole document."""
        found = self._fields(document, "map", "")
        parts = {part: found[part] for part in HEADERS if part in found}
        parts["elements"] = self._each(found, "elements", self.element_of)
        parts["links"] = self._each(found, "links", self.link_of)
        parts["loops"] = self._each(found, "loops", self.loop_of)
        return self._made("", SystemMap, parts)

    def element_of(self, item: Any, where: str) -> Element:
        """Make one element."""
        fields = self._fields(item, "element", where, needs=("name",))
        place = fields.get("position", [0, 0])
        if not _is_point(place):
            what = f"a position is two numbers [x, y], not {shown(place)}"
            raise WrongPart(f"{where}.position", what, "")
        return self._made(where, Element, fields)

    def link_of(self, item: Any, where: str) -> Link:
        """Make one link with its claims."""
        fields = self._fields(item, "link", where, needs=("source", "target", "claims"))
        fields["claims"] = self._each(fields, "claims", self.claim_of, where)
        curve = fields.get("curve", [])
        if not (isinstance(curve, list) and all(map(_is_point, curve))):
            what = f"a curve is points [[x, y], …], not {shown(curve)}"
            raise WrongPart(f"{where}.curve", what, "")
        return self._made(where, Link, fields)

    def claim_of(self, item: Any, where: str) -> Claim:
        """Make one claim."""
        fields = self._fields(item, "claim", where)
        for key, fits, expected in _CLAIM_TYPES:
            if key in fields and not fits(fields[key]):
                raise WrongPart(f"{where}.{key}", f"{shown(fields[key])} is not {expected}", "")
        fields["polarity"] = fields.pop("sign", None)
        return self._made(where, Claim, fields)

    def loop_of(self, item: Any, where: str) -> NamedLoop:
        """Make one named loop."""
        fields = self._fields(item, "loop", where, needs=("name", "path"))
        return self._made(where, NamedLoop, fields)

    def _fields(
        self, item: Any, place: str, where: str, needs: Iterable[str] = ()
    ) -> dict[str, Any]:
        """Give the fields of an object that are known; report the others."""
        if not isinstance(item, dict):
            raise WrongPart(where, f"{shown(item)} is no {place}", "write an object: {…}")
        for key in needs:
            if key not in item:
                raise WrongPart(where, f"this {place} has no {key!r}", f'add "{key}"')
        for key in sorted(item.keys() - set(_KEYS[place])):
            what = f"{shown(key)} of this {place} is not read"
            told = len(self.problems) < _SUGGESTED
            remedy = did_you_mean(key, _KEYS[place]).removeprefix("; ") if told else ""
            self.problems.append(Problem(what, f"{self.source}: {where}", remedy, rule="dropped"))
        for key in _LISTS:
            if key in item and key in _KEYS[place] and not isinstance(item[key], list):
                what = f"{key} is a list of texts, not {shown(item[key])}"
                raise WrongPart(f"{where}.{key}" if where else key, what, "use […]")
        return {key: item[key] for key in _KEYS[place] if key in item}

    def _each(
        self, fields: dict[str, Any], key: str, make: Callable[[Any, str], Any], where: str = ""
    ) -> list[Any]:
        items = fields.get(key, [])
        place = f"{where}.{key}" if where else key
        if not isinstance(items, list):
            raise WrongPart(place, f"{key} is a list, not {shown(items)}", "use […]")
        return [make(item, f"{place}[{number}]") for number, item in enumerate(items)]

    def _made(self, where: str, make: Callable[..., T], fields: dict[str, Any]) -> T:
        try:
            return make(**fields)
        except InvalidMapError as error:
            what, _, remedy = str(error).partition("; ")
        raise WrongPart(where, what, remedy)


def _is_point(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_number, value))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


#: For so many keys that are not read the nearest is looked for; of more, nobody is told.
_SUGGESTED = 20
#: What in a claim JSON says by a type of its own: key, whether a value fits, what was expected.
_CLAIM_TYPES: tuple[tuple[str, Callable[[Any], bool], str], ...] = (
    ("delayed", lambda value: isinstance(value, bool), "true or false"),
    ("sign", lambda value: isinstance(value, str), 'a sign such as "+"'),
    ("strength", _is_number, "a number"),
)
