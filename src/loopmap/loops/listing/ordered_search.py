"""Loops of one length in the order of their names, one after the other, without a list of them.

From every variable as the smallest name of a loop, a depth-first search that takes ways in order
and only goes where the way home is short enough. What was asked for is searched for, not sifted
out: the way home is measured in the map unfolded by what a loop must still meet (a variable, a
delay) and by the product of signs so far, so that one balancing loop among millions of
reinforcing ones is walked to. Parallel links are one way; their routes are told one by one when
a path is whole. Where the path itself blocks the way home, that is measured anew round the path.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from itertools import product
from math import inf

from loopmap.loops.budget import Budget
from loopmap.loops.filters import LoopFilter
from loopmap.loops.graph import LoopGraph

__all__ = ["OrderedSearch"]

#: Steps without coming home before the way is measured round the path.
PATIENCE = 4096
#: Steps between two looks at the clock.
STEPS = 1000
#: So many groups that a loop must meet are searched for; more are sifted out.
GROUPS = 3

#: A set of states, as bits.
States = int


class OrderedSearch:
    """The ways of a map, and for every root the next length at which it may have loops."""

    def __init__(self, graph: LoopGraph, asked: LoopFilter, budget: Budget) -> None:
        self.graph, self.asked, self.budget = graph, asked, budget
        self.links = {(u, v): links for u, v, links in graph.parallels(asked.ids)}
        self.after: dict[int, list[int]] = {}
        self.before: dict[int, list[int]] = {}
        for u, v in self.links:
            self.after.setdefault(u, []).append(v)
            self.before.setdefault(v, []).append(u)
        self.marks = _Marks(graph, asked)
        self.next_length: dict[int, float] = dict.fromkeys(self._roots(), 1)

    def _roots(self) -> Iterator[int]:
        """Variables that can be the smallest of a loop: none without ways when its turn comes."""
        outs = {v: len(row) for v, row in self.after.items()}
        ins = {v: len(row) for v, row in self.before.items()}
        gone: set[int] = set()
        for root in sorted(outs.keys() & ins.keys()):
            if root in gone:
                continue
            yield root
            waiting = [root]
            gone.add(root)
            while waiting:
                v = waiting.pop()
                for beside, left in ((self.after, ins), (self.before, outs)):
                    for w in beside.get(v, ()):
                        left[w] -= 1
                        if not left[w] and w not in gone:
                            gone.add(w)
                            waiting.append(w)

    def following(self) -> float:
        """The next length at which there may be loops."""
        return min(self.next_length.values(), default=inf)

    def layer(self, length: int) -> Iterator[tuple[int, ...]]:
        """All loops of exactly this length that were asked for, in order."""
        for root, least in self.next_length.items():
            if least <= length:
                self.next_length[root] = yield from self._through(root, length)

    def _through(self, root: int, length: int) -> Generator[tuple[int, ...], None, float]:
        """Yield the loops of this length from this root; return the next length worth a look."""
        self.budget.for_length(length).check()
        near, whole = self._home(root, length)
        ways: dict[tuple[int, States], list[tuple[int, States, float]]] = {}
        first = self.marks.start(root)
        path, states, on = [root], [first], {root}
        rows = [iter(self._ways(root, root, first, near))]
        later: float = inf if whole else length + 1
        fruitless = steps = 0
        while rows:
            room = length - len(path)
            for w, then, far in rows[-1]:
                if far > room:
                    later = min(later, len(path) + far)
                elif w == root:
                    if not room:
                        yield from self._routes(path)
                elif w in on:
                    continue
                elif room == 1:  # it is one link home: nothing to walk
                    fruitless, later = 0, length + 1
                    yield from self._routes([*path, w])
                else:
                    chosen = w, then
                    break
            else:
                rows.pop()
                on.discard(path.pop())
                states.pop()
                continue
            w, then = chosen
            path.append(w)
            states.append(then)
            fruitless += 1
            steps += 1
            if not steps % STEPS:
                self.budget.check()
            if fruitless > PATIENCE:
                self.budget.check()
                dead, least = self._dead_end(path, states, length)
                if dead:  # what begins so leads nowhere
                    later = min(later, least)
                    for v in path[dead - 1 : -1]:
                        on.discard(v)
                    del path[dead - 1 :], states[dead - 1 :], rows[dead - 1 :]
                    continue
            on.add(w)
            if chosen not in ways:
                ways[chosen] = self._ways(root, *chosen, near)
            rows.append(iter(ways[chosen]))
        return later

    def _home(
        self, root: int, length: int, blocked: Iterable[int] = ()
    ) -> tuple[dict[int, dict[int, int]], bool]:
        """Links home by variable and state, around ``blocked``; and whether these are all."""
        barred = set(blocked)
        near: dict[int, dict[int, int]] = {}
        ring = [(root, state) for state in self.marks.accepted]
        steps = 0
        while ring and steps + 1 < length:
            steps += 1
            wider = []
            for x, state in ring:
                for w in self.before.get(x, ()):
                    if w <= root or w in barred:
                        continue
                    there = near.setdefault(w, {})
                    for before in self.marks.came_from(self.links[w, x], x, state):
                        if before not in there:
                            there[before] = steps
                            wider.append((w, before))
            ring = wider
        return near, not ring

    def _ways(
        self, root: int, v: int, states: States, near: dict[int, dict[int, int]]
    ) -> list[tuple[int, States, float]]:
        """Where to from a variable: what is next, in which states, and how far it is home."""
        found: list[tuple[int, States, float]] = []
        for w in self.after.get(v, ()):
            if w < root:
                continue
            then = self.marks.moved(states, self.links[v, w], w)
            if w == root:
                if then & self.marks.accepting:
                    found.append((w, then, 0))
            elif w in near and len(self.marks.states) == 1:
                found.append((w, then, near[w][0]))
            elif w in near:
                far = min([d for state, d in near[w].items() if then >> state & 1], default=inf)
                if far < inf:
                    found.append((w, then, far))
        return found

    def _dead_end(self, path: list[int], states: list[States], length: int) -> tuple[int, float]:
        """How much of a path is enough to know that it cannot come home, or 0 if it can.

        The longer a path, the more it blocks: so it is halved again and again (and the least
        length of a loop that was ruled out is told).
        """
        least = self._shortest_from(path, states, length)
        if least <= length:
            return 0, inf
        low, high = 2, len(path)
        while low < high:
            middle = (low + high) // 2
            way = self._shortest_from(path[:middle], states, length)
            if way > length:
                high, least = middle, min(least, way)
            else:
                low = middle + 1
        return high, least

    def _shortest_from(self, path: list[int], states: list[States], length: int) -> float:
        """The length of the shortest loop that begins with a path; if too long, at least that."""
        near, whole = self._home(path[0], length + 1, path[:-1])
        then = states[len(path) - 1]
        there = near.get(path[-1], {})
        home = min([d for state, d in there.items() if then >> state & 1], default=inf)
        if home == inf:
            return inf if whole else length + 1
        return len(path) - 1 + home

    def _routes(self, path: Sequence[int]) -> Iterator[tuple[int, ...]]:
        """The loops along a path that were asked for: one of the parallel links at every step."""
        steps = list(zip(path, (*path[1:], path[0]), strict=True))
        rows = [self.links[step] for step in steps]
        if not self.marks.sift:
            yield from product(*rows)
            return
        loops = self.marks.routes(path, rows) if len(self.marks.states) > 1 else product(*rows)
        for loop in loops:
            if self.asked.fits(self.graph, loop):
                yield loop


class _Marks:
    """What a way so far amounts to, as a state: product of signs, delay, and groups met.

    Only what was asked for makes states, so that there is one where nothing was.
    """

    def __init__(self, graph: LoopGraph, asked: LoopFilter) -> None:
        self.graph = graph
        groups = sorted(asked.groups, key=lambda group: (len(group), sorted(group)))
        self.sift = asked.product is not None or bool(asked.delayed) or len(groups) > GROUPS
        self.by_sign, self.by_delay = asked.product is not None, bool(asked.delayed)
        self.met: dict[int, int] = {}
        for k, group in enumerate(groups[:GROUPS]):
            for v in group:
                self.met[v] = self.met.get(v, 0) | 1 << k
        every = (1 << len(groups[:GROUPS])) - 1
        products = (1, -1, 0) if self.by_sign else (1,)
        late = (False, True) if self.by_delay else (False,)
        self.states = list(product(products, late, range(every + 1)))
        self.number = {state: k for k, state in enumerate(self.states)}
        wanted = (asked.product if self.by_sign else 1, self.by_delay, every)
        self.accepted = [k for k, state in enumerate(self.states) if state == wanted]
        self.accepting = sum(1 << k for k in self.accepted)
        self._steps: dict[tuple[tuple[int, bool], int], list[int]] = {}

    def start(self, root: int) -> States:
        """The state at a root, as a set."""
        return 1 << self.number[1, False, self.met.get(root, 0)]

    def step(self, link: int, v: int) -> list[int]:
        """By the state before a link to ``v``: the state after it."""
        sign = self.graph.sign[link] if self.by_sign else 1
        late = self.by_delay and self.graph.delayed[link]
        met = self.met.get(v, 0)
        key = ((sign, late), met)
        if key not in self._steps:
            self._steps[key] = [
                self.number[p * sign, d or late, m | met] for p, d, m in self.states
            ]
        return self._steps[key]

    def moved(self, states: States, links: Sequence[int], v: int) -> States:
        """The states that any of these links to ``v`` can make of some states."""
        if len(self.states) == 1:
            return states
        found = 0
        for link in links:
            step = self.step(link, v)
            for k in range(len(self.states)):
                if states >> k & 1:
                    found |= 1 << step[k]
        return found

    def came_from(self, links: Sequence[int], v: int, state: int) -> Iterable[int]:
        """The states from which one of these links to ``v`` leads to a state."""
        if len(self.states) == 1:
            return (0,)
        rows = [self.step(link, v) for link in links]
        return {k for row in rows for k, then in enumerate(row) if then == state}

    def routes(
        self, path: Sequence[int], rows: Sequence[Sequence[int]]
    ) -> Iterator[tuple[int, ...]]:
        """Choose one link of each row, in order, wherever an accepted state can come of it."""
        ends = [*path[1:], path[0]]
        good = [self.accepting]
        for links, v in zip(reversed(rows), reversed(ends), strict=True):
            before = 0
            for link in links:
                for k, then in enumerate(self.step(link, v)):
                    before |= (good[-1] >> then & 1) << k
            good.append(before)
        good.reverse()
        state = self.start(path[0]).bit_length() - 1
        taken: list[int] = []
        states = [state]
        waiting = [iter(rows[0])]
        while waiting:
            k = len(taken)
            for link in waiting[-1]:
                then = self.step(link, ends[k])[states[-1]]
                if good[k + 1] >> then & 1:
                    break
            else:
                waiting.pop()
                if taken:
                    taken.pop()
                    states.pop()
                continue
            if k + 1 == len(rows):
                yield (*taken, link)
            else:
                taken.append(link)
                states.append(then)
                waiting.append(iter(rows[k + 1]))
