"""The arcs of one layout, link by link: what is drawn now, and what could be instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from loopmap.layout.curves import point_at, trace
from loopmap.layout.geometry import cross, near_rectangle
from loopmap.layout.layout_graph import Flags, Floats, Ints, LayoutGraph, Points
from loopmap.layout.routing.arcs import (
    DOTS,
    EVEN,
    PIECES,
    Fan,
    control_points,
    fan,
    there_and_back,
    wanted_bulge,
)

__all__ = ["Router", "Sizes", "sizes"]

#: On maps of more links than this each stands as half as many pieces while others are judged.
MANY = 150
#: The direction of an arc at its ends is that of its first stretch, of so many em.
_STRETCH = 1.4
#: No links that stay.
_NONE: Mapping[int, Points] = MappingProxyType({})
#: Pieces of each curve of a chain while points are set along it.
_FINE = 24


@dataclass(frozen=True, slots=True, eq=False)
class Sizes:
    """What the shape of a map depends on, of each of many arcs."""

    length: Floats
    area: Floats  # swept from the origin, signed
    leaves: Floats  # direction in which the arc leaves its tail
    reaches: Floats  # direction in which it is seen from its head


def sizes(dots: Points) -> Sizes:
    """Measure arcs given as points along their last axis."""
    step = np.diff(dots, axis=-1)
    length = abs(step).sum(axis=-1)
    area = cross(dots[..., :-1], dots[..., 1:]).sum(axis=-1) / 2
    k = np.rint(_STRETCH * DOTS / np.maximum(length, 1e-6)).astype(int)
    k = np.minimum(np.maximum(k, 1), DOTS // 2)[..., None]
    out = np.take_along_axis(dots, k, axis=-1)[..., 0] - dots[..., 0]
    back = np.take_along_axis(dots, DOTS - k, axis=-1)[..., 0] - dots[..., -1]
    return Sizes(length, area, np.arctan2(out.imag, out.real), np.arctan2(back.imag, back.real))


class Router:
    """The arcs of one layout. ``x`` holds the centres, which polishing may change.

    Links from a node to itself are left out; ``links`` are the numbers of the others. Those in
    ``kept``, by their number in the graph, stay as they were drawn earlier.
    """

    def __init__(
        self, p: LayoutGraph, x: Points, kept: Mapping[int, Points] = MappingProxyType({})
    ) -> None:
        self.p, self.x, self.half = p, x.copy(), p.half
        self.links: Ints = np.flatnonzero(p.ends[:, 0] != p.ends[:, 1])
        self.tail, self.head = p.ends[self.links].T
        m, n = len(self.links), len(p.names)
        self.at = [np.flatnonzero((self.tail == v) | (self.head == v)) for v in range(n)]
        # ends of links at each node: the link's number, plus m where it is its head; -1 for none
        self.ends: Ints = np.full((n, max(map(len, self.at), default=0)), -1)
        for v, own in enumerate(self.at):
            self.ends[v, : len(own)] = np.where(self.tail[own] == v, own, own + m)
        self.crossed = _crossings(x[self.tail], x[self.head]) / max(m, 1)
        self.lens: Flags = there_and_back(p)[self.links]
        self.request()
        self.bulge = np.where(abs(self.want) < 0.04, 0.05, self.want)
        self.skew, self.slide = np.zeros(m), np.zeros(m, complex)
        self.dots = np.zeros((m, DOTS + 1), complex)
        self.low, self.high = np.zeros((2, m), complex)
        self.length, self.area, self.leaves, self.reaches = np.zeros((4, m))
        self.per = PIECES if m <= MANY else PIECES // 2
        # each piece of each line: the unit normal and its offset, the way along and its begin
        self.normal, self.offset = np.zeros((m, self.per), complex), np.zeros((m, self.per))
        self.along, self.begin = np.zeros((m, self.per), complex), np.zeros((m, self.per))
        self.detours: dict[int, Points] = {}  # links that take several arcs (see ``detour``)
        self.clock = 1
        self.changed, self.looked = np.ones(m, int), np.zeros(m, int)
        every = np.arange(m)
        if m:
            self.take(every, self.drawn(every).dots)
        self.fixed: Flags = np.isin(self.links, list(kept))
        self._keep({i: kept[int(self.links[i])] for i in np.flatnonzero(self.fixed).tolist()})

    def request(self) -> None:
        """Work out the wanted bulges for where the nodes are now."""
        want, weight = wanted_bulge(self.p, self.x)
        self.want, self.weight = want[self.links], weight[self.links]

    # -- shapes ------------------------------------------------------------------------------

    @property
    def line(self) -> Points:
        """Every link as a polyline, ``(m, per + 1)``."""
        return self.dots[:, :: DOTS // self.per]

    def drawn(self, links: Ints) -> Fan:
        """The arcs of some links as they are now."""
        a, b = self.tail[links], self.head[links]
        x, half = self.x, self.half
        shape = self.bulge[links], self.skew[links], self.slide[links]
        return fan(x[a], x[b], half[a], half[b], *shape)

    def tried(
        self,
        links: Ints,
        bulge: Floats,
        *,
        skew: Floats | None = None,
        slide: Points | None = None,
        moved: int = -1,
        to: Points | None = None,
    ) -> Fan:
        """Arcs of other shapes, one for each of ``links``; node ``moved`` stands at ``to``."""
        a, b = self.tail[links], self.head[links]
        tail, head = self.x[a], self.x[b]
        if to is not None:
            tail, head = np.where(a == moved, to, tail), np.where(b == moved, to, head)
        skew = self.skew[links] if skew is None else skew
        slide = self.slide[links] if slide is None else slide
        return fan(tail, head, self.half[a], self.half[b], bulge, skew, slide)

    def take(self, links: Ints, dots: Points) -> None:
        """Draw some links anew."""
        self.dots[links] = dots
        x, y = dots.real, dots.imag
        self.low[links] = x.min(axis=1) + 1j * y.min(axis=1)
        self.high[links] = x.max(axis=1) + 1j * y.max(axis=1)
        line = dots[:, :: DOTS // self.per]
        start, d = line[:, :-1], np.diff(line, axis=1)
        size = np.maximum(abs(d), 1e-6)
        normal, along = 1j * d / size, d / (size * size)
        self.normal[links], self.offset[links] = normal, (normal.conj() * start).real
        self.along[links], self.begin[links] = along, (along.conj() * start).real
        new = sizes(dots)
        self.length[links], self.area[links] = new.length, new.area
        self.leaves[links], self.reaches[links] = new.leaves, new.reaches
        self.clock += 1
        self.changed[links] = self.clock

    def _keep(self, curves: Mapping[int, Points]) -> None:
        """Draw links as they were; single arcs together, as points that are even in ``t``."""
        single = [i for i, curve in curves.items() if len(curve) == 4]
        if single:
            self.detours |= {i: curves[i] for i in single}
            points = np.array([curves[i] for i in single]).T[..., None]
            self.take(np.array(single), point_at(points, EVEN))
        for i in curves.keys() - set(single):
            self.lead(i, curves[i])

    def lead(self, link: int, curve: Points) -> None:
        """Draw a link along several arcs, a chain of curves."""
        self.detours[link] = curve
        fine = trace(curve, _FINE)
        way = np.concatenate([[0.0], np.cumsum(abs(np.diff(fine)))])
        even = np.linspace(0, way[-1], DOTS + 1)
        self.take(np.array([link]), np.interp(even, way, fine)[None])

    def let_go(self, links: Ints) -> None:
        """Draw some links that were kept, or led along several arcs, as single arcs again."""
        self.fixed[links] = False
        for i in links.tolist():
            self.detours.pop(i, None)
        if len(links):
            self.take(links, self.drawn(links).dots)

    def meets(self, low: complex, high: complex, room: float) -> Flags:
        """Whose bounds come near a rectangle."""
        return near_rectangle(self.low, self.high, low, high, room)

    def pieces(self, links: Ints, low: complex, high: complex, room: float) -> Ints:
        """Which pieces of some links come near a rectangle, as link * per + piece."""
        line = self.dots[links, :: DOTS // self.per]
        x, y = line.real, line.imag
        left, right = np.minimum(x[:, 1:], x[:, :-1]), np.maximum(x[:, 1:], x[:, :-1])
        top, bottom = np.minimum(y[:, 1:], y[:, :-1]), np.maximum(y[:, 1:], y[:, :-1])
        near = (left < high.real + room) & (right > low.real - room)
        near &= (top < high.imag + room) & (bottom > low.imag - room)
        link, piece = np.nonzero(near)
        return links[link] * self.per + piece

    def curves(self) -> list[Points]:
        """Control points of every link's visible stretch, in the order of ``links``."""
        arcs = control_points(self.drawn(np.arange(len(self.links))))
        return [self.detours.get(i, arc) for i, arc in enumerate(arcs)]


def _crossings(tail: Points, head: Points) -> int:
    """How often straight links cross that share no end."""
    to_tail, to_head = (cross(head - tail, z[:, None] - tail) for z in (tail, head))
    apart = to_tail * to_head < -1e-6  # (links, other links that lie to both sides)
    return int((apart & apart.T).sum()) // 2
