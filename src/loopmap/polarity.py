"""The four polarities of a link, and what follows when they are walked along or joined."""

from __future__ import annotations

import enum

from loopmap.errors import InvalidMapError, shown
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
    >>> lm.Polarity.NEGATIVE * lm.Polarity.NEGATIVE
    <Polarity.POSITIVE: 1>
    >>> print(lm.Polarity.POSITIVE | lm.Polarity.NEGATIVE)
    ±
    >>> print(lm.Polarity.UNKNOWN * lm.Polarity.MIXED)
    ?

    A polarity equals the ways people write it, and refuses to be compared with anything else:

    >>> lm.Polarity.NEGATIVE == "-", lm.Polarity.NEGATIVE in {"+", "-"}
    (True, True)
    """

    UNKNOWN = 0
    POSITIVE = 1
    NEGATIVE = 2
    MIXED = 3

    def __eq__(self, other: object) -> bool:
        """Whether ``other`` is this polarity, or a text that says it.

        Raises
        ------
        InvalidMapError
            If ``other`` is a text that says no sign: it would never be equal.
        """
        if self is other:
            return True
        return self is Polarity.of(other) if isinstance(other, str) else NotImplemented

    def __hash__(self) -> int:
        """That of :attr:`sign`, so that sets and dicts of ``"+"`` and ``"-"`` find it."""
        return hash(self.sign)

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

        Parameters
        ----------
        sign
            A polarity, a word or mark for one such as ``"–"`` or ``"positive"``, or the number 1,
            -1 or 0. ``None`` and ``""`` are unknown.

        Returns
        -------
        Polarity
            One of the four.

        Raises
        ------
        InvalidMapError
            If ``sign`` is none of the accepted spellings.

        Examples
        --------
        >>> lm.Polarity.of("–"), lm.Polarity.of("positive")
        (<Polarity.NEGATIVE: 2>, <Polarity.POSITIVE: 1>)
        """
        if isinstance(sign, cls):
            return sign
        try:
            found = sign_of("" if sign is None else str(sign))
        except Exception:  # what cannot even say its text, such as a number of 5,000 digits
            found = None
        if found is None:
            raise InvalidMapError(f"a link's sign is +, -, ? or +/-, not {shown(sign)}")
        return _TYPED[found]


_TYPED = {polarity.sign: polarity for polarity in map(Polarity, range(4))}
