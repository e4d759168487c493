"""Oliva's shortest independent loop set, found link by link and not among all geodetic loops.

R. Oliva, Model structure analysis through graph theory, *System Dynamics Review* 20 (2004)
313-336: geodetic loops by length, each adding a link that is not covered yet, fewest new links
first. A link is covered at the latest by the shortest loop through it, and the shortest loop
through a link is geodetic. So a geodetic loop that adds a link is a shortest one through it, and
shortest ways home are all that is needed: nobody lists geodetic loops, of which there may be 2^n.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from loopmap.errors import TooLargeError
from loopmap.loops.graph import LoopGraph

__all__ = ["shortest_independent"]

Loop = tuple[int, ...]
Pair = tuple[int, int]

#: Where the loops to choose from have more links than this, they are found one by one instead.
LISTED = 1_000_000
#: So many steps from link to link are taken at most, and so many links chosen: half a minute.
MOST_STEPS, MOST_LINKS = 200_000_000, 20_000_000


def shortest_independent(graph: LoopGraph, ids: Iterable[int]) -> tuple[list[Loop], int | None]:
    """Choose the shortest loops that each add a link; every link on a loop is covered.

    Among loops of one length the one that adds fewest links comes first, then by names and
    routes. Where more loops share a length than can be compared, each link that is not covered
    yet, in order, brings the loop through it that adds fewest: then the second value is the
    length up to which the choice is Oliva's, else it is ``None``.

    Raises
    ------
    TooLargeError
        If shortest ways take far more steps, or the loops more room, than there is.
    """
    home = _WaysHome(graph, graph.looping(ids))
    covered: set[int] = set()
    chosen: list[Loop] = []
    exact_to: int | None = None
    for length, pairs in sorted(home.by_length().items()):
        waiting = [pair for pair in pairs if not covered.issuperset(home.links[pair])]
        if not waiting:
            continue
        apart = list(dict.fromkeys(home.same.get(pair, pair) for pair in waiting))
        if sum(home.length[pair][1] for pair in apart) * length <= LISTED:
            found = _fewest_first(graph, home, apart, covered)
        else:
            found = _one_by_one(graph, home, waiting, covered)
            exact_to = length - 1 if exact_to is None else exact_to
        for loop in found:
            chosen.append(loop)
            home.spend(0, length)
    return chosen, exact_to


class _WaysHome:
    """For every pair of variables with a link: how short a loop through it is, and how many."""

    def __init__(self, graph: LoopGraph, ids: Iterable[int]) -> None:
        self.links: dict[Pair, list[int]] = {(u, v): row for u, v, row in graph.parallels(ids)}
        self.after: dict[int, list[int]] = {}
        self.before: dict[int, list[int]] = {}
        for u, v in self.links:
            self.after.setdefault(u, []).append(v)
            self.before.setdefault(v, []).append(u)
        self.steps = self.room = 0
        self.length: dict[Pair, tuple[int, int]] = {}
        #: Another pair, which every loop through this one passes, and the other way round.
        self.same: dict[Pair, Pair] = {}
        for pair in self.links:
            self._measure(pair)

    def spend(self, steps: int, links: int = 0) -> None:
        """Count what was done; stop where it is too much."""
        self.steps += steps
        self.room += links
        if self.steps > MOST_STEPS or self.room > MOST_LINKS:
            raise TooLargeError(
                f"shortest loops through {len(self.links):,} links between {len(self.after):,} "
                f"variables take more than {MOST_STEPS:,} steps or {MOST_LINKS:,} links in all"
            )

    def by_length(self) -> dict[int, list[Pair]]:
        """The pairs by the length of the shortest loop through them."""
        found: dict[int, list[Pair]] = {}
        for pair, (length, _) in self.length.items():
            found.setdefault(length, []).append(pair)
        return found

    def _measure(self, pair: Pair) -> None:
        """Measure a pair, and all on the way to a branch: what passes one passes them all."""
        chain: dict[Pair, None] = {}
        while pair not in self.length and pair not in chain:
            chain[pair] = None
            v = pair[1]
            if len(self.after[v]) > 1 or len(self.before[v]) > 1:
                break
            pair = v, self.after[v][0]
        if pair not in self.length:
            u = pair[0]
            away = self.away(u, self.after[u])
            number = self._numbers(u, away)
            for v in self.after[u]:
                self.length[u, v] = 1 + away[v], len(self.links[u, v]) * number.get(v, 1)
        self.length.update(dict.fromkeys(chain, self.length[pair]))
        self.same.update(dict.fromkeys(chain, self.same.get(pair, pair)))

    def away(self, goal: int, wanted: Sequence[int]) -> dict[int, int]:
        """Links to the goal, as far as all that are wanted are."""
        away = {goal: 0}
        ring, left, steps = [goal], set(wanted) - {goal}, 0
        while left:
            steps += 1
            wider = []
            for x in ring:
                row = self.before[x]
                self.spend(len(row))
                for w in row:
                    if w not in away:
                        away[w] = steps
                        wider.append(w)
                        left.discard(w)
            ring = wider
        return away

    def _numbers(self, goal: int, away: dict[int, int]) -> dict[int, int]:
        """How many shortest ways to the goal there are, parallel links apart."""
        number = {goal: 1}
        for x in away:  # nearest first
            for w in self.before[x]:
                if away.get(w) == away[x] + 1:
                    number[w] = number.get(w, 0) + number[x] * len(self.links[w, x])
        return number

    def shortest(self, pair: Pair) -> Iterator[tuple[int, ...]]:
        """The shortest loops through a pair, as paths."""
        u, v = pair
        if u == v:
            yield (u,)
            return
        away = self.away(u, [v])
        stack: list[tuple[int, ...]] = [(u, v)]
        while stack:
            path = stack.pop()
            if path[-1] == u:
                yield path[:-1]
                continue
            nearer = away[path[-1]] - 1
            stack += [(*path, w) for w in self.after[path[-1]] if away.get(w) == nearer]


def _fewest_first(
    graph: LoopGraph, home: _WaysHome, pairs: Sequence[Pair], covered: set[int]
) -> Iterator[Loop]:
    """Of all shortest loops through these pairs always the one that adds fewest links."""
    found: set[Loop] = set()
    for pair in pairs:
        for path in home.shortest(pair):
            steps = zip(path, (*path[1:], path[0]), strict=True)
            found.update(map(graph.canonical, product(*(home.links[step] for step in steps))))
    loops = sorted(found, key=graph.order)
    new = [sum(i not in covered for i in loop) for loop in loops]
    along: dict[int, list[int]] = {}
    for k, loop in enumerate(loops):
        for i in loop:
            along.setdefault(i, []).append(k)
    queue = [(number, k) for k, number in enumerate(new)]
    heapq.heapify(queue)
    while queue:
        number, k = heapq.heappop(queue)
        if not number or number != new[k]:
            continue
        for i in loops[k]:
            if i not in covered:
                covered.add(i)
                for other in along[i]:
                    new[other] -= 1
                    heapq.heappush(queue, (new[other], other))
        yield loops[k]


def _one_by_one(
    graph: LoopGraph, home: _WaysHome, pairs: Sequence[Pair], covered: set[int]
) -> Iterator[Loop]:
    """For each link that is not covered yet the shortest loop through it that adds fewest."""
    for pair in pairs:
        for link in home.links[pair]:
            if link not in covered:
                loop = _adding_fewest(graph, home, link, covered)
                covered.update(loop)
                yield loop


def _adding_fewest(graph: LoopGraph, home: _WaysHome, link: int, covered: set[int]) -> Loop:
    """The first of the shortest loops through a link that add fewest links."""
    u, v = graph.source[link], graph.target[link]
    away = home.away(u, [v])
    cost = {u: 0}
    best: dict[int, tuple[int, int]] = {}  # the link to take, and where it leads
    for x in away:  # nearest first: its own cost is known
        for w in home.before[x]:
            if away.get(w) == away[x] + 1:
                row = home.links[w, x]
                old = next((i for i in row if i in covered), None)
                more = cost[x] + (old is None)
                if w not in cost or (more, x) < (cost[w], best[w][1]):
                    cost[w] = more
                    best[w] = (row[0] if old is None else old, x)
    loop = [link]
    while v != u:
        i, v = best[v]
        loop.append(i)
    return graph.canonical(loop)
