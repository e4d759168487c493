"""From chunks in no particular order to columns in order, of all loops or of the first so many.

Few loops are sorted one by one. Many are put into buckets, one for each length, and sorted a block
at a time: a bucket is split by the first link round, and again by the next, until a block is small.
So what is sorted lets go of what is not yet, and whoever interrupts keeps the blocks that are done.
"""

from __future__ import annotations

import heapq
import sys
from array import array
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from loopmap.loops.filters import LoopFilter
from loopmap.loops.graph import LoopGraph
from loopmap.loops.listing.chunks import Chunk
from loopmap.loops.table import LoopTable

__all__ = ["LoopSorter", "decoded"]

#: The array type of link numbers of so many bytes.
TYPECODES = {1: "B", 2: "H", 4: "I"}
#: From so many loops on, or so many links, columns are sorted with numpy; where it is already
#: imported, from fewer on.
MANY, MANY_LINKS, MANY_WITH_NUMPY = 50_000, 1_000_000, 1_000
#: Of the first loops only, so many more are kept before the others are let go.
SPARE = 200_000
#: A block to sort has so many links at most.
BLOCK = 1 << 20

Array = Any  # np.ndarray, which is imported only where it is used


def decoded(chunk: Chunk) -> Iterator[tuple[int, ...]]:
    """The loops of a chunk as link numbers."""
    numbers = array(TYPECODES[chunk.width])
    numbers.frombytes(chunk.flat)
    start = 0
    for length in chunk.lengths:
        yield tuple(numbers[start : start + length])
        start += length


class LoopSorter:
    """Takes chunks; gives the first ``wanted`` loops that fit: shortest first, names, routes.

    Attributes
    ----------
    number, links
        How many loops were taken, and links of loops were looked at.
    """

    def __init__(self, graph: LoopGraph, asked: LoopFilter, wanted: int | None = None) -> None:
        self.graph, self.asked = graph, asked
        self.wanted = sys.maxsize if wanted is None else wanted
        self.number = self.links = 0
        self._chunks: list[tuple[Chunk, int]] = []
        self._few: list[tuple[int, ...]] = []
        self._buckets: _Buckets | None = None
        self._waiting = self._waiting_links = 0

    def add(self, chunk: Chunk, longer_than: int = 0) -> None:
        """Take the loops of a chunk, of more links than that."""
        number = len(chunk.signs)
        if longer_than:
            number = sum(length > longer_than for length in chunk.lengths)
        self.number += number
        self.links += len(chunk.flat) // chunk.width
        self._waiting += number
        self._waiting_links += len(chunk.flat) // chunk.width
        self._chunks.append((chunk, longer_than))
        many = MANY_WITH_NUMPY if "numpy" in sys.modules else MANY
        if self._waiting > many or self._waiting_links > MANY_LINKS:
            self._settle()

    def has(self, number: int) -> bool:
        """Whether at least so many loops fit, of those that are kept."""
        if self.number < number:
            return False
        if self._buckets is not None:
            self._settle()
        settled = len(self._few) if self._buckets is None else self._buckets.number
        return settled + sum(1 for _ in self._fitting(self._chunks)) >= number

    def _settle(self) -> None:
        """Put what waits into the buckets, or where numpy is missing among the few."""
        if self._buckets is None:
            self._buckets = _buckets(self.graph, self.asked)
        waiting, self._chunks, self._waiting, self._waiting_links = self._chunks, [], 0, 0
        if self._buckets is None:
            self._few = self._sorted(waiting)
            return
        for chunk, longer_than in waiting:
            self._buckets.put(chunk, longer_than)
        if self._buckets.number > 2 * self.wanted + SPARE:
            self._buckets.keep(self.wanted)

    def _fitting(self, chunks: Sequence[tuple[Chunk, int]]) -> Iterator[tuple[int, ...]]:
        """The loops that fit, one by one."""
        for chunk, longer_than in chunks:
            for loop in decoded(chunk):
                if len(loop) > longer_than and self.asked.fits_all(self.graph, loop):
                    yield self.graph.canonical(loop)

    def _sorted(self, chunks: Sequence[tuple[Chunk, int]]) -> list[tuple[int, ...]]:
        """The few and these, one by one."""
        fitting = chain(self._few, self._fitting(chunks))
        if self.wanted < SPARE:
            return heapq.nsmallest(self.wanted, fitting, key=self.graph.order)
        return sorted(fitting, key=self.graph.order)[: self.wanted]

    def table(self, wanted: int | None = None) -> LoopTable:
        """Sort, and give the first so many; after an interruption, what was sorted, if enough."""
        least = self.wanted if wanted is None else min(wanted, self.wanted)
        if self._buckets is None:
            return LoopTable.of(self.graph, self._sorted(self._chunks)[:least])
        self._settle()
        return self._buckets.table(least)


def _buckets(graph: LoopGraph, asked: LoopFilter) -> _Buckets | None:
    try:
        import numpy  # noqa: F401
    except ImportError:
        return None
    return _Buckets(graph, asked)


class _Buckets:
    """Loops as rows of link numbers, by length, rotated and sifted; sorted a block at a time."""

    def __init__(self, graph: LoopGraph, asked: LoopFilter) -> None:
        import numpy as np

        self.graph, self.asked = graph, asked
        self.number = 0
        self.rows: dict[int, list[Array]] = {}
        self.longest = sys.maxsize if asked.longest is None else asked.longest
        self.type = np.min_scalar_type(len(graph.source))
        pair: dict[tuple[int, int], int] = {}
        ends = zip(graph.source, graph.target, strict=True)
        self.by_names = np.array([pair.setdefault(end, len(pair)) for end in ends], self.type)
        self.routes = len(pair) < len(graph.source)
        self.sign = np.array(graph.sign, np.int8)
        #: What is still to sort (rows, and by how many columns they are alike), last first.
        self._stack: list[tuple[Array, int]] = []
        self._done = LoopTable(graph.links, array("i"), array("q", [0]), array("b"))

    def put(self, chunk: Chunk, longer_than: int) -> None:
        """Take the loops of a chunk that fit, and have more links than that."""
        import numpy as np

        columns = _cut(chunk)
        for length in np.flatnonzero(np.bincount(columns[1])).tolist():
            if longer_than < length <= self.longest:
                rows = _rotated(_of_length(*columns, length)).astype(self.type, copy=False)
                rows = _fitting(self.graph, self.asked, rows)
                self.rows.setdefault(length, []).append(rows)
                self.number += len(rows)

    def keep(self, wanted: int) -> None:
        """Let go of all but the first so many."""
        import numpy as np

        kept: dict[int, list[Array]] = {}
        self.number = 0
        for length in sorted(self.rows):
            left = wanted - self.number
            if not left:
                break
            parts = self.rows.pop(length)
            if sum(map(len, parts)) > left:
                parts = [self._first(np.concatenate(parts), left)]
            kept[length] = parts
            self.number += sum(map(len, parts))
        if self.number == wanted:
            self.longest = min(self.longest, max(kept, default=0))
        self.rows = kept

    def _first(self, rows: Array, wanted: int) -> Array:
        """The first so many rows of one length, in order."""
        import numpy as np

        found: list[Array] = []
        stack = [(rows, 0)]
        del rows
        while stack and wanted > 0:
            if parts := self._split(*stack[-1]):
                stack[-1:] = parts
                continue
            block = self._in_order(stack.pop()[0])[:wanted].copy()
            found.append(block)
            wanted -= len(block)
        return np.concatenate(found)

    def table(self, wanted: int) -> LoopTable:
        """The first so many in columns; can be called again after an interruption."""
        import numpy as np

        while (self._stack or self.rows) and len(self._done) < wanted:
            if not self._stack:
                length = min(self.rows)
                self._stack = [(np.concatenate(self.rows[length]), 0)]
                del self.rows[length]
            rows, alike = self._stack[-1]
            if parts := self._split(rows, alike):
                del rows
                self._stack[-1:] = parts
                continue
            ready = self._in_order(rows)[: wanted - len(self._done)]
            self._write(ready)
            del rows
        return self._done

    def _write(self, rows: Array) -> None:
        """Add a block to the columns, and take it off what is to sort: both, or neither."""
        import numpy as np

        flat, offsets, signs = self._done.flat, self._done.offsets, self._done.signs
        stack = self._stack
        number, length = rows.shape
        before = len(signs)
        ends = np.arange(1, number + 1, dtype="i8") * length + offsets[-1]
        products = self.sign[rows].prod(axis=1, dtype=np.int8)
        try:
            flat.frombytes(rows.astype("i4").tobytes())
            offsets.frombytes(ends.tobytes())
            signs.frombytes(products.tobytes())
            self._stack = stack[:-1]
        except BaseException:
            self._stack = stack
            del signs[before:], offsets[before + 1 :], flat[offsets[-1] :]
            raise

    def _split(self, rows: Array, alike: int) -> list[tuple[Array, int]]:
        """Rows that are too many for one block, by the first column that differs; last first."""
        import numpy as np

        if rows.size <= BLOCK or len(rows) < 2:
            return []
        length = rows.shape[1]
        for column in range(alike, 2 * length):
            values = rows[:, column % length]
            if column < length:
                values = self.by_names[values]
            if (values != values[0]).any():
                order = values.argsort(kind="stable")
                bounds = np.flatnonzero(np.diff(values[order])) + 1
                pieces = np.split(order, bounds)
                return [(rows[piece], column + 1) for piece in reversed(pieces)]
        return []

    def _in_order(self, rows: Array) -> Array:
        """Sort by names, then by routes: rows of bytes compare like their big-endian numbers."""
        import numpy as np

        key = rows
        if self.routes:
            key = np.concatenate([self.by_names[rows], rows], axis=1)
        packed = np.ascontiguousarray(key.astype(key.dtype.newbyteorder(">")))
        order = packed.view(f"S{packed.shape[1] * packed.itemsize}").ravel().argsort(kind="stable")
        return rows[order]


def _cut(chunk: Chunk) -> tuple[Array, Array, Array]:
    """A chunk as arrays: link numbers, lengths, and where each loop starts."""
    import numpy as np

    flat = np.frombuffer(chunk.flat, f"u{chunk.width}")
    if isinstance(chunk.lengths, bytes):
        lengths = np.frombuffer(chunk.lengths, "u1")
    else:
        lengths = np.array(chunk.lengths, "u4")
    ends = np.cumsum(lengths, dtype="u4")
    return flat, lengths, ends - lengths


def _of_length(flat: Array, lengths: Array, starts: Array, length: int) -> Array:
    """The loops of one length, one a row."""
    import numpy as np

    here = starts[lengths == length]
    if not len(here):
        return np.empty((0, length), flat.dtype)
    return _pieces(flat, here, length)


def _pieces(flat: Array, starts: Array, length: int) -> Array:
    """So many numbers from each start on, a row each: copied as one piece of memory."""
    import numpy as np

    size = flat.itemsize
    places = (len(flat) - length + 1,)
    pieces: Array = np.ndarray(places, f"V{length * size}", flat, strides=(size,))
    return pieces[starts].view(flat.dtype).reshape(-1, length)


def _rotated(rows: Array) -> Array:
    """``LoopGraph.canonical`` for many loops: each started at the link of its smallest number.

    That is the one out of its smallest variable, since links are numbered by where they start.
    """
    import numpy as np

    number, length = rows.shape
    twice = np.concatenate((rows, rows), axis=1).ravel()
    starts = np.arange(0, 2 * length * number, 2 * length) + rows.argmin(axis=1)
    return _pieces(twice, starts, length)


def _fitting(graph: LoopGraph, asked: LoopFilter, rows: Array) -> Array:
    import numpy as np

    if asked.product is None and asked.delayed is None and not asked.groups:
        return rows
    keep = np.ones(len(rows), bool)
    if asked.product is not None:
        sign = np.array(graph.sign, np.int8)
        keep &= sign[rows].prod(axis=1, dtype=np.int8) == asked.product
    if asked.delayed is not None:
        keep &= np.array(graph.delayed, bool)[rows].any(axis=1) == asked.delayed
    for group in asked.groups:
        meets = np.isin(np.array(graph.source, "i4"), sorted(group))
        keep &= meets[rows].any(axis=1)
    return rows[keep]
