"""How many loops answer a question, by kind and length, without listing them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from loopmap.loops.graph import LoopGraph
from loopmap.loops.question import Question
from loopmap.loops.structure import Kinds, structure

__all__ = ["Tally", "tally"]

#: Length -> how many of each kind.
Tally = dict[int, Kinds]
#: Inclusion and exclusion needs 2^k counts for k groups; nobody asks for more than a few.
MOST_GROUPS = 6


def tally(graph: LoopGraph, asked: Question) -> Tally:
    """Count loops by length and kind, exactly.

    "Through A and B" is counted by inclusion and exclusion: all, less those without A, less
    those without B, plus those without either; "with a delay" as all less those without.

    Raises
    ------
    TooLargeError
        If no exact count fits, with the numbers.
    """
    found: Tally = {}
    for size in range(len(asked.groups) + 1):
        for left_out in combinations(asked.groups, size):
            gone = frozenset().union(*left_out)
            ids = [
                i for i in asked.ids if graph.source[i] not in gone and graph.target[i] not in gone
            ]
            _add(found, _by_length(graph, ids, asked.longest), (-1) ** size)
            if asked.delayed:
                swift = [i for i in ids if not graph.delayed[i]]
                _add(found, _by_length(graph, swift, asked.longest), -((-1) ** size))
    return {n: kinds for n, kinds in sorted(found.items()) if any(kinds)}


def _by_length(graph: LoopGraph, ids: Sequence[int], longest: int | None) -> Tally:
    counts = structure(graph, graph.looping(ids)).by_length()
    return {n: kinds for n, kinds in counts.items() if longest is None or n <= longest}


def _add(found: Tally, more: Tally, times: int) -> None:
    for n, kinds in more.items():
        old = found.get(n, Kinds())
        found[n] = Kinds(*(a + times * b for a, b in zip(old, kinds, strict=True)))
