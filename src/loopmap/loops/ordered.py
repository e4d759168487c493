"""Loops in order of length, one after the other, without the ones that come later.

Iterative deepening on the exact length (R. E. Korf, Artificial Intelligence 27 (1985) 97-109),
each root with distances back to it. Plain distances ignore that the way home may be blocked by
the path itself; after ``PATIENCE`` steps without a way home they are taken anew around the path,
which is exact, so that dead ends cost at most O(length · links) for each loop found.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from itertools import product
from math import inf

from loopmap.loops.budget import Budget
from loopmap.loops.graph import LoopGraph

__all__ = ["PATIENCE", "loops_in_order", "paths_up_to"]

#: Steps without coming home before distances are taken anew.
PATIENCE = 256
#: Up to this many variables the distances to every root are kept.
KEPT = 600

Ways = dict[int, list[int]]
Away = dict[int, int]


def loops_in_order(
    graph: LoopGraph,
    ids: Sequence[int],
    budget: Budget,
    *,
    roots: Sequence[int] | None = None,
    longest: int | None = None,
) -> Iterator[tuple[int, ...]]:
    """Yield loops as link numbers: shortest first, then by names, then by routes.

    Parameters
    ----------
    graph, ids
        The links to use; those not on a loop only cost time.
    budget
        Looked at every few thousand steps.
    roots
        Only loops through at least one of these variables; default all.
    longest
        No loops of more links than this.
    """
    bundles = {(u, v): links for u, v, links in graph.parallels(ids)}
    length = 1
    search = _Search(bundles, budget, roots)
    while length <= (inf if longest is None else longest):
        layer = search.layer(length)
        if roots is not None:
            layer = iter(sorted(map(_turned, layer)))
        for path in layer:
            yield from product(*(bundles[u, v] for u, v in _steps(path)))
        following = min(search.next_length, default=inf)
        if following == inf:
            return
        length = max(length + 1, int(following))


def paths_up_to(
    pairs: Collection[tuple[int, int]], budget: Budget, roots: Sequence[int], longest: int
) -> Iterator[tuple[int, ...]]:
    """All loops of at most this length through these roots as paths, root by root."""
    search = _Search(pairs, budget, roots)
    for root in search.roots:
        yield from search.through(root, longest, shortest=1)


def _steps(path: tuple[int, ...]) -> Iterable[tuple[int, int]]:
    return zip(path, (*path[1:], path[0]), strict=True)


def _turned(path: tuple[int, ...]) -> tuple[int, ...]:
    first = path.index(min(path))
    return path[first:] + path[:first]


class _Search:
    """The graph of pairs, and for every root the next length at which it may have loops."""

    def __init__(
        self, pairs: Iterable[tuple[int, int]], budget: Budget, roots: Sequence[int] | None
    ) -> None:
        self.after: Ways = {}
        self.before: Ways = {}
        for u, v in pairs:
            self.after.setdefault(u, []).append(v)
            self.before.setdefault(v, []).append(u)
        every = sorted(self.after.keys() & self.before.keys())
        self.roots = every if roots is None else [r for r in roots if r in self.after]
        chosen = set(self.roots)
        self.place = {v: i for i, v in enumerate(self.roots)}
        for i, v in enumerate((v for v in every if v not in chosen), len(self.roots)):
            self.place[v] = i
        self.next_length: list[float] = [1] * len(self.roots)
        self.budget = budget
        self.kept: dict[int, tuple[Away, bool]] = {}
        self.keep = len(every) <= KEPT

    def layer(self, length: int) -> Iterator[tuple[int, ...]]:
        """All loops of exactly this length, as paths from their root."""
        for i, root in enumerate(self.roots):
            if self.next_length[i] <= length:
                self.next_length[i] = yield from self.through(root, length)

    def _home(self, root: int, radius: float, blocked: Iterable[int] = ()) -> tuple[Away, bool]:
        """Links back to the root around ``blocked``, over later roots; and whether that is all."""
        place, first = self.place, self.place[root]
        away = {root: 0}
        barred = set(blocked)
        ring = [root]
        steps = 0
        while ring and steps < radius:
            steps += 1
            wider = []
            for x in ring:
                for w in self.before.get(x, ()):
                    if w not in away and w not in barred and place.get(w, -1) > first:
                        away[w] = steps
                        wider.append(w)
            ring = wider
        return away, not ring

    def _from_root(self, root: int, length: int) -> tuple[Away, bool]:
        if not self.keep:
            return self._home(root, length - 1)
        if root not in self.kept:
            self.kept[root] = self._home(root, inf)
        return self.kept[root]

    def through(
        self, root: int, length: int, *, shortest: int = 0
    ) -> Generator[tuple[int, ...], None, float]:
        """Yield the loops of this length at this root; return the next length worth a look.

        With ``shortest`` loops of that length and more are yielded too.
        """
        shortest = shortest or length
        later: float = inf
        path = [root]
        on = {root}
        near, whole = self._from_root(root, length)
        frames = [(iter(self.after[root]), near, whole, True)]
        fruitless = steps = 0
        while frames:
            ways, near, whole, exact = frames[-1]
            depth = len(path)
            if fruitless > PATIENCE and not exact:
                near, whole = self._home(root, inf if self.keep else length - depth, on)
                frames[-1] = (ways, near, whole, True)
            unseen = inf if whole else length + 1
            for w in ways:
                if w == root:
                    fruitless = 0
                    if depth >= shortest:
                        yield tuple(path)
                    continue
                if w in on:
                    continue
                least = depth + near[w] if w in near else unseen
                if least > length:
                    later = min(later, least)
                    continue
                fruitless += 1
                steps += 1
                if not steps & 1023:
                    self.budget.check()
                path.append(w)
                on.add(w)
                frames.append((iter(self.after.get(w, ())), near, whole, False))
                break
            else:
                frames.pop()
                on.discard(path.pop())
        return later
