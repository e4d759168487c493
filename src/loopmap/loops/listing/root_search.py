"""The loops through one root, in pure Python: depth-first over what can complete a path.

Every step leads to a loop, since only completions (:mod:`loopmap.loops.listing.completions`) are
gone to. One that is come to often, and after which little can follow, gets a block: all that can
follow, ready to be written behind the path so far with one ``bytes.join``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from loopmap.loops.budget import Budget
from loopmap.loops.listing.chunks import CHUNK, Chunk, Subproblem
from loopmap.loops.listing.completions import Block, Completion, Core

__all__ = ["walked"]

#: A block has at most so many continuations, and is tried for at most so many variables.
BLOCK, DEEP = 256, 64
#: A block is made when a completion is come to so often.
VISITS = 3
#: At most so many completions, and rows in blocks, are remembered for one root.
REMEMBERED, ROWS = 60_000, 200_000
#: Where there are more completions than this, all are made with numpy, layer by layer.
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


def walked(subproblem: Subproblem, budget: Budget) -> Iterator[Chunk]:
    """List the loops of a subproblem."""
    core = Core(subproblem)
    completions = _Completions(core, subproblem, budget)
    width, longer = subproblem.width, completions.longer
    flat: list[bytes] = []
    lengths: list[Sequence[int]] = []
    signs: list[bytes] = []
    loops = steps = 0
    stack: list[tuple[Completion, bytes, int]] = [(completions.first(), b"", 1)]
    while stack:
        completion, way, sign = stack.pop()
        steps += 1
        if not steps & 255:
            budget.check()
        block = completion.block
        if block is None and not completion.big:
            completion.visits += 1
            if completion.visits >= VISITS:
                block = completions.block(completion)
        if block is None:
            block = completions.closing[completion.at]
            for label, then, following in completions.steps(completion):
                stack.append((following, way + label, sign * then))
            if not block[2]:
                continue
        flat.append(way.join(block[0]))
        lengths.append(longer(block[1], len(way) // width))
        signs.append(block[2] if sign == 1 else block[2].translate(TURN[sign]))
        loops += len(block[2])
        if loops >= CHUNK:
            yield _packed(flat, lengths, signs, subproblem)
            loops = 0
    if loops:
        yield _packed(flat, lengths, signs, subproblem)


def _packed(
    flat: list[bytes], lengths: list[Sequence[int]], signs: list[bytes], subproblem: Subproblem
) -> Chunk:
    row: Any = b"".join(lengths) if subproblem.short else [n for x in lengths for n in x]  # type: ignore[arg-type]
    chunk = Chunk(b"".join(flat), row, b"".join(signs), subproblem.width)
    flat.clear()
    lengths.clear()
    signs.clear()
    return chunk


class _Completions:
    """The completions of one root: made as they are asked for, or all at once where many."""

    def __init__(self, core: Core, subproblem: Subproblem, budget: Budget) -> None:
        self.core = core
        self.budget = budget
        self.width, self.short = subproblem.width, subproblem.short
        self.known: dict[tuple[int, int], Completion] = {}
        self.relevant = _relevance(core)
        self.blocked: list[Completion] = []
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

    def first(self) -> Completion:
        """The completion of the root."""
        core = self.core
        every = (1 << core.size) - 1 & ~(1 << core.root)
        completion = self._completion(core.root, self.relevant(core.root, every))
        waiting = [completion]
        while waiting and len(self.known) < MANY:
            at = waiting.pop()
            if at.steps is None:
                waiting += [following for _, _, following in self.steps(at)]
        return (self._layered(completion.among) or completion) if waiting else completion

    def steps(self, completion: Completion) -> list[tuple[bytes, int, Completion]]:
        """Where to from a completion."""
        if completion.steps is None:
            completion.steps = []
            for w, row in self.core.leaving[completion.at].items():
                if completion.among >> w & 1:
                    following = self._completion(w, self.relevant(w, completion.among & ~(1 << w)))
                    completion.steps += [(label, sign, following) for label, sign in row]
        return completion.steps

    def _completion(self, at: int, among: int) -> Completion:
        known = self.known.get((at, among))
        if known is None:
            if len(self.known) >= REMEMBERED:
                self.known.clear()
            known = self.known[at, among] = Completion(at, among)
        return known

    def _layered(self, among: int) -> Completion | None:
        """All completions at once, if numpy is there and they are not too many."""
        try:
            from loopmap.loops.listing.root_search_numpy import layered
        except ImportError:
            return None
        return layered(self.core, among, REMEMBERED, self.budget)

    def block(self, completion: Completion) -> Block | None:
        """All that can follow a completion, if it is not too much."""
        if completion.block is not None or completion.big:
            return completion.block
        completion.big = True
        if completion.among.bit_count() > DEEP:
            return None
        count = len(self.closing[completion.at][2])
        parts = []
        for label, sign, following in self.steps(completion):
            block = self.block(following)
            if block is None:
                return None
            count += len(block[2])
            if count > BLOCK:
                return None
            parts.append((label, sign, block))
        completion.big = False
        completion.block = self._joined(completion, parts)
        return completion.block

    def _joined(self, completion: Completion, parts: list[tuple[bytes, int, Block]]) -> Block:
        closing, length, last = self.closing[completion.at]
        rows, lengths, signs = closing.copy(), [length], [last]
        for label, sign, (following, length, then) in parts:
            rows += [label + row for row in following[1:]]
            lengths.append(self.longer(length, len(label) // self.width))
            signs.append(then if sign == 1 else then.translate(TURN[sign]))
        self.rows += len(rows)
        self.blocked.append(completion)
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
