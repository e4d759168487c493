"""Strong components of a map whose loops are known because of how they are made.

A block is everything between two variables *s* and *t* put together in series and in parallel,
closed by one way back from *t* to *s*: its loops are exactly the ways from *s* to *t*. A strong
component is made of blocks that share one variable with what was there before: no loop runs
through two of them, so its loops are those of its blocks. Nothing is searched for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from loopmap.bench.stable_random import StableRandom

__all__ = ["Arrow", "Block", "StrongComponent"]

#: A way from one variable to another: an arrow, or parts one after another, or side by side.
Way = "Arrow | tuple[str, list[Way]]"


@dataclass(eq=False, slots=True)
class Arrow:
    """A link to be: its ends by number, whether it turns round what it passes on."""

    source: int
    target: int
    flips: bool = False


@dataclass
class Block:
    """The arrows of one block and the ways through it."""

    there: object  # a way from s to t
    back: list[object]  # the ways back, one after another: one or two arrows
    arrows: list[Arrow] = field(default_factory=list)

    def loops(self) -> Iterator[list[Arrow]]:
        """Every loop of the block, as arrows in order."""
        for way in _walks(self.there):
            yield [*way, *(arrow for part in self.back for arrow in next(_walks(part)))]


def _walks(way: object) -> Iterator[list[Arrow]]:
    if isinstance(way, Arrow):
        yield [way]
        return
    assert isinstance(way, tuple)
    how, parts = way
    if how == "side by side":
        for part in parts:
            yield from _walks(part)
    else:
        for choice in product(*(list(_walks(part)) for part in parts)):
            yield [arrow for walk in choice for arrow in walk]


class StrongComponent:
    """Blocks grown one on another from a first variable."""

    def __init__(self, random: StableRandom, first: int) -> None:
        self.random = random
        self.variables = [first]
        self.blocks: list[Block] = []
        self._next = first + 1
        self._joined: set[tuple[int, int]] = set()

    def grow(self, reinforcing: int, balancing: int, *, long_way_back: bool = False) -> Block:
        """Add a block with exactly so many loops of each kind."""
        s = self.random.one_of(self.variables)
        if reinforcing + balancing == 1 and not long_way_back and self._may_drive_itself(s):
            return self._itself(s, flips=bool(balancing))
        t = self._new()
        arrows: list[Arrow] = []
        parts: list[object] = []
        if reinforcing:
            parts.append(self._ways(reinforcing, s, t, arrows))
        if balancing and not reinforcing:
            parts.append(self._ways(balancing, s, t, arrows))
        elif balancing:
            aside = self._new()
            turn = self._arrow(s, aside, arrows, flips=True)
            parts.append(("in a row", [turn, self._ways(balancing, aside, t, arrows)]))
        flips = bool(balancing and not reinforcing)
        if long_way_back:
            middle = self._new()
            back: list[object] = [
                self._arrow(t, middle, arrows, flips=flips),
                self._arrow(middle, s, arrows),
            ]
        else:
            back = [self._arrow(t, s, arrows, flips=flips)]
        block = Block(("side by side", parts), back, arrows)
        self.blocks.append(block)
        return block

    def lengthen(self) -> None:
        """Put a new variable into some arrow."""
        block = self.random.one_of(self.blocks)
        arrow = self.random.one_of(block.arrows)
        middle = self._new()
        after = Arrow(middle, arrow.target)
        arrow.target = middle
        block.arrows.append(after)
        block.there = _replaced(block.there, arrow, ("in a row", [arrow, after]))
        block.back = [_replaced(part, arrow, ("in a row", [arrow, after])) for part in block.back]

    def _may_drive_itself(self, s: int) -> bool:
        return self.random.chance(0.1) and (s, s) not in self._joined

    def _itself(self, s: int, *, flips: bool) -> Block:
        arrow = Arrow(s, s, flips)
        self._joined.add((s, s))
        block = Block(("in a row", []), [arrow], [arrow])
        self.blocks.append(block)
        return block

    def _ways(self, n: int, a: int, b: int, arrows: list[Arrow]) -> object:
        """Exactly ``n`` ways from ``a`` to ``b``."""
        if n == 1:
            return self._arrow(a, b, arrows)
        divisors = [d for d in range(2, n) if n % d == 0]
        if divisors and self.random.chance(0.7):
            d, middle = self.random.one_of(divisors), self._new()
            parts = [self._ways(d, a, middle, arrows), self._ways(n // d, middle, b, arrows)]
            return ("in a row", parts)
        left = 1 + self.random.below(n - 1)
        both = [self._ways(left, a, b, arrows), self._ways(n - left, a, b, arrows)]
        return ("side by side", both)

    def _arrow(self, a: int, b: int, arrows: list[Arrow], *, flips: bool = False) -> object:
        """An arrow, or two with a new variable between where one is already there."""
        if (a, b) in self._joined:
            middle = self._new()
            first = self._arrow(a, middle, arrows, flips=flips)
            return ("in a row", [first, self._arrow(middle, b, arrows)])
        arrow = Arrow(a, b, flips)
        self._joined.add((a, b))
        arrows.append(arrow)
        return arrow

    def _new(self) -> int:
        self.variables.append(self._next)
        self._next += 1
        return self.variables[-1]


def _replaced(way: object, old: Arrow, new: object) -> object:
    if way is old:
        return new
    if isinstance(way, tuple):
        how, parts = way
        return (how, [_replaced(part, old, new) for part in parts])
    return way
