"""The same listing, spread over the workers of any ``concurrent.futures.Executor``.

All loops, then those through one root after the other, are tried here first: most are done in no
time, and nothing is sent. What is not is split by the first ways out of the root, into work items
that carry their own edges and need nothing else. They are weighed beforehand by random walks
(D. E. Knuth, *Mathematics of Computation* 29 (1975) 121-136), so that few are small: a cluster
takes some 5 ms to send one. Loops are sorted at the end, so the answer does not depend on who did
what when.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future
from concurrent.futures import TimeoutError as NotYetError

from loopmap.loops.budget import Budget, TimeIsUpError
from loopmap.loops.components import strong_components
from loopmap.loops.graph import LoopGraph
from loopmap.loops.listing.chunks import CHUNK, Chunk, Subproblem
from loopmap.loops.listing.unordered import all_loops, loops_of, subproblems, whole_loops

__all__ = ["parallel_loops", "parcels"]

#: Seconds that a search is tried here before it is sent.
TRIAL = 0.1
#: Seconds that a work item should take at least, and how many are made of one root at most.
ITEM, ITEMS = 0.2, 16
#: Where more loops a second are found here, sending them back would take longer than that.
SENDING = 3_000_000
#: Random walks that weigh a work item.
WALKS = 24
#: Seconds that workers get to hand in what they have when the time is up.
GRACE = 0.5

Edge = tuple[int, int, int, bytes]
Parcel = list[Subproblem]
Answer = tuple[list[Chunk], bool]


def parallel_loops(
    graph: LoopGraph,
    ids: Sequence[int],
    budget: Budget,
    executor: Executor,
    *,
    roots: Sequence[int] | None = None,
) -> Iterator[Chunk]:
    """Every loop once, like ``all_loops``, with the searching done by ``executor``."""
    futures: list[Future[Answer]] = []
    late = False
    try:
        try:
            yield from _sent(graph, ids, budget, executor, roots, futures)
        except TimeIsUpError:
            late = True
        yield from _answers(futures, budget)
    finally:
        for future in futures:
            future.cancel()
    if late:
        raise TimeIsUpError


def _sent(
    graph: LoopGraph,
    ids: Sequence[int],
    budget: Budget,
    executor: Executor,
    roots: Sequence[int] | None,
    futures: list[Future[Answer]],
) -> Iterator[Chunk]:
    """Do here what is quick, and send the rest."""
    quickly = budget.share(TRIAL)
    chunks, speed = _tried(all_loops(graph, ids, quickly, roots=roots), budget)
    if speed is None:
        yield from chunks
        return
    if speed > SENDING:
        yield from all_loops(graph, ids, budget, roots=roots)
        return
    finished: list[tuple[bytes, int]] = []
    for subproblem in subproblems(graph, ids, finished, roots=roots):
        yield from whole_loops(finished, len(graph.source))
        chunks, speed = _tried(loops_of(subproblem, budget.share(TRIAL)), budget)
        items = [] if speed is None else parcels(subproblem, speed)
        if speed is None:
            yield from chunks
        elif len(items) == 1:  # as well done here
            yield from loops_of(subproblem, budget)
        else:
            futures += [executor.submit(_work, item, _until(budget)) for item in items]
    yield from whole_loops(finished, len(graph.source))


def _tried(search: Iterator[Chunk], budget: Budget) -> tuple[list[Chunk], float | None]:
    """What a search of :data:`TRIAL` finds if it ends, else how many loops a second it found."""
    chunks: list[Chunk] = []
    started = time.monotonic()
    try:
        for chunk in search:
            chunks.append(chunk)
    except TimeIsUpError:
        budget.check()
        found = sum(len(chunk.signs) for chunk in chunks) + CHUNK // 2  # half a one was begun
        return [], found / (time.monotonic() - started)
    return chunks, None


def _until(budget: Budget) -> float | None:
    """The time of day when the budget ends, which other machines know too."""
    return None if budget.end is None else time.time() + budget.end - time.monotonic()


def _work(parcel: Parcel, until: float | None) -> Answer:
    """What a worker does: the loops, and whether there was time for all."""
    budget = Budget(None if until is None else max(0.0, until - time.time()))
    chunks: list[Chunk] = []
    try:
        for subproblem in parcel:
            for chunk in loops_of(subproblem, budget):
                chunks.append(chunk)
    except TimeIsUpError:
        return chunks, False
    return chunks, True


def _answers(futures: Sequence[Future[Answer]], budget: Budget) -> Iterator[Chunk]:
    """What the workers found, in the order of the items; all that there is when time is up."""
    complete = True
    for future in futures:
        left = None if budget.end is None else budget.end + GRACE - time.monotonic()
        try:
            chunks, whole = future.result(left if left is None else max(0.0, left))
        except (NotYetError, CancelledError):
            complete = False
            continue
        complete = complete and whole
        yield from chunks
    if not complete:
        raise TimeIsUpError


def parcels(subproblem: Subproblem, speed: float) -> list[Parcel]:
    """Work items of about the same size, given how many loops are found in a second."""
    draw = random.Random(subproblem.root).random
    least = speed * ITEM
    pieces = split(subproblem, ITEMS)
    weights = [_weight(piece, draw) for piece in pieces]
    enough = max(least, sum(weights) / ITEMS)
    made: list[Parcel] = [[]]
    held = 0.0
    for piece, weight in zip(pieces, weights, strict=True):
        if held >= enough or (made[-1] and weight >= enough):
            made.append([])
            held = 0.0
        made[-1].append(piece)
        held += weight
    return made


def split(subproblem: Subproblem, want: int) -> list[Subproblem]:
    """Split by the first way out of the root, then by the next, until there are enough."""
    done: list[Subproblem] = []
    open_items = [(subproblem, subproblem.root)]
    while open_items and len(done) + len(open_items) < want:
        following: list[tuple[Subproblem, int]] = []
        for item, end in open_items:
            for edge in item.edges:
                if edge[0] == end:
                    rest = _only(item, edge)
                    if edge[1] == item.root:
                        done.append(rest)
                    elif rest.edges:
                        following.append((rest, edge[1]))
        open_items = following
    return done + [item for item, _ in open_items]


def _only(subproblem: Subproblem, edge: Edge) -> Subproblem:
    """The loops that use this edge: no other out of its source, none into its target."""
    kept = [x for x in subproblem.edges if x is edge or (x[0] != edge[0] and x[1] != edge[1])]
    part = strong_components((u, v) for u, v, _, _ in kept)
    home = part[subproblem.root]
    inside = [x for x in kept if part[x[0]] == part[x[1]] == home]
    return Subproblem(subproblem.root, inside, subproblem.width, subproblem.short)


def _weight(subproblem: Subproblem, draw: Callable[[], float]) -> float:
    """About how many loops there are: the mean, over walks, of the product of their choices."""
    number = {v: k for k, v in enumerate({u for u, _, _, _ in subproblem.edges})}
    after: list[list[int]] = [[] for _ in number]
    before = [0] * len(number)
    for u, v, _, _ in subproblem.edges:
        after[number[u]].append(number[v])
        before[number[v]] |= 1 << number[u]
    root = number[subproblem.root]
    return sum(_walk(root, after, before, draw) for _ in range(WALKS)) / WALKS


def _walk(root: int, after: list[list[int]], before: list[int], draw: Callable[[], float]) -> int:
    """The product of the numbers of choices along one loop; every step can lead home."""
    product, here, free = 1, root, (1 << len(after)) - 1 & ~(1 << root)
    while True:
        home = _home(root, before, free)
        choices = [w for w in after[here] if w == root or home >> w & 1]
        product *= len(choices)
        here = choices[int(draw() * len(choices))]
        if here == root:
            return product
        free &= ~(1 << here)


def _home(root: int, before: list[int], free: int) -> int:
    """The free variables from which free ones lead to the root, as bits."""
    home = ring = before[root] & free
    while ring:
        low = ring & -ring
        new = before[low.bit_length() - 1] & free & ~home
        home |= new
        ring = ring ^ low | new
    return home
