"""A map as numbers: what every step of the layout reads and none changes.

Inside the layout the unit is the **em**, the size of the type, so that a picture does not depend
on how large it is printed, and a **point is a complex number**: x to the right is real, y down
is imaginary, a box's half size is ``half`` in the same way, distances are ``abs`` and turning is
multiplying. Nodes and links are numbered in the order of their names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from loopmap.errors import TooLargeError
from loopmap.layout.measure import Label
from loopmap.loops.choosing.shortest_independent import shortest_independent
from loopmap.loops.graph import LoopGraph
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
    """The shortest independent loops; of parallel links the first stands for all.

    By length, then by names; a loop is a tuple of link numbers, from the smallest node round to it
    again. None where the map is too large for them: then nothing needs to look round.
    """
    source, target = (tuple(int(v) for v in column) for column in ends.T)
    first: dict[tuple[int, int], int] = {}
    for i in causal:
        first.setdefault((source[i], target[i]), i)
    plain = (0,) * len(source)
    graph = LoopGraph((), (), source, target, plain, tuple(map(bool, plain)))
    try:
        found, _ = shortest_independent(graph, first.values())
    except TooLargeError:
        return []
    return sorted(found, key=graph.order)


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
