"""The engine behind ``find_loops``: which way of listing answers a question with least work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from loopmap.errors import TooLargeError
from loopmap.loops.budget import Budget, TimeIsUpError
from loopmap.loops.counting.by_inclusion import tally
from loopmap.loops.filters import LoopFilter
from loopmap.loops.graph import LoopGraph
from loopmap.loops.kernel import compiled
from loopmap.loops.listing.bounded import bounded_loops
from loopmap.loops.listing.by_length import loops_in_order
from loopmap.loops.listing.chunks import Chunk
from loopmap.loops.listing.deadline import listed_in_time
from loopmap.loops.listing.parallel import parallel_loops
from loopmap.loops.listing.sorting import LoopSorter
from loopmap.loops.listing.unordered import all_loops
from loopmap.loops.table import LoopTable
from loopmap.phrases import counted

__all__ = ["Found", "find", "stream"]

#: States a count may be expected to need before a search starts without it; and per second of a
#: time budget; and so many times as many where counting is compiled.
COUNT_STATES, STATES_A_SECOND, COMPILED = 60_000, 30_000, 20
#: A loop is so much dearer to find by its length, or in order, than among all.
DEARER = 4
#: Up to so many loops are searched for at once and sorted, however few of them are wanted.
AT_ONCE = 30_000
#: With a time budget, more loops than this are listed length by length, so that a part is of use.
TIMED = 200_000
#: More links than this in loops that are passed are not gone through for the sake of a few loops.
PASSED = 1_000_000
#: So few loops are found one after the other, time budget or not.
FEW = 50_000
#: Whoever interrupts a search does not wait until more loops than this are sorted.
IMPATIENT = 10_000


@dataclass(frozen=True, slots=True)
class Found:
    """Loops in order; up to which length they are whole; how many there are; why not all."""

    loops: LoopTable
    whole_to: int | None
    total: int | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Counts:
    """Loops by length: those asked for, and those that listing all at once would list."""

    asked: dict[int, int]
    listed: dict[int, int]

    @property
    def total(self) -> int:
        return sum(self.asked.values())

    def way(self, wanted: int) -> int | None:
        """How to find so many with least work.

        ``0``: all loops there are, at once; a length: all up to it, at once; ``None``: one
        after the other, so that it does not matter how many more share the length reached.
        """
        found = passed = links = reached = 0
        for length, number in sorted(self.listed.items()):
            if found >= wanted:
                break
            found += self.asked.get(length, 0)
            passed += number
            links += number * length
            reached = length
        if passed > DEARER * wanted and links > PASSED:
            return None
        everything = sum(self.listed.values())
        if everything <= DEARER * passed:
            return 0
        return reached if passed <= max(AT_ONCE, DEARER * wanted) else None

    def whole_to(self, loops: LoopTable) -> int:
        """The length up to which no loop that was asked for is missing."""
        lengths = Counter(b - a for a, b in zip(loops.offsets, loops.offsets[1:], strict=False))
        for length, number in sorted(self.asked.items()):
            if lengths[length] < number:
                return length - 1
        return max(self.asked, default=0)


def find(
    graph: LoopGraph,
    asked: LoopFilter,
    at_most: int | None,
    budget: Budget,
    executor: Executor | None = None,
) -> Found:
    """Answer a question with the first ``at_most`` loops."""
    counts = _counted(graph, asked, budget)
    many = counts is None or sum(counts.listed.values()) > TIMED
    if budget.end is not None and many and (at_most is None or at_most > FEW):
        return _timed(graph, asked, at_most, budget, counts)
    if counts is None:
        return _uncounted(graph, asked, at_most, budget, executor)
    total = counts.total
    wanted = total if at_most is None else min(at_most, total)
    length = counts.way(wanted)
    stopped = ""
    if not wanted:
        loops = LoopTable.of(graph, [])
    elif length is None:
        loops, _, stopped = _in_order(graph, asked, wanted, budget, sorted(counts.asked))
    else:
        chunks = stream(graph, asked, length, budget, executor)
        loops, _, stopped = _at_once(graph, asked, wanted, chunks, budget)
    if len(loops) == total:
        return Found(loops, None, total)
    return Found(loops, counts.whole_to(loops), total, stopped or _limit(at_most))


def _uncounted(
    graph: LoopGraph,
    asked: LoopFilter,
    at_most: int | None,
    budget: Budget,
    executor: Executor | None,
) -> Found:
    """Where nobody knows how many there are: all at once, or one after the other."""
    if at_most is not None:
        loops, whole, stopped = _in_order(graph, asked, at_most, budget)
    else:
        chunks = stream(graph, asked, asked.longest or 0, budget, executor)
        loops, found, stopped = _at_once(graph, asked, None, chunks, budget)
        whole = 0 if stopped else None
        if stopped and found is not None:  # all were found, not all were sorted
            whole = loops.length(len(loops) - 1) - 1 if loops else 0
    return Found(loops, whole, None if stopped else len(loops), stopped)


def _timed(
    graph: LoopGraph,
    asked: LoopFilter,
    at_most: int | None,
    budget: Budget,
    counts: _Counts | None,
) -> Found:
    """As many lengths as there is time for."""
    got = listed_in_time(graph, asked, at_most, budget)
    total = counts.total if counts is not None else len(got.loops) if got.every else None
    if len(got.loops) == total:
        return Found(got.loops, None, total)
    if got.enough:
        return Found(got.loops, len(got.loops[-1]) - 1, total, _limit(at_most))
    links = "1 link" if got.whole_to == 1 else f"{got.whole_to} links"
    stopped = f"stopped at {links}: more would take longer than {budget.told}"
    return Found(got.loops, got.whole_to, total, "interrupted" if got.interrupted else stopped)


def _limit(at_most: int | None) -> str:
    assert at_most is not None  # nothing was left out otherwise
    return f"stopped after {counted(at_most, 'loop')} ({at_most=})"


def _counted(graph: LoopGraph, asked: LoopFilter, budget: Budget) -> _Counts | None:
    """Counts, unless they would take longer than the search may."""
    most: float = COUNT_STATES
    if budget.seconds is not None:
        most = min(most, STATES_A_SECOND * budget.seconds)
    if compiled("counting.frontier") is not None:
        most *= COMPILED
    columns = {None: (0, 1, 2), 1: (0,), -1: (1,), 0: (2,)}[asked.product]
    try:
        fitting = tally(graph, asked, most=most)
        same = asked.listed == asked
        listed = fitting if same else tally(graph, asked.listed, most=most)
    except TooLargeError:
        return None
    except KeyboardInterrupt:
        return None
    numbers = {n: sum(kinds[k] for k in columns) for n, kinds in fitting.items()}
    return _Counts(
        {n: k for n, k in numbers.items() if k}, {n: sum(kinds) for n, kinds in listed.items()}
    )


def _in_order(
    graph: LoopGraph,
    asked: LoopFilter,
    at_most: int | None,
    budget: Budget,
    lengths: Sequence[int] | None = None,
) -> tuple[LoopTable, int | None, str]:
    """Shortest first, until there are enough: loops, whole to which length, and why no more."""
    found = LoopTable.of(graph, [])
    reached = 1
    stopped = ""
    try:
        for loop in loops_in_order(graph, asked, budget, lengths=lengths):
            reached = len(loop)
            if at_most is not None and len(found) >= at_most:
                stopped = _limit(at_most)
                break
            found.append(loop, graph.product(loop))
            if lengths is not None and len(found) == at_most:
                break
    except TimeIsUpError:
        stopped = _time_is_up(budget)
    except KeyboardInterrupt:
        stopped = "interrupted"
    return found, reached - 1 if stopped else None, stopped


def _time_is_up(budget: Budget) -> str:
    return f"stopped after {budget.told}"


def stream(
    graph: LoopGraph,
    asked: LoopFilter,
    length: int,
    budget: Budget,
    executor: Executor | None = None,
) -> Iterator[Chunk]:
    """All loops in chunks, or all up to a length."""
    if length:
        return bounded_loops(graph, asked.ids, length, budget, roots=asked.roots)
    if executor is None:
        return all_loops(graph, asked.ids, budget, roots=asked.roots)
    return parallel_loops(graph, asked.ids, budget, executor, roots=asked.roots)


def _at_once(
    graph: LoopGraph,
    asked: LoopFilter,
    wanted: int | None,
    coming: Iterator[Chunk],
    budget: Budget,
) -> tuple[LoopTable, int | None, str]:
    """All of a stream, sorted: the first so many, how many came if all did, and why not all."""
    sorter = LoopSorter(graph, asked, wanted)
    stopped = ""
    found = None
    try:
        for chunk in coming:
            sorter.add(chunk)
        found = sorter.number
    except TimeIsUpError:
        stopped = _time_is_up(budget)
    except KeyboardInterrupt:
        stopped = "interrupted"
    at_most = wanted
    if stopped == "interrupted":
        at_most = IMPATIENT
    try:
        loops = sorter.table(at_most)
    except KeyboardInterrupt:  # blocks that are sorted stay so
        stopped = "interrupted"
        loops = sorter.table(IMPATIENT)
    if stopped == "interrupted" and len(loops) < sorter.number:
        stopped += f" after {sorter.number:,} loops, of which the shortest {len(loops):,} are kept"
    return loops, found, stopped
