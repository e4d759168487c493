"""The four polarities of a link, and what follows when they are walked along or joined."""

from __future__ import annotations

import enum

from loopmap.errors import InvalidOptionError
from loopmap.signs import sign_of

__all__ = ["Polarity"]


class Polarity(enum.Flag):
    """The set of signs somebody asserted: none ``?``, ``+``, ``−``, or both ``±``.

    ``a * b`` walks along a path or round a loop: two negatives make a positive, an unknown
    leaves everything unknown, and a disputed sign disputes the product. ``a | b`` joins what
    several people said. Both are associative and commutative, ``*`` distributes over ``|``,
    ``POSITIVE`` is neutral for ``*`` and ``UNKNOWN`` for ``|``.

    Examples
    --------
    >>> Polarity.NEGATIVE * Polarity.NEGATIVE
    <Polarity.POSITIVE: 1>
    >>> print(Polarity.POSITIVE | Polarity.NEGATIVE)
    ±
    >>> print(Polarity.UNKNOWN * Polarity.MIXED)
    ?
    """

    UNKNOWN = 0
    POSITIVE = 1
    NEGATIVE = 2
    MIXED = 3

    def __mul__(self, other: Polarity) -> Polarity:
        """Walk along two links in a row."""
        if not isinstance(other, Polarity):
            return NotImplemented
        if not (self.value and other.value):
            return Polarity.UNKNOWN
        if self is Polarity.MIXED or other is Polarity.MIXED:
            return Polarity.MIXED
        return Polarity.POSITIVE if self is other else Polarity.NEGATIVE

    def __str__(self) -> str:
        """The sign as people write it on a map: ``+``, ``−``, ``?`` or ``±``."""
        return "?+−±"[self.value]

    @property
    def sign(self) -> str:
        """The sign as it is typed in files: ``+``, ``-``, ``?`` or ``+/-``."""
        return ("?", "+", "-", "+/-")[self.value]

    @property
    def word(self) -> str:
        """The sign in a word: ``positive``, ``negative``, ``unknown`` or ``mixed``."""
        return ("unknown", "positive", "negative", "mixed")[self.value]

    @property
    def is_known(self) -> bool:
        """Whether exactly one sign was asserted."""
        return self.value in (1, 2)

    @classmethod
    def of(cls, sign: Polarity | str | int | None) -> Polarity:
        """Read one of the ways people write a sign (``loopmap.signs`` has them all).

        ``None`` and ``""`` are unknown.

        Raises
        ------
        InvalidOptionError
            If ``sign`` is none of the accepted spellings.

        Examples
        --------
        >>> Polarity.of("–"), Polarity.of("positive")
        (<Polarity.NEGATIVE: 2>, <Polarity.POSITIVE: 1>)
        """
        if isinstance(sign, cls):
            return sign
        found = sign_of("" if sign is None else str(sign))
        if found is None:
            raise InvalidOptionError(f"a link's sign is +, -, ? or +/-, not {sign!r}")
        return _TYPED[found]


_TYPED = {polarity.sign: polarity for polarity in map(Polarity, range(4))}
