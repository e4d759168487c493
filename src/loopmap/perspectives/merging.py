"""Laying maps together: the union of what everybody said, with who said it on every link."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from loopmap.errors import InvalidMapError, UnknownNameError, did_you_mean, listed, shown
from loopmap.model import Claim, Element, Link, LinkKey, SystemMap
from loopmap.options import ElementKind
from loopmap.perspectives.same_names import likely_same

__all__ = ["merge", "merge_named"]

_log = logging.getLogger("loopmap.perspectives")

#: What stands between two texts of a header line when maps are laid together. The first blank does
#: not break, which nobody types: so a text with a plus or a stroke of its own stays whole, and what
#: was joined before is known again, in whatever steps maps are merged.
_JOINTS = {
    part: f"\u00a0{mark} "
    for part, mark in {
        "title": "+",
        "subtitle": "+",
        "author": "/",
        "date": "/",
        "about": "/",
    }.items()
}


def merge(
    maps: Iterable[SystemMap] | Mapping[str, SystemMap],
    *,
    same: Mapping[str, str] | None = None,
    title: str | None = None,
) -> SystemMap:
    """Lay maps together: the union of their elements and of every claim about every link.

    Claims by a map's author become claims of a perspective: the name the map is given under, else
    the map's title. After merging, every link says who drew it. The result does not depend on the
    order, on merging in steps, or on merging a map twice.

    Parameters
    ----------
    maps
        Several maps, or a mapping from the name of a perspective to its map. In a list, maps with
        one title speak with one voice.
    same
        Which names mean one thing: a name to the name that replaces it. Names that look alike
        are logged as a suggestion (see :func:`likely_same`) and never joined unasked.
    title
        The title of the result. Without it the distinct titles, each whole, joined by ``+``.

    Returns
    -------
    SystemMap
        Notes, tags, sources, focal variables and named loops are united; a plain variable yields
        to a stock or a flow. Of several positions of an element the smallest is kept.

    Raises
    ------
    InvalidMapError
        If two maps make one name different kinds of thing, or a map in a list has links by its
        author and no title (the message names the maps); if there is something else than maps
        among them.
    UnknownNameError
        If ``same`` replaces a name that is in no map.

    Examples
    --------
    >>> police = lm.SystemMap(links=[("Risk", "Referrals", "+")])
    >>> health = lm.SystemMap(links=[("Risk", "Referrals", "-"), ("Referrals", "Trust", "-")])
    >>> m = lm.merge({"Police": police, "Health": health})
    >>> m.links[1]
    <Link Risk -> Referrals : ± by Health, Police>
    >>> m.perspective("Police").links
    (<Link Risk -> Referrals : + by Police>,)
    """
    named = _named(maps)
    same = _checked_same(same or {}, [m for _, m in named])
    _suggest([m for _, m in named], same)
    return _laid_together(named, same, title)


def merge_named(
    maps: Mapping[str, SystemMap], *, same: Mapping[str, str], title: str | None = None
) -> SystemMap:
    """Merge as :func:`merge` does, for a caller that shows look-alike names in its own way."""
    named = _named(maps)
    return _laid_together(named, _checked_same(same, [m for _, m in named]), title)


def _laid_together(
    named: list[tuple[str, SystemMap]], same: Mapping[str, str], title: str | None
) -> SystemMap:
    merged = SystemMap(
        _united_elements(named, same),
        _united_links(named, same),
        [
            replace(loop, path=tuple(same.get(step, step) for step in loop.path))
            for _, m in named
            for loop in m.loops
        ],
        sources=[source for _, m in named for source in m.sources],
        focal={same.get(name, name) for _, m in named for name in m.focal},
        **{part: _joined([getattr(m, part) for _, m in named], part) for part in _JOINTS},
    )
    return merged if title is None else merged.replace(title=title)


def _named(
    maps: Iterable[SystemMap] | Mapping[str, SystemMap],
) -> list[tuple[str, SystemMap]]:
    """The maps, each with the name its author's claims get; an untitled one takes that name."""
    if isinstance(maps, SystemMap):
        raise InvalidMapError("merge() takes several maps, [a, b] or {name: map}, not a single one")
    if not isinstance(maps, Iterable):
        raise InvalidMapError(
            f"merge() takes several maps, [a, b] or {{name: map}}, not {shown(maps)}"
        )
    if isinstance(maps, Mapping):
        return [
            (name, m if m.title else m.replace(title=name))
            for name, m in sorted(maps.items())
            if _is_map(m)
        ]
    named: list[tuple[str, SystemMap]] = []
    for number, m in enumerate(maps, 1):
        _is_map(m)
        if not m.title and any(claim.perspective is None for x in m.links for claim in x.claims):
            raise InvalidMapError(
                f"map {number} of those to merge has links by its author and no title, so nobody "
                "could be named for them; give it a title, or pass {'Police': map, …}"
            )
        named.append((m.title, m))
    by_title: dict[str, SystemMap] = {}
    for name, m in named:
        if by_title.setdefault(name, m) != m and name:
            _log.warning("several maps are called %r; their authors speak with one voice", name)
    return named


def _is_map(m: object) -> bool:
    if not isinstance(m, SystemMap):
        raise InvalidMapError(
            f"merge() takes several maps, [a, b] or {{name: map}}, not {shown(m)} in them"
        )
    return True


def _checked_same(same: Mapping[str, str], maps: list[SystemMap]) -> dict[str, str]:
    known = {name for m in maps for name in m.names}
    for old, new in same.items():
        if old not in known:
            raise UnknownNameError(
                f"no element of these maps is called {old!r} (in same=)" + did_you_mean(old, known)
            )
        if same.get(new, new) != new:
            raise InvalidMapError(
                f"same= replaces {old!r} by {new!r} and {new!r} by {same[new]!r}; "
                f"name the last one for both"
            )
    return dict(same)


def _suggest(maps: list[SystemMap], same: Mapping[str, str]) -> None:
    """Log names that look alike and that nobody has said to be the same."""
    for name, other in likely_same(maps).items():
        if same.get(name, name) != same.get(other, other):
            _log.warning(
                "%r and %r look like one name; merge(…, same={%r: %r}) makes them one",
                name, other, name, other,
            )  # fmt: skip


def _united_elements(named: list[tuple[str, SystemMap]], same: Mapping[str, str]) -> list[Element]:
    found: dict[str, list[tuple[str, Element]]] = defaultdict(list)
    for origin, m in named:
        for element in m.elements:
            found[same.get(element.name, element.name)].append((origin, element))
    return [_united(name, given) for name, given in found.items()]


def _united(name: str, given: list[tuple[str, Element]]) -> Element:
    """One element of all that share a name; kinds that contradict each other are an error."""
    origins: dict[ElementKind, set[str]] = defaultdict(set)
    for origin, element in given:
        origins[element.kind].add(origin)
    if len(origins) > 1 and "stakeholder" not in origins:
        origins.pop("variable", None)  # the unspecific kind yields
    if len(origins) > 1:
        said = " and ".join(
            f"a {kind} in {listed(sorted(origins[kind]))}" for kind in sorted(origins)
        )
        raise InvalidMapError(
            f"{name!r} is {said}; rename one of them, or give them one kind, before merging"
        )
    places = [element.position for _, element in given if element.position]
    return Element(
        name,
        next(iter(origins)),
        [note for _, element in given for note in element.notes],
        [tag for _, element in given for tag in element.tags],
        min(places, default=None),
    )


def _united_links(named: list[tuple[str, SystemMap]], same: Mapping[str, str]) -> list[Link]:
    found: dict[LinkKey, set[Claim]] = defaultdict(set)
    for origin, m in named:
        for link in m.links:
            key = link.key._replace(
                source=same.get(link.source, link.source),
                target=same.get(link.target, link.target),
            )
            found[key].update(
                claim if claim.perspective is not None else replace(claim, perspective=origin)
                for claim in link.claims
            )
    return [
        Link(key.source, key.target, kind=key.kind, route=key.route, claims=claims)
        for key, claims in found.items()
    ]


def _joined(texts: list[str], part: str) -> str:
    """Distinct texts joined; a text joined before counts as its parts, so steps do not matter."""
    joint = _JOINTS[part]
    parts = {one.strip() for text in texts for one in text.split(joint)}
    return joint.join(sorted(parts - {""}))
