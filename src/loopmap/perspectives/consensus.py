"""The part of a map that enough people stand behind."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_

from loopmap.errors import InvalidMapError, UnknownNameError, did_you_mean
from loopmap.model import Claim, Link, SystemMap
from loopmap.model.reading import need_map
from loopmap.polarity import Polarity

__all__ = ["consensus"]


def consensus(
    m: SystemMap,
    *,
    at_least: float = 2,
    weights: Mapping[str, float] | None = None,
    author: bool = True,
) -> SystemMap:
    """Keep the links that at least so many people make a claim about, and the signs they share.

    Ryan et al. (2021) name the three usual ways of putting maps together: everything
    (:func:`merge`), what at least k people say (``at_least``), and weighing them (``weights``).

    Parameters
    ----------
    m
        A map with claims of several people.
    at_least
        How many people, or how much weight, must stand behind a link.
    weights
        The weight of each perspective, not negative; 1 for those not named. With four
        interviews of one agency, ``1/4`` each makes the agency count once.
    author
        Whether the map's author counts as one of the people. ``False`` leaves out what is only on
        the facilitator's record, as :func:`compare` does, unless nobody else speaks.

    Returns
    -------
    SystemMap
        The same elements, and the links that reach ``at_least``. On such a link, claims with a
        sign that does not itself reach ``at_least`` are left out, so one dissenter does not
        undo what five share. Where people give both signs and neither reaches it, all claims
        stay: the link is in dispute, not undecided. Where a sign is given by too few and the
        others give none, the link stays without a sign.

    Raises
    ------
    UnknownNameError
        If ``weights`` names somebody who makes no claim.
    InvalidMapError
        If a weight or ``at_least`` is negative or not a number.

    References
    ----------
    E. Ryan et al. (2021), Systemic Practice and Action Research 34, doi 10.1007/s11213-019-09507-7.

    Examples
    --------
    >>> said = [lm.Claim("Ann", "+"), lm.Claim("Bo", "+"), lm.Claim("Cy", "-")]
    >>> m = lm.SystemMap(links=[lm.Link("A", "B", claims=said), lm.Link("B", "A", "+")])
    >>> lm.consensus(m, at_least=2).links
    (<Link A -> B : + by Ann, Bo>,)
    """
    need_map(m)
    everyone = sorted(m.perspectives)
    heavy: dict[str | None, float] = dict.fromkeys(everyone, 1.0)
    heavy[None] = float(author or not everyone)
    for who, weight in (weights or {}).items():
        if who not in everyone:
            raise UnknownNameError(
                f"nobody called {who!r} makes a claim in this map (in weights=)"
                + did_you_mean(str(who), everyone)
            )
        heavy[who] = _weight(weight, f"the weight of {who!r}")
    enough = _weight(at_least, "at_least")
    links = [kept for link in m.links if (kept := _agreed(link, heavy, enough)) is not None]
    return m.replace(links=links)


def _weight(value: float, what: str) -> float:
    if not (isinstance(value, int | float) and 0 <= value < float("inf")):
        raise InvalidMapError(f"{what} is a number that is not negative, not {value!r}")
    return float(value)


def _agreed(link: Link, heavy: Mapping[str | None, float], enough: float) -> Link | None:
    signs: dict[str | None, Polarity] = {}
    for claim in link.claims:
        signs[claim.perspective] = signs.get(claim.perspective, Polarity.UNKNOWN) | claim.polarity
    # A hair's breadth below still counts: three times 1/3 is one.
    bar = enough * (1 - 1e-9)
    if sum(heavy[who] for who in signs) < bar:
        return None
    shared = [
        sign
        for sign in (Polarity.POSITIVE, Polarity.NEGATIVE)
        if sum(heavy[who] for who, given in signs.items() if sign & given) >= bar
    ]
    given = reduce(or_, signs.values())
    if not shared and given is Polarity.MIXED:
        return link
    allowed = reduce(or_, shared, Polarity.UNKNOWN)
    kept = [claim for claim in link.claims if _within(claim, allowed)]
    return link.replace(claims=kept) if kept else link


def _within(claim: Claim, allowed: Polarity) -> bool:
    return claim.polarity & ~allowed == Polarity.UNKNOWN
