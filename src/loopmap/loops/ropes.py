"""Contraction that keeps every way apart: links joined into ropes, parallel ways side by side.

The rules are those of :mod:`loopmap.loops.circuit` (IN1/OUT1, Levy & Low 1988), applied to ways
instead of sums, so that loops can be listed. A rope is a tree over links: joining two costs the
same however long they are, where joining lists would be quadratic on a long ring.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence

from loopmap.loops.parts import strong_parts

__all__ = ["Ropes", "Way", "contracted_ways", "strong_pieces"]

#: source, target, sign (1, -1, 0), rope.
Way = tuple[int, int, int, int]


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


def strong_pieces(ways: Iterable[Way]) -> list[list[Way]]:
    """The ways inside each strongly connected part; none for parts of a single variable."""
    ways = list(ways)
    part = strong_parts((u, v) for u, v, _, _ in ways)
    pieces: dict[int, list[Way]] = {}
    for way in ways:
        if part[way[0]] == part[way[1]]:
            pieces.setdefault(part[way[0]], []).append(way)
    return list(pieces.values())


def contracted_ways(
    ways: Sequence[Way], ropes: Ropes, finished: Callable[[int, int], None], keep: int = -1
) -> list[Way]:
    """Join ways through variables with one way in or out, until there are none but ``keep``.

    ``finished`` is called with the rope and sign of every loop that comes out whole; with
    ``keep`` only for those through it (others are left out: they are somebody else's).
    """
    alive: dict[int, Way] = {}
    into: dict[int, set[int]] = {}
    out: dict[int, set[int]] = {}
    for number, way in enumerate(ways):
        u, v, sign, rope = way
        if u == v:
            if keep in (-1, u):
                finished(rope, sign)
            continue
        alive[number] = way
        for w in (u, v):
            into.setdefault(w, set())
            out.setdefault(w, set())
        out[u].add(number)
        into[v].add(number)
    following = len(ways)
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
        waiting += [way[0] for way in arriving]
        waiting += [way[1] for way in leaving]
    return list(alive.values())


def _all_of(
    numbers: set[int], beside: dict[int, set[int]], alive: dict[int, Way], *, end: int
) -> list[int]:
    """These ways in order, taken off the lists at their other ends."""
    row = sorted(numbers)
    for number in row:
        beside[alive[number][end]].discard(number)
    return row
