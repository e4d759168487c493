"""A map to its text: everything it holds, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from loopmap.model import ARROW, LINK_KINDS, Claim, Element, Link, NamedLoop, SystemMap
from loopmap.model.joining import with_undeclared
from loopmap.notation.grammar import (
    ATTRIBUTES,
    HEADERS,
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
)
from loopmap.notation.places import place_lines
from loopmap.notation.spelling import spell
from loopmap.polarity import Polarity

__all__ = ["places_block", "write_text"]


def write_text(m: SystemMap, *, positions: bool = True) -> str:
    """Write a map in the notation, exactly: reading the text gives an equal map.

    Parameters
    ----------
    m
        The map.
    positions
        Whether to write where names stand and lines run, as a block ``places:`` at the end.

    Examples
    --------
    >>> from loopmap.notation import write_text
    >>> print(write_text(lm.SystemMap(links=[("Backlog", "Stress", "+")], title="The hub")))
    title: The hub
    <BLANKLINE>
    Backlog -> Stress : +
    <BLANKLINE>
    """
    arrows = [link for link in m.links if link.kind == ARROW]
    others = [link for link in m.links if link.kind != ARROW]
    blocks = [
        [spell(line) for line in _headers(m)],
        [spell(line) for line in _elements(m)],
        [text for link in arrows for text in _link(link)],
        [text for link in others for text in _link(link)],
        *([text for text in _loop(loop)] for loop in m.loops),
        list(places_block(m)) if positions else [],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _headers(m: SystemMap) -> Iterator[Statement]:
    for word, part in HEADERS.items():
        value = getattr(m, part)
        if part == "focal":
            if value:
                yield HeaderLine(word, tuple(map(Name, value)))
        else:
            for text in (value,) if isinstance(value, str) else value:
                if text:
                    yield HeaderLine(word, (Name(text),))


def places_block(m: SystemMap) -> Iterator[str]:
    """Write the lines of the block ``places:``, none if nothing has a place."""
    for i, line in enumerate(place_lines(m)):
        if not i:
            yield spell(PlacesLine())
        yield f"    {spell(line)}"


def _elements(m: SystemMap) -> Iterator[Statement]:
    """Write the elements that say more than the links do."""
    asked = with_undeclared({}, m.links)
    for element in m.elements:
        if asked.get(element.name) != element:
            usual = asked[element.name].kind if element.name in asked else "variable"
            yield ElementLine(Name(element.name), tuple(_said(element, usual)))


def _said(element: Element, usual: str) -> Iterator[Attribute]:
    if element.kind != usual:
        yield Attribute("kind", element.kind)
    for field in ("tags", "notes"):
        for text in getattr(element, field):
            yield Attribute(field, text)


def _link(link: Link) -> Iterator[str]:
    """Write a link: a line for each claim by the author, and the others under the last of them."""
    names = (Name(link.source), Name(link.target))
    verb = "" if link.kind == ARROW else link.kind
    route = (Attribute("route", link.route),) if link.route else ()
    authors = [claim for claim in link.claims if claim.perspective is None]
    others = [claim for claim in link.claims if claim.perspective is not None]
    is_signed = LINK_KINDS[link.kind].signed
    heads = [
        LinkLine(names, claim.polarity if is_signed else None, (*route, *_attributes(claim)), verb)
        for claim in authors
    ]
    # A line that says nothing of its own makes no claim when others stand under it.
    if not heads or (others and not is_signed):
        heads.append(LinkLine(names, None, route, verb))
    yield from map(spell, heads)
    for by in _by_lines(others, is_signed):
        yield f"    {spell(by)}"


def _by_lines(claims: Iterable[Claim], is_signed: bool) -> Iterator[ByLine]:
    """Write the claims of several people; those who say the very same share a line."""
    same: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims:
        same.setdefault(claim.order[1:], []).append(claim)
    for people in same.values():
        names = tuple(Name(claim.perspective or "") for claim in people)
        first = people[0]
        said = tuple(a for a in _attributes(first) if a.field != "quote")
        yield ByLine(names, _sign(first, is_signed), first.quote, said)


def _sign(claim: Claim, is_signed: bool) -> Polarity | None:
    return claim.polarity if is_signed else None


def _attributes(claim: Claim) -> Iterator[Attribute]:
    if claim.delayed:
        yield Attribute("delayed", True)
    for row in ATTRIBUTES["claim"].values():
        value = getattr(claim, row.field)
        if value not in ("", None):
            yield Attribute(row.field, value)


def _loop(loop: NamedLoop) -> Iterator[str]:
    yield spell(LoopLine(Name(loop.name), tuple(map(Name, loop.path)), loop.kind))
    if loop.story:
        yield f"    {spell(StoryLine(loop.story))}"
