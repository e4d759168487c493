"""All loops of a map at once, not listed: contracted, and its cores unfolded to loop DAGs.

Built once, then evaluated as often as wanted. A sign costs no state: three sums suffice, of all
loops (T, every link 1), of the products of signs (S, unknown 0) and of loops with known signs
(K, unknown 0, else 1): R = (K + S) / 2, B = (K − S) / 2, U = T − K. Nor does length: with every
link worth z, sums are polynomials, packed into whole numbers by z = 2^b (L. Kronecker).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from loopmap.errors import TooLargeError
from loopmap.loops.chance import Below
from loopmap.loops.circuit import Core, contracted
from loopmap.loops.frontier import frontier_dag
from loopmap.loops.graph import LoopGraph
from loopmap.loops.order import elimination_order

__all__ = ["MOST_STATES", "Kinds", "LoopDag", "Structure", "structure", "unpacked"]


class Kinds(NamedTuple):
    """How many loops of each kind."""

    reinforcing: int = 0
    balancing: int = 0
    undetermined: int = 0

    @property
    def total(self) -> int:
        """How many loops of any kind."""
        return sum(self)


#: The most states a loop DAG may be estimated to have.
MOST_STATES = 400_000


class LoopDag(Protocol):
    """What a counting engine offers for one block; weights have a last entry 1 for "no way"."""

    def total(self, weight: Sequence[int]) -> int:
        """The sum over all loops of the product of their pairs' weights."""

    def shares(self, weight: Sequence[int]) -> tuple[int, list[int]]:
        """The total, and its derivative for the weight of every pair."""

    def drawer(self, weight: Sequence[int]) -> Callable[[Below], list[int]]:
        """What draws one loop in proportion to its product of weights, as numbers of pairs."""


@dataclass(frozen=True, slots=True)
class Structure:
    """The contracted map, and for each block its terms and its loop DAG.

    ``states`` is how many states all DAGs have together, ``engine`` what built them.
    """

    graph: LoopGraph
    ids: Sequence[int]
    core: Core
    dags: list[tuple[list[int], LoopDag]]
    engine: str

    def sum(self, worth: Callable[[int], int]) -> int:
        """The sum over all loops of the product of what their links are worth."""
        values = self.core.circuit.values(worth)
        total = sum([values[k] for k in self.core.finished])
        for terms, dag in self.dags:
            total += dag.total([*[values[k] for k in terms], 1])
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
            self.sum(lambda i, worth=worth: worth(i) << digit)  # type: ignore[misc]
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


def unpacked(number: int, digit: int) -> list[int]:
    """The coefficients of a polynomial packed with z = 2^digit; each below 2^(digit - 1).

    Examples
    --------
    >>> unpacked((3 << 16) - (2 << 8) + 1, 8)
    [1, -2, 3]
    """
    count = abs(number).bit_length() // digit + 1
    half = 1 << (digit - 1)
    lift = half * (((1 << digit * (count + 1)) - 1) // ((1 << digit) - 1))
    number += lift
    mask = (1 << digit) - 1
    found = [(number >> digit * k & mask) - half for k in range(count + 1)]
    while found and not found[-1]:
        found.pop()
    return found


def structure(graph: LoopGraph, ids: Sequence[int], *, most: float = MOST_STATES) -> Structure:
    """Contract, find an order for every block, and build its loop DAG with what suits its size.

    Raises
    ------
    TooLargeError
        If some block would need more than about ``most`` states.
    """
    core = contracted(graph, ids)
    dags: list[tuple[list[int], LoopDag]] = []
    engine = "contraction"
    for block in core.blocks:
        pairs = list(block)
        cost, width, order = elimination_order(pairs)
        if cost > most:
            raise TooLargeError(
                f"a core of {len({end for pair in pairs for end in pair}):,} variables and "
                f"{len(pairs):,} links, of which {width} stay open at once, needs about "
                f"{cost:,.0f} states, more than {most:,.0f}"
            )
        dag = frontier_dag(pairs, order)
        engine = "states"
        dags.append(([block[pair] for pair in pairs], dag))
    return Structure(graph, ids, core, dags, engine)
