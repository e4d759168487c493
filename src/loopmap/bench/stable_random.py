"""Random choices that come out the same on every machine and every Python."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

__all__ = ["StableRandom"]

T = TypeVar("T")


class StableRandom:
    """A seeded source of choices, made of ``random.Random.random`` alone.

    Only that method's stream is promised to stay the same in later Pythons; ``choice`` and
    ``shuffle`` are not.
    """

    def __init__(self, *seed: object) -> None:
        self._roll = random.Random(repr(seed)).random

    def below(self, n: int) -> int:
        """A whole number from 0 to ``n - 1``."""
        return int(self._roll() * n)

    def chance(self, share: float) -> bool:
        """True in this share of cases."""
        return self._roll() < share

    def one_of(self, things: Sequence[T]) -> T:
        """One of some things, each as likely."""
        return things[self.below(len(things))]

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """The things in any order (Fisher and Yates)."""
        found = list(things)
        for i in range(len(found) - 1, 0, -1):
            j = self.below(i + 1)
            found[i], found[j] = found[j], found[i]
        return found

    def some(self, things: Sequence[T], share: float) -> list[T]:
        """Return this share of the things, to the nearest number, in any order."""
        return self.shuffled(things)[: round(share * len(things))]
