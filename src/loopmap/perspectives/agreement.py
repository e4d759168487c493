"""Who says what about each link, and where they contradict each other. Silence is neither."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from loopmap.model import Link, SystemMap
from loopmap.polarity import Polarity

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Agreement", "agreement", "compare", "voice_labels", "voices"]

Voice = str | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What everybody says about one link.

    Parameters
    ----------
    link
        The link.
    signs
        Who speaks of it, and the sign they give; ``None`` stands for the map's author. Several
        claims of one person are joined.
    delays
        Who speaks of it, and whether they call it delayed.
    strengths
        Who gives it a strength, and the strengths given, sorted.
    silent
        How many of the map's people say nothing about it.
    """

    link: Link
    signs: Mapping[Voice, Polarity]
    delays: Mapping[Voice, bool]
    strengths: Mapping[Voice, tuple[float, ...]]
    silent: int

    def count(self, sign: Polarity) -> int:
        """How many people give it exactly this sign."""
        return sum(given is sign for given in self.signs.values())

    @property
    def verdict(self) -> str:
        """``"conflict"`` (people give different signs), ``"only"`` (one speaks) or ``"agreed"``.

        An unsigned claim contradicts nobody.
        """
        known = {sign for sign in self.signs.values() if sign is not Polarity.UNKNOWN}
        if len(known) > 1:
            return "conflict"
        return "only" if len(self.signs) == 1 else "agreed"

    @property
    def delay_disputed(self) -> bool:
        """Whether some who speak of it call it delayed and others do not."""
        return len(set(self.delays.values())) > 1

    @property
    def strength_range(self) -> float | None:
        """The largest strength given less the smallest; ``None`` unless two people gave one."""
        if len(self.strengths) < 2:
            return None
        given = [strength for theirs in self.strengths.values() for strength in theirs]
        return max(given) - min(given)

    @property
    def share(self) -> float | None:
        """max(n₊, n₋) / (n₊ + n₋), or ``None`` where nobody gives a plain sign."""
        plus, minus = self.count(Polarity.POSITIVE), self.count(Polarity.NEGATIVE)
        return max(plus, minus) / (plus + minus) if plus + minus else None


def voices(m: SystemMap) -> tuple[Voice, ...]:
    """Return everybody who makes a claim, sorted; ``None``, the map's author, comes last."""
    everyone = {claim.perspective for link in m.links for claim in link.claims}
    return tuple(sorted(everyone, key=lambda who: (who is None, who or "")))


def voice_labels(everyone: tuple[Voice, ...]) -> dict[Voice, str]:
    """Return what to call each in a table: their name, and ``"(author)"`` for ``None``."""
    author = "(author)"
    while author in everyone:
        author = f"({author})"
    return {who: author if who is None else who for who in everyone}


def agreement(m: SystemMap, *, kind: str = "causal") -> tuple[Agreement, ...]:
    """Return what everybody says about each link of this kind, in the order of the links.

    Examples
    --------
    >>> said = [lm.Claim("Police", "+"), lm.Claim("Health", "-", delayed=True)]
    >>> m = lm.SystemMap(links=[lm.Link("Risk", "Referrals", claims=said)])
    >>> agreement(m)[0].verdict, agreement(m)[0].delay_disputed
    ('conflict', True)
    """
    links = [link for link in m.links if link.kind == kind]
    everyone = len({claim.perspective for link in links for claim in link.claims})
    return tuple(_of_link(link, everyone) for link in links)


def _of_link(link: Link, everyone: int) -> Agreement:
    by_voice: dict[Voice, list[Any]] = {}
    for claim in link.claims:
        by_voice.setdefault(claim.perspective, []).append(claim)
    strengths = {
        who: tuple(sorted(c.strength for c in theirs if c.strength is not None))
        for who, theirs in by_voice.items()
    }
    return Agreement(
        link,
        {who: reduce(or_, (c.polarity for c in theirs)) for who, theirs in by_voice.items()},
        {who: any(c.delayed for c in theirs) for who, theirs in by_voice.items()},
        {who: given for who, given in strengths.items() if given},
        everyone - len(by_voice),
    )


def compare(m: SystemMap) -> pd.DataFrame:
    """Lay side by side what each perspective says about each causal link.

    Parameters
    ----------
    m
        A map with claims of several people, such as :func:`merge` makes.

    Returns
    -------
    pandas.DataFrame
        One row per causal link, in the order of the map. Columns: ``source``, ``target``,
        ``route``; one per perspective with the sign it gives (``+``, ``-``, ``?``, ``+/-``) and an
        empty text where it is silent; then ``verdict`` (``agreed``, ``conflict`` or ``only X``),
        ``delay`` (``yes``, ``no`` or ``disputed``), ``strength_range`` (largest less smallest),
        ``plus``, ``minus``, ``mixed``, ``unknown``, ``silent`` (how many people), ``agreement``
        (the larger of plus and minus, divided by their sum) and ``coverage`` (the share of all
        people who speak of the link). Claims by the map's author have a column ``(author)``.
        Silence is not disagreement, and an unsigned claim contradicts nobody.

    Examples
    --------
    >>> police = lm.SystemMap(links=[("Risk", "Referrals", "+"), ("Referrals", "Backlog", "+")])
    >>> health = lm.SystemMap(links=[("Risk", "Referrals", "-")])
    >>> table = lm.compare(lm.merge({"Police": police, "Health": health}))
    >>> print(table[["source", "Health", "Police", "verdict"]].to_string(index=False))
       source Health Police     verdict
    Referrals             + only Police
         Risk      -      +    conflict
    """
    import pandas as pd

    found = agreement(m)
    everyone = tuple(
        sorted({w for a in found for w in a.signs}, key=lambda who: (who is None, who or ""))
    )
    labels = voice_labels(everyone)
    fixed = [
        "verdict", "delay", "strength_range", "plus", "minus", "mixed", "unknown", "silent",
        "agreement", "coverage",
    ]  # fmt: skip
    # Lists, not dictionaries: somebody may be called "source" or "verdict".
    rows = [
        [a.link.source, a.link.target, a.link.route]
        + [a.signs[who].sign if who in a.signs else "" for who in everyone]
        + _judged(a, labels, len(everyone))
        for a in found
    ]
    columns = ["source", "target", "route", *(labels[who] for who in everyone), *fixed]
    return pd.DataFrame(rows, columns=columns)


def _judged(a: Agreement, labels: Mapping[Voice, str], everyone: int) -> list[Any]:
    verdict = a.verdict
    if verdict == "only":
        verdict = f"only {labels[next(iter(a.signs))]}"
    delay = "disputed" if a.delay_disputed else "yes" if a.link.delayed else "no"
    signs = (Polarity.POSITIVE, Polarity.NEGATIVE, Polarity.MIXED, Polarity.UNKNOWN)
    nan = float("nan")
    return [
        verdict,
        delay,
        nan if a.strength_range is None else a.strength_range,
        *(a.count(sign) for sign in signs),
        a.silent,
        nan if a.share is None else a.share,
        len(a.signs) / everyone,
    ]
