"""Words that the answers share: what nobody sees, and caveats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from loopmap.loops import Loops
from loopmap.model import SystemMap

__all__ = [
    "all_seen",
    "attribution_caveat",
    "in_words",
    "loops_caveat",
]


def all_seen(loops: int) -> str:
    """What to say when nobody is needed to see a loop but those who drew it."""
    which = "The only loop" if loops == 1 else f"Each of the {loops:,} loops"
    return f"{which} is seen whole by somebody."


def in_words(
    answer: object, include: Iterable[str] | None, exclude: Iterable[str] | None
) -> dict[str, str]:
    """What a notebook shows of an answer: its words."""
    refused = (include is not None and "text/plain" not in include) or (
        exclude is not None and "text/plain" in exclude
    )
    return {} if refused else {"text/plain": str(answer)}


def attribution_caveat(m: SystemMap) -> str:
    """One sentence if who says or holds what is not known but, say, ``illustrative``; else empty.

    Examples
    --------
    >>> claim = lm.Claim("Police", "+", basis="illustrative")
    >>> attribution_caveat(lm.SystemMap(links=[lm.Link("A", "B", claims=[claim])]))
    "This rests on who is said to hold what: 1 of 1 attributions is marked 'illustrative'."
    """
    attributed = [
        claim
        for link in m.links
        for claim in link.claims
        if claim.perspective is not None or link.kind == "holds"
    ]
    bases = Counter(claim.basis for claim in attributed if claim.basis)
    if not bases:
        return ""
    parts = [f"{n:,} {'is' if n == 1 else 'are'} marked {b!r}" for b, n in bases.most_common()]
    parts[0] = parts[0].replace(" ", f" of {len(attributed):,} attributions ", 1)
    return f"This rests on who is said to hold what: {', '.join(parts)}."


def loops_caveat(loops: Loops) -> str:
    """One sentence if the list of loops is not whole, else empty."""
    if loops.complete:
        return ""
    whole = f"; whole up to length {loops.complete_to_length}" if loops.complete_to_length else ""
    return f"Not all loops were looked at: {loops.reason}{whole}."
