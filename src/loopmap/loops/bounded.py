"""All loops of at most so many links, in chunks and in no particular order.

Roots with most ways first; from each a depth-first search that only goes where the way home to
the root is short enough. Compiled where the kernel is there, but for maps that lead it astray:
then, and without it, the search of :mod:`loopmap.loops.ordered`, which takes distances anew.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

from loopmap.loops.budget import Budget
from loopmap.loops.graph import LoopGraph
from loopmap.loops.kernel import compiled_kernel
from loopmap.loops.listing import CHUNK, Chunk
from loopmap.loops.ordered import paths_up_to

__all__ = ["bounded_loops"]

#: Steps without a loop before the compiled search is given up.
PATIENCE = 100_000


def bounded_loops(
    graph: LoopGraph,
    ids: Sequence[int],
    longest: int,
    budget: Budget,
    *,
    roots: Sequence[int] | None = None,
) -> Iterator[Chunk]:
    """Every loop of at most ``longest`` links once; with ``roots`` those through one of these."""
    if roots is None:
        ins = Counter(graph.target[i] for i in ids)
        outs = Counter(graph.source[i] for i in ids)
        roots = sorted(outs, key=lambda v: (-ins[v] * outs[v], v))
    kernel = compiled_kernel()
    if kernel is not None and ids:
        chunks = _compiled(kernel, graph, ids, longest, budget, roots)
        if chunks is not None:
            return iter(chunks)
    return _plain(graph, ids, longest, budget, roots)


def _compiled(
    kernel: object,
    graph: LoopGraph,
    ids: Sequence[int],
    longest: int,
    budget: Budget,
    roots: Sequence[int],
) -> list[Chunk] | None:
    """The chunks of the compiled search, or ``None`` if it went astray."""
    number: dict[int, int] = {}
    source = array("i", [number.setdefault(graph.source[i], len(number)) for i in ids])
    target = array("i", [number.setdefault(graph.target[i], len(number)) for i in ids])
    walk = kernel.BoundedWalk(  # type: ignore[attr-defined]
        len(number),
        source,
        target,
        array("b", [graph.sign[i] for i in ids]),
        array("i", ids),
        array("i", [number[v] for v in roots if v in number]),
        min(longest, len(number)),
        PATIENCE,
        CHUNK,
    )
    chunks: list[Chunk] = []
    more = True
    while more:
        budget.check()
        flat, lengths, signs, more, astray = walk.chunk()
        if astray:
            return None
        chunks.append(Chunk(flat, array("I", lengths), signs, 4))
    return chunks


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
