"""All loops of at most so many links, in chunks and in no particular order.

Roots with most ways first; from each a depth-first search that only goes where the way home to
the root is short enough. Compiled where the kernel is there; without it, the search of
:mod:`loopmap.loops.listing.path_search`. Both measure the ways home anew where a path blocks them.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, product
from math import prod
from typing import Any

from loopmap.loops.budget import Budget
from loopmap.loops.graph import LoopGraph
from loopmap.loops.kernel import compiled
from loopmap.loops.listing.chunks import CHUNK, Chunk
from loopmap.loops.listing.path_search import paths_up_to

__all__ = ["bounded_loops"]

#: So many steps, and one more for each link, may lead to no loop before ways are measured anew.
PATIENCE = 1_000


def bounded_loops(
    graph: LoopGraph,
    ids: Sequence[int],
    longest: int,
    budget: Budget,
    *,
    roots: Sequence[int] | None = None,
) -> Iterator[Chunk]:
    """Every loop of at most ``longest`` links once; with ``roots`` those through one of these."""
    kernel = compiled("listing.bounded")
    if kernel is not None and ids:
        return _compiled(kernel, graph, ids, longest, budget, roots)
    if roots is None:
        ins = Counter(graph.target[i] for i in ids)
        outs = Counter(graph.source[i] for i in ids)
        roots = sorted(outs, key=lambda v: (-ins[v] * outs[v], v))
    return _plain(graph, ids, longest, budget, roots)


def _compiled(
    kernel: Any,
    graph: LoopGraph,
    ids: Sequence[int],
    longest: int,
    budget: Budget,
    roots: Sequence[int] | None,
) -> Iterator[Chunk]:
    """What the compiled search finds, chunk by chunk."""
    walk = kernel.BoundedWalk(
        array("i", [graph.source[i] for i in ids]),
        array("i", [graph.target[i] for i in ids]),
        array("b", [graph.sign[i] for i in ids]),
        array("i", ids),
        roots,
        longest,
        PATIENCE + len(ids),
        CHUNK,
    )
    more = True
    while more:
        budget.check()
        flat, lengths, signs, more = walk.chunk()
        yield Chunk(flat, array("I", lengths), signs, 4)


def _plain(
    graph: LoopGraph, ids: Sequence[int], longest: int, budget: Budget, roots: Sequence[int]
) -> Iterator[Chunk]:
    bundles = {(u, v): links for u, v, links in graph.parallels(ids)}
    single = {pair: links[0] for pair, links in bundles.items() if len(links) == 1}
    link, signs = single.__getitem__, graph.sign.__getitem__
    loops: list[tuple[int, ...]] = []
    for path in paths_up_to(bundles, budget, roots, longest):
        following = path[1:] + path[:1]
        try:
            loops.append(tuple(map(link, zip(path, following, strict=True))))
        except KeyError:
            loops += product(*(bundles[step] for step in zip(path, following, strict=True)))
        if len(loops) >= CHUNK:
            yield _chunk(loops, signs)
            loops = []
    yield _chunk(loops, signs)


def _chunk(loops: list[tuple[int, ...]], signs: Callable[[int], int]) -> Chunk:
    return Chunk(
        array("I", chain.from_iterable(loops)).tobytes(),
        array("I", map(len, loops)),
        array("b", [prod(map(signs, loop)) for loop in loops]).tobytes(),
        4,
    )
