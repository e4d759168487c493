"""Contraction that keeps every edge apart: links joined into ropes, parallel edges side by side.

The rules are those of :mod:`loopmap.loops.counting.contraction` (IN1/OUT1, Levy & Low 1988),
applied to edges instead of sums, so that loops can be listed. A rope is a tree over links:
joining two costs the same however long they are, where joining lists would be quadratic on a long
ring.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence

from loopmap.loops.components import rows, strong_components

__all__ = ["Edge", "Ropes", "contracted_edges", "strong_pieces"]

#: source, target, sign (1, -1, 0), rope.
Edge = tuple[int, int, int, int]


class Ropes:
    """Trees over links. Ropes below ``leaves`` are single links."""

    __slots__ = ("leaves", "left", "right")

    def __init__(self, leaves: int) -> None:
        self.leaves = leaves
        self.left = array("q")
        self.right = array("q")

    def join(self, left: int, right: int) -> int:
        """First one, then the other."""
        self.left.append(left)
        self.right.append(right)
        return self.leaves + len(self.left) - 1

    def links(self, rope: int) -> list[int]:
        """The links of a rope in order."""
        found: list[int] = []
        waiting = [rope]
        leaves, left, right = self.leaves, self.left, self.right
        while waiting:
            k = waiting.pop()
            if k < leaves:
                found.append(k)
            else:
                waiting.append(right[k - leaves])
                waiting.append(left[k - leaves])
        return found


def strong_pieces(edges: Iterable[Edge]) -> list[list[Edge]]:
    """The edges inside each strongly connected part; none for parts of a single variable."""
    edges = list(edges)
    part = strong_components((u, v) for u, v, _, _ in edges)
    pieces: dict[int, list[Edge]] = {}
    for edge in edges:
        if part[edge[0]] == part[edge[1]]:
            pieces.setdefault(part[edge[0]], []).append(edge)
    return list(pieces.values())


def contracted_edges(
    edges: Sequence[Edge], ropes: Ropes, finished: Callable[[int, int], None], keep: int = -1
) -> list[Edge]:
    """Join edges through variables with one edge in or out, until there are none but ``keep``.

    ``finished`` is called with the rope and sign of every loop that comes out whole; with
    ``keep`` only for those through it (others are left out: they are somebody else's).
    """
    edges = list(_rows_joined(edges, ropes, keep))
    alive: dict[int, Edge] = {}
    into: dict[int, set[int]] = {}
    out: dict[int, set[int]] = {}
    for number, edge in enumerate(edges):
        u, v, sign, rope = edge
        if u == v:
            if keep in (-1, u):
                finished(rope, sign)
            continue
        alive[number] = edge
        for w in (u, v):
            into.setdefault(w, set())
            out.setdefault(w, set())
        out[u].add(number)
        into[v].add(number)
    following = len(edges)
    waiting = sorted(into, reverse=True)
    while waiting:
        v = waiting.pop()
        if v == keep or v not in into or (len(into[v]) > 1 and len(out[v]) > 1):
            continue
        arriving = [alive.pop(k) for k in _all_of(into.pop(v), out, alive, end=0)]
        leaving = [alive.pop(k) for k in _all_of(out.pop(v), into, alive, end=1)]
        for u, _, sign, rope in arriving:
            for _, w, then, on in leaving:
                joined = ropes.join(rope, on)
                if u != w:
                    alive[following] = (u, w, sign * then, joined)
                    out[u].add(following)
                    into[w].add(following)
                    following += 1
                elif keep in (-1, u):
                    finished(joined, sign * then)
        waiting += [edge[0] for edge in arriving]
        waiting += [edge[1] for edge in leaving]
    return list(alive.values())


def _rows_joined(edges: Sequence[Edge], ropes: Ropes, keep: int) -> Iterator[Edge]:
    """Edges in a row joined beforehand: on a long ring that saves two sets for each variable."""
    for row in rows([edge[:2] for edge in edges], keep):
        u, v, sign, rope = edges[row[0]]
        for k in row[1:]:
            _, v, then, on = edges[k]
            sign, rope = sign * then, ropes.join(rope, on)
        yield u, v, sign, rope


def _all_of(
    numbers: set[int], beside: dict[int, set[int]], alive: dict[int, Edge], *, end: int
) -> list[int]:
    """These edges in order, taken off the lists at their other ends."""
    row = sorted(numbers)
    for number in row:
        beside[alive[number][end]].discard(number)
    return row
