"""Whether the loops that somebody named are what they claim to be."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, product

from loopmap.errors import did_you_mean, listed
from loopmap.loops.loop import KIND_WORDS, Loop, loop_kind
from loopmap.model import Link, NamedLoop, SystemMap
from loopmap.model.reading import need_map
from loopmap.polarity import Polarity

__all__ = ["VERDICTS", "NamedLoopFinding", "check_named_loops"]

#: What a named loop can turn out to be.
VERDICTS = ("confirmed", "wrong kind", "broken", "undecided")

#: The causal links between two variables.
_Links = dict[tuple[str, str], list[Link]]
#: So many loops along one path are told.
SHOWN = 100


@dataclass(frozen=True, slots=True)
class NamedLoopFinding:
    """What one named loop turned out to be.

    Parameters
    ----------
    named
        The loop as somebody named it.
    verdict
        ``"confirmed"``; ``"wrong kind"`` (it is there, but not of the claimed kind);
        ``"broken"`` (a name or link is missing); ``"undecided"`` (a sign is unknown or disputed).
    what
        The finding in one clause, with names in quotes.
    suggestion
        What to do about it; empty when confirmed.
    loops
        The loops of the map along its path: several if parallel links make several, the first
        hundred of more.
    """

    named: NamedLoop
    verdict: str
    what: str
    suggestion: str = ""
    loops: tuple[Loop, ...] = ()


def check_named_loops(m: SystemMap) -> tuple[NamedLoopFinding, ...]:
    """Check every named loop of a map against its links.

    Parameters
    ----------
    m
        The map; its ``loops`` are what is checked.

    Returns
    -------
    tuple of NamedLoopFinding
        One for each of ``m.loops``, in their order.

    Examples
    --------
    >>> links = [("A", "B", "+"), ("B", "A", "-")]
    >>> m = lm.SystemMap(links=links, loops=[lm.NamedLoop("Spiral", ["A", "B"], "R")])
    >>> (finding,) = lm.check_named_loops(m)
    >>> finding.verdict, finding.what
    ('wrong kind', "the loop 'Spiral' is claimed to be reinforcing but is balancing")
    """
    need_map(m)
    links: _Links = {}
    for link in m.causal_links:
        links.setdefault((link.source, link.target), []).append(link)
    return tuple(_finding(m, links, named) for named in m.loops)


def _finding(m: SystemMap, links: _Links, named: NamedLoop) -> NamedLoopFinding:
    unknown = [name for name in named.path if name not in m]
    if unknown:
        return NamedLoopFinding(
            named,
            "broken",
            f"the loop {named.name!r} runs through {listed(unknown)}, which the map does not have",
            "".join(did_you_mean(name, m.names) for name in unknown[:1]).removeprefix("; ")
            or "add the variable and its links, or mend the loop's path",
        )
    steps = list(zip(named.key, (*named.key[1:], named.key[0]), strict=True))
    ways = [links.get(step, []) for step in steps]
    missing = [step for step, way in zip(steps, ways, strict=True) if not way]
    if missing:
        return _broken(links, named, missing)
    loops = tuple(Loop(way, name=named.name) for way in islice(product(*ways), SHOWN))
    return _judged(named, loops, ways)


def _kinds(ways: list[list[Link]]) -> set[str]:
    """The kinds that one link of every step can make: step by step, however many loops."""
    products = {Polarity.POSITIVE}
    for way in ways:
        products = {before * link.polarity for before in products for link in way}
    return {loop_kind(polarity) for polarity in products}


def _broken(links: _Links, named: NamedLoop, missing: list[tuple[str, str]]) -> NamedLoopFinding:
    named_links = " and ".join(f"{u!r} -> {v!r}" for u, v in missing)
    plural = "s" if len(missing) > 1 else ""
    turned = [f"{v!r} -> {u!r}" for u, v in missing if (v, u) in links]
    hint = f"the map has {' and '.join(turned)}, the other way; " if turned else ""
    return NamedLoopFinding(
        named,
        "broken",
        f"the loop {named.name!r} needs the link{plural} {named_links}, "
        f"which the map does not have",
        f"{hint}add the link{plural}, or mend the loop's path",
    )


def _judged(named: NamedLoop, loops: tuple[Loop, ...], ways: list[list[Link]]) -> NamedLoopFinding:
    kinds = _kinds(ways)
    if named.kind in kinds or not named.kind:
        found = " or ".join(KIND_WORDS[kind] for kind in KIND_WORDS if kind in kinds)
        kind = KIND_WORDS[named.kind] if named.kind else found
        what = f"the loop {named.name!r} is there and {kind}"
        return NamedLoopFinding(named, "confirmed", what, loops=loops)
    claimed = KIND_WORDS[named.kind]
    if "U" not in kinds:
        found = next(KIND_WORDS[kind] for kind in KIND_WORDS if kind in kinds)
        return NamedLoopFinding(
            named,
            "wrong kind",
            f"the loop {named.name!r} is claimed to be {claimed} but is {found}",
            "look at the signs round it, or change the claimed kind",
            loops,
        )
    open_links = {link for way in ways for link in way if not link.polarity.is_known}
    said = [
        f"the sign of {link.source!r} -> {link.target!r} is "
        + ("disputed" if link.polarity.value else "unknown")
        for link in sorted(open_links, key=lambda link: link.key)
    ]
    return NamedLoopFinding(
        named,
        "undecided",
        f"the loop {named.name!r} is claimed to be {claimed}, but {' and '.join(said)}",
        "ask what the sign is, and write it down",
        loops,
    )
