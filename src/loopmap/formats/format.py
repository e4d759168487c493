"""What a format is, and what of a map it may or may not keep."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from loopmap.model import Claim, Element, Link, Reading, SystemMap
from loopmap.options import FormatName

__all__ = ["EVERYTHING", "FEATURES", "Feature", "Format", "kept", "losses"]


@dataclass(frozen=True, slots=True)
class Format:
    """One way to hold a map in a file.

    Parameters
    ----------
    name
        What to pass as ``format=``.
    suffixes
        The endings of its files; where several formats match, the longest ending wins.
    load
        Turns bytes, and what to call them in messages, into a :class:`~loopmap.Reading`;
        ``None`` if loopmap only writes this format. Tables take ``diagram=`` too.
    dump
        Turns a map into bytes, or ``None`` if loopmap only reads this format.
    keeps
        Which of ``loopmap.formats.FEATURES`` survive a round trip.
    about
        One sentence for people choosing a format.
    options
        Keywords that ``dump`` takes beside the map -> the features that are lost if they are false.
    """

    name: FormatName
    suffixes: tuple[str, ...]
    load: Callable[..., Reading] | None
    dump: Callable[..., bytes] | None
    keeps: frozenset[str]
    about: str
    options: tuple[tuple[str, frozenset[str]], ...] = ()


class Feature(NamedTuple):
    """Something a map may hold that a format may not."""

    #: One of them, and several of them, in words.
    one: str
    many: str
    #: How many of them a map holds.
    count: Callable[[SystemMap], int]
    #: The map without them.
    without: Callable[[SystemMap], SystemMap]


def _part(part: str, one: str, many: str) -> Feature:
    def count(m: SystemMap) -> int:
        value = getattr(m, part)
        return int(bool(value)) if isinstance(value, str) else len(value)

    def without(m: SystemMap) -> SystemMap:
        return m.replace(**{part: "" if isinstance(getattr(m, part), str) else ()})

    return Feature(one, many, count, without)


def _of_elements(
    one: str, many: str, count: Callable[[Element], int], without: Callable[[Element], Element]
) -> Feature:
    return Feature(
        one,
        many,
        lambda m: sum(map(count, m.elements)),
        lambda m: m.replace(elements=[without(element) for element in m.elements]),
    )


def _of_claims(part: str, one: str, many: str) -> Feature:
    """Something only claims hold: a strength, their words, and so on."""
    empty = getattr(Claim(), part)

    def count(m: SystemMap) -> int:
        return sum(getattr(claim, part) != empty for link in m.links for claim in link.claims)

    def without(m: SystemMap) -> SystemMap:
        return _with_claims(m, lambda link: [changed(claim, part, empty) for claim in link.claims])

    return Feature(one, many, count, without)


_CLAIM_PARTS = tuple(Claim.__dataclass_fields__)


def changed(claim: Claim, part: str, value: object) -> Claim:
    """Give a claim that differs in one part."""
    parts = {name: getattr(claim, name) for name in _CLAIM_PARTS}
    return Claim(**{**parts, part: value})


def _with_claims(m: SystemMap, claims: Callable[[Link], Iterable[Claim]]) -> SystemMap:
    return m.replace(links=[link.replace(claims=claims(link)) for link in m.links])


def _separate_claims(link: Link) -> int:
    """Count the claims by somebody, and those of the author beside the first."""
    by_author = sum(claim.perspective is None for claim in link.claims)
    return len(link.claims) - min(by_author, 1)


def _joined(link: Link) -> list[Claim]:
    """What the picture shows of a link, as one claim by the author."""
    if not _separate_claims(link):
        return list(link.claims)
    return [Claim(None, link.polarity, link.delayed, link.strength, link.evidence)]


def _without_kinds(m: SystemMap) -> SystemMap:
    """Stocks and flows become variables; stakeholders stay, for their links ask for them."""
    return m.replace(
        elements=[replace(e, kind="variable") if e.is_quantity else e for e in m.elements]
    )


def _lonely(m: SystemMap) -> set[str]:
    joined = {end for link in m.links for end in (link.source, link.target)}
    return set(m.names) - joined


def _without_stakeholders(m: SystemMap) -> SystemMap:
    return m.replace(
        elements=[element for element in m.elements if element.is_quantity],
        links=m.causal_links,
    )


def _without_routes(m: SystemMap) -> SystemMap:
    return m.replace(links=[link.replace(route="") for link in m.links])


#: What a format may keep or not, in the order in which the leavings are taken away.
FEATURES: dict[str, Feature] = {
    "title": _part("title", "title", "titles"),
    "subtitle": _part("subtitle", "subtitle", "subtitles"),
    "author": _part("author", "author", "authors"),
    "date": _part("date", "date", "dates"),
    "about": _part("about", "description", "descriptions"),
    "sources": _part("sources", "source of the map", "sources of the map"),
    "focal": _part("focal", "focal variable", "focal variables"),
    "loops": _part("loops", "named loop", "named loops"),
    "stakeholders": Feature(
        "stakeholder", "stakeholders", lambda m: len(m.stakeholders), _without_stakeholders
    ),
    "routes": Feature(
        "route", "routes", lambda m: sum(bool(link.route) for link in m.links), _without_routes
    ),
    "quotes": _of_claims("quote", "quote", "quotes"),
    "claim sources": _of_claims("source", "source of a claim", "sources of claims"),
    "claim notes": _of_claims("note", "note on a claim", "notes on claims"),
    "basis": _of_claims("basis", "basis of a claim", "bases of claims"),
    "evidence": _of_claims("evidence", "evidence grade", "evidence grades"),
    "strength": _of_claims("strength", "strength", "strengths"),
    "delayed": _of_claims("delayed", "delay", "delays"),
    "claims": Feature(
        "separate claim",
        "separate claims",
        lambda m: sum(map(_separate_claims, m.links)),
        lambda m: _with_claims(m, _joined),
    ),
    "kinds": Feature(
        "stock or flow",
        "stocks and flows",
        lambda m: sum(element.kind in ("stock", "flow") for element in m.elements),
        _without_kinds,
    ),
    "notes": _of_elements(
        "note", "notes", lambda e: len(e.notes), lambda e: replace(e, notes=())
    ),
    "tags": _of_elements("tag", "tags", lambda e: len(e.tags), lambda e: replace(e, tags=())),
    "positions": _of_elements(
        "position",
        "positions",
        lambda e: e.position is not None,
        lambda e: replace(e, position=None),
    ),
    "curves": Feature(
        "line of a link",
        "lines of links",
        lambda m: sum(bool(link.curve) for link in m.links),
        lambda m: m.replace(links=[link.replace(curve=()) for link in m.links]),
    ),
    "lonely": Feature(
        "element without links",
        "elements without links",
        lambda m: len(_lonely(m)),
        lambda m: m.replace(elements=[e for e in m.elements if e.name not in _lonely(m)]),
    ),
}  # fmt: skip

#: For formats that lose nothing.
EVERYTHING = frozenset(FEATURES)


def kept(m: SystemMap, keeps: frozenset[str]) -> SystemMap:
    """Give what is left of a map in a format that keeps only these features."""
    for name, feature in FEATURES.items():
        if name not in keeps:
            m = feature.without(m)
    return m


def losses(m: SystemMap, keeps: frozenset[str]) -> list[str]:
    """Say in words what of a map such a format loses: ``["3 notes", "1 named loop"]``."""
    counted = [
        (feature.count(m), feature) for name, feature in FEATURES.items() if name not in keeps
    ]
    return [f"{n:,} {feature.one if n == 1 else feature.many}" for n, feature in counted if n]
