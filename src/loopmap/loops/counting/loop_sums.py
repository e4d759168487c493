"""All loops of a map at once, not listed: contracted, and its cores unfolded to loop DAGs.

Built once, then evaluated as often as wanted. A sign costs no state: three sums suffice, of all
loops (T, every link 1), of the products of signs (S, unknown 0) and of loops with known signs
(K, unknown 0, else 1): R = (K + S) / 2, B = (K − S) / 2, U = T − K. Nor does length: with every
link of weight z, sums are polynomials, packed into whole numbers by z = 2^b (L. Kronecker).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

from loopmap.loops.counting.contraction import Core, contracted
from loopmap.loops.counting.engines import LoopDag, engine_for
from loopmap.loops.counting.polynomials import unpacked
from loopmap.loops.graph import LoopGraph

__all__ = ["Kinds", "LoopSums", "loop_sums"]


class Kinds(NamedTuple):
    """How many loops of each kind; whole numbers of any size.

    Parameters
    ----------
    reinforcing, balancing, undetermined
        So many of them.
    """

    reinforcing: int = 0
    balancing: int = 0
    undetermined: int = 0

    @property
    def total(self) -> int:
        """How many loops of any kind."""
        return sum(self)


@dataclass(frozen=True, slots=True)
class LoopSums:
    """The contracted map, and for each block its terms and its loop DAG."""

    graph: LoopGraph
    ids: Sequence[int]
    core: Core
    dags: list[tuple[list[int], LoopDag]]

    def sum(self, weight: Callable[[int], int]) -> int:
        """The sum over all loops of the product of the weights of their links."""
        finished, values = self.core.circuit.summed(weight, self.core.finished)
        total = sum(finished.values())
        return total + sum([dag.total(_weights(terms, values)) for terms, dag in self.dags])

    def shares(self, weight: Callable[[int], int]) -> tuple[int, dict[int, int]]:
        """The sum, and for every link the part of it that runs through the link."""
        values = self.core.circuit.values(weight)
        total = 0
        seeds: dict[int, int] = {}
        for k in self.core.finished:
            total += values[k]
            seeds[k] = seeds.get(k, 0) + 1
        for terms, dag in self.dags:
            part, slopes = dag.shares(_weights(terms, values))
            total += part
            for k, slope in zip(terms, slopes, strict=True):
                seeds[k] = seeds.get(k, 0) + slope
        slopes_of = self.core.circuit.shares(values, seeds)
        return total, {i: slope * weight(i) for i, slope in slopes_of.items()}

    @property
    def signs(self) -> list[Callable[[int], int]]:
        """The weight of a link for T, for S, and for K where signs are unknown."""
        sign = self.graph.sign
        weights: list[Callable[[int], int]] = [lambda i: 1, sign.__getitem__]
        if not all(sign[i] for i in self.ids):
            weights.append(lambda i: abs(sign[i]))
        return weights

    def kinds(self) -> Kinds:
        """How many loops of each kind there are."""
        summed = [self.core.circuit.summed(weight, self.core.finished) for weight in self.signs]
        totals = [sum(finished.values()) for finished, _ in summed]
        for terms, dag in self.dags:
            weights = [_weights(terms, values) for _, values in summed]
            totals = [a + b for a, b in zip(totals, dag.totals(weights), strict=True)]
        return as_kinds(totals)

    def by_length(self) -> dict[int, Kinds]:
        """How many of each kind there are of every length."""
        digit = (self.sum(lambda i: 1).bit_length() + 9) // 8 * 8  # whole bytes
        columns = [self._lengths(weight, digit) for weight in self.signs]
        lengths = sorted(set().union(*columns))
        rows = ((n, [column.get(n, 0) for column in columns]) for n in lengths)
        return {n: as_kinds(row) for n, row in rows if any(row)}

    def _lengths(self, weight: Callable[[int], int], digit: int) -> dict[int, int]:
        """The sums over the loops of every length that occurs."""
        sums, values = self.core.circuit.summed(weight, self.core.finished, digit)
        packed = sum([dag.packed(_weights(terms, values), digit) for terms, dag in self.dags])
        found: Counter[int] = Counter()
        for least, number in (*sums.items(), (0, packed)):
            for more, coefficient in enumerate(unpacked(number, digit)):
                found[least + more] += coefficient
        return found

    def by_link(self) -> tuple[Kinds, dict[int, Kinds]]:
        """How many of each kind there are, and how many run through every link."""
        totals, parts = zip(*[self.shares(weight) for weight in self.signs], strict=True)
        return as_kinds(totals), {i: as_kinds([part[i] for part in parts]) for i in self.ids}


def _weights(terms: Sequence[int], values: Sequence[int]) -> list[int]:
    """The weight of every pair of a block, and of no way."""
    return [*[values[k] for k in terms], 1]


def as_kinds(sums: Sequence[int]) -> Kinds:
    """R, B and U from T, S and (unless all signs are known) K."""
    total, signed = sums[0], sums[1]
    known = sums[2] if len(sums) > 2 else total
    return Kinds((known + signed) // 2, (known - signed) // 2, total - known)


def loop_sums(graph: LoopGraph, ids: Sequence[int], *, most: float = inf) -> LoopSums:
    """Contract, find an order for every block, and take the engine that suits its size.

    Raises
    ------
    TooLargeError
        If some block is expected to need more than ``most`` states, or than there is room for.
    """
    core = contracted(graph, ids)
    dags = [(list(block.values()), engine_for(list(block), most)) for block in core.blocks]
    return LoopSums(graph, ids, core, dags)
