"""Named random maps for measuring loop finders: one name, one graph, on every machine.

Only ``random.Random.random`` is drawn from, whose stream Python guarantees. ``load(name)`` gives
``(n, links)`` with links ``(source, target, sign)``, signs +1, -1 or 0 (unknown).

    ear-N-M-sS      strongly connected: random ears, then chords up to M links (like drawn maps)
    ring-N-M-sS     a ring of all variables and random chords
    gnm-N-M-sS      M random links, several parts (sparse-N-M-sS is the same, large)
    k-N             every link there can be
    grid-R-C        a grid, both ways on every side
    torus-R-C       a directed torus
    sw-N-K-P-sS     small world: K links from the variables before, P % rewired, some answered
    hub-N-M-sS      a few hubs: links attach to where links are
    longring-N      one loop
    dag-N-C-sS      no loops but in C small planted parts
    trap-A-B        two chains of diamonds sharing a variable: 2^A + 2^B loops
    chain-T         T diamonds in a row: 2^T loops of 3T links (a trap for length bounds)
    map:PATH        a JSON file {"links": [{"source", "target", "polarity"}, …]}
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

Pairs = list[tuple[int, int]]
Graph = tuple[int, Pairs]


def stream(*key: object) -> Callable[[], float]:
    return random.Random(repr(key)).random


class Links:
    """Links in the order they came, each once, none from a variable to itself."""

    def __init__(self, first: Pairs = []) -> None:  # noqa: B006
        self.row = list(first)
        self.seen = set(first)

    def add(self, u: int, v: int) -> bool:
        new = u != v and (u, v) not in self.seen
        if new:
            self.seen.add((u, v))
            self.row.append((u, v))
        return new

    def fill(self, n: int, m: int, draw: Callable[[], float]) -> None:
        while len(self.row) < m:
            self.add(int(draw() * n), int(draw() * n))


def ear(n: int, m: int, seed: int) -> Graph:
    draw = stream("ear", n, m, seed)
    links = Links()
    size = min(n, 3 + int(draw() * 3))
    for i in range(size):
        links.add(i, (i + 1) % size)
    while size < n:
        inner = min(n - size, 1 + int(draw() * 3))
        start, end = int(draw() * size), int(draw() * size)
        path = [start, *range(size, size + inner), end]
        for u, v in pairwise(path):
            links.add(u, v)
        size += inner
    links.fill(n, m, draw)
    shuffled = sorted(range(n), key=lambda _: draw())
    return n, [(shuffled[u], shuffled[v]) for u, v in links.row]


def ring(n: int, m: int, seed: int) -> Graph:
    links = Links([(i, (i + 1) % n) for i in range(n)])
    links.fill(n, m, stream("ring", n, m, seed))
    return n, links.row


def gnm(n: int, m: int, seed: int) -> Graph:
    links = Links()
    links.fill(n, m, stream("gnm", n, m, seed))
    return n, links.row


def complete(n: int) -> Graph:
    return n, [(u, v) for u in range(n) for v in range(n) if u != v]


def grid(rows: int, columns: int) -> Graph:
    found: Pairs = []
    for v in range(rows * columns):
        for w, inside in ((v + 1, (v + 1) % columns), (v + columns, v // columns + 1 < rows)):
            if inside:
                found += [(v, w), (w, v)]
    return rows * columns, found


def torus(rows: int, columns: int) -> Graph:
    found: Pairs = []
    for i in range(rows):
        for j in range(columns):
            here = i * columns + j
            found.append((here, i * columns + (j + 1) % columns))
            found.append((here, (i + 1) % rows * columns + j))
    return rows * columns, found


def small_world(n: int, k: int, percent: int, seed: int) -> Graph:
    draw = stream("sw", n, k, percent, seed)
    links = Links()
    for v in range(n):
        for distance in range(1, k + 1):
            u = (v - distance) % n
            if draw() < percent / 100:
                u = int(draw() * n)
            if links.add(u, v) and draw() < 0.2:
                links.add(v, u)
    return largest_part(n, links.row)


def largest_part(n: int, pairs: Pairs) -> Graph:
    from loopmap.loops.components import strong_components

    part = strong_components(pairs)
    members: dict[int, list[int]] = {}
    for v in sorted(part):
        members.setdefault(part[v], []).append(v)
    largest = max(members.values(), key=len)
    number = {v: i for i, v in enumerate(largest)}
    return len(largest), [(number[u], number[v]) for u, v in pairs if u in number and v in number]


def hub(n: int, m: int, seed: int) -> Graph:
    draw = stream("hub", n, m, seed)
    links = Links(ear(n, n + n // 3, seed)[1])
    ends = [end for pair in links.row for end in pair]
    while len(links.row) < m:
        u, v = ends[int(draw() * len(ends))], ends[int(draw() * len(ends))]
        if links.add(u, v):
            ends += [u, v]
    return n, links.row


def dag(n: int, parts: int, seed: int) -> Graph:
    draw = stream("dag", n, parts, seed)
    found: Pairs = []
    for _ in range(2 * n):
        u, v = int(draw() * n), int(draw() * n)
        if u != v:
            found.append((min(u, v), max(u, v)))
    found = list(dict.fromkeys(found))
    for i in range(parts):
        base = int(draw() * (n - 8))
        base -= base % 8
        found += [(base + u, base + v) for u, v in ear(8, 14, seed * 1000 + i)[1]]
    return n, list(dict.fromkeys(found))


def trap(a: int, b: int) -> Graph:
    found: Pairs = []
    fresh = 2

    def chain(start: int, length: int) -> int:
        nonlocal fresh
        for _ in range(length):
            x, y, end = fresh, fresh + 1, fresh + 2
            fresh += 3
            found.extend([(start, x), (start, y), (x, end), (y, end)])
            start = end
        return start

    found.extend([(chain(0, a), 1), (1, 0)])
    found.append((chain(1, b), 1))
    return fresh, found


def chain(t: int) -> Graph:
    found: Pairs = []
    for i in range(t):
        s = 3 * i
        found += [(s, s + 1), (s, s + 2), (s + 1, s + 3), (s + 2, s + 3)]
    back = 3 * t
    for step in range(t - 1):
        found.append((back + step, back + step + 1))
    return 3 * t + t, [*found, (back + t - 1, 0)]


FAMILIES: dict[str, Callable[..., Graph]] = {
    "ear": ear, "ring": ring, "gnm": gnm, "sparse": gnm, "k": complete, "grid": grid,
    "torus": torus, "sw": small_world, "hub": hub, "dag": dag, "trap": trap, "chain": chain,
    "longring": lambda n: ring(n, n, 1),
}  # fmt: skip
SEEDED = {"ear", "ring", "gnm", "sparse", "sw", "hub", "dag"}


def load(name: str) -> tuple[int, list[tuple[int, int, int]]]:
    """The graph of this name: how many variables, and its links."""
    if name.startswith("map:"):
        return read(Path(name[4:]))
    family, *words = name.split("-")
    seed = [int(words.pop()[1:])] if family in SEEDED else []
    n, pairs = FAMILIES[family](*map(int, words), *seed)
    draw = random.Random(repr(("sign", name))).random
    return n, [(u, v, -1 if draw() < 0.35 else 1) for u, v in pairs]


def read(path: Path) -> tuple[int, list[tuple[int, int, int]]]:
    """A JSON map with links {"source", "target", "polarity"}."""
    number: dict[str, int] = {}
    signs = {"+": 1, "-": -1}
    links = []
    for link in json.loads(path.read_text("utf-8"))["links"]:
        u, v = (number.setdefault(link[end], len(number)) for end in ("source", "target"))
        links.append((u, v, signs.get(link.get("polarity"), 0)))
    return len(number), links
