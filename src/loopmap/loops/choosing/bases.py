"""Independent loops: cycle rank, geodetic loops, shortest independent loop set, circuit basis.

* R. Oliva, Model structure analysis through graph theory, *System Dynamics Review* 20 (2004)
  313-336: geodetic loops and the shortest independent loop set (SILS).
* P. M. Gleiss, J. Leydold, P. F. Stadler, ArithmeticCircuit bases of strongly connected digraphs,
  *Discussiones Mathematicae Graph Theory* 23 (2003) 241-260: a minimum circuit basis lies among
  the loops made of one link and shortest paths from its ends to and from one variable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from loopmap.loops.components import strong_components
from loopmap.loops.graph import LoopGraph

__all__ = ["circuit_basis", "cycle_rank", "geodetic_loops", "loop_rank", "shortest_independent"]

Loop = tuple[int, ...]
#: Ranks are computed modulo this prime; a multiple of it as a minor would need 2^61 as a factor.
PRIME = (1 << 61) - 1


def cycle_rank(graph: LoopGraph, ids: Sequence[int]) -> int:
    """Links − variables + parts, for links that all lie on loops."""
    part = strong_components((graph.source[i], graph.target[i]) for i in ids)
    return len(ids) - len(part) + len(set(part.values()))


def loop_rank(loops: Iterable[Iterable[int]]) -> int:
    """How many of these loops (as link numbers) are independent."""
    rows: dict[int, dict[int, int]] = {}
    return sum(_independent(loop, rows) for loop in loops)


def _independent(loop: Iterable[int], rows: dict[int, dict[int, int]]) -> bool:
    """Reduce a loop by the rows; keep what is left as a row, if anything is."""
    left = dict.fromkeys(loop, 1)
    while left:
        first = min(left)
        row = rows.get(first)
        if row is None:
            scale = pow(left[first], -1, PRIME)
            rows[first] = {i: x * scale % PRIME for i, x in left.items()}
            return True
        factor = left[first]
        for i, x in row.items():
            value = (left.get(i, 0) - factor * x) % PRIME
            if value:
                left[i] = value
            else:
                left.pop(i, None)
    return False


class _Ways:
    """Shortest ways between all variables of the links, on pairs; parallel links apart."""

    def __init__(self, graph: LoopGraph, ids: Iterable[int]) -> None:
        self.graph = graph
        self.bundles = {(u, v): links for u, v, links in graph.parallels(ids)}
        self.after: dict[int, list[int]] = {}
        self.before: dict[int, list[int]] = {}
        for u, v in self.bundles:
            self.after.setdefault(u, []).append(v)
            self.before.setdefault(v, []).append(u)
        self.far = {v: self._rings(v) for v in self.after}

    def _rings(self, start: int) -> dict[int, int]:
        away = {start: 0}
        queue = [start]
        for x in queue:
            for w in self.after.get(x, ()):
                if w not in away:
                    away[w] = away[x] + 1
                    queue.append(w)
        return away

    def shortest(self, u: int, v: int) -> Iterator[tuple[int, ...]]:
        """All shortest paths from ``u`` to ``v``, without ``v``."""
        far, steps = self.far, self.far[u][v]
        stack: list[tuple[int, ...]] = [(u,)]
        while stack:
            path = stack.pop()
            if len(path) == steps:
                yield path
                continue
            home = steps - len(path)
            for w in reversed(self.after[path[-1]]):
                if far[w].get(v, -1) == home:
                    stack.append((*path, w))

    def routes(self, path: Sequence[int]) -> Iterator[Loop]:
        """The loops of links along a closed path of variables."""
        steps = zip(path, (*path[1:], path[0]), strict=True)
        return product(*(self.bundles[step] for step in steps))


def _from_smallest(path: tuple[int, ...]) -> tuple[int, ...]:
    first = path.index(min(path))
    return path[first:] + path[:first]


def geodetic_loops(
    graph: LoopGraph, ids: Sequence[int], *, longest: int | None = None, at_most: int = 100_000
) -> tuple[list[Loop], int | None]:
    """Loops on which some two variables are joined both ways by shortest paths.

    Self-links count as geodetic. Returned in order; and the length up to which they are whole,
    ``None`` for all of them.
    """
    ways = _Ways(graph, ids)
    by_length: dict[int, list[tuple[int, int]]] = {1: [(v, v) for u, v in ways.bundles if u == v]}
    for u, near in ways.far.items():
        for v, there in near.items():
            if u < v and u in ways.far[v]:
                by_length.setdefault(there + ways.far[v][u], []).append((u, v))
    found: list[Loop] = []
    for length in sorted(by_length):
        if longest is not None and length > longest:
            return found, length - 1
        paths: set[tuple[int, ...]] = set()
        for u, v in by_length[length]:
            if u == v:
                paths.add((u,))
                continue
            back = [(p, set(p[1:])) for p in ways.shortest(v, u)]
            for way in ways.shortest(u, v):
                paths.update(_from_smallest(way + p) for p, on in back if not on & set(way))
            if len(found) + len(paths) > at_most:
                return found, length - 1
        found += [loop for path in sorted(paths) for loop in ways.routes(path)]
    return found, None


def shortest_independent(graph: LoopGraph, ids: Sequence[int]) -> list[Loop]:
    """Oliva's shortest independent loop set: shortest geodetic loops that each add a link.

    Among loops of one length the one that adds fewest links comes first, then by names. Every
    link that lies on a loop is covered.
    """
    ways = _Ways(graph, ids)
    needed = max((1 + ways.far[v][u] for u, v in ways.bundles), default=0)
    loops, _ = geodetic_loops(graph, ids, longest=needed)
    covered: set[int] = set()
    chosen: list[Loop] = []
    by_length: dict[int, list[Loop]] = {}
    for loop in loops:
        by_length.setdefault(len(loop), []).append(loop)
    for _, waiting in sorted(by_length.items()):
        while waiting:
            waiting = [loop for loop in waiting if not covered.issuperset(loop)]
            if waiting:
                best = min(waiting, key=lambda loop: len(set(loop) - covered))
                covered.update(best)
                chosen.append(best)
    return chosen


def circuit_basis(graph: LoopGraph, ids: Sequence[int]) -> list[Loop]:
    """A minimum circuit basis: as many independent loops as there are, of least total length."""
    wanted = cycle_rank(graph, ids)
    rows: dict[int, dict[int, int]] = {}
    chosen: list[Loop] = []
    for loop in _candidates(graph, ids):
        if len(chosen) == wanted:
            break
        if _independent(loop, rows):
            chosen.append(loop)
    return chosen


def _candidates(graph: LoopGraph, ids: Sequence[int]) -> list[Loop]:
    """For every variable and link: shortest way to the link, the link, shortest way back."""
    ways = _Ways(graph, ids)
    first = {pair: links[0] for pair, links in ways.bundles.items()}
    out = {v: _tree(v, ways.after) for v in ways.far}
    back = {v: _tree(v, ways.before) for v in ways.far}
    found: set[Loop] = set()
    for i in ids:
        u, v = graph.source[i], graph.target[i]
        for hub in ways.far:
            if u not in out[hub] or v not in back[hub]:
                continue
            path = [*reversed(_climb(u, out[hub])), *_climb(v, back[hub])]
            if path[0] == path[-1]:
                path.pop()
            if len(set(path)) == len(path):
                steps = zip(path, (*path[1:], path[0]), strict=True)
                loop = tuple(i if step == (u, v) else first[step] for step in steps)
                found.add(graph.canonical(loop))
    return sorted(found, key=graph.order)


def _tree(root: int, beside: dict[int, list[int]]) -> dict[int, int]:
    parent = {root: root}
    queue = [root]
    for x in queue:
        for w in beside.get(x, ()):
            if w not in parent:
                parent[w] = x
                queue.append(w)
    return parent


def _climb(v: int, parent: dict[int, int]) -> list[int]:
    path = [v]
    while parent[v] != v:
        v = parent[v]
        path.append(v)
    return path
