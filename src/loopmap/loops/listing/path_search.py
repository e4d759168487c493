"""Loops of at most so many links as paths, root by root and in no particular order.

Each root with distances back to it. Plain distances ignore that the way home may be blocked by
the path itself; after ``PATIENCE`` steps without a way home they are taken anew around the path,
which is exact, and all that begins with the same dead end is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import dropwhile
from math import inf

from loopmap.loops.budget import Budget

__all__ = ["PATIENCE", "paths_up_to"]

#: Steps without coming home before distances are taken anew.
PATIENCE = 4096
#: So many paths are made longer together, at most; and of long ones fewer: so many variables.
SLICE, MOST_VARIABLES = 1024, 200_000

#: More links than any loop has.
FAR = 1 << 60

Ways = dict[int, list[int]]


def paths_up_to(
    pairs: Collection[tuple[int, int]], budget: Budget, roots: Sequence[int], longest: int
) -> Iterator[tuple[int, ...]]:
    """All loops of at most this length through these roots as paths, root by root."""
    search = _PathSearch(pairs, budget, roots)
    for root in search.roots:
        if root in search.place:
            yield from search.through(root, longest)
            search.leave(root)


class _PathSearch:
    """The graph of pairs, of which roots that are done with are taken away."""

    def __init__(
        self, pairs: Iterable[tuple[int, int]], budget: Budget, roots: Sequence[int]
    ) -> None:
        self.after: Ways = {}
        self.before: Ways = {}
        for u, v in pairs:
            self.after.setdefault(u, []).append(v)
            self.before.setdefault(v, []).append(u)
        every = sorted(self.after.keys() & self.before.keys())
        self.roots = [r for r in roots if r in self.after]
        chosen = set(self.roots)
        self.place = {v: i for i, v in enumerate(self.roots)}
        for i, v in enumerate((v for v in every if v not in chosen), len(self.roots)):
            self.place[v] = i
        self.budget = budget

    def leave(self, root: int) -> None:
        """Forget a root that is done with, and all that then leads nowhere or is led to by none."""
        waiting = [root]
        while waiting:
            v = waiting.pop()
            if self.place.pop(v, None) is None:
                continue
            for w in self.after.pop(v, ()):
                self.before[w].remove(v)
                if not self.before[w]:
                    waiting.append(w)
            for w in self.before.pop(v, ()):
                if w in self.after:
                    self.after[w].remove(v)
                    if not self.after[w]:
                        waiting.append(w)

    def _home(self, root: int, radius: float, blocked: Iterable[int] = ()) -> dict[int, int]:
        """Links back to the root around ``blocked``, over later roots."""
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
        return away

    def through(self, root: int, longest: int) -> Iterator[tuple[int, ...]]:
        """Yield the loops of at most this length at this root.

        Paths are made longer by one variable, a slice at a time: the longest ones first.
        """
        away, after = self._home(root, longest - 1).get, self.after
        last = set(self.before[root])
        slices: list[list[tuple[int, ...]]] = [[(root,)]]
        fruitless = 0
        while slices:
            self.budget.check()
            paths = slices.pop()
            depth = len(paths[0])
            together = max(1, min(SLICE, MOST_VARIABLES // (depth * depth)))
            if fruitless > PATIENCE:
                if dead := self._dead_end(paths[0], longest):
                    slices.append(paths)
                    _drop(slices, paths[0][:dead])
                    continue
                together = 1
            if len(paths) > together:
                slices.append(paths[together:])
                del paths[together:]
            if home := [path for path in paths if path[-1] in last]:
                fruitless = 0
                yield from home
            room = longest - depth
            wider = [
                (*path, w)
                for path in paths
                for w in after[path[-1]]
                if away(w, FAR) <= room and w not in path
            ]
            if wider:
                fruitless += len(wider)
                slices.append(wider)

    def _dead_end(self, path: tuple[int, ...], length: int) -> int:
        """How much of a path is enough to know that it cannot come home, or 0 if it can.

        The longer a path, the more it blocks: so it is halved again and again.
        """
        if self._shortest_home(path, length) <= length:
            return 0
        low, high = 1, len(path)
        while low < high:
            middle = (low + high) // 2
            if self._shortest_home(path[:middle], length) > length:
                high = middle
            else:
                low = middle + 1
        return high

    def _shortest_home(self, path: tuple[int, ...], length: int) -> float:
        """The length of the shortest loop that begins with a path, or infinity if too long."""
        near = self._home(path[0], length, path[1:-1])
        ends = self.after[path[0]] if len(path) == 1 else path[-1:]
        least = min([near[w] for w in ends if w in near], default=inf)
        return max(len(path) - 1, 1) + least


def _drop(slices: list[list[tuple[int, ...]]], prefix: tuple[int, ...]) -> None:
    """Leave out all paths that begin so; they are the first of the last slices."""
    size = len(prefix)
    for k in range(len(slices) - 1, -1, -1):
        if len(slices[k][0]) < size:
            break
        slices[k] = list(dropwhile(lambda path: path[:size] == prefix, slices[k]))
    slices[:] = [paths for paths in slices if paths]
