"""All loops of a map at once, not listed: contracted, and its cores unfolded to loop DAGs.

Built once, then evaluated as often as wanted. A sign costs no state: three sums suffice, of all
loops (T, every link 1), of the products of signs (S, unknown 0) and of loops with known signs
(K, unknown 0, else 1): R = (K + S) / 2, B = (K − S) / 2, U = T − K. Nor does length: with every
link worth z, sums are polynomials, packed into whole numbers by z = 2^b (L. Kronecker).
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from loopmap.errors import TooLargeError
from loopmap.loops.chance import Below
from loopmap.loops.circuit import Core, contracted
from loopmap.loops.frontier import frontier_dag, plans
from loopmap.loops.graph import LoopGraph
from loopmap.loops.kernel import compiled_counting
from loopmap.loops.order import elimination_order
from loopmap.loops.packing import unpacked

__all__ = ["MOST_STATES", "Kinds", "LoopDag", "Structure", "structure"]


class Kinds(NamedTuple):
    """How many loops of each kind."""

    reinforcing: int = 0
    balancing: int = 0
    undetermined: int = 0

    @property
    def total(self) -> int:
        """How many loops of any kind."""
        return sum(self)


#: The most states a loop DAG may be estimated to have, with arrays and with dictionaries.
MOST_STATES, MOST_PLAIN = 6_000_000, 400_000
#: Above so many estimated states dictionaries leave the work to arrays.
PLAIN_STATES = 6_000
#: And this many where numpy would have to be imported first.
WITHOUT_IMPORT = 40_000
#: Steps by subsets that take the time of one state of a frontier.
DENSE_STEP = 60


class LoopDag(Protocol):
    """What a counting engine offers for one block; weights have a last entry 1 for "no way"."""

    def total(self, weight: Sequence[int]) -> int:
        """The sum over all loops of the product of their pairs' weights."""

    def packed(self, weight: Sequence[int], digit: int) -> int:
        """The total for weights packed by length, and packed so itself."""

    def shares(self, weight: Sequence[int]) -> tuple[int, list[int]]:
        """The total, and its derivative for the weight of every pair."""

    def drawer(self, weight: Sequence[int]) -> Callable[[Below], list[int]]:
        """What draws one loop in proportion to its product of weights, as numbers of pairs."""


@dataclass(frozen=True, slots=True)
class Structure:
    """The contracted map, and for each block its terms and its loop DAG."""

    graph: LoopGraph
    ids: Sequence[int]
    core: Core
    dags: list[tuple[list[int], LoopDag]]

    def sum(self, worth: Callable[[int], int], digit: int = 0) -> int:
        """The sum over all loops of the product of what their links are worth.

        With ``digit`` what links are worth is packed by length, and so is the sum.
        """
        values = self.core.circuit.values(worth)
        total = sum([values[k] for k in self.core.finished])
        for terms, dag in self.dags:
            weight = [*[values[k] for k in terms], 1]
            total += dag.packed(weight, digit) if digit else dag.total(weight)
        return total

    def shares(self, worth: Callable[[int], int]) -> tuple[int, dict[int, int]]:
        """The sum, and for every link the part of it that runs through the link."""
        values = self.core.circuit.values(worth)
        total = 0
        seeds: dict[int, int] = {}
        for k in self.core.finished:
            total += values[k]
            seeds[k] = seeds.get(k, 0) + 1
        for terms, dag in self.dags:
            part, slopes = dag.shares([*[values[k] for k in terms], 1])
            total += part
            for k, slope in zip(terms, slopes, strict=True):
                seeds[k] = seeds.get(k, 0) + slope
        slopes_of = self.core.circuit.shares(values, seeds)
        return total, {i: slope * worth(i) for i, slope in slopes_of.items()}

    @property
    def signs(self) -> list[Callable[[int], int]]:
        """What a link is worth for T, for S, and for K where signs are unknown."""
        sign = self.graph.sign
        worths: list[Callable[[int], int]] = [lambda i: 1, lambda i: sign[i]]
        if not all(sign[i] for i in self.ids):
            worths.append(lambda i: abs(sign[i]))
        return worths

    def kinds(self) -> Kinds:
        """How many loops of each kind there are."""
        return as_kinds([self.sum(worth) for worth in self.signs])

    def by_length(self) -> dict[int, Kinds]:
        """How many of each kind there are of every length."""
        total = self.sum(lambda i: 1)
        if not total:
            return {}
        digit = total.bit_length() + 2
        packed = [
            self.sum(lambda i, worth=worth: worth(i) << digit, digit)  # type: ignore[misc]
            for worth in self.signs
        ]
        columns = [unpacked(number, digit) for number in packed]
        longest = max(map(len, columns))
        rows = zip(*([*c, *[0] * (longest - len(c))] for c in columns), strict=True)
        return {n: as_kinds(row) for n, row in enumerate(rows) if any(row)}

    def by_link(self) -> dict[int, Kinds]:
        """How many of each kind run through every link."""
        parts = [self.shares(worth)[1] for worth in self.signs]
        return {i: as_kinds([part.get(i, 0) for part in parts]) for i in self.ids}


def as_kinds(sums: Sequence[int]) -> Kinds:
    """R, B and U from T, S and (unless all signs are known) K."""
    total, signed = sums[0], sums[1]
    known = sums[2] if len(sums) > 2 else total
    return Kinds((known + signed) // 2, (known - signed) // 2, total - known)


def structure(graph: LoopGraph, ids: Sequence[int], *, most: float = MOST_STATES) -> Structure:
    """Contract, find an order for every block, and build its loop DAG with what suits its size.

    Raises
    ------
    TooLargeError
        If some block would need more than about ``most`` states.
    """
    core = contracted(graph, ids)
    dags = [([block[pair] for pair in block], _dag(list(block), most)) for block in core.blocks]
    return Structure(graph, ids, core, dags)


def _dag(pairs: list[tuple[int, int]], most: float) -> LoopDag:
    """The compiled engine, or else dictionaries or arrays; subsets for small dense cores."""
    cost, width, order = elimination_order(pairs)
    size = len(order)
    counting = compiled_counting()
    if counting is not None and width > counting.MOST_SLOTS:
        counting = None
    if cost > _plain_states(counting is not None) and _has_numpy():
        from loopmap.loops.dense import MOST_DENSE, DenseDag

        step = DENSE_STEP // 10 if counting else DENSE_STEP
        if size <= MOST_DENSE and size**2 << size < step * cost and cost <= most * 8:
            return DenseDag(pairs)
    if cost <= most:
        if counting is not None:
            return counting.CompiledDag(*plans(pairs, order))  # type: ignore[no-any-return]
        if cost > _plain_states(False) and _has_numpy():
            from loopmap.loops.arrays import array_dag

            return array_dag(pairs, order)
        if cost <= MOST_PLAIN:
            return frontier_dag(pairs, order)
    raise TooLargeError(
        f"a core of {size:,} variables and {len(pairs):,} links, of which {width} variables "
        f"stay open at once, needs about {cost:,.0f} states, more than {most:,.0f}"
    )


def _plain_states(compiled: bool) -> int:
    """Up to how many states no array is needed; importing numpy takes time, too."""
    if "numpy" not in sys.modules:
        return WITHOUT_IMPORT if PLAIN_STATES else 0
    return PLAIN_STATES


def _has_numpy() -> bool:
    return importlib.util.find_spec("numpy") is not None
