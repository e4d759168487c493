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
from functools import reduce

from loopmap.loops.components import blocks, rows, strong_components
from loopmap.loops.graph import LoopGraph

__all__ = ["ArithmeticCircuit", "Core", "contracted"]

Pair = tuple[int, int]


class ArithmeticCircuit:
    """Sums of products of links: the first nodes are the links, the others made of two before.

    ``nodes`` holds ``(left, right)`` for left times right, ``(left, ~right)`` for left plus
    right.
    """

    __slots__ = ("links", "nodes")

    def __init__(self, links: Iterable[int]) -> None:
        self.links = list(links)
        self.nodes: list[tuple[int, int]] = []

    def product(self, left: int, right: int) -> int:
        """Add: first one, then the other."""
        self.nodes.append((left, right))
        return len(self.links) + len(self.nodes) - 1

    def sum(self, left: int, right: int) -> int:
        """Add: one or the other."""
        return self.product(left, ~right)

    def values(self, of_link: Callable[[int], int]) -> list[int]:
        """Evaluate every node, given the weight of a link."""
        values = [of_link(i) for i in self.links]
        add = values.append
        for a, b in self.nodes:
            add(values[a] * values[b] if b >= 0 else values[a] + values[~b])
        return values

    def summed(
        self, of_link: Callable[[int], int], finished: Sequence[int], digit: int = 0
    ) -> tuple[dict[int, int], list[int]]:
        """Sums of finished nodes by their least length; and the values nothing was made of.

        With ``digit`` values are packed by length, a link counting as 1 and not as z: a node is
        its least length and the polynomial from there on. What is used up is let go. So a loop of
        100,000 links is a 1 in the end, and a number of 100,000 digits at no time.
        """
        values, least = [of_link(i) for i in self.links], [1] * len(self.links)
        last, done = self._last_uses(), set(finished)
        sums: dict[int, int] = {}
        for k in range(len(last)):
            if k >= len(self.links):
                a, b = self.nodes[k - len(self.links)]
                c = b if b >= 0 else ~b
                x, y = least[a], least[c]
                low = x + y if b >= 0 else min(x, y)
                least.append(low)
                values.append(
                    values[a] * values[c]
                    if b >= 0
                    else (values[a] << digit * (x - low)) + (values[c] << digit * (y - low))
                )
                for used in (a, c):
                    values[used] = 0 if last[used] == k else values[used]
            if k in done:
                sums[least[k]] = sums.get(least[k], 0) + values[k]
                values[k] = 0
        return sums, [value << digit * low for value, low in zip(values, least, strict=True)]

    def _last_uses(self) -> list[int]:
        """For every node the last one that is made of it, or 0."""
        last = [0] * (len(self.links) + len(self.nodes))
        for k, (a, b) in enumerate(self.nodes, len(self.links)):
            last[a] = last[b if b >= 0 else ~b] = k
        return last

    def shares(self, values: Sequence[int], seeds: dict[int, int]) -> dict[int, int]:
        """Derivatives for every link of the sum of nodes, each weighted by its seed."""
        slope = [0] * len(values)
        for node, weight in seeds.items():
            slope[node] += weight
        k = len(values)
        for a, b in reversed(self.nodes):
            k -= 1
            d = slope[k]
            if not d:
                continue
            if b >= 0:
                slope[a] += d * values[b]
                slope[b] += d * values[a]
            else:
                slope[a] += d
                slope[~b] += d
        return dict(zip(self.links, slope, strict=False))

    def draw(self, node: int, values: Sequence[int], below: Callable[[int], int]) -> list[int]:
        """One way through a term, drawn in proportion to the values, as links."""
        drawn: list[int] = []
        waiting = [node]
        first = len(self.links)
        while waiting:
            k = waiting.pop()
            if k < first:
                drawn.append(self.links[k])
                continue
            a, b = self.nodes[k - first]
            if b >= 0:
                waiting += [b, a]
            else:
                waiting.append(a if below(values[k]) < values[a] else ~b)
        return drawn


@dataclass(frozen=True, slots=True)
class Core:
    """What contraction leaves: terms of finished loops, and blocks of pairs with their terms.

    Every loop of the map is one way through one finished term, or one loop of one block together
    with one way through the term of each of its pairs.
    """

    circuit: ArithmeticCircuit
    finished: list[int] = field(default_factory=list)
    blocks: list[dict[Pair, int]] = field(default_factory=list)


def contracted(graph: LoopGraph, ids: Iterable[int]) -> Core:
    """Contract links until every variable of every block has two ways in and two ways out."""
    core = Core(ArithmeticCircuit(ids))
    left = _eliminated(_bundled(graph, core), core)
    waiting = [left] if left else []
    while waiting:
        terms = waiting.pop()
        pieces = _pieces(terms)
        if len(pieces) == 1 and len(pieces[0]) == len(terms):
            core.blocks.append(terms)
        else:
            smaller = (_eliminated(piece, core) for piece in pieces)
            waiting += [piece for piece in smaller if piece]
    return core


def _bundled(graph: LoopGraph, core: Core) -> dict[Pair, int]:
    """Links in a row as one term, and parallel ones; rows that close as finished loops."""
    circuit = core.circuit
    ends = [(graph.source[i], graph.target[i]) for i in circuit.links]
    terms: dict[Pair, int] = {}
    for row in rows(ends):
        pair = ends[row[0]][0], ends[row[-1]][1]
        node = reduce(circuit.product, row)
        if pair[0] == pair[1]:
            core.finished.append(node)
        elif pair in terms:
            terms[pair] = circuit.sum(terms[pair], node)
        else:
            terms[pair] = node
    return terms


def _pieces(terms: dict[Pair, int]) -> list[dict[Pair, int]]:
    """Strongly connected parts, and of these the blocks."""
    part = strong_components(terms)
    inside = [(u, v) for u, v in terms if part[u] == part[v]]
    return [{inside[i]: terms[inside[i]] for i in block} for block in blocks(inside)]


def _eliminated(terms: dict[Pair, int], core: Core) -> dict[Pair, int]:
    """Apply IN1 and OUT1 until neither can be applied."""
    circuit, finished = core.circuit, core.finished
    into: dict[int, dict[int, int]] = {}
    out: dict[int, dict[int, int]] = {}
    for u, v in terms:
        for w in (u, v):
            if w not in into:
                into[w], out[w] = {}, {}
        into[v][u] = out[u][v] = terms[u, v]
    waiting = list(into)
    while waiting:
        v = waiting.pop()
        if v not in into or (len(into[v]) > 1 and len(out[v]) > 1):
            continue
        arriving, leaving = into.pop(v), out.pop(v)
        for u in arriving:
            del out[u][v]
        for w in leaving:
            del into[w][v]
        for u, a in arriving.items():
            onward = out[u]
            for w, b in leaving.items():
                node = circuit.product(a, b)
                if u == w:
                    finished.append(node)
                    continue
                if w in onward:
                    node = circuit.sum(onward[w], node)
                onward[w] = into[w][u] = node
        waiting += arriving
        waiting += leaving
    return {(u, v): node for u, row in out.items() for v, node in row.items()}
