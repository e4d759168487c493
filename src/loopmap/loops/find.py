"""``find_loops``: the loops of a map, shortest first, and how complete the answer is."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor

from loopmap.loops.budget import Budget
from loopmap.loops.filters import Through, check_limits, loop_filter
from loopmap.loops.found import Loops
from loopmap.loops.graph import loop_graph
from loopmap.loops.labels import loop_names
from loopmap.loops.listing.chunks import Chunk
from loopmap.loops.listing.sorting import LoopSorter
from loopmap.loops.listing.strategy import find, stream
from loopmap.loops.table import LoopTable
from loopmap.model import SystemMap
from loopmap.options import LoopKind
from loopmap.progress import bar

__all__ = ["find_loops", "loop_tables"]

#: A table of a stream has so many loops, and what comes with them.
TABLE = 10_000


def find_loops(
    m: SystemMap,
    *,
    through: Through | None = None,
    kind: LoopKind | None = None,
    delayed: bool | None = None,
    max_length: int | None = None,
    at_most: int | None = 10_000,
    seconds: float | None = None,
    executor: Executor | None = None,
) -> Loops:
    """Find the feedback loops of a map, shortest first.

    A loop is an elementary circuit of causal links: no variable twice, parallel links make
    different loops, a link from a variable to itself is a loop of length 1. Ties are ordered
    by the names round the loop, then by routes; the same map always gives the same answer.

    Parameters
    ----------
    m
        The map.
    through
        Only loops through this variable, this link (``m.link("A", "B")``), or a variable that
        this stakeholder holds; or through all of several of these.
    kind
        Only loops of kind ``"R"`` reinforcing, ``"B"`` balancing or ``"U"`` undetermined; the
        words do too.
    delayed
        Only loops with (true) or without (false) a delayed link.
    max_length
        Only loops of at most this many links.
    at_most
        Stop after so many loops; ``None`` lists all, however many there are.
    seconds
        Stop after about so many seconds with what was found by then; ``None`` takes its time.
    executor
        A :class:`concurrent.futures.Executor` to spread a long search over: a process pool,
        Dask's ``Client.get_executor()`` … The answer is the same whoever does the work. Used
        where all loops are listed at once; a few short ones are found faster here.

    Returns
    -------
    Loops
        The loops and what the list is: ``complete``, ``complete_to_length``, ``total`` and
        ``reason``. Pressing Ctrl-C also leaves such a marked partial answer.

    Raises
    ------
    UnknownNameError
        If ``through`` names something that is not in the map.
    InvalidOptionError
        If another option has a value that is none.

    Examples
    --------
    >>> m = lm.SystemMap(links=[("A", "B", "+"), ("B", "A", "-"), ("B", "B", "+")])
    >>> for loop in lm.find_loops(m):
    ...     print(loop)
    R1  B -> (+) B
    B1  A -> (+) B -> (−) A
    >>> lm.find_loops(m, at_most=1)
    <Loops: 1 loop, 1 R, incomplete: stopped after 1 loop (at_most=1)>
    """
    check_limits(at_most, seconds)
    graph = loop_graph(m)
    asked = loop_filter(
        m, graph, through=through, kind=kind, delayed=delayed, max_length=max_length
    )
    with bar("finding loops") as tick:
        found = find(graph, asked, at_most, Budget(seconds, tick), executor)
    found.loops.called = loop_names(m)
    return Loops(found.loops, not found.reason, found.whole_to, found.total, found.reason)


def loop_tables(
    m: SystemMap,
    *,
    through: Through | None = None,
    kind: LoopKind | None = None,
    delayed: bool | None = None,
    max_length: int | None = None,
) -> Iterator[LoopTable]:
    """List any number of loops in little memory: tables of ten thousand and more, one by one.

    Every loop comes once; in order within a table, but not from table to table. Take as many
    tables as you like; the search goes on where it stopped when the next one is asked
    for.

    Parameters
    ----------
    m, through, kind, delayed, max_length
        As in :func:`find_loops`.

    Yields
    ------
    LoopTable
        Columns of link numbers, offsets and signs; labels count within the table.

    Raises
    ------
    UnknownNameError
        If ``through`` names something that is not in the map.
    InvalidOptionError
        If another option has a value that is none.

    Examples
    --------
    >>> m = lm.SystemMap(links=[("A", "B", "+"), ("B", "A", "-"), ("B", "B", "+")])
    >>> sum(len(table) for table in lm.loop_tables(m))
    2
    """
    graph = loop_graph(m)
    asked = loop_filter(
        m, graph, through=through, kind=kind, delayed=delayed, max_length=max_length
    )
    called = loop_names(m)
    for chunks in _together(stream(graph, asked, asked.longest or 0, Budget(None))):
        sorter = LoopSorter(graph, asked)
        for chunk in chunks:
            sorter.add(chunk)
        table = sorter.table()
        table.called = called
        if table:
            yield table


def _together(coming: Iterator[Chunk]) -> Iterator[list[Chunk]]:
    """Chunks in lists with enough loops for one table."""
    chunks: list[Chunk] = []
    for chunk in coming:
        chunks.append(chunk)
        if sum(len(some.signs) for some in chunks) >= TABLE:
            yield chunks
            chunks = []
    if chunks:
        yield chunks
