"""Which counting engine takes a block: estimated beforehand, and refused with numbers.

The compiled engine where it is there, or else dictionaries for few states and arrays for more;
subsets for small cores with nearly every link. All give the same answers.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Sequence
from math import inf
from typing import Any, Protocol

from loopmap.errors import TooLargeError
from loopmap.loops.counting.elimination_order import elimination_order
from loopmap.loops.counting.frontier import Pair, frontier_dag, plans
from loopmap.loops.counting.weighted_choice import Below
from loopmap.loops.kernel import compiled

__all__ = ["LoopDag", "engine_for"]

#: The most states that may be expected: compiled, with arrays, with dictionaries. The bound is
#: reached to between a half (few) and a fifteenth (many), see elimination_order.py.
MOST_COMPILED, MOST_ARRAYS, MOST_PLAIN = 6e8, 1e8, 2e6
#: The most transitions the compiled engine keeps, 10 bytes each.
MOST_TRANSITIONS = 200_000_000
#: The most states at once where totals are counted without keeping transitions.
MOST_AT_ONCE = 20_000_000
#: Above so many expected states totals alone are not worth keeping the transitions.
STREAM_ABOVE = 1_000_000
#: Above so many expected states dictionaries leave the work to arrays.
PLAIN_STATES = 6_000
#: And this many where numpy would have to be imported first.
WITHOUT_IMPORT = 40_000
#: Steps by subsets that take the time of one expected state of a frontier.
SUBSET_STEP, SUBSET_STEP_COMPILED = 60, 4


class LoopDag(Protocol):
    """What a counting engine offers for one block; weights have a last entry 1 for "no way"."""

    def total(self, weight: Sequence[int]) -> int:
        """The sum over all loops of the product of their pairs' weights."""

    def totals(self, weights: Sequence[Sequence[int]]) -> list[int]:
        """The total for each of several weights, of which none exceeds the first in size."""

    def packed(self, weight: Sequence[int], digit: int) -> int:
        """The total for weights packed by length, and packed so itself."""

    def shares(self, weight: Sequence[int]) -> tuple[int, list[int]]:
        """The total, and its derivative for the weight of every pair."""

    def sampler(self, weight: Sequence[int]) -> Callable[[Below], list[int]]:
        """What draws one loop in proportion to its product of weights, as numbers of pairs."""


def engine_for(pairs: list[Pair], most: float = inf) -> LoopDag:
    """The engine that suits a block.

    Raises
    ------
    TooLargeError
        If more than ``most`` states, or than any engine has room for, are expected.
    """
    cost, width, order = elimination_order(pairs, most)
    size = len(order)
    counting = compiled("counting.frontier")
    if counting is not None and width > counting.MOST_SLOTS:
        counting = None
    arrays = cost > _plain_states() and _has_numpy()
    if arrays:
        from loopmap.loops.counting.subsets import MOST_SUBSETS, SubsetDag

        step = SUBSET_STEP if counting is None else SUBSET_STEP_COMPILED
        if size <= MOST_SUBSETS and size**2 << size < step * cost and size**2 << size < most * 60:
            return SubsetDag(pairs)
    room = MOST_COMPILED if counting else MOST_ARRAYS if arrays else MOST_PLAIN
    room = min(most, room)
    if cost > room:
        raise TooLargeError(
            f"a core of {size:,} variables and {len(pairs):,} links, of which {width} variables "
            f"stay open at once, may need {_about(cost)} states, more than {_about(room)}"
        )
    if counting is not None:
        return CompiledEngine(counting, pairs, order, cost)
    if arrays:
        from loopmap.loops.counting.frontier_numpy import array_dag

        return array_dag(pairs, order)
    return frontier_dag(pairs, order)


class CompiledEngine:
    """The compiled engine; keeps the transitions once more than the totals is asked for."""

    def __init__(self, counting: Any, pairs: list[Pair], order: list[int], cost: float) -> None:
        self.counting = counting
        self.plans = plans(pairs, order)
        self.keeping = cost <= STREAM_ABOVE
        self._dag: Any = None

    @property
    def dag(self) -> Any:
        """The DAG, built when first asked for."""
        if self._dag is None:
            self._dag = self._made(lambda: self.counting.CompiledDag(*self.plans, MOST_TRANSITIONS))
        return self._dag

    def total(self, weight: Sequence[int]) -> int:
        """The sum over all loops of the product of their pairs' weights."""
        total: int = self._made(lambda: self.dag.total(weight))
        return total

    def totals(self, weights: Sequence[Sequence[int]]) -> list[int]:
        """The total for each of several weights, of which none exceeds the first in size."""
        if not self.keeping and self._dag is None:
            try:
                made: list[int] = self.counting.streamed_totals(
                    *self.plans, list(weights), MOST_AT_ONCE
                )
                return made
            except OverflowError:  # weights or layers too large for it
                pass
        return [self.total(weight) for weight in weights]

    def packed(self, weight: Sequence[int], digit: int) -> int:
        """The total for weights packed by length, and packed so itself."""
        return self.total(weight)

    def shares(self, weight: Sequence[int]) -> tuple[int, list[int]]:
        """The total, and its derivative for the weight of every pair."""
        shares: tuple[int, list[int]] = self._made(lambda: self.dag.shares(weight))
        return shares

    def sampler(self, weight: Sequence[int]) -> Callable[[Below], list[int]]:
        """What draws one loop in proportion to its product of weights, as numbers of pairs."""
        draw: Callable[[Below], list[int]] = self._made(lambda: self.dag.sampler(weight))
        return draw

    def _made(self, make: Callable[[], Any]) -> Any:
        try:
            return make()
        except (OverflowError, MemoryError) as failed:
            raise TooLargeError(
                f"a core of {len(self.plans[0]):,} variables, of which {self.plans[1]} stay "
                f"open at once, needs {failed or 'more memory than there is'}"
            ) from failed


def _about(states: float) -> str:
    return f"{states:,.0f}" if states < 1e12 else "10^12 or more"


def _plain_states() -> int:
    """Up to how many states no array is needed; importing numpy takes time, too."""
    if "numpy" not in sys.modules:
        return WITHOUT_IMPORT if PLAIN_STATES else 0
    return PLAIN_STATES


def _has_numpy() -> bool:
    return importlib.util.find_spec("numpy") is not None
