"""From chunks in no particular order to columns in order."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Sequence
from typing import Any

from loopmap.loops.filters import LoopFilter
from loopmap.loops.graph import LoopGraph
from loopmap.loops.listing.chunks import Chunk
from loopmap.loops.table import LoopTable

__all__ = ["decoded", "sorted_columns", "sorted_plainly"]

#: The array type of link numbers of so many bytes.
TYPECODES = {1: "B", 2: "H", 4: "I"}


def decoded(chunk: Chunk) -> Iterator[tuple[int, ...]]:
    """The loops of a chunk as link numbers."""
    numbers = array(TYPECODES[chunk.width])
    numbers.frombytes(chunk.flat)
    start = 0
    for length in chunk.lengths:
        yield tuple(numbers[start : start + length])
        start += length


def sorted_columns(
    graph: LoopGraph, asked: LoopFilter, chunks: Sequence[Chunk], wanted: int
) -> LoopTable:
    """The first ``wanted`` loops that fit, in order: shortest first, by names, by routes."""
    try:
        import numpy  # noqa: F401
    except ImportError:
        return sorted_plainly(graph, asked, chunks, wanted)
    return _with_numpy(graph, asked, chunks, wanted)


def sorted_plainly(
    graph: LoopGraph, asked: LoopFilter, chunks: Sequence[Chunk], wanted: int
) -> LoopTable:
    """The same loop by loop, without numpy: for few."""
    loops = (graph.canonical(loop) for chunk in chunks for loop in decoded(chunk))
    fitting = [loop for loop in loops if asked.fits_all(graph, loop)]
    fitting.sort(key=graph.order)
    return LoopTable.of(graph, fitting[:wanted])


def _with_numpy(
    graph: LoopGraph, asked: LoopFilter, chunks: Sequence[Chunk], wanted: int
) -> LoopTable:
    import numpy as np

    cut = [_cut(chunk) for chunk in chunks]
    longest = math.inf if asked.longest is None else asked.longest
    present = {n for _, lengths, _ in cut for n in np.flatnonzero(np.bincount(lengths)).tolist()}
    flat, offsets, signs = array("i"), array("q", [0]), array("b")
    sign = np.array(graph.sign, np.int8)
    for length in sorted(present):
        left = wanted - len(signs)
        if left <= 0 or length > longest:
            break
        rows = np.concatenate([_of_length(*columns, length) for columns in cut])
        rows = _in_order(graph, _fitting(graph, asked, _rotated(rows)))[:left]
        flat.frombytes(rows.astype("i4").tobytes())
        signs.frombytes(sign[rows].prod(axis=1, dtype=np.int8).tobytes())
        ends = np.arange(1, len(rows) + 1, dtype="i8") * length + offsets[-1]
        offsets.frombytes(ends.tobytes())
    return LoopTable(graph.links, flat, offsets, signs)


Array = Any  # np.ndarray, which is imported only where it is used


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
    """The loops of one length, one a row: each is copied as one piece of memory."""
    import numpy as np

    here = starts[lengths == length]
    if not len(here):
        return np.empty((0, length), flat.dtype)
    size = flat.itemsize
    places = (len(flat) - length + 1,)
    pieces: Array = np.ndarray(places, f"V{length * size}", flat, strides=(size,))
    return pieces[here].view(flat.dtype).reshape(-1, length)


def _rotated(rows: Array) -> Array:
    """Every loop started at its smallest variable, whose link has its smallest number."""
    import numpy as np

    length = rows.shape[1]
    first = rows.argmin(axis=1).astype(np.min_scalar_type(length))
    order = first.argsort(kind="stable")
    bounds = np.cumsum(np.bincount(first, minlength=length))
    rotated, start = np.empty_like(rows), 0
    for k, end in enumerate(bounds.tolist()):
        some = rows[order[start:end]]
        rotated[start:end, : length - k] = some[:, k:]
        rotated[start:end, length - k :] = some[:, :k]
        start = end
    return rotated


def _fitting(graph: LoopGraph, asked: LoopFilter, rows: Array) -> Array:
    import numpy as np

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


def _in_order(graph: LoopGraph, rows: Array) -> Array:
    """Sort by names, then by routes: rows of bytes compare like their big-endian numbers."""
    import numpy as np

    pair: dict[tuple[int, int], int] = {}
    ends = zip(graph.source, graph.target, strict=True)
    by_names = np.array([pair.setdefault(end, len(pair)) for end in ends])
    key = rows
    if len(pair) < len(graph.source):
        key = np.concatenate([by_names[rows].astype(rows.dtype), rows], axis=1)
    packed = np.ascontiguousarray(key.astype(key.dtype.newbyteorder(">")))
    order = packed.view(f"S{packed.shape[1] * packed.itemsize}").ravel().argsort(kind="stable")
    return rows[order]
