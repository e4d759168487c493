"""Loops in order of length, one after the other, without the ones that come later.

Where the compiled search up to a length is there, it climbs rung by rung. Else, and where a rung
is too high, iterative deepening on the exact length (R. E. Korf, Artificial Intelligence 27 (1985)
97-109).
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from math import inf

from loopmap.loops.budget import SHORTEST, Budget
from loopmap.loops.filters import LoopFilter
from loopmap.loops.graph import LoopGraph
from loopmap.loops.kernel import compiled
from loopmap.loops.listing.bounded import bounded_loops
from loopmap.loops.listing.chunks import Chunk
from loopmap.loops.listing.ordered_search import OrderedSearch
from loopmap.loops.listing.sorting import decoded

__all__ = ["loops_in_order"]

#: The compiled search lists up to so many loops at once, at first and at most, and so many links.
FEW, MOST_AT_ONCE, MOST_LINKS = 4_000, 200_000, 2_000_000


def loops_in_order(
    graph: LoopGraph, asked: LoopFilter, budget: Budget, *, lengths: Sequence[int] | None = None
) -> Iterator[tuple[int, ...]]:
    """Yield loops as link numbers: shortest first, then by names, then by routes.

    Parameters
    ----------
    graph, asked
        What loops to look for.
    budget
        Looked at every few thousand steps.
    lengths
        The lengths that occur, in order, where they are known.
    """
    longest = inf if asked.longest is None else asked.longest
    whole = min(lengths, default=1) - 1 if lengths is not None else 0
    if compiled("listing.bounded") is not None:
        whole = yield from _rung_by_rung(graph, asked, budget, whole)
    search = OrderedSearch(graph, asked, budget)
    if lengths is not None:
        for length in lengths:
            if whole < length <= longest:
                yield from search.layer(length)
        return
    length = whole + 1
    while length <= longest:
        yield from search.layer(length)
        following = search.following()
        if following == inf:
            return
        length = max(length + 1, int(following))


def _rung_by_rung(
    graph: LoopGraph, asked: LoopFilter, budget: Budget, whole: int
) -> Generator[tuple[int, ...], None, int]:
    """Yield what the compiled search up to a length finds, for lengths longer than ``whole``.

    Each time it begins anew, so a rung has as many lengths as it takes to find many new loops;
    one with far more loops than were wanted so far is not climbed. Returns the length up to which
    all loops were yielded.
    """
    variables = len({graph.source[i] for i in asked.ids})
    end = variables if asked.longest is None else min(asked.longest, variables)
    step, seen = 1, 0
    while whole < end:
        length = min(end, whole + step if whole >= SHORTEST else whole + 1)
        most = min(MOST_AT_ONCE, FEW + 8 * seen, MOST_LINKS // length)
        chunks = bounded_loops(
            graph, asked.ids, length, budget.for_length(length), roots=asked.roots
        )
        found = _longer_than(whole, chunks, most)
        if found is None and step == 1:
            return whole
        if found is None:
            step = 1
            continue
        yield from sorted(
            (loop for loop in map(graph.canonical, found) if asked.fits(graph, loop)),
            key=graph.order,
        )
        step = 1 if len(found) > seen else 2 * step
        seen += len(found)
        whole = length
    return end


def _longer_than(length: int, chunks: Iterable[Chunk], most: int) -> list[tuple[int, ...]] | None:
    """The loops of more links than that, or ``None`` if there are too many loops altogether."""
    found: list[tuple[int, ...]] = []
    for chunk in chunks:
        most -= len(chunk.signs)
        if most < 0:
            return None
        found += [loop for loop in decoded(chunk) if len(loop) > length]
    return found
