"""Loops as paths, by length: all of one length in order, or all up to a length.

Each root with distances back to it. Plain distances ignore that the way home may be blocked by
the path itself; after ``PATIENCE`` steps without a way home they are taken anew around the path,
which is exact, and all that begins with the same dead end is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from itertools import dropwhile
from math import inf

from loopmap.loops.budget import Budget

__all__ = ["PATIENCE", "PathSearch", "paths_up_to"]

#: Steps without coming home before distances are taken anew.
PATIENCE = 4096
#: So many paths are made longer together.
SLICE = 1024
#: Up to this many variables the distances to every root are kept.
KEPT = 600

#: More links than any loop has.
FAR = 1 << 60

Ways = dict[int, list[int]]
Away = dict[int, int]


def paths_up_to(
    pairs: Collection[tuple[int, int]], budget: Budget, roots: Sequence[int], longest: int
) -> Iterator[tuple[int, ...]]:
    """All loops of at most this length through these roots as paths, root by root."""
    search = PathSearch(pairs, budget, roots)
    search.keep = False
    for root in search.roots:
        if root in search.place:
            yield from search.through(root, longest, shortest=1)
            search.leave(root)


class PathSearch:
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

        With ``shortest`` loops of that length and more are yielded too. Paths are made longer by
        one variable a slice at a time, and in order: first those that come first.
        """
        shortest = shortest or length
        near, whole = self._from_root(root, length)
        away, after = near.get, self.after
        last = set(self.before[root])
        slices: list[list[tuple[int, ...]]] = [[(root,)]]
        fruitless = 0
        later: float = FAR
        while slices:
            self.budget.check()
            paths = slices.pop()
            depth = len(paths[0])
            if fruitless > PATIENCE:
                dead, least = self._dead_end(paths[0], length)
                if dead:
                    later = min(later, least)
                    slices.append(paths)
                    _drop(slices, paths[0][:dead])
                    continue
                if len(paths) > 1:
                    slices.append(paths[1:])
                    del paths[1:]
            elif len(paths) > SLICE:
                slices.append(paths[SLICE:])
                del paths[SLICE:]
            if home := [path for path in paths if path[-1] in last]:
                fruitless = 0
                if depth >= shortest:
                    yield from home
            room = length - depth
            if shortest < length:  # nobody asks for the next length
                wider = [
                    (*path, w)
                    for path in paths
                    for w in after[path[-1]]
                    if away(w, FAR) <= room and w not in path
                ]
            else:
                wider = []
                for path in paths:
                    for w in after[path[-1]]:
                        links = away(w, FAR)
                        if links > room:
                            if depth + links < later:
                                later = depth + links
                        elif w not in path:
                            wider.append((*path, w))
            if wider:
                fruitless += len(wider)
                slices.append(wider)
        return min(later if later < FAR else inf, inf if whole else length + 1)

    def _dead_end(self, path: tuple[int, ...], length: int) -> tuple[int, float]:
        """How much of a path is enough to know that it cannot come home, or 0 if it can.

        The longer a path, the more it blocks: so it is halved again and again (and the least
        length of a loop that was ruled out is told).
        """
        least = self._shortest_home(path, length)
        if least <= length:
            return 0, inf
        low, high = 1, len(path)
        while low < high:
            middle = (low + high) // 2
            way = self._shortest_home(path[:middle], length)
            if way > length:
                high, least = middle, min(least, way)
            else:
                low = middle + 1
        return high, least

    def _shortest_home(self, path: tuple[int, ...], length: int) -> float:
        """The length of the shortest loop that begins with a path; if too long, at least that."""
        near, whole = self._home(path[0], inf if self.keep else length, path[1:-1])
        ends = self.after[path[0]] if len(path) == 1 else path[-1:]
        least = min([near[w] for w in ends if w in near], default=inf)
        if least == inf:
            return inf if whole else length + 1
        return max(len(path) - 1, 1) + least


def _drop(slices: list[list[tuple[int, ...]]], prefix: tuple[int, ...]) -> None:
    """Leave out all paths that begin so; they are the first of the last slices."""
    size = len(prefix)
    for k in range(len(slices) - 1, -1, -1):
        if len(slices[k][0]) < size:
            break
        slices[k] = list(dropwhile(lambda path: path[:size] == prefix, slices[k]))
    slices[:] = [paths for paths in slices if paths]
