"""In which order to eliminate the variables of a core, so that the frontier stays narrow.

The cost of an order is the sum of ``BASE ** frontier`` over its steps, which foretells the
number of states within a factor of about four. Greedy orders from several starts; where these
stay dear, a beam search over sets of eliminated variables.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import TypeAlias

__all__ = ["Order", "elimination_order"]

BASE = 2.5
#: Greedy tries are cheap; a beam is worth its time above this cost.
BEAM_ABOVE = 1_000_000
BEAM_WIDTH = 150
#: No beam brings an order of this cost down to what anybody could count; do not look further.
HOPELESS = 1e18
MOST_TRIES = 120

#: Estimated states, the widest frontier, and the variables in the order of elimination.
Order = tuple[float, int, list[int]]
#: An order as (the order before, its last variable).
Linked: TypeAlias = "tuple[Linked, int] | None"


def elimination_order(pairs: Iterable[tuple[int, int]]) -> Order:
    """Find an order of small cost; the same for the same pairs.

    Examples
    --------
    >>> cost, width, order = elimination_order([(0, 1), (1, 2), (2, 0)])
    >>> width, sorted(order)
    (2, [0, 1, 2])
    """
    pairs = list(pairs)
    variables = sorted({end for pair in pairs for end in pair})
    number = {v: i for i, v in enumerate(variables)}
    beside = [0] * len(variables)
    for u, v in pairs:
        beside[number[u]] |= 1 << number[v]
        beside[number[v]] |= 1 << number[u]
    cost, width, order = _best_greedy(beside)
    if BEAM_ABOVE < cost < HOPELESS:
        found = _beam(beside)
        if found[0] < cost:
            cost, width, order = found
    return cost, width, [variables[i] for i in order]


def _best_greedy(beside: list[int]) -> Order:
    pick = random.Random(0)
    by_degree = sorted(range(len(beside)), key=lambda x: beside[x].bit_count())
    best: Order | None = None
    tries = 0
    while best is None or (tries < min(MOST_TRIES, 4 + best[0] // 500) and best[0] < HOPELESS):
        start = by_degree[tries] if tries < min(4, len(beside)) else pick.randrange(len(beside))
        found = _greedy(beside, start, pick, None if best is None else best[0])
        if found is not None:
            best = found
        tries += 1
    return best


def _greedy(
    beside: list[int], start: int, pick: random.Random, limit: float | None
) -> Order | None:
    """From the start always on to the variable that adds least to the frontier."""
    every = (1 << len(beside)) - 1
    gone = frontier = width = 0
    cost = 0.0
    order: list[int] = []
    x = start
    while True:
        order.append(x)
        gone |= 1 << x
        frontier = (frontier | beside[x]) & ~gone
        size = frontier.bit_count()
        cost += BASE ** min(size, 500)  # a float holds no more
        width = max(width, size)
        if limit is not None and cost >= limit:
            return None
        if gone == every:
            return cost, width, order
        among = frontier or every & ~gone
        outside = ~(gone | frontier)
        least = 1e9
        while among:
            low = among & -among
            among ^= low
            y = low.bit_length() - 1
            new = (beside[y] & outside).bit_count()
            if new < least or (new == least and pick.random() < 0.5):
                least, x = new, y


def _beam(beside: list[int]) -> Order:
    """Keep the cheapest sets of eliminated variables, of one size after the other."""
    every = (1 << len(beside)) - 1
    # eliminated set -> cost, frontier, width, order as (order before, last)
    kept: dict[int, tuple[float, int, int, Linked]] = {0: (0.0, 0, 0, None)}
    for _ in beside:
        grown: dict[int, tuple[float, int, int, Linked]] = {}
        for gone, (cost, frontier, width, order) in kept.items():
            among = frontier or every & ~gone
            for y in _bits(frontier):
                among |= beside[y] & ~gone
            for y in _bits(among):
                then = gone | 1 << y
                beyond = (frontier | beside[y]) & ~then
                size = beyond.bit_count()
                dearer = cost + BASE**size
                if then not in grown or dearer < grown[then][0]:
                    grown[then] = (dearer, beyond, max(width, size), (order, y))
        cheapest = sorted(grown.items(), key=lambda item: (item[1][0], item[0]))
        kept = dict(cheapest[:BEAM_WIDTH])
    ((cost, _, width, linked),) = kept.values()
    reverse: list[int] = []
    while linked is not None:
        linked, y = linked
        reverse.append(y)
    return cost, width, reverse[::-1]


def _bits(mask: int) -> Iterable[int]:
    while mask:
        low = mask & -mask
        mask ^= low
        yield low.bit_length() - 1
