"""From chunks in no particular order to columns in order."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from loopmap.loops.graph import LoopGraph
from loopmap.loops.listing import Chunk
from loopmap.loops.question import Question
from loopmap.loops.table import LoopTable

if TYPE_CHECKING:
    import numpy as np

__all__ = ["decoded", "sorted_columns"]

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
    graph: LoopGraph, asked: Question, chunks: Sequence[Chunk], wanted: int
) -> LoopTable:
    """The first ``wanted`` loops that fit, in order: shortest first, by names, by routes."""
    try:
        import numpy  # noqa: F401
    except ImportError:
        loops = (graph.turned(loop) for chunk in chunks for loop in decoded(chunk))
        fitting = [loop for loop in loops if asked.fits_all(graph, loop)]
        fitting.sort(key=graph.order)
        return LoopTable.of(graph, fitting[:wanted])
    return _with_numpy(graph, asked, chunks, wanted)


def _with_numpy(
    graph: LoopGraph, asked: Question, chunks: Sequence[Chunk], wanted: int
) -> LoopTable:
    import numpy as np

    rows_of: dict[int, list[np.ndarray[Any, Any]]] = {}
    for chunk in chunks:
        for length, rows in _by_length(chunk):
            if asked.longest is None or length <= asked.longest:
                rows_of.setdefault(length, []).append(rows)
    flat, offsets, signs = array("i"), array("q", [0]), array("b")
    sign = np.array(graph.sign, np.int8)
    for length, parts in sorted(rows_of.items()):
        left = wanted - len(signs)
        if left <= 0:
            break
        rows = _in_order(graph, _fitting(graph, asked, _turned(graph, np.concatenate(parts))))
        rows = rows[:left]
        flat.frombytes(rows.astype("i4").tobytes())
        signs.frombytes(sign[rows].prod(axis=1, dtype=np.int8).tobytes())
        ends = np.arange(1, len(rows) + 1, dtype="i8") * length + offsets[-1]
        offsets.frombytes(ends.tobytes())
    return LoopTable(graph.links, flat, offsets, signs)


def _by_length(chunk: Chunk) -> Iterator[tuple[int, np.ndarray[Any, Any]]]:
    """The loops of a chunk as one array (loops, length) for every length."""
    import numpy as np

    flat = np.frombuffer(chunk.flat, f"u{chunk.width}")
    if isinstance(chunk.lengths, bytes):
        lengths = np.frombuffer(chunk.lengths, "u1").astype("i8")
    else:
        lengths = np.array(chunk.lengths, "i8")
    starts = np.cumsum(lengths) - lengths
    for length in np.flatnonzero(np.bincount(lengths)).tolist():
        here = starts[lengths == length]
        yield length, flat[here[:, None] + np.arange(length)]


def _turned(graph: LoopGraph, rows: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Every loop started at its smallest variable."""
    import numpy as np

    source = np.array(graph.source, "i4")
    first = source[rows].argmin(axis=1)
    length = rows.shape[1]
    columns = (first[:, None] + np.arange(length)) % length
    turned: np.ndarray[Any, Any] = np.take_along_axis(rows, columns, axis=1)
    return turned


def _fitting(graph: LoopGraph, asked: Question, rows: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
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


def _in_order(graph: LoopGraph, rows: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Sort by names, then by routes: two rows of bytes compare like their big-endian numbers."""
    import numpy as np

    pair: dict[tuple[int, int], int] = {}
    ends = zip(graph.source, graph.target, strict=True)
    by_names = np.array([pair.setdefault(end, len(pair)) for end in ends], ">u4")
    keys = [by_names[rows]]
    if len(pair) < len(graph.links):
        keys.append(rows.astype(">u4"))
    packed = np.ascontiguousarray(np.concatenate(keys, axis=1))
    order = packed.view(f"V{packed.shape[1] * 4}").ravel().argsort()
    return rows[order]
