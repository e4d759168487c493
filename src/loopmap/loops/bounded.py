"""All loops of at most so many links, in chunks and in no particular order.

Roots with most ways first; from each a depth-first search that only goes where the way home to
the root is short enough. Compiled where the kernel is there; without it, the search of
:mod:`loopmap.loops.ordered`. Both measure the ways home anew where a path blocks them.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from loopmap.loops.budget import Budget
from loopmap.loops.chunks import CHUNK, Chunk
from loopmap.loops.graph import LoopGraph
from loopmap.loops.kernel import compiled
from loopmap.loops.ordered import paths_up_to

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
    kernel = compiled("bounded")
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
    flat, lengths, signs = array("I"), array("I"), bytearray()
    for path in paths_up_to(bundles, budget, roots, longest):
        steps = zip(path, (*path[1:], path[0]), strict=True)
        for loop in product(*(bundles[step] for step in steps)):
            flat.extend(loop)
            lengths.append(len(loop))
            signs.append(graph.product(loop) & 255)
        if len(signs) >= CHUNK:
            yield Chunk(flat.tobytes(), lengths, bytes(signs), 4)
            flat, lengths, signs = array("I"), array("I"), bytearray()
    yield Chunk(flat.tobytes(), lengths, bytes(signs), 4)
