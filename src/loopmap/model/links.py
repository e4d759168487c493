"""A link: one arrow on the picture, and the claims people made about it."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from operator import or_
from typing import NamedTuple

from loopmap.errors import InvalidMapError, did_you_mean, listed, shown
from loopmap.model.kinds import ARROW, LINK_KINDS
from loopmap.model.text import checked_name, checked_text
from loopmap.options import LinkKindName
from loopmap.polarity import Polarity

__all__ = ["EVIDENCE", "Claim", "Link", "LinkKey"]

#: Evidence grades the notation knows as single words, strongest first. Other words are kept too.
EVIDENCE = ("stated", "ends", "inferred")

Point = tuple[float, float]


class LinkKey(NamedTuple):
    """What makes two links of a map different; sorts by the names."""

    source: str
    target: str
    kind: LinkKindName = "causal"
    route: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One person's or agency's statement of a link.

    Parameters
    ----------
    perspective
        Who says so; ``None`` is the map's author.
    polarity
        The sign they give it: a :class:`~loopmap.Polarity` or one of its spellings.
    delayed
        Whether they say it takes noticeable time. ``False`` is silence: nobody is recorded as
        denying a delay.
    strength
        How strong they say it is: a finite number on the map's own scale, or ``None``.
    evidence
        How well it is supported: ``"stated"``, ``"ends"``, ``"inferred"``, or another word.
    basis
        How we know it is theirs, such as ``"illustrative"``.
    quote, source, note
        Their words, where those stand, and a remark.

    Raises
    ------
    InvalidMapError
        If a text holds a control character, or strength is no finite number.

    Examples
    --------
    >>> lm.Claim("Police", "-", delayed=True, quote="we never hear back").polarity
    <Polarity.NEGATIVE: 2>
    """

    perspective: str | None = None
    polarity: Polarity = Polarity.UNKNOWN
    delayed: bool = False
    strength: float | None = None
    evidence: str = ""
    basis: str = ""
    quote: str = ""
    source: str = ""
    note: str = ""

    def __init__(
        self,
        perspective: str | None = None,
        polarity: Polarity | str | int | None = None,
        delayed: bool = False,
        strength: float | None = None,
        evidence: str = "",
        basis: str = "",
        quote: str = "",
        source: str = "",
        note: str = "",
    ) -> None:
        put = object.__setattr__
        if perspective is not None:
            checked_name(perspective, "the perspective")
        put(self, "perspective", perspective)
        put(self, "polarity", Polarity.of(polarity))
        put(self, "delayed", bool(delayed))
        put(self, "strength", None if strength is None else _finite(strength))
        texts = zip(
            ("evidence", "basis", "quote", "source", "note"),
            (evidence, basis, quote, source, note),
            strict=True,
        )
        for name, text in texts:
            empty = isinstance(text, str) and not text  # as most are
            put(self, name, "" if empty else checked_text(text, f"the {name} of a claim").strip())

    @property
    def order(self) -> tuple[object, ...]:
        """What claims are sorted by: the author first, then names, then the rest."""
        return (
            self.perspective or "",
            self.polarity.value,
            self.delayed,
            (0, 0.0) if self.strength is None else (1, self.strength),
            self.evidence,
            self.basis,
            self.quote,
            self.source,
            self.note,
        )


@dataclass(frozen=True, slots=True, repr=False)
class Link:
    """What drives what: one arrow on the picture, made of the claims about it.

    ``Link("A", "B", "+")`` makes one claim by the map's author; pass ``claims=`` for what several
    people said. Everything else is derived from the claims.

    Parameters
    ----------
    source, target
        Names of the two elements.
    polarity, delayed, strength
        For a single claim by the author; not together with ``claims``.
    kind
        ``"causal"``, ``"holds"``, ``"influences"`` or ``"wants"``; see ``LINK_KINDS``.
    route
        A label that tells two links between the same two elements apart.
    claims
        At least one :class:`Claim`; kept sorted, each once.
    curve
        Where its line ran on a picture that was kept: the control points of cubic Bézier curves
        in a row, ``(x, y)`` in map units, from its cause to the tip of its head. Presentation, as
        :attr:`Element.position`: kept and written, but never part of equality.

    Raises
    ------
    InvalidMapError
        If the kind is not known, a sign is given to a kind that has none, or the curve is none.

    Examples
    --------
    >>> link = lm.Link("Blame", "Trust", claims=[lm.Claim("Police", "-"), lm.Claim("Health", "+")])
    >>> link
    <Link Blame -> Trust : ± by Health, Police>
    >>> link.polarity, link.delayed, link.perspectives
    (<Polarity.MIXED: 3>, False, ('Health', 'Police'))
    """

    source: str
    target: str
    kind: LinkKindName
    route: str
    claims: tuple[Claim, ...]
    curve: tuple[Point, ...] = field(default=(), compare=False, repr=False)

    def __init__(
        self,
        source: str,
        target: str,
        polarity: Polarity | str | int | None = None,
        *,
        delayed: bool = False,
        strength: float | None = None,
        kind: LinkKindName = "causal",
        route: str = "",
        claims: Iterable[Claim] | None = None,
        curve: Iterable[Point] = (),
    ) -> None:
        put = object.__setattr__
        put(self, "source", checked_name(source, "the source of a link"))
        put(self, "target", checked_name(target, "the target of a link"))
        if not isinstance(kind, str) or kind not in LINK_KINDS:
            raise InvalidMapError(
                f"the link {source!r} -> {target!r} cannot be {shown(kind)}; "
                f"a link is {listed(tuple(LINK_KINDS), 'or')}" + did_you_mean(str(kind), LINK_KINDS)
            )
        put(self, "kind", kind)
        plain = isinstance(route, str) and not route
        put(self, "route", "" if plain else checked_text(route, "the route of a link").strip())
        if claims is None:
            known = Polarity.of(polarity), bool(delayed)
            claims = (_by_author(*known) if strength is None else Claim(None, *known, strength),)
        elif polarity is not None or delayed or strength is not None:
            raise InvalidMapError(
                f"the link {source!r} -> {target!r} takes its sign, delay and strength from its "
                "claims; put them into the claims, or leave claims= out"
            )
        kept = _claims(claims, source, target)
        if not kept:
            raise InvalidMapError(
                f"the link {source!r} -> {target!r} has no claim; a link needs at least one"
            )
        put(self, "claims", kept)
        put(self, "curve", _curve(curve, source, target) if curve != () else ())
        if not LINK_KINDS[kind].signed and any(claim.polarity.value for claim in kept):
            raise InvalidMapError(
                f"{source!r} {kind} {target!r} has no sign, not {str(self.polarity)!r}; "
                "leave the sign out"
            )

    @property
    def key(self) -> LinkKey:
        """Source, target, kind and route: what identifies the link in its map."""
        return LinkKey(self.source, self.target, self.kind, self.route)

    @property
    def is_causal(self) -> bool:
        """Whether loops can run along it: what the row of its kind in ``LINK_KINDS`` says."""
        return LINK_KINDS[self.kind].loops

    @property
    def polarity(self) -> Polarity:
        """The join of the claims: what was asserted, by anybody."""
        return reduce(or_, [claim.polarity for claim in self.claims])

    @property
    def delayed(self) -> bool:
        """Whether some claim says it is delayed."""
        return any(claim.delayed for claim in self.claims)

    @property
    def strength(self) -> float | None:
        """The median of the strengths given, or ``None``."""
        given = [claim.strength for claim in self.claims if claim.strength is not None]
        return statistics.median(given) if given else None

    @property
    def perspectives(self) -> tuple[str, ...]:
        """Who made claims about it, sorted; the map's author is not listed."""
        return tuple(sorted({c.perspective for c in self.claims if c.perspective is not None}))

    @property
    def evidence(self) -> str:
        """The strongest evidence grade among the claims, or an empty string.

        ``"inferred"`` only if every claim is: what one person says is not inferred because
        another infers it.
        """
        grades = {claim.evidence for claim in self.claims}
        if grades != {"inferred"}:
            grades.discard("inferred")
        known = [grade for grade in EVIDENCE if grade in grades]
        return known[0] if known else min(grades - {""}, default="")

    def replace(
        self,
        *,
        source: str | None = None,
        target: str | None = None,
        route: str | None = None,
        claims: Iterable[Claim] | None = None,
        curve: Iterable[Point] | None = None,
    ) -> Link:
        """Return a new link with some parts replaced; the kind stays.

        Parameters
        ----------
        source, target, route, claims, curve
            As :class:`Link` takes them; ``None`` keeps what is there.

        Returns
        -------
        Link
            A link of its own: this one does not change.

        Raises
        ------
        InvalidMapError
            If a part cannot be used.
        """
        return Link(
            self.source if source is None else source,
            self.target if target is None else target,
            kind=self.kind,
            route=self.route if route is None else route,
            claims=self.claims if claims is None else claims,
            curve=self.curve if curve is None else curve,
        )

    def __repr__(self) -> str:
        """A line such as ``<Link Blame -> Trust : − by Police>``."""
        kind = "" if self.kind == ARROW else f" [{self.kind}]"
        route = f" via {self.route}" if self.route else ""
        delay = " //" if self.delayed else ""
        who = f" by {', '.join(self.perspectives)}" if self.perspectives else ""
        return f"<Link {self.source} -> {self.target} : {self.polarity}{delay}{kind}{route}{who}>"


@lru_cache
def _by_author(polarity: Polarity, delayed: bool) -> Claim:
    """A claim that is nobody's but the author's; maps hold thousands of the same few."""
    return Claim(None, polarity, delayed)


def _claims(claims: Iterable[Claim], source: str, target: str) -> tuple[Claim, ...]:
    """The claims sorted, each once."""
    given = tuple(claims) if isinstance(claims, Iterable) else (claims,)
    for claim in given:
        if not isinstance(claim, Claim):
            raise InvalidMapError(
                f"the claims of {source!r} -> {target!r} are a list of Claim(…), not {shown(claim)}"
            )
    return given if len(given) == 1 else tuple(sorted(set(given), key=lambda claim: claim.order))


def _curve(curve: Iterable[Point], source: str, target: str) -> tuple[Point, ...]:
    """Control points, checked: a chain of cubic curves has four, seven, ten … of them."""
    try:
        points = tuple([(float(x) + 0.0, float(y) + 0.0) for x, y in curve])
    except Exception:  # whatever a stranger's object raises
        points = ((math.nan, math.nan),)
    if points and (len(points) % 3 != 1 or len(points) < 4 or not _all_finite(points)):
        raise InvalidMapError(
            f"the curve of {source!r} -> {target!r} is 4, 7, 10 … points (x, y), not {shown(curve)}"
        )
    return points


def _all_finite(points: tuple[Point, ...]) -> bool:
    return all(math.isfinite(x) and math.isfinite(y) for x, y in points)


def _finite(strength: float) -> float:
    try:
        number = float(strength)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise InvalidMapError(f"a strength is a finite number, not {shown(strength)}")
    return number + 0.0
