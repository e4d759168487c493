"""Loops in order of length, one after the other, without the ones that come later.

Where the compiled search up to a length is there, it climbs rung by rung. Else, and where a rung
is too high, iterative deepening on the exact length (R. E. Korf, Artificial Intelligence 27 (1985)
97-109).
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from itertools import product
from math import inf

from loopmap.loops.budget import Budget
from loopmap.loops.graph import LoopGraph
from loopmap.loops.kernel import compiled
from loopmap.loops.listing.bounded import bounded_loops
from loopmap.loops.listing.chunks import Chunk
from loopmap.loops.listing.path_search import PathSearch
from loopmap.loops.listing.sorting import decoded

__all__ = ["loops_in_order"]

#: The compiled search lists up to so many loops at once, at first and at most.
FEW, MOST_AT_ONCE = 4_000, 200_000


def loops_in_order(
    graph: LoopGraph,
    ids: Sequence[int],
    budget: Budget,
    *,
    roots: Sequence[int] | None = None,
    longest: int | None = None,
) -> Iterator[tuple[int, ...]]:
    """Yield loops as link numbers: shortest first, then by names, then by routes.

    Parameters
    ----------
    graph, ids
        The links to use; those not on a loop only cost time.
    budget
        Looked at every few thousand steps.
    roots
        Only loops through at least one of these variables; default all.
    longest
        No loops of more links than this.
    """
    if compiled("listing.bounded") is None:
        whole = 0
    else:
        whole = yield from _rung_by_rung(graph, ids, budget, roots, longest)
    bundles = {(u, v): links for u, v, links in graph.parallels(ids)}
    length = whole + 1
    search = PathSearch(bundles, budget, roots)
    while length <= (inf if longest is None else longest):
        layer = search.layer(length)
        if roots is not None:
            layer = iter(sorted(map(_rotated, layer)))
        for path in layer:
            yield from product(*(bundles[u, v] for u, v in _steps(path)))
        following = min(search.next_length, default=inf)
        if following == inf:
            return
        length = max(length + 1, int(following))


def _rung_by_rung(
    graph: LoopGraph,
    ids: Sequence[int],
    budget: Budget,
    roots: Sequence[int] | None,
    longest: int | None,
) -> Generator[tuple[int, ...], None, int]:
    """Yield what the compiled search up to a length finds, for longer and longer lengths.

    Each time it begins anew, so a rung has as many lengths as it takes to find many new loops;
    one with far more loops than were wanted so far is not climbed. Returns the length up to which
    all loops were yielded.
    """
    variables = len({graph.source[i] for i in ids})
    end = variables if longest is None else min(longest, variables)
    whole, step, seen = 0, 1, 0
    while whole < end:
        length = min(end, whole + step)
        most = min(MOST_AT_ONCE, FEW + 8 * seen)
        found = _longer_than(whole, bounded_loops(graph, ids, length, budget, roots=roots), most)
        if found is None and step == 1:
            return whole
        if found is None:
            step = 1
            continue
        yield from sorted(map(graph.canonical, found), key=graph.order)
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


def _steps(path: tuple[int, ...]) -> Iterable[tuple[int, int]]:
    return zip(path, (*path[1:], path[0]), strict=True)


def _rotated(path: tuple[int, ...]) -> tuple[int, ...]:
    first = path.index(min(path))
    return path[first:] + path[:first]
