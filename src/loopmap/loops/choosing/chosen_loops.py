"""A few loops chosen from many, with what the choice covers and what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import overload

from loopmap.loops.budget import Budget
from loopmap.loops.choosing.bases import cycle_rank, loop_rank
from loopmap.loops.filters import LoopFilter
from loopmap.loops.found import Loops
from loopmap.loops.graph import LoopGraph
from loopmap.loops.labels import labelled
from loopmap.loops.listing.strategy import find
from loopmap.loops.loop import Loop
from loopmap.model import Link, SystemMap

__all__ = ["ChosenLoops", "chosen_loops", "first_loops"]

#: How many loops are looked through for the labels that ``find_loops`` gives.
LABELLED = 10_000


@dataclass(frozen=True, slots=True, repr=False)
class ChosenLoops(Sequence[Loop]):
    """Loops chosen from all loops of a map, and how far they stand for the rest.

    A short list is a reading aid: it can leave out the loop that drives behaviour (Huang,
    Howley & Duggan 2012, *System Dynamics Review* 28, 276-280), so it always says of how many.

    Parameters
    ----------
    loops
        The chosen loops, labelled as ``find_loops`` labels them.
    method
        How they were chosen, in words.
    total
        How many loops the map has, or ``None`` where that is not known.
    cycle_rank
        How many independent loops the map has: links − variables + strongly connected parts,
        over the links that lie on loops.
    spans
        How many of the chosen loops are independent of each other.
    covered, coverable
        How many links lie on a chosen loop, and on any loop.
    uncovered
        The links that lie on loops but on no chosen one.
    """

    loops: Loops
    method: str
    total: int | None
    cycle_rank: int
    spans: int
    covered: int
    coverable: int
    uncovered: tuple[Link, ...] = field(default=())

    @overload
    def __getitem__(self, which: int | str) -> Loop: ...
    @overload
    def __getitem__(self, which: slice) -> tuple[Loop, ...]: ...
    def __getitem__(self, which: int | str | slice) -> Loop | tuple[Loop, ...]:
        """One loop by place, label, name or id; or a slice of them."""
        return self.loops[which]

    def __len__(self) -> int:
        """How many were chosen."""
        return len(self.loops)

    def __iter__(self) -> Iterator[Loop]:
        """Iterate over the chosen loops in their order."""
        return iter(self.loops)

    @property
    def summary(self) -> str:
        """The numbers in one sentence."""
        total = "an unknown number of" if self.total is None else f"{self.total:,}"
        return (
            f"{len(self)} of {total} loops ({self.method}); they span {self.spans} of "
            f"{self.cycle_rank} independent loops and cover {self.covered} of "
            f"{self.coverable} links that lie on loops"
        )

    def __repr__(self) -> str:
        """``<ChosenLoops: 4 of 22 loops (…); they span …>``."""
        return f"<ChosenLoops: {self.summary}>"


def first_loops(graph: LoopGraph, ids: Sequence[int]) -> list[tuple[int, ...]]:
    """The first loops, one more than get labels."""
    found = find(graph, LoopFilter(tuple(ids)), LABELLED + 1, Budget(None)).loops
    return [tuple(found.numbers(place)) for place in range(len(found))]


def chosen_loops(
    m: SystemMap,
    graph: LoopGraph,
    first: list[tuple[int, ...]],
    loops: list[tuple[int, ...]],
    method: str,
) -> ChosenLoops:
    """Make loops of link numbers, and say how far they stand for the rest."""
    ids = graph.looping()
    covered = {i for loop in loops for i in loop}
    total = len(first) if len(first) <= LABELLED else None
    every = len(loops) == total
    reason = "" if every else f"chosen from {'many' if total is None else total} loops"
    return ChosenLoops(
        Loops(labelled(m, graph, loops, among=first[:LABELLED]), every, None, total, reason),
        method,
        total,
        cycle_rank(graph, ids),
        loop_rank(loops),
        len(covered),
        len(ids),
        tuple(graph.links[i] for i in ids if i not in covered),
    )
