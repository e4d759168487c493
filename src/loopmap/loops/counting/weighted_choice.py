"""Drawing in proportion to whole numbers of any size, without rounding."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

__all__ = ["Below", "pick"]

#: ``below(n)`` draws a whole number from 0 to n - 1.
Below = Callable[[int], int]
T = TypeVar("T")


def pick(options: Iterable[tuple[int, T]], total: int, below: Below) -> T:
    """One of the options, in proportion to their weights, which add up to ``total``."""
    place = below(total)
    for weight, option in options:
        place -= weight
        if place < 0:
            return option
    raise ValueError(f"the weights add up to less than {total}")
