"""Contraction: variables with one way in or one way out vanish, their links joined into terms.

H. Levy and D. W. Low, A contraction algorithm for finding small cycle cutsets, *J. Algorithms* 9
(1988) 470-493, rules IN1 and OUT1: each loop of the map stays one loop of what is left. A term
stands for all ways between two variables, as a sum of products of links that is written down
once and evaluated as often as needed: to count (each link 1), to count with signs, by length
(each link z), backwards for the share of every link (reverse-mode differentiation), or to draw
one way at random. Most real maps contract to nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from loopmap.loops.graph import LoopGraph
from loopmap.loops.parts import blocks, strong_parts

__all__ = ["Circuit", "Core", "contracted"]

Pair = tuple[int, int]


class Circuit:
    """Sums of products of links: node ``k`` is a link, or ``left`` times or plus ``right``."""

    __slots__ = ("left", "link", "right", "times")

    def __init__(self) -> None:
        self.link: list[int] = []  # the link, or -1 for a product or sum
        self.times: list[bool] = []
        self.left: list[int] = []
        self.right: list[int] = []

    def leaf(self, link: int) -> int:
        """Add a link."""
        return self._add(link, False, -1, -1)

    def product(self, left: int, right: int) -> int:
        """Add: first one, then the other."""
        return self._add(-1, True, left, right)

    def sum(self, left: int, right: int) -> int:
        """Add: one or the other."""
        return self._add(-1, False, left, right)

    def _add(self, link: int, times: bool, left: int, right: int) -> int:
        self.link.append(link)
        self.times.append(times)
        self.left.append(left)
        self.right.append(right)
        return len(self.link) - 1

    def values(self, of_link: Callable[[int], int]) -> list[int]:
        """Evaluate every node, given what a link is worth."""
        values: list[int] = []
        nodes = zip(self.link, self.times, self.left, self.right, strict=True)
        for link, times, a, b in nodes:
            if link >= 0:
                values.append(of_link(link))
            elif times:
                values.append(values[a] * values[b])
            else:
                values.append(values[a] + values[b])
        return values

    def shares(self, values: Sequence[int], seeds: dict[int, int]) -> dict[int, int]:
        """Derivatives for every link of the sum of nodes, each weighted by its seed."""
        slope = [0] * len(values)
        for node, weight in seeds.items():
            slope[node] += weight
        found: dict[int, int] = {}
        for k in range(len(values) - 1, -1, -1):
            d = slope[k]
            if not d:
                continue
            link, a, b = self.link[k], self.left[k], self.right[k]
            if link >= 0:
                found[link] = found.get(link, 0) + d
            elif self.times[k]:
                slope[a] += d * values[b]
                slope[b] += d * values[a]
            else:
                slope[a] += d
                slope[b] += d
        return found

    def draw(self, node: int, values: Sequence[int], below: Callable[[int], int]) -> list[int]:
        """One way through a term, drawn in proportion to the values, as links."""
        drawn: list[int] = []
        waiting = [node]
        while waiting:
            k = waiting.pop()
            if self.link[k] >= 0:
                drawn.append(self.link[k])
            elif self.times[k]:
                waiting += [self.right[k], self.left[k]]
            else:
                a, b = self.left[k], self.right[k]
                waiting.append(a if below(values[k]) < values[a] else b)
        return drawn


@dataclass(frozen=True, slots=True)
class Core:
    """What contraction leaves: terms of finished loops, and blocks of pairs with their terms.

    Every loop of the map is one way through one finished term, or one loop of one block together
    with one way through the term of each of its pairs.
    """

    circuit: Circuit
    finished: list[int] = field(default_factory=list)
    blocks: list[dict[Pair, int]] = field(default_factory=list)


def contracted(graph: LoopGraph, ids: Iterable[int]) -> Core:
    """Contract links until every variable of every block has two ways in and two ways out."""
    core = Core(Circuit())
    waiting = [_bundled(graph, ids, core)]
    while waiting:
        terms = waiting.pop()
        pieces = list(_pieces(terms))
        for piece in pieces:
            before = len(piece)
            left = _eliminated(piece, core)
            if not left:
                continue
            if len(pieces) == 1 and before == len(left) == len(terms):
                core.blocks.append(left)
            else:
                waiting.append(left)
    return core


def _bundled(graph: LoopGraph, ids: Iterable[int], core: Core) -> dict[Pair, int]:
    """Parallel links as one term, self-links as finished loops."""
    terms: dict[Pair, int] = {}
    for i in ids:
        pair = graph.source[i], graph.target[i]
        leaf = core.circuit.leaf(i)
        if pair[0] == pair[1]:
            core.finished.append(leaf)
        else:
            _add(terms, pair, leaf, core.circuit)
    return terms


def _add(terms: dict[Pair, int], pair: Pair, node: int, circuit: Circuit) -> None:
    kept = terms.get(pair)
    terms[pair] = node if kept is None else circuit.sum(kept, node)


def _pieces(terms: dict[Pair, int]) -> Iterable[dict[Pair, int]]:
    """Strongly connected parts, and of these the blocks."""
    part = strong_parts(terms)
    inside = [(u, v) for u, v in terms if part[u] == part[v]]
    for block in blocks(inside):
        yield {inside[i]: terms[inside[i]] for i in block}


def _eliminated(terms: dict[Pair, int], core: Core) -> dict[Pair, int]:
    """Apply IN1 and OUT1 until neither can be applied."""
    circuit = core.circuit
    into: dict[int, set[int]] = {}
    out: dict[int, set[int]] = {}
    for u, v in terms:
        for w in (u, v):
            into.setdefault(w, set())
            out.setdefault(w, set())
        out[u].add(v)
        into[v].add(u)
    waiting = sorted(into, reverse=True)
    while waiting:
        v = waiting.pop()
        if v not in into or (len(into[v]) > 1 and len(out[v]) > 1):
            continue
        sources, targets = sorted(into.pop(v)), sorted(out.pop(v))
        arriving = [terms.pop((u, v)) for u in sources]
        leaving = [terms.pop((v, w)) for w in targets]
        for u in sources:
            out[u].discard(v)
        for w in targets:
            into[w].discard(v)
        for u, a in zip(sources, arriving, strict=True):
            for w, b in zip(targets, leaving, strict=True):
                node = circuit.product(a, b)
                if u == w:
                    core.finished.append(node)
                else:
                    _add(terms, (u, w), node, circuit)
                    out[u].add(w)
                    into[w].add(u)
        waiting += [w for w in {*sources, *targets}]
    return terms
