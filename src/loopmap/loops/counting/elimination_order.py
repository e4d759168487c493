"""In which order to eliminate the variables of a core, so that few states arise.

What can become of an open variable tells how many states to expect: it can be the tail of a
fragment if it leads to an eliminated variable and a remaining one leads to it, the head the
other way round, and besides it is free or used up. With ``t`` variables that can only be tails,
``h`` only heads and ``b`` both, choosing k tails and k heads that belong together in any way
there are

    S(t, h, 0) = sum of k! C(t, k) C(h, k) over k,   S(t, h, b) = S(t+1, h, b-1) + S(t, h+1, b-1)

states, of which one half to a fifteenth are reached. The cost of an order is the sum of this over
its steps: on random cores it ranks orders far better than a power of the number of open
variables, which is blind to directions (one such order of ear-60-150-s1 has 26.8 million states;
the one found here has 3.4). A beam search over sets of eliminated variables looks for a cheap
order: narrow at first, wider where what it may save is worth the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from math import comb, factorial, inf
from random import Random
from typing import Any, TypeAlias

from loopmap.loops.kernel import compiled

__all__ = ["Order", "elimination_order"]

#: Above this cost a beam so wide is worth its time: with the compiled search and without.
COMPILED_BEAMS: tuple[tuple[float, int], ...] = ((0.0, 8), (1e6, 128), (1e8, 512))
PLAIN_BEAMS: tuple[tuple[float, int], ...] = ((3e3, 3), (5e4, 8), (1e6, 32), (1e8, 128))
#: No beam brings an order of this cost down to what anybody could count; do not look further.
HOPELESS = 1e13
#: Nor one of so many times as much as is allowed.
FAR_MORE = 50
#: Nor greedy ones, whose cost is blind to directions, of so many times as much again.
BLIND = 1e6
#: With more open variables than this the cost is taken to have no end.
MOST_OPEN = 48
TRIES = 4

#: Expected states, the most variables open at once, and the variables as they are eliminated.
Order = tuple[float, int, list[int]]
#: An order as (the order before, its last variable).
Linked: TypeAlias = "tuple[Linked, int] | None"
#: Cost; sets of variables: eliminated, led to by these, leading to these, fed by and feeding
#: remaining ones; the order so far.
Partial = tuple[float, int, int, int, int, int, Linked]


def elimination_order(pairs: Iterable[tuple[int, int]], most: float = inf) -> Order:
    """Find an order of small cost; the same for the same pairs.

    An order that costs far more than ``most`` is not worth a longer search.

    Examples
    --------
    >>> cost, width, order = elimination_order([(0, 1), (1, 2), (2, 0)])
    >>> width, sorted(order)
    (2, [0, 1, 2])
    """
    pairs = list(pairs)
    variables = sorted({end for pair in pairs for end in pair})
    number = {v: i for i, v in enumerate(variables)}
    into, out = [0] * len(variables), [0] * len(variables)
    for u, v in pairs:
        out[number[u]] |= 1 << number[v]
        into[number[v]] |= 1 << number[u]
    cost, order = _searched(into, out, min(HOPELESS, FAR_MORE * most))
    return cost, _width(into, out, order), [variables[i] for i in order]


def _searched(into: list[int], out: list[int], hopeless: float) -> tuple[float, list[int]]:
    searching = compiled("counting.elimination_order")
    if searching is not None and len(into) <= searching.MOST_ORDERED:
        search: Any = searching.OrderSearch(into, out)
        beam, beams = search.beam, COMPILED_BEAMS
        best: tuple[float, list[int]] = (inf, [])
    else:
        beams = PLAIN_BEAMS
        best = _best_greedy(into, out, BLIND * hopeless)
        if best[0] == inf:
            return best

        def beam(most: int) -> tuple[float, list[int]]:
            return beam_search(into, out, most)

    for above, most in beams:
        if not best[1] or above < best[0] < hopeless:
            found = beam(most)
            best = found if not best[1] or found[0] < best[0] else best
    return best


def _width(into: list[int], out: list[int], order: list[int]) -> int:
    """The most variables that are open at once."""
    gone = met = width = 0
    for x in order:
        gone |= 1 << x
        met |= into[x] | out[x]
        width = max(width, (met & ~gone).bit_count())
    return width


@lru_cache(maxsize=100_000)
def expected_states(tails: int, heads: int, both: int) -> float:
    """States where so many open variables can be tails only, heads only, or both.

    Examples
    --------
    >>> expected_states(1, 1, 0), expected_states(0, 0, 1), expected_states(0, 0, 3)
    (2.0, 2.0, 20.0)
    """
    if tails + heads + both >= MOST_OPEN:
        return inf
    if both:
        return expected_states(tails + 1, heads, both - 1) + expected_states(
            tails, heads + 1, both - 1
        )
    k_most = min(tails, heads)
    return float(sum(factorial(k) * comb(tails, k) * comb(heads, k) for k in range(k_most + 1)))


def beam_search(into: list[int], out: list[int], most: int) -> tuple[float, list[int]]:
    """Keep the cheapest sets of eliminated variables, of one size after the other."""
    kept: list[Partial] = [_nothing_gone(into, out)]
    for _ in into:
        grown: dict[int, Partial] = {}
        for before in kept:
            for y in _next_to(before, into, out):
                found = _without(before, y, into, out)
                same = grown.get(found[1])
                if same is None or found[0] < same[0]:
                    grown[found[1]] = found
        kept = sorted(grown.values(), key=lambda p: p[:2])[:most]
    return kept[0][0], _unlinked(kept[0][6])


def _nothing_gone(into: list[int], out: list[int]) -> Partial:
    fed = sum(1 << x for x, row in enumerate(into) if row)
    feeding = sum(1 << x for x, row in enumerate(out) if row)
    return 0.0, 0, 0, 0, fed, feeding, None


def _next_to(before: Partial, into: list[int], out: list[int]) -> Iterator[int]:
    """The open variables and their remaining neighbours; all where none is open."""
    _, gone, entered, left, _, _, _ = before
    front = (entered | left) & ~gone
    among = front
    for x in _bits(front):
        among |= into[x] | out[x]
    return _bits((among if front else (1 << len(into)) - 1) & ~gone)


def _without(before: Partial, y: int, into: list[int], out: list[int]) -> Partial:
    """One variable more eliminated."""
    cost, gone, entered, left, fed, feeding, order = before
    gone |= 1 << y
    entered |= out[y]
    left |= into[y]
    among = out[y] & fed & ~gone
    while among:
        low = among & -among
        among ^= low
        if not into[low.bit_length() - 1] & ~gone:
            fed ^= low
    among = into[y] & feeding & ~gone
    while among:
        low = among & -among
        among ^= low
        if not out[low.bit_length() - 1] & ~gone:
            feeding ^= low
    tails, heads = left & fed & ~gone, entered & feeding & ~gone
    both = (tails & heads).bit_count()
    cost += expected_states(tails.bit_count() - both, heads.bit_count() - both, both)
    return cost, gone, entered, left, fed, feeding, (order, y)


def _unlinked(linked: Linked) -> list[int]:
    reverse = []
    while linked is not None:
        linked, y = linked
        reverse.append(y)
    return reverse[::-1]


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        mask ^= low
        yield low.bit_length() - 1


def _best_greedy(into: list[int], out: list[int], limit: float) -> tuple[float, list[int]]:
    """The cheapest of a few orders that each time add least to what is open.

    Where the first reaches the limit: a cost without end, and an order of no use.
    """
    beside = [a | b for a, b in zip(into, out, strict=True)]
    starts = sorted(range(len(beside)), key=lambda x: beside[x].bit_count())
    chance = Random(0).random
    best: tuple[float, list[int]] = (limit, [])
    for start in (starts * TRIES)[:TRIES]:
        found = _greedy(beside, start, chance, best[0])
        if found[0] < best[0] or not best[1]:
            best = found
        if best[0] == inf:  # too wide from here: it is from others, too
            return inf, [*best[1], *sorted({*range(len(into))} - {*best[1]})]
    partial = _nothing_gone(into, out)
    for y in best[1]:
        partial = _without(partial, y, into, out)
    return partial[0], best[1]


def _greedy(
    beside: list[int], start: int, chance: Callable[[], float], limit: float
) -> tuple[float, list[int]]:
    """From the start always on to the variable that adds least to what is open."""
    every = (1 << len(beside)) - 1
    gone = front = 0
    cost = 0.0
    order: list[int] = []
    x = start
    while True:
        order.append(x)
        gone |= 1 << x
        front = (front | beside[x]) & ~gone
        cost += 2.5 ** min(front.bit_count(), 500)  # a float holds no more
        if cost >= limit:
            return inf, order
        if gone == every:
            return cost, order
        among = front or every & ~gone
        outside = ~(gone | front)
        least = 1 << 30
        while among:
            low = among & -among
            among ^= low
            y = low.bit_length() - 1
            new = (beside[y] & outside).bit_count()
            if new < least or (new == least and chance() < 0.5):
                least, x = new, y
