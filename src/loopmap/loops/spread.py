"""The same listing, spread over the workers of any ``concurrent.futures.Executor``.

A work item is the loops through one root that leave it by one way (or two): it carries its own
ways, needs nothing else, and sends back chunks. Items are made here, in a fixed order, and their
answers are taken in that order, so the result does not depend on who did what when.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future
from concurrent.futures import TimeoutError as NotYetError

from loopmap.loops.budget import Budget, TimeIsUpError
from loopmap.loops.graph import LoopGraph
from loopmap.loops.listing import Chunk, Problem, loops_of, problems, whole_loops
from loopmap.loops.parts import strong_parts

__all__ = ["split", "spread_loops"]

#: So many items are made of a large root problem, so that a few large ones do not hold all up.
ITEMS = 24
#: Root problems with fewer ways than this are sent as they are.
SMALL = 40

Bytes = tuple[int, int, int, bytes]


def spread_loops(
    graph: LoopGraph,
    ids: Sequence[int],
    budget: Budget,
    executor: Executor,
    *,
    roots: Sequence[int] | None = None,
) -> Iterator[Chunk]:
    """Every loop once, like ``all_loops``, with the searching done by ``executor``."""
    finished: list[tuple[bytes, int]] = []
    futures: list[Future[tuple[list[Chunk], bool]]] = []
    try:
        for problem in problems(graph, ids, finished, roots=roots):
            yield from whole_loops(finished, len(graph.source))
            for item in split(problem):
                futures.append(executor.submit(_work, item, _left(budget)))
        yield from whole_loops(finished, len(graph.source))
        for future in futures:
            chunks, whole = _answer(future, budget)
            yield from chunks
            if not whole:
                raise TimeIsUpError
    finally:
        for future in futures:
            future.cancel()


def _left(budget: Budget) -> float | None:
    return None if budget.end is None else max(0.0, budget.end - time.monotonic())


def _answer(future: Future[tuple[list[Chunk], bool]], budget: Budget) -> tuple[list[Chunk], bool]:
    try:
        return future.result(_left(budget))
    except (NotYetError, CancelledError):
        raise TimeIsUpError from None


def _work(problem: Problem, seconds: float | None) -> tuple[list[Chunk], bool]:
    """What a worker does: the loops, and whether there was time for all."""
    chunks: list[Chunk] = []
    try:
        for chunk in loops_of(problem, Budget(seconds)):
            chunks.append(chunk)
    except TimeIsUpError:
        return chunks, False
    return chunks, True


def split(problem: Problem, want: int = ITEMS) -> list[Problem]:
    """Split by the first way out of the root, then by the next, until there are enough."""
    done: list[Problem] = []
    open_items = [(problem, problem.root)] if len(problem.ways) >= SMALL else []
    if not open_items:
        return [problem]
    while open_items and len(done) + len(open_items) < want:
        following: list[tuple[Problem, int]] = []
        for item, end in open_items:
            for way in item.ways:
                if way[0] == end:
                    rest = _only(item, way)
                    if way[1] == item.root:
                        done.append(rest)
                    elif rest.ways:
                        following.append((rest, way[1]))
        open_items = following
    return done + [item for item, _ in open_items]


def _only(problem: Problem, way: Bytes) -> Problem:
    """The loops that use this way: no other out of its source, none into its target."""
    kept = [x for x in problem.ways if x is way or (x[0] != way[0] and x[1] != way[1])]
    part = strong_parts((u, v) for u, v, _, _ in kept)
    home = part[problem.root]
    inside = [x for x in kept if part[x[0]] == part[x[1]] == home]
    return Problem(problem.root, inside, problem.width, problem.short)
