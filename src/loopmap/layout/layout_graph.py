"""A map as numbers: what every step of the layout reads and none changes.

Inside the layout the unit is the **em**, the size of the type, so that a picture does not depend
on how large it is printed, and a **point is a complex number**: x to the right is real, y down
is imaginary, a box's half size is ``half`` in the same way, distances are ``abs`` and turning is
multiplying. Nodes and links are numbered in the order of their names.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from loopmap.layout.measure import Label
from loopmap.loops.loop import Loop
from loopmap.model import LINK_KINDS, Link, LinkKey, SystemMap

__all__ = [
    "Flags",
    "Floats",
    "Ints",
    "LayoutGraph",
    "Points",
    "components",
    "drawn_links",
    "layout_graph",
    "part",
    "rings",
]

# What the arrays hold; numpy's own types for arithmetic are too fine to be of help here.
Points = NDArray[Any]
Floats = NDArray[Any]
Ints = NDArray[Any]
Flags = NDArray[Any]

#: Loops that shape the layout, at most; the shortest come first.
MOST_LOOPS = 60


@dataclass(frozen=True, slots=True, eq=False)
class LayoutGraph:
    """Nodes, sizes, links and loops of one part of a map.

    Attributes
    ----------
    names, keys
        What node and link numbers stand for.
    half
        Half the width and height of each node's box in em, ``(n,)``.
    ends
        Source and target of each link, ``(m, 2)``; self-links and parallel links included.
    loops
        Loops that should look round, each as the numbers of its links in order.
    delayed
        Whether a link carries delay strokes, ``(m,)``.
    signed
        Whether a link carries a sign, ``(m,)``.
    """

    names: tuple[str, ...]
    half: Points
    keys: tuple[LinkKey, ...]
    ends: Ints
    loops: tuple[tuple[int, ...], ...]
    delayed: Flags
    signed: Flags

    @property
    def area(self) -> Floats:
        """The area of each box."""
        return 4 * self.half.real * self.half.imag

    @property
    def pairs(self) -> Ints:
        """The pairs of different nodes that some link joins, each once, ``(p, 2)``, sorted."""
        return _pairs(self.ends)


def _pairs(ends: Ints) -> Ints:
    different = ends[ends[:, 0] != ends[:, 1]]
    return np.unique(np.sort(different, axis=1), axis=0).reshape(-1, 2)


def drawn_links(m: SystemMap, *, stakeholders: bool = False) -> tuple[Link, ...]:
    """The links that are drawn as lines: causal ones, and with stakeholders ``influences``."""
    return tuple(
        link for link in m.links if link.is_causal or (stakeholders and link.kind == "influences")
    )


def layout_graph(
    labels: Mapping[str, Label], links: Sequence[Link], loops: Sequence[Loop], font_size: float
) -> LayoutGraph:
    """Number everything; the loops given come before the shortest independent ones."""
    names = tuple(labels)
    number = {name: i for i, name in enumerate(names)}
    keys = tuple(link.key for link in links)
    at = {key: i for i, key in enumerate(keys)}
    ends = np.array([(number[k.source], number[k.target]) for k in keys], int).reshape(-1, 2)
    given = [tuple(at[link.key] for link in loop.links) for loop in loops]
    causal = [i for i, key in enumerate(keys) if LINK_KINDS[key.kind].loops]
    every = dict.fromkeys([*given, *rings(ends, causal)])
    half = np.array([complex(label.width, label.height) / 2 for label in labels.values()], complex)
    return LayoutGraph(
        names,
        half / font_size,
        keys,
        ends,
        tuple(every)[: max(MOST_LOOPS, len(given))],
        np.array([link.delayed for link in links], bool),
        np.array([LINK_KINDS[link.kind].signed for link in links], bool),
    )


def rings(ends: Ints, causal: Sequence[int]) -> list[tuple[int, ...]]:
    """The shortest loop through each link, shortest first, kept if it brings a new link.

    A loop is a tuple of link numbers, from the smallest node round to it again.
    """
    out: dict[int, list[tuple[int, int]]] = {}
    first: dict[tuple[int, int], int] = {}
    for i in causal:
        a, b = map(int, ends[i])
        if (a, b) not in first:  # of parallel links the first stands for all
            first[a, b] = i
            out.setdefault(a, []).append((b, i))
    found: set[tuple[int, ...]] = set()
    for (a, b), i in first.items():
        back = _shortest_path(out, b, a)
        if back is not None:
            loop = [i, *back]
            start = min(range(len(loop)), key=lambda k: ends[loop[k], 0])
            found.add(tuple(loop[start:] + loop[:start]))
    kept, seen = [], set[int]()
    for ring in sorted(found, key=lambda loop: (len(loop), [int(ends[i, 0]) for i in loop])):
        if not seen.issuperset(ring):
            seen.update(ring)
            kept.append(ring)
    return kept


def _shortest_path(
    out: Mapping[int, Sequence[tuple[int, int]]], start: int, goal: int
) -> list[int] | None:
    """The links of a shortest path, by breadth-first search; ``[]`` from a node to itself."""
    came: dict[int, tuple[int, int]] = {start: (-1, -1)}
    queue = deque([start])
    while queue and goal not in came:
        node = queue.popleft()
        for there, link in out.get(node, ()):
            if there not in came:
                came[there] = (node, link)
                queue.append(there)
    if goal not in came:
        return None
    path: list[int] = []
    while goal != start:
        goal, link = came[goal]
        path.append(link)
    return path[::-1]


def components(p: LayoutGraph) -> list[Ints]:
    """Nodes that hang together, the largest part first, then by the first name."""
    home = np.arange(len(p.names))
    for _ in range(len(home)):
        before = home.copy()
        np.minimum.at(home, p.ends[:, 0], home[p.ends[:, 1]])
        np.minimum.at(home, p.ends[:, 1], home[p.ends[:, 0]])
        home = home[home]
        if (home == before).all():
            break
    parts = [np.flatnonzero(home == root) for root in np.unique(home)]
    return sorted(parts, key=lambda nodes: (-len(nodes), int(nodes[0])))


def part(p: LayoutGraph, nodes: Ints) -> tuple[LayoutGraph, Ints]:
    """The part of a graph on some whole components, and the numbers of its links in ``p``."""
    new = np.full(len(p.names), -1)
    new[nodes] = np.arange(len(nodes))
    links = np.flatnonzero((new[p.ends] >= 0).all(axis=1)) if len(p.ends) else np.zeros(0, int)
    renumbered = {int(i): k for k, i in enumerate(links)}
    loops = tuple(
        tuple(renumbered[i] for i in loop) for loop in p.loops if renumbered.keys() >= set(loop)
    )
    smaller = LayoutGraph(
        tuple(p.names[i] for i in nodes),
        p.half[nodes],
        tuple(p.keys[i] for i in links),
        new[p.ends[links]].reshape(-1, 2),
        loops,
        p.delayed[links],
        p.signed[links],
    )
    return smaller, links
