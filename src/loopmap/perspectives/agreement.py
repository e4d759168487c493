"""Who says what about each link, and where they contradict each other. Silence is neither.

Where somebody in particular speaks, what the map's author wrote is the facilitator's record: it is
kept beside what people say, and is nobody's voice unless ``author=True`` makes it one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from loopmap.model import Claim, Link, SystemMap
from loopmap.model.reading import need_map
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
        Who speaks of it, and the sign they give; ``None`` stands for the map's author, where the
        author is a voice. Several claims of one person are joined.
    slow
        Who of them says that it takes time; the others say nothing of that.
    strengths
        Who gives it a strength, and the strengths given, sorted.
    silent
        How many of the map's people say nothing about it.
    record
        The sign on the facilitator's record, where that is no voice; ``None`` if it is not on it.
    """

    link: Link
    signs: Mapping[Voice, Polarity]
    slow: frozenset[Voice]
    strengths: Mapping[Voice, tuple[float, ...]]
    silent: int
    record: Polarity | None = None

    @property
    def said(self) -> Link:
        """The link as those who speak of it say it; as it is recorded where nobody does."""
        theirs = [claim for claim in self.link.claims if claim.perspective in self.signs]
        return self.link.replace(claims=theirs or None)

    def count(self, sign: Polarity) -> int:
        """How many people give it exactly this sign."""
        return sum(given is sign for given in self.signs.values())

    @property
    def verdict(self) -> str:
        """What people make of it together.

        ``"conflict"`` (they give different signs), ``"only"`` (one speaks), ``"agreed"``, or
        ``"record"`` (nobody in particular speaks). An unsigned claim contradicts nobody.
        """
        known = {sign for sign in self.signs.values() if sign is not Polarity.UNKNOWN}
        if len(known) > 1:
            return "conflict"
        return {0: "record", 1: "only"}.get(len(self.signs), "agreed")

    @property
    def record_differs(self) -> bool:
        """Whether the record gives a sign that some who speak of it contradict."""
        given = {self.record, *self.signs.values()} - {None, Polarity.UNKNOWN}
        return bool(self.record) and len(given) > 1

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


def voices(m: SystemMap, *, author: bool = False) -> tuple[Voice, ...]:
    """Return everybody who makes a claim about a causal link, sorted.

    ``None``, the map's author, comes last: with ``author=True``, or where nobody else speaks.
    """
    return _heard((claim.perspective for x in m.causal_links for claim in x.claims), author)


def _heard(given: Iterable[Voice], author: bool) -> tuple[Voice, ...]:
    everyone = set(given)
    if not author and len(everyone) > 1:
        everyone.discard(None)
    return tuple(sorted(everyone, key=lambda who: (who is None, who or "")))


def voice_labels(everyone: tuple[Voice, ...]) -> dict[Voice, str]:
    """Return what to call each in a table: their name, and ``"(author)"`` for ``None``."""
    author = "(author)"
    while author in everyone:
        author = f"({author})"
    return {who: author if who is None else who for who in everyone}


def agreement(m: SystemMap, *, author: bool = False) -> tuple[Agreement, ...]:
    """Return what everybody says about each causal link, in the order of the links.

    Examples
    --------
    >>> said = [lm.Claim("Police", "+"), lm.Claim("Health", "-", delayed=True)]
    >>> m = lm.SystemMap(links=[lm.Link("Risk", "Referrals", claims=said)])
    >>> agreement(m)[0].verdict, agreement(m)[0].slow
    ('conflict', frozenset({'Health'}))
    """
    everyone = voices(m, author=author)
    return tuple(_of_link(link, everyone) for link in m.causal_links)


def _of_link(link: Link, everyone: tuple[Voice, ...]) -> Agreement:
    by_voice: dict[Voice, list[Claim]] = {}
    for claim in link.claims:
        by_voice.setdefault(claim.perspective, []).append(claim)
    signs = {who: reduce(or_, (c.polarity for c in said)) for who, said in by_voice.items()}
    record = None
    if None in by_voice and None not in everyone:
        record = signs.pop(None)
        del by_voice[None]
    strengths = {
        who: tuple(sorted(c.strength for c in theirs if c.strength is not None))
        for who, theirs in by_voice.items()
    }
    return Agreement(
        link,
        signs,
        frozenset(who for who, theirs in by_voice.items() if any(c.delayed for c in theirs)),
        {who: given for who, given in strengths.items() if given},
        len(everyone) - len(by_voice),
        record,
    )


def compare(m: SystemMap, *, author: bool = False) -> pd.DataFrame:
    """Lay side by side what each perspective says about each causal link.

    Parameters
    ----------
    m
        A map with claims of several people, such as :func:`merge` makes.
    author
        Whether the map's author is one of the people. By default only if nobody else speaks: what
        the author writes above their claims is the facilitator's record, kept apart.

    Returns
    -------
    pandas.DataFrame
        One row per causal link, in the order of the map. Columns: ``source``, ``target``,
        ``route``; one per perspective with the sign it gives (``+``, ``-``, ``?``, ``+/-``) and an
        empty text where it is silent; then ``verdict`` (``agreed``, ``conflict``,
        ``only X``, or ``record``: nobody in particular speaks), ``delay`` (``yes`` if all who speak
        say so, ``some``, or ``no``), ``strength_range`` (float64: largest less smallest),
        ``plus``, ``minus``, ``mixed``, ``unknown``, ``silent`` (int64: how many people),
        ``agreement`` (float64: the larger of plus and minus, divided by their sum; NaN if both
        are 0) and ``coverage`` (float64: the share of all people who speak of the link). Claims
        by the map's author have a column ``(author)`` after those of the people.
        Silence is not disagreement, also about a delay or a strength, and an unsigned claim
        contradicts nobody. A claim says that there is a delay or nothing about it, so ``no`` is:
        nobody speaks of one.

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
    need_map(m)
    import pandas as pd

    found = agreement(m, author=author)
    people = voices(m, author=author)
    columns = (*people, None) if any(a.record is not None for a in found) else people
    labels = voice_labels(columns)
    fixed = [
        "verdict", "delay", "strength_range", "plus", "minus", "mixed", "unknown", "silent",
        "agreement", "coverage",
    ]  # fmt: skip
    # Lists, not dictionaries: somebody may be called "source" or "verdict".
    rows = [
        [a.link.source, a.link.target, a.link.route]
        + [_sign(a, who) for who in columns]
        + _judged(a, labels, len(people))
        for a in found
    ]
    heads = ["source", "target", "route", *(labels[who] for who in columns), *fixed]
    return pd.DataFrame(rows, columns=heads)


def _sign(a: Agreement, who: Voice) -> str:
    given = a.record if who is None and a.record is not None else a.signs.get(who)
    return "" if given is None else given.sign


def _judged(a: Agreement, labels: Mapping[Voice, str], everyone: int) -> list[Any]:
    verdict = a.verdict
    if verdict == "only":
        verdict = f"only {labels[next(iter(a.signs))]}"
    delay = "no" if not a.slow else "yes" if len(a.slow) == len(a.signs) else "some"
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
