"""Independent loops: cycle rank, geodetic loops, circuit basis.

* R. Oliva, Model structure analysis through graph theory, *System Dynamics Review* 20 (2004)
  313-336: geodetic loops.
* P. M. Gleiss, J. Leydold, P. F. Stadler, ArithmeticCircuit bases of strongly connected digraphs,
  *Discussiones Mathematicae Graph Theory* 23 (2003) 241-260: a minimum circuit basis lies among
  the loops made of one link and shortest paths from its ends to and from one variable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product

from loopmap.errors import TooLargeError
from loopmap.loops.components import strong_components
from loopmap.loops.graph import LoopGraph
from loopmap.model.named_loops import rotated

__all__ = ["circuit_basis", "cycle_rank", "geodetic_loops", "loop_rank"]

Loop = tuple[int, ...]
#: Ranks are computed modulo this prime; a multiple of it as a minor would need 2^61 as a factor.
PRIME = (1 << 61) - 1
#: Distances are kept between all of so many variables at most: 100 bytes each.
MOST_VARIABLES = 2_000


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
        if len(self.after) > MOST_VARIABLES:
            raise TooLargeError(
                f"distances between all of {len(self.after):,} variables that lie on loops are "
                f"{len(self.after) ** 2:,} numbers; up to {MOST_VARIABLES:,} variables have room "
                "(method='sils' takes more)"
            )
        self.far = {v: _distances(v, self.after) for v in self.after}

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


def geodetic_loops(
    graph: LoopGraph, ids: Sequence[int], *, at_most: int = 100_000
) -> tuple[list[Loop], int | None]:
    """Loops on which some two variables are joined both ways by shortest paths.

    Self-links count as geodetic. Returned in order; and the length up to which they are whole,
    ``None`` for all of them.

    Raises
    ------
    TooLargeError
        If there are too many variables for the distances between all of them.
    """
    ways = _Ways(graph, ids)
    by_length: dict[int, list[tuple[int, int]]] = {1: [(v, v) for u, v in ways.bundles if u == v]}
    for u, near in ways.far.items():
        for v, there in near.items():
            if u < v and u in ways.far[v]:
                by_length.setdefault(there + ways.far[v][u], []).append((u, v))
    found: list[Loop] = []
    for length in sorted(by_length):
        paths = sorted(_geodetic_paths(ways, by_length[length], at_most - len(found)))
        found += islice((p for path in paths for p in ways.routes(path)), at_most - len(found))
        if len(found) >= at_most:
            return found, length - 1
    return found, None


def _geodetic_paths(
    ways: _Ways, pairs: Iterable[tuple[int, int]], at_most: int
) -> set[tuple[int, ...]]:
    """The paths of one length, or some of them where there are more than so many."""
    paths: set[tuple[int, ...]] = set()
    for u, v in pairs:
        if u == v:
            paths.add((u,))
            continue
        back = [(p, set(p[1:])) for p in islice(ways.shortest(v, u), at_most)]
        for way in ways.shortest(u, v):
            paths.update(rotated(way + p) for p, on in back if not on & set(way))
            if len(paths) >= at_most:
                return paths
    return paths


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
    out = {v: dict(_steps(v, ways.after)) for v in ways.far}
    back = {v: dict(_steps(v, ways.before)) for v in ways.far}
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


def _distances(root: int, beside: dict[int, list[int]]) -> dict[int, int]:
    """How many links from the root, for all it reaches."""
    away = {root: -1}
    for v, parent in _steps(root, beside):
        away[v] = away[parent] + 1
    return away


def _steps(root: int, beside: dict[int, list[int]]) -> Iterator[tuple[int, int]]:
    """Each variable the root reaches and the one before it on a shortest way, nearest first."""
    met = {root}
    queue = [(root, root)]
    for step in queue:
        yield step
        for w in beside.get(step[0], ()):
            if w not in met:
                met.add(w)
                queue.append((w, step[0]))


def _climb(v: int, parent: dict[int, int]) -> list[int]:
    path = [v]
    while parent[v] != v:
        v = parent[v]
        path.append(v)
    return path
