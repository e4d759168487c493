"""How many loops answer a question, by kind and length, without listing them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from math import inf

from loopmap.loops.budget import Budget
from loopmap.loops.counting.bounded import bounded_counts
from loopmap.loops.counting.loop_sums import Kinds, loop_sums
from loopmap.loops.filters import LoopFilter
from loopmap.loops.graph import LoopGraph

__all__ = ["Tally", "bounded_tally", "tally"]

#: Length -> how many of each kind.
Tally = dict[int, Kinds]


def tally(graph: LoopGraph, asked: LoopFilter, *, most: float = inf) -> Tally:
    """Count loops by length and kind, exactly; of every kind, and to the length asked for.

    Raises
    ------
    TooLargeError
        If an exact count is expected to need more than ``most`` states.
    """
    return _answered(graph, asked, lambda ids: loop_sums(graph, ids, most=most).by_length())


def bounded_tally(graph: LoopGraph, asked: LoopFilter, longest: int, budget: Budget) -> Tally:
    """The same for loops of at most ``longest`` links, where all of them are too many to count.

    Raises
    ------
    TimeIsUpError
        If the time is over before all are counted.
    """
    return _answered(graph, asked, lambda ids: bounded_counts(graph, ids, longest, budget))


def _answered(
    graph: LoopGraph, asked: LoopFilter, count: Callable[[Sequence[int]], Tally]
) -> Tally:
    """What was asked for, from counts of all loops of some links.

    "Through A and B" is counted by inclusion and exclusion: all, less those without A, less
    those without B, plus those without either; "with a delay" as all less those without.
    """
    found: Tally = {}
    for size in range(len(asked.groups) + 1):
        for left_out in combinations(asked.groups, size):
            gone = frozenset().union(*left_out)
            ids = [
                i for i in asked.ids if graph.source[i] not in gone and graph.target[i] not in gone
            ]
            _add(found, count(graph.looping(ids)), (-1) ** size)
            if asked.delayed:
                swift = [i for i in ids if not graph.delayed[i]]
                _add(found, count(graph.looping(swift)), -((-1) ** size))
    longest = inf if asked.longest is None else asked.longest
    return {n: kinds for n, kinds in sorted(found.items()) if any(kinds) and n <= longest}


def _add(found: Tally, more: Tally, times: int) -> None:
    for n, kinds in more.items():
        old = found.get(n, Kinds())
        found[n] = Kinds(*(a + times * b for a, b in zip(old, kinds, strict=True)))
