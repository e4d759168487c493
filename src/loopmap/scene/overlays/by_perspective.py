"""A map by who says what: each perspective its colour and letters, contradictions spelt out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from loopmap.analysis.words import attribution_caveat
from loopmap.model import SystemMap
from loopmap.perspectives import Agreement, agreement, voice_labels, voices
from loopmap.phrases import counted
from loopmap.polarity import Polarity
from loopmap.scene.marks import Mark
from loopmap.scene.overlays.overrides import LinkOverride, Overrides, draw_tag, striped
from loopmap.scene.style import Style

__all__ = ["perspective_overrides", "short_names"]

#: Perspectives that colours and letters keep apart; beyond, links show how many say so.
MOST = 8
#: Where a style has fewer colours than there are perspectives, lines differ by these (em).
_DASHES = ((), (0.7, 0.3), (0.15, 0.22), (1.2, 0.3), (0.7, 0.25, 0.15, 0.25),
           (0.35, 0.35), (1.2, 0.25, 0.15, 0.25), (0.15, 0.5))  # fmt: skip
#: A row of the key: what draws its sample round a point, and what it says.
Row = tuple[Callable[[float, float], Iterable[Mark]], str]
_SIGNS = (Polarity.POSITIVE, Polarity.NEGATIVE, Polarity.MIXED, Polarity.UNKNOWN)


def perspective_overrides(
    m: SystemMap, style: Style, em: float, *, author: bool = False
) -> Overrides:
    """The overrides that show who says what on each causal link.

    Up to eight perspectives have a colour and letters of their own: a link that one draws is in
    that colour, one that several draw alternates; the tag on it says who. A link they contradict
    each other about spells out who gives which sign. With more perspectives the tags count them.
    A link that is on the facilitator's record only is quiet and has no tag.
    """
    found = agreement(m, author=author)
    labels = voice_labels(voices(m, author=author))
    if [*labels] == [None] and not author:
        return Overrides(notes=("Nobody is named for any link: all are the author's.",))
    everyone = [labels[who] for who in labels if any(who in a.signs for a in found)]
    if len(everyone) > MOST:
        return _counted(m, found, style, em)
    codes = short_names(everyone)
    pens = {who: _pen(i, len(everyone), style) for i, who in enumerate(everyone)}
    links = {}
    for a in found:
        if a.verdict == "record":
            links[a.link.key] = LinkOverride((style.quiet,))
            continue
        said = {labels[who]: sign for who, sign in a.signs.items()}
        people = [who for who in everyone if who in said]
        links[a.link.key] = LinkOverride(
            tuple(dict.fromkeys(pens[who][0] for who in people)),
            (
                _contradiction(said, codes)
                if a.verdict == "conflict" or a.record_differs
                else " ".join(codes[who] for who in people)
            )
            + (f" ({a.record})" if a.record_differs else ""),
            1.3,
            pens[people[0]][1] or None if len(people) == 1 else None,
        )
    rows = [
        (_sample([pens[who]], codes[who], em, style), f"{who}: {_links(found, labels, who)}")
        for who in everyone
    ]
    if any(a.verdict == "conflict" for a in found):
        first, second = ([*codes.values()] * 2)[:2]
        tag = f"{first}+ {second}−"
        rows.append((_sample([("", ())], tag, em, style), "they contradict each other"))
    rows += _record_rows(found, em, style)
    return Overrides(links, key=tuple(rows), notes=tuple(filter(None, [attribution_caveat(m)])))


def _record_rows(found: Sequence[Agreement], em: float, style: Style) -> list[Row]:
    """What the key says of the facilitator's record, which is no perspective."""
    rows: list[Row] = []
    if any(a.record_differs for a in found):
        told = "in brackets: another sign on the facilitator's record"
        rows.append((_sample([("", ())], "(−)", em, style), told))
    if only := sum(a.verdict == "record" for a in found):
        told = f"on the facilitator's record only: {only} link{'' if only == 1 else 's'}"
        rows.append((_sample([(style.quiet, ())], "", em, style), told))
    return rows


def _links(found: Sequence[Agreement], labels: Mapping[str | None, str], who: str) -> str:
    drawn = sum(any(labels[x] == who for x in a.signs) for a in found)
    return counted(drawn, "link")


def _contradiction(said: Mapping[str, Polarity], codes: Mapping[str, str]) -> str:
    """``P S+ H−``: who gives which sign."""
    parts = []
    for sign in _SIGNS:
        people = [codes[who] for who in codes if said.get(who) is sign]
        if people:
            parts.append(f"{' '.join(people)}{sign}")
    return " ".join(parts)


def _counted(m: SystemMap, found: Sequence[Agreement], style: Style, em: float) -> Overrides:
    """How many say so, and how many each sign where they contradict each other."""
    links = {}
    for a in found:
        if a.verdict == "record":
            links[a.link.key] = LinkOverride((style.quiet,))
            continue
        counts = [(a.count(sign), sign) for sign in _SIGNS if a.count(sign)]
        tag = " ".join(f"{n}{sign}" for n, sign in counts)
        people = len(a.signs)
        share = people / (people + a.silent)
        tag = tag if a.verdict == "conflict" else str(people) if people > 1 else ""
        links[a.link.key] = LinkOverride(
            tag=f"{tag} ({a.record})".strip() if a.record_differs else tag,
            width=0.8 + 2.2 * share,
        )
    told = "Numbers on lines: how many people say so; no number: one."
    return Overrides(
        links,
        key=tuple(_record_rows(found, em, style)),
        notes=tuple(filter(None, [told, attribution_caveat(m)])),
    )


def _pen(place: int, people: int, style: Style) -> tuple[str, tuple[float, ...]]:
    colour = style.regions[place % len(style.regions)]
    return colour, _DASHES[place % len(_DASHES)] if people > len(style.regions) else ()


def _sample(
    pens: Sequence[tuple[str, tuple[float, ...]]], tag: str, em: float, style: Style
) -> Callable[[float, float], Iterable[Mark]]:
    small = em * style.legend

    def draw(x: float, y: float) -> Iterable[Mark]:
        left, right = x - 1.5 * small, x + 1.5 * small
        curve = [(left, y), (left + small, y), (right - small, y), (right, y)]
        colours = [colour or style.ink for colour, _ in pens]
        dash = [d * small for d in pens[0][1]]
        yield from striped(curve, colours, style.line * small, dash, small)
        if tag:
            yield draw_tag(tag, (x, y), small, style, colours[0] if pens[0][0] else "")

    return draw


def short_names(everyone: Sequence[str]) -> dict[str, str]:
    """One to a few letters for each name, no two alike.

    Examples
    --------
    >>> short_names(["Health commissioners", "Housing", "Police", "Schools"])
    {'Health commissioners': 'HC', 'Housing': 'H', 'Police': 'P', 'Schools': 'S'}
    """
    codes: dict[str, str] = {}
    for name in everyone:
        words = "".join(c if c.isalnum() else " " for c in name).split() or [name]
        initials = "".join(word[0] for word in words[:3]).upper()
        tries = [initials, *(words[0][:n].capitalize() for n in range(2, len(words[0]) + 1))]
        tries += [f"{initials}{n}" for n in range(2, len(everyone) + 2)]
        codes[name] = next(code for code in tries if code not in codes.values())
    return codes
