"""The loops through one root, in pure Python: a graph of what can follow, and blocks of it.

A :class:`Tail` is a variable with the set of those that can still be passed on the way home from
it. What can follow depends on these two alone, so a tail is made once, however many ways lead to
it; one that is come to often, and after which little can follow, gets a block: all that can
follow, ready to be written behind a way so far with one ``bytes.join``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from loopmap.loops.budget import Budget
from loopmap.loops.chunks import CHUNK, Chunk, Problem

__all__ = ["Core", "Tail", "walked"]

#: A block has at most so many continuations, and is tried for at most so many variables.
BLOCK, DEEP = 256, 64
#: A block is made when a tail is come to so often.
VISITS = 3
#: At most so many tails, and rows in blocks, are remembered for one root.
REMEMBERED, ROWS = 60_000, 200_000
#: Where there are more tails than this, all are made with numpy, layer by layer.
MANY = 1_500

#: Signs as bytes: 1, 0 and 255 for -1; and tables that multiply a row of them.
CODE = {1: 1, 0: 0, -1: 255}
TURN = {
    1: bytes(range(256)),
    -1: bytes([0, 255, *[0] * 253, 1]),
    0: bytes(256),
}
#: Tables that add to a row of lengths.
LONGER = [bytes((i + k) & 255 for i in range(256)) for k in range(256)]

#: Rows of links behind an empty one (for ``join``), their lengths, their signs.
Block = tuple[list[bytes], Any, bytes]


class Tail:
    """A variable, the set that can still be passed (as bits), and what is known to follow."""

    __slots__ = ("among", "at", "big", "block", "visits", "ways")

    def __init__(self, at: int, among: int) -> None:
        self.at = at
        self.among = among
        self.ways: list[tuple[bytes, int, Tail]] | None = None
        self.block: Block | None = None
        self.big = False  # too much can follow for a block
        self.visits = 0


class Core:
    """The ways of a problem by variable, numbered from 0; sets of variables as bits."""

    def __init__(self, problem: Problem) -> None:
        number = {v: k for k, v in enumerate(sorted({u for u, _, _, _ in problem.ways}))}
        self.size = len(number)
        self.root = number[problem.root]
        self.leaving: list[dict[int, list[tuple[bytes, int]]]] = [{} for _ in number]
        self.closing: list[list[tuple[bytes, int]]] = [[] for _ in number]
        self.after, self.before, self.last = [0] * self.size, [0] * self.size, 0
        for u, v, sign, label in problem.ways:
            i, j = number[u], number[v]
            if v == problem.root:
                self.closing[i].append((label, sign))
                self.last |= 1 << i
            else:
                self.leaving[i].setdefault(j, []).append((label, sign))
                self.after[i] |= 1 << j
                self.before[j] |= 1 << i


def walked(problem: Problem, budget: Budget) -> Iterator[Chunk]:
    """List the loops of a problem."""
    core = Core(problem)
    tails = _Tails(core, problem, budget)
    width, longer = problem.width, tails.longer
    flat: list[bytes] = []
    lengths: list[Sequence[int]] = []
    signs: list[bytes] = []
    loops = steps = 0
    stack: list[tuple[Tail, bytes, int]] = [(tails.first(), b"", 1)]
    while stack:
        tail, way, sign = stack.pop()
        steps += 1
        if not steps & 255:
            budget.check()
        block = tail.block
        if block is None and not tail.big:
            tail.visits += 1
            if tail.visits >= VISITS:
                block = tails.block(tail)
        if block is None:
            block = tails.closing[tail.at]
            for label, then, following in tails.ways(tail):
                stack.append((following, way + label, sign * then))
            if not block[2]:
                continue
        flat.append(way.join(block[0]))
        lengths.append(longer(block[1], len(way) // width))
        signs.append(block[2] if sign == 1 else block[2].translate(TURN[sign]))
        loops += len(block[2])
        if loops >= CHUNK:
            yield _packed(flat, lengths, signs, problem)
            loops = 0
    if loops:
        yield _packed(flat, lengths, signs, problem)


def _packed(
    flat: list[bytes], lengths: list[Sequence[int]], signs: list[bytes], problem: Problem
) -> Chunk:
    row: Any = b"".join(lengths) if problem.short else [n for x in lengths for n in x]  # type: ignore[arg-type]
    chunk = Chunk(b"".join(flat), row, b"".join(signs), problem.width)
    flat.clear()
    lengths.clear()
    signs.clear()
    return chunk


class _Tails:
    """The tails of one root, made as they are asked for, or all at once where they are many."""

    def __init__(self, core: Core, problem: Problem, budget: Budget) -> None:
        self.core = core
        self.budget = budget
        self.width, self.short = problem.width, problem.short
        self.known: dict[tuple[int, int], Tail] = {}
        self.relevant = _relevance(core)
        self.blocked: list[Tail] = []
        self.rows = 0
        self.closing: list[Block] = [
            (
                [b"", *[label for label, _ in row]],
                self._lengths([label for label, _ in row]),
                bytes([CODE[sign] for _, sign in row]),
            )
            for row in core.closing
        ]

    def _lengths(self, labels: list[bytes]) -> Sequence[int]:
        row = [len(label) // self.width for label in labels]
        return bytes(row) if self.short else row

    def longer(self, row: Any, k: int) -> Any:
        """Add to a row of lengths: by a table where they fit into bytes."""
        return row.translate(LONGER[k]) if self.short else [n + k for n in row]

    def first(self) -> Tail:
        """The tail of the root."""
        core = self.core
        every = (1 << core.size) - 1 & ~(1 << core.root)
        tail = self._tail(core.root, self.relevant(core.root, every))
        waiting = [tail]
        while waiting and len(self.known) < MANY:
            at = waiting.pop()
            if at.ways is None:
                waiting += [following for _, _, following in self.ways(at)]
        return (self._layered(tail.among) or tail) if waiting else tail

    def ways(self, tail: Tail) -> list[tuple[bytes, int, Tail]]:
        """Where to from a tail."""
        if tail.ways is None:
            tail.ways = []
            for w, row in self.core.leaving[tail.at].items():
                if tail.among >> w & 1:
                    following = self._tail(w, self.relevant(w, tail.among & ~(1 << w)))
                    tail.ways += [(label, sign, following) for label, sign in row]
        return tail.ways

    def _tail(self, at: int, among: int) -> Tail:
        known = self.known.get((at, among))
        if known is None:
            if len(self.known) >= REMEMBERED:
                self.known.clear()
            known = self.known[at, among] = Tail(at, among)
        return known

    def _layered(self, among: int) -> Tail | None:
        """All tails at once, if numpy is there and they are not too many."""
        try:
            from loopmap.loops.layers import layered
        except ImportError:
            return None
        return layered(self.core, among, REMEMBERED, self.budget)

    def block(self, tail: Tail) -> Block | None:
        """All that can follow a tail, if it is not too much."""
        if tail.block is not None or tail.big:
            return tail.block
        tail.big = True
        if tail.among.bit_count() > DEEP:
            return None
        count = len(self.closing[tail.at][2])
        parts = []
        for label, sign, following in self.ways(tail):
            block = self.block(following)
            if block is None:
                return None
            count += len(block[2])
            if count > BLOCK:
                return None
            parts.append((label, sign, block))
        tail.big = False
        tail.block = self._joined(tail, parts)
        return tail.block

    def _joined(self, tail: Tail, parts: list[tuple[bytes, int, Block]]) -> Block:
        closing, length, last = self.closing[tail.at]
        rows, lengths, signs = closing.copy(), [length], [last]
        for label, sign, (following, length, then) in parts:
            rows += [label + row for row in following[1:]]
            lengths.append(self.longer(length, len(label) // self.width))
            signs.append(then if sign == 1 else then.translate(TURN[sign]))
        self.rows += len(rows)
        self.blocked.append(tail)
        if self.rows > ROWS:
            for blocked in self.blocked:
                blocked.block = None
                blocked.visits = 0
            self.blocked.clear()
            self.rows = 0
        row = b"".join(lengths) if self.short else [n for x in lengths for n in x]
        return rows, row, b"".join(signs)


def _relevance(core: Core) -> Callable[[int, int], int]:
    """What of ``among`` lies on a way from ``v`` to a last variable."""
    before_bit = {1 << i: bits for i, bits in enumerate(core.before)}
    after_bit = {1 << i: bits for i, bits in enumerate(core.after)}
    after, last = core.after, core.last

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
