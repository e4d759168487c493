"""``sample_loops``: loops drawn at random, each with the same chance, from any number of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from loopmap.errors import InvalidOptionError
from loopmap.loops.counting.loop_sums import LoopSums, loop_sums
from loopmap.loops.counting.weighted_choice import pick
from loopmap.loops.filters import is_count
from loopmap.loops.graph import LoopGraph, loop_graph
from loopmap.loops.labels import labelled
from loopmap.loops.loop import Loop
from loopmap.model import SystemMap

__all__ = ["sample_loops"]


def sample_loops(m: SystemMap, n: int, *, seed: int = 0) -> tuple[Loop, ...]:
    """Draw ``n`` loops at random, every loop of the map with the same chance each time.

    Parameters
    ----------
    m
        The map; it may have far too many loops to list.
    n
        How many to draw, with replacement; none are drawn if the map has no loop.
    seed
        The same seed draws the same loops; other ones with the compiled kernel than without it.

    Returns
    -------
    tuple of Loop
        In the order drawn, labelled in that order.

    Raises
    ------
    InvalidOptionError
        If ``n`` is no whole number from 0 up.
    TooLargeError
        If no exact count fits in memory.

    Examples
    --------
    >>> names = [f"v{i}" for i in range(7)]
    >>> m = lm.SystemMap(links=[(u, v, "+") for u in names for v in names if u != v])
    >>> drawn = lm.sample_loops(m, 5)
    >>> drawn == lm.sample_loops(m, 5), {len(loop) <= 7 for loop in drawn}
    (True, {True})
    """
    if not is_count(n, 0):
        raise InvalidOptionError(f"n is how many loops to draw, from 0 up, not {n!r}")
    graph = loop_graph(m)
    built = loop_sums(graph, graph.looping())
    drawn = [_in_a_row(graph, loop) for loop in _draws(built, n, random.Random(seed))]
    return tuple(labelled(m, graph, drawn))


def _draws(built: LoopSums, n: int, chance: random.Random) -> Iterator[list[int]]:
    """Loops as links in any order, each with the same chance."""
    circuit, core = built.core.circuit, built.core
    values = circuit.values(lambda i: 1)
    below = chance.randrange
    parts: list[tuple[int, Callable[[], list[int]]]] = []
    for k in core.finished:
        parts.append((values[k], lambda k=k: [k]))  # type: ignore[misc]
    for terms, dag in built.dags:
        weight = [*[values[k] for k in terms], 1]
        draw = dag.sampler(weight)
        parts.append(
            (dag.total(weight), lambda t=terms, d=draw: [t[pair] for pair in d(below)])  # type: ignore[misc]
        )
    everything = sum(value for value, _ in parts)
    for _ in range(n if everything else 0):
        nodes = pick(parts, everything, below)
        yield [link for k in nodes() for link in circuit.draw(k, values, below)]


def _in_a_row(graph: LoopGraph, links: list[int]) -> tuple[int, ...]:
    """The links in their order round the loop, from its smallest variable."""
    leaving = {graph.source[i]: i for i in links}
    row = [leaving[min(leaving)]]
    while len(row) < len(links):
        row.append(leaving[graph.target[row[-1]]])
    return tuple(row)
