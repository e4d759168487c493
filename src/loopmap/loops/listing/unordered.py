"""All loops, in columns and in no particular order, without dead ends and in little memory.

Contract; take the variable with most edges as root; list the loops through it; take it away;
contract again. At every variable of a search only those that can still be passed on the way
home are kept (*relevant*), so that every step leads to a loop (the closure replaces Johnson's
blocked sets: D. B. Johnson, *SIAM J. Comput.* 4 (1975) 77-84; no dead ends as in E. Birmelé et
al., *SODA* 2013). Compiled where that is there, else :mod:`loopmap.loops.listing.root_search`.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from loopmap.loops.budget import Budget
from loopmap.loops.graph import LoopGraph
from loopmap.loops.kernel import compiled
from loopmap.loops.listing.chunks import ALL, CHUNK, Chunk, Subproblem
from loopmap.loops.listing.contraction import Edge, Ropes, contracted_edges, strong_pieces
from loopmap.loops.listing.root_search import walked

__all__ = ["all_loops", "loops_of", "subproblems", "whole_loops"]


def width_of(number: int) -> int:
    """Bytes that hold numbers below ``number``."""
    return 1 if number <= 1 << 8 else 2 if number <= 1 << 16 else 4


def all_loops(
    graph: LoopGraph, ids: Sequence[int], budget: Budget, *, roots: Sequence[int] | None = None
) -> Iterator[Chunk]:
    """Every loop once (with ``roots``: every loop through one of these), in chunks."""
    finished: list[tuple[bytes, int]] = []
    for subproblem in subproblems(graph, ids, finished, roots=roots, whole=_walks_whole):
        yield from whole_loops(finished, len(graph.source))
        yield from loops_of(subproblem, budget)
    yield from whole_loops(finished, len(graph.source))


def _walks_whole(core: Sequence[tuple[int, int, int, Any]]) -> bool:
    """Whether the compiled search takes the core as it is, and finds its own roots."""
    kernel = compiled("listing.root_search")
    if kernel is None:
        return False
    leaving = Counter(u for u, _, _, _ in core)
    most = max(leaving.values())
    return bool(len(leaving) <= kernel.MOST_VARIABLES and most <= kernel.MOST_WAYS)


def whole_loops(finished: list[tuple[bytes, int]], links: int) -> Iterator[Chunk]:
    """Loops that contraction finished, as chunks."""
    width = width_of(links)
    for start in range(0, len(finished), CHUNK):
        some = finished[start : start + CHUNK]
        yield Chunk(
            b"".join([label for label, _ in some]),
            [len(label) // width for label, _ in some],
            bytes([sign & 255 for _, sign in some]),
            width,
        )
    finished.clear()


def subproblems(
    graph: LoopGraph,
    ids: Sequence[int],
    finished: list[tuple[bytes, int]],
    *,
    roots: Sequence[int] | None = None,
    whole: Callable[[list[Edge]], bool] = lambda core: False,
) -> Iterator[Subproblem]:
    """Split into the loops through one root each, and those of cores that can be done whole.

    Loops that come out of the contraction are put into ``finished``.
    """
    width = width_of(len(graph.source))
    short = len({graph.source[i] for i in ids}) < 256
    ropes = Ropes(len(graph.source))

    def label(rope: int) -> bytes:
        return b"".join([i.to_bytes(width, "little") for i in ropes.links(rope)])

    def finish(rope: int, sign: int) -> None:
        finished.append((label(rope), sign))

    edges = [(graph.source[i], graph.target[i], graph.sign[i], i) for i in ids]
    split: Iterator[tuple[int, list[Edge]]]
    if roots is None:
        split = _by_degree(edges, ropes, finish, whole)
    else:
        split = _by_name(edges, ropes, finish, roots)
    for root, core in split:
        yield Subproblem(
            root, [(u, v, sign, label(rope)) for u, v, sign, rope in core], width, short
        )


def _by_degree(
    edges: list[Edge],
    ropes: Ropes,
    finish: Callable[[int, int], None],
    whole: Callable[[list[Edge]], bool],
) -> Iterator[tuple[int, list[Edge]]]:
    """Always the variable with most edges in and out; what is left is split and contracted."""
    waiting = [contracted_edges(piece, ropes, finish) for piece in strong_pieces(edges)]
    while waiting:
        core = waiting.pop()
        if not core:
            continue
        if whole(core):
            yield ALL, core
            continue
        ins = Counter(v for _, v, _, _ in core)
        outs = Counter(u for u, _, _, _ in core)
        root = max(outs, key=lambda v: (outs[v] * ins[v], -v))
        yield root, core
        rest = strong_pieces(edge for edge in core if root not in edge[:2])
        waiting += [contracted_edges(piece, ropes, finish) for piece in rest]


def _by_name(
    edges: list[Edge],
    ropes: Ropes,
    finish: Callable[[int, int], None],
    roots: Iterable[int],
) -> Iterator[tuple[int, list[Edge]]]:
    """The given roots, one after the other."""
    for root in roots:
        for piece in strong_pieces(edges):
            if any(u == root for u, _, _, _ in piece):
                core = contracted_edges(piece, ropes, finish, keep=root)
                if core:
                    yield root, core
        edges = [edge for edge in edges if root not in edge[:2]]


def loops_of(subproblem: Subproblem, budget: Budget) -> Iterator[Chunk]:
    """List the loops of one subproblem."""
    if _walks_whole(subproblem.edges):
        return _compiled(compiled("listing.root_search"), subproblem, budget)
    return walked(subproblem, budget)


def _compiled(kernel: Any, subproblem: Subproblem, budget: Budget) -> Iterator[Chunk]:
    """Those that the compiled search finds, chunk by chunk."""
    walk = kernel.CoreWalk(
        subproblem.edges, subproblem.root, subproblem.width, subproblem.short, CHUNK
    )
    more = True
    while more:
        budget.check()
        flat, packed, signs, more = walk.chunk()
        if signs:
            lengths = packed if subproblem.short else array("I", packed)
            yield Chunk(flat, lengths, signs, subproblem.width)
