"""All loops, in columns and in no particular order, without dead ends and in little memory.

Contract; take the variable with most ways as root; list the loops through it; take it away;
contract again. At every variable of a search only those that can still be passed on the way
home are kept (*relevant*), so that every step leads to a loop (the closure replaces Johnson's
blocked sets: D. B. Johnson, *SIAM J. Comput.* 4 (1975) 77-84; no dead ends as in E. Birmelé et
al., *SODA* 2013). What can follow depends on the variable and the relevant set alone: short
continuations are remembered as ready blocks, and a block is written behind a way so far with one
``bytes.join``.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from loopmap.loops.budget import Budget
from loopmap.loops.graph import LoopGraph
from loopmap.loops.kernel import compiled
from loopmap.loops.ropes import Ropes, Way, contracted_ways, strong_pieces

__all__ = ["Chunk", "Problem", "all_loops", "loops_of", "problems", "whole_loops"]

#: A block has at most so many continuations, and is tried for at most so many variables.
BLOCK, DEEP = 512, 24
#: At most so many blocks and branches are remembered for one root.
REMEMBERED = 60_000
#: A chunk is handed on when it has so many loops.
CHUNK = 1 << 15

#: Instead of a root: all loops there are.
ALL = -1

#: Signs as bytes: 1, 0 and 255 for -1; and tables that multiply a row of them.
CODE = {1: 1, 0: 0, -1: 255}
TURN = {
    1: bytes(range(256)),
    -1: bytes([0, 255, *[0] * 253, 1]),
    0: bytes(256),
}
#: Tables that add to a row of lengths.
LONGER = [bytes((i + k) & 255 for i in range(256)) for k in range(256)]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some loops: link numbers of ``width`` bytes each, how many in each loop, signs as bytes."""

    flat: bytes
    lengths: Sequence[int]
    signs: bytes
    width: int


@dataclass(frozen=True, slots=True)
class Problem:
    """The loops of these ways, through one root or all (``ALL``): self-contained, easily sent away.

    Ways are (source, target, sign, links as bytes of ``width`` each).
    """

    root: int
    ways: list[tuple[int, int, int, bytes]]
    width: int
    short: bool  # whether every loop has fewer than 256 links


def width_of(number: int) -> int:
    """Bytes that hold numbers below ``number``."""
    return 1 if number <= 1 << 8 else 2 if number <= 1 << 16 else 4


def all_loops(
    graph: LoopGraph, ids: Sequence[int], budget: Budget, *, roots: Sequence[int] | None = None
) -> Iterator[Chunk]:
    """Every loop once (with ``roots``: every loop through one of these), in chunks."""
    finished: list[tuple[bytes, int]] = []
    for problem in problems(graph, ids, finished, roots=roots, whole=_walks_whole):
        yield from whole_loops(finished, len(graph.source))
        yield from loops_of(problem, budget)
    yield from whole_loops(finished, len(graph.source))


def _walks_whole(core: Sequence[tuple[int, int, int, Any]]) -> bool:
    """Whether the compiled search takes the core as it is, and finds its own roots."""
    kernel = compiled("listing")
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
            bytes(CODE[sign] for _, sign in some),
            width,
        )
    finished.clear()


def problems(
    graph: LoopGraph,
    ids: Sequence[int],
    finished: list[tuple[bytes, int]],
    *,
    roots: Sequence[int] | None = None,
    whole: Callable[[list[Way]], bool] = lambda core: False,
) -> Iterator[Problem]:
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

    ways = [(graph.source[i], graph.target[i], graph.sign[i], i) for i in ids]
    split: Iterator[tuple[int, list[Way]]]
    if roots is None:
        split = _by_degree(ways, ropes, finish, whole)
    else:
        split = _by_name(ways, ropes, finish, roots)
    for root, core in split:
        yield Problem(root, [(u, v, sign, label(rope)) for u, v, sign, rope in core], width, short)


def _by_degree(
    ways: list[Way],
    ropes: Ropes,
    finish: Callable[[int, int], None],
    whole: Callable[[list[Way]], bool],
) -> Iterator[tuple[int, list[Way]]]:
    """Always the variable with most ways in and out; what is left is split and contracted."""
    waiting = [contracted_ways(piece, ropes, finish) for piece in strong_pieces(ways)]
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
        rest = strong_pieces(way for way in core if root not in way[:2])
        waiting += [contracted_ways(piece, ropes, finish) for piece in rest]


def _by_name(
    ways: list[Way],
    ropes: Ropes,
    finish: Callable[[int, int], None],
    roots: Iterable[int],
) -> Iterator[tuple[int, list[Way]]]:
    """The given roots, one after the other."""
    for root in roots:
        for piece in strong_pieces(ways):
            if any(u == root for u, _, _, _ in piece):
                core = contracted_ways(piece, ropes, finish, keep=root)
                if core:
                    yield root, core
        ways = [way for way in ways if root not in way[:2]]


def loops_of(problem: Problem, budget: Budget) -> Iterator[Chunk]:
    """List the loops of one problem."""
    if _walks_whole(problem.ways):
        return _compiled(compiled("listing"), problem, budget)
    return _walked(problem, budget)


def _compiled(kernel: Any, problem: Problem, budget: Budget) -> Iterator[Chunk]:
    """Those that the compiled search finds, chunk by chunk."""
    walk = kernel.CoreWalk(problem.ways, problem.root, problem.width, problem.short, CHUNK)
    more = True
    while more:
        budget.check()
        flat, packed, signs, more = walk.chunk()
        if signs:
            lengths = packed if problem.short else array("I", packed)
            yield Chunk(flat, lengths, signs, problem.width)


def _relevance(after: list[int], before: list[int], last: int) -> Callable[[int, int], int]:
    """What of ``among`` lies on a way from ``v`` to a last variable (sets as bits)."""
    before_bit = {1 << i: bits for i, bits in enumerate(before)}
    after_bit = {1 << i: bits for i, bits in enumerate(after)}

    def relevant(v: int, among: int) -> int:
        home = ring = last & among
        among &= ~home
        while ring:
            low = ring & -ring
            ring ^= low
            new = before_bit[low] & among
            if new:
                home |= new
                ring |= new
                among ^= new
        ahead = ring = after[v] & home
        home ^= ahead
        while ring:
            low = ring & -ring
            ring ^= low
            new = after_bit[low] & home
            if new:
                ahead |= new
                ring |= new
                home ^= new
        return ahead

    return relevant


#: What can follow: ready (True, [b"", label …], lengths, signs), or branching
#: (False, closing ways, [(label, sign, what can follow)], how many).
Tail = tuple[Any, ...]


def _walked(problem: Problem, budget: Budget) -> Iterator[Chunk]:
    number = {v: k for k, v in enumerate(sorted({u for u, _, _, _ in problem.ways}))}
    size, root = len(number), number[problem.root]
    leaving: list[list[tuple[int, int, bytes, int]]] = [[] for _ in range(size)]
    closing: list[list[tuple[bytes, int]]] = [[] for _ in range(size)]
    after, before, last = [0] * size, [0] * size, 0
    for u, v, sign, label in problem.ways:
        i = number[u]
        if v == problem.root:
            closing[i].append((label, sign))
            last |= 1 << i
        else:
            j = number[v]
            leaving[i].append((j, ~(1 << j), label, sign))
            after[i] |= 1 << j
            before[j] |= 1 << i
    relevant = _relevance(after, before, last)
    width = problem.width
    longer = _adder(problem.short)
    remembered: dict[tuple[int, int], Tail] = {}
    tail = _tails(leaving, closing, relevant, remembered, longer, problem)
    flat: list[bytes] = []
    lengths: list[Sequence[int]] = []
    signs: list[bytes] = []
    loops = steps = 0
    everything = (1 << len(leaving)) - 1 & ~(1 << root)
    stack: list[tuple[Tail | None, int, int, bytes, int]] = [
        (None, root, relevant(root, everything), b"", 1)
    ]
    while stack:
        what, v, among, way, sign = stack.pop()
        steps += 1
        if not steps & 255:
            budget.check()
        if what is None and among.bit_count() <= DEEP and len(remembered) < REMEMBERED:
            what = tail(v, among)
        if what is None:
            for label, then in closing[v]:
                flat.append(way + label)
                lengths.append((len(flat[-1]) // width,))
                signs.append(bytes((CODE[sign * then],)))
                loops += 1
            for w, others, label, then in leaving[v]:
                if among >> w & 1:
                    left = relevant(w, among & others)
                    stack.append((None, w, left, way + label, sign * then))
        elif what[0]:
            flat.append(way.join(what[1]))
            lengths.append(longer(what[2], len(way) // width))
            signs.append(what[3] if sign == 1 else what[3].translate(TURN[sign]))
            loops += len(what[3])
        else:
            for label, then in what[1]:
                flat.append(way + label)
                lengths.append((len(flat[-1]) // width,))
                signs.append(bytes((CODE[sign * then],)))
                loops += 1
            for label, then, following in what[2]:
                stack.append((following, 0, 0, way + label, sign * then))
        if loops >= CHUNK:
            yield _packed(flat, lengths, signs, problem)
            loops = 0
    if loops:
        yield _packed(flat, lengths, signs, problem)


def _packed(
    flat: list[bytes], lengths: list[Sequence[int]], signs: list[bytes], problem: Problem
) -> Chunk:
    if problem.short:
        row: Sequence[int] = b"".join([bytes(x) for x in lengths])
    else:
        row = [n for x in lengths for n in x]
    chunk = Chunk(b"".join(flat), row, b"".join(signs), problem.width)
    flat.clear()
    lengths.clear()
    signs.clear()
    return chunk


def _adder(short: bool) -> Callable[[Sequence[int], int], Sequence[int]]:
    """What adds a number to a row of lengths: a table where they fit into bytes."""
    if short:
        return lambda row, k: row.translate(LONGER[k])  # type: ignore[attr-defined]
    return lambda row, k: [n + k for n in row]


def _tails(
    leaving: list[list[tuple[int, int, bytes, int]]],
    closing: list[list[tuple[bytes, int]]],
    relevant: Callable[[int, int], int],
    remembered: dict[tuple[int, int], Tail],
    longer: Callable[[Sequence[int], int], Sequence[int]],
    problem: Problem,
) -> Callable[[int, int], Tail]:
    """What remembers what can follow a variable, given its relevant set."""
    width, short = problem.width, problem.short
    entered: dict[tuple[int, int], Tail] = {}

    def tail(v: int, among: int) -> Tail:
        key = (v, among)
        known = remembered.get(key)
        if known is not None:
            return known
        branches = []
        count, ready = len(closing[v]), True
        for w, others, label, sign in leaving[v]:
            if not among >> w & 1:
                continue
            left = among & others
            following = entered.get((w, left))
            if following is None:
                following = entered[w, left] = tail(w, relevant(w, left))
            branches.append((label, sign, following))
            if following[0]:
                count += len(following[3])
            else:
                ready = False
                count += following[3]
        made: Tail
        if ready and count <= BLOCK:
            made = block(v, branches)
        else:
            made = (False, closing[v], branches, count)
        remembered[key] = made
        return made

    def block(v: int, branches: list[tuple[bytes, int, Tail]]) -> Tail:
        rows = [b""] + [label for label, _ in closing[v]]
        own = [len(label) // width for label, _ in closing[v]]
        lengths: list[Sequence[int]] = [bytes(own) if short else own]
        signs = [bytes(CODE[sign] for _, sign in closing[v])]
        for label, sign, following in branches:
            rows += [label + row for row in following[1][1:]]
            lengths.append(longer(following[2], len(label) // width))
            signs.append(following[3].translate(TURN[sign]))
        row = b"".join(lengths) if short else [n for x in lengths for n in x]  # type: ignore[arg-type]
        return True, rows, row, b"".join(signs)

    return tail
