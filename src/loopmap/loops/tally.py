"""How many loops answer a question, by kind and length, without listing them."""

from __future__ import annotations

from itertools import combinations
from math import inf

from loopmap.loops.graph import LoopGraph
from loopmap.loops.question import Question
from loopmap.loops.structure import Kinds, structure

__all__ = ["Tally", "tally"]

#: Length -> how many of each kind.
Tally = dict[int, Kinds]


def tally(graph: LoopGraph, asked: Question, *, most: float = inf) -> Tally:
    """Count loops by length and kind, exactly; of every kind, and to the length asked for.

    "Through A and B" is counted by inclusion and exclusion: all, less those without A, less
    those without B, plus those without either; "with a delay" as all less those without.

    Raises
    ------
    TooLargeError
        If an exact count is expected to need more than ``most`` states.
    """
    found: Tally = {}
    for size in range(len(asked.groups) + 1):
        for left_out in combinations(asked.groups, size):
            gone = frozenset().union(*left_out)
            ids = [
                i for i in asked.ids if graph.source[i] not in gone and graph.target[i] not in gone
            ]
            _add(found, structure(graph, graph.looping(ids), most=most).by_length(), (-1) ** size)
            if asked.delayed:
                swift = [i for i in ids if not graph.delayed[i]]
                _add(
                    found,
                    structure(graph, graph.looping(swift), most=most).by_length(),
                    -((-1) ** size),
                )
    longest = inf if asked.longest is None else asked.longest
    return {n: kinds for n, kinds in sorted(found.items()) if any(kinds) and n <= longest}


def _add(found: Tally, more: Tally, times: int) -> None:
    for n, kinds in more.items():
        old = found.get(n, Kinds())
        found[n] = Kinds(*(a + times * b for a, b in zip(old, kinds, strict=True)))
