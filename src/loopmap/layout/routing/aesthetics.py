"""How even, round and compact a map is as drawn: its arcs' lengths, angles, rings, page.

What arcs run into is the router's business; this is the rest of what a reader sees. One change at
a time is judged, in several variants: some links get other arcs, and perhaps one node moves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from loopmap.layout.geometry import cross
from loopmap.layout.layout_graph import Floats, Ints, Points
from loopmap.layout.placing.adjacency import Adjacency
from loopmap.layout.placing.stress import ASPECT
from loopmap.layout.routing.router import Router, sizes

__all__ = ["PRICES", "Shape"]

#: What each annoyance costs at its worst, in points of a hundred; a crossing is about 24 / links.
PRICES = {
    "uneven": 4.2,  # spread of the links' lengths to their mean; half the price at 0.6
    "angle": 3.1,  # mean over nodes: the narrowest gap between its links, to the even one
    "round": 6.2,  # mean over loops: area to perimeter, to the circle's
    "badge": 4.2,  # mean over loops: no room for a badge
    "stress": 3.1,  # distances on the page against steps along links; half the price at 0.15
    "page": 7.3,  # how much smaller the type must be than if text filled ``FULL`` of the page
}
#: Text fills so much of a page that is well used (median of 41 maps drawn by hand: 8.3 %).
FULL = 0.09
#: Twice the area of a loop to its perimeter, in em, that leaves room for a badge.
ROOM = 1.5


@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    """Every link in ``k`` variants of the drawing, all ``(k, m)``."""

    length: Floats
    area: Floats
    tail: Points
    head: Points
    leaves: Floats
    reaches: Floats
    low: Points
    high: Points


class Shape:
    """The shape of one routed layout, which it follows as the router changes."""

    def __init__(self, w: Adjacency, r: Router) -> None:
        self.r = r
        m, n = len(r.links), len(r.x)
        number = np.full(len(w.p.ends), -1)
        number[r.links] = np.arange(m)
        rings = [number[list(loop)] for loop in w.p.loops if len(loop) > 1]
        most = max(map(len, rings), default=0)
        # a shorter ring is padded with its last link, which is then taken off again
        self.loops: Ints = np.array(
            [np.append(ring, np.full(most - len(ring), -1)) for ring in rings], int
        ).reshape(len(rings), most)
        self.on: list[Ints] = [np.flatnonzero((self.loops == i).any(axis=1)) for i in range(m)]
        self.degree = np.bincount(np.append(r.tail, r.head), minlength=n)
        self.contexts = max(int((self.degree > 1).sum()), 1)
        hops = _hops(n, w.pairs)
        self.closeness = 1 / np.maximum(hops, 1) ** 2 * (1 - np.eye(n))
        self.hops, self.typical = hops, w.d.typical
        self.text = float(w.p.area.sum())

    def cost(
        self,
        links: Ints,
        dots: Points,
        *,
        moved: int = -1,
        to: Points | None = None,
    ) -> Floats:
        """Points for the parts of the shape that a change touches, one for each variant.

        Only differences between variants of one call mean anything.

        Parameters
        ----------
        links
            The links that change in each variant, ``(k, c)``.
        dots
            Their new arcs, ``(k, c, DOTS + 1)``.
        moved, to
            A node that moves with them, and where to in each variant, ``(k,)``.
        """
        drawn = self._with(links, dots)
        some = np.unique(links)
        nodes = np.unique(np.append(self.r.tail[some], self.r.head[some]))
        loops = np.unique(np.concatenate([self.on[i] for i in some.tolist()] or [some]))
        found = self._uneven(drawn) + self._angles(drawn, nodes) + self._rings(drawn, loops)
        found += self._page(drawn, moved, to)
        if to is not None:
            found += self._stress(moved, to)
        return found

    def whole(self) -> float:
        """Points for the whole shape."""
        r = self.r
        drawn = self._with(np.zeros((1, 0), int), np.zeros((1, 0, r.dots.shape[1]), complex))
        found = self._uneven(drawn) + self._angles(drawn, np.arange(len(r.x)))
        found += self._rings(drawn, np.arange(len(self.loops))) + self._page(drawn, -1, None)
        return float(found[0] + self._stress(0, r.x[:1])[0])

    def _with(self, links: Ints, dots: Points) -> _Drawn:
        r, rows = self.r, np.arange(len(dots))[:, None]
        new = sizes(dots)
        x, y = dots.real, dots.imag
        low, high = x.min(axis=2) + 1j * y.min(axis=2), x.max(axis=2) + 1j * y.max(axis=2)
        found = []
        for now, then in (
            (r.length, new.length),
            (r.area, new.area),
            (r.dots[:, 0], dots[..., 0]),
            (r.dots[:, -1], dots[..., -1]),
            (r.leaves, new.leaves),
            (r.reaches, new.reaches),
            (r.low, low),
            (r.high, high),
        ):
            every = np.repeat(now[None], len(dots), axis=0)
            every[rows, links] = then
            found.append(every)
        return _Drawn(*found)

    def _uneven(self, drawn: _Drawn) -> Floats:
        spread = drawn.length.std(axis=1) / np.maximum(drawn.length.mean(axis=1), 1e-9)
        return PRICES["uneven"] * spread / (spread + 0.6)

    def _angles(self, drawn: _Drawn, nodes: Ints) -> Floats:
        nodes = nodes[self.degree[nodes] > 1]
        if not len(nodes):
            return np.zeros(len(drawn.length))
        ends = self.r.ends[nodes]
        angle = np.concatenate([drawn.leaves, drawn.reaches], axis=1)[:, ends]
        angle[:, ends < 0] = np.inf  # padding goes last
        angle.sort(axis=2)
        degree = self.degree[nodes]
        last = np.take_along_axis(angle, (degree - 1)[None, :, None], axis=2)[..., 0]
        gap = angle[..., 0] + 2 * np.pi - last
        if angle.shape[2] > 1:
            with np.errstate(invalid="ignore"):
                between = np.diff(angle, axis=2)
            inner = np.arange(angle.shape[2] - 1) < (degree - 1)[:, None]
            gap = np.minimum(gap, np.where(inner, between, np.inf).min(axis=2))
        even = gap * degree / (2 * np.pi)
        return PRICES["angle"] / self.contexts * (1 - np.minimum(even, 1)).sum(axis=1)

    def _rings(self, drawn: _Drawn, loops: Ints) -> Floats:
        if not len(loops):
            return np.zeros(len(drawn.length))
        ring = self.loops[loops]
        real = ring >= 0
        after = np.where(np.roll(real, -1, axis=1), np.roll(ring, -1, axis=1), ring[:, :1])
        step = drawn.tail[:, after] - drawn.head[:, ring]
        area = drawn.area[:, ring] + cross(drawn.head[:, ring], drawn.tail[:, after]) / 2
        around = drawn.length[:, ring] + abs(step)
        area, around = (np.where(real, q, 0.0).sum(axis=2) for q in (area, around))
        wide = 2 * abs(area) / np.maximum(around, 1e-6)
        cost = PRICES["round"] * (1 - np.minimum(2 * np.pi * wide / np.maximum(around, 1e-6), 1))
        cost += PRICES["badge"] * np.maximum(1 - wide / ROOM, 0)
        return cost.sum(axis=1) / len(self.loops)

    def _stress(self, moved: int, to: Points) -> Floats:
        """Scale-free stress: how well distances keep to one multiple of steps along links."""
        x, near, hops = self.r.x, self.closeness, self.hops
        n = len(x)
        if n < 2:
            return np.zeros(len(to))
        away = abs(x[:, None] - x)
        product, square = (near * away * hops).sum() / 2, (near * away * away).sum() / 2
        old, new = away[moved], abs(to[:, None] - x)
        new[:, moved] = 0.0
        product = product + (new - old) @ (near[moved] * hops[moved])
        square = square + (new * new - old * old) @ near[moved]
        pairs = n * (n - 1) / 2
        stress = np.maximum(1 - product * product / np.maximum(square, 1e-9) / pairs, 0)
        return PRICES["stress"] * stress / (stress + 0.15)

    def _page(self, drawn: _Drawn, moved: int, to: Points | None) -> Floats:
        """How much smaller the type must be, for the map to fit, than on a page well filled."""
        r = self.r
        boxes = np.arange(len(r.x)) != moved
        size = []
        for part in ("real", "imag"):
            x, half = getattr(r.x, part), getattr(r.half, part)
            low = (x - half).min(where=boxes, initial=np.inf)
            high = (x + half).max(where=boxes, initial=-np.inf)
            low = np.minimum(getattr(drawn.low, part).min(axis=1, initial=np.inf), low)
            high = np.maximum(getattr(drawn.high, part).max(axis=1, initial=-np.inf), high)
            if to is not None:
                at = getattr(to, part)
                low, high = np.minimum(low, at - half[moved]), np.maximum(high, at + half[moved])
            size.append(high - low)
        need = np.maximum(size[0], size[1] * ASPECT)
        good = np.sqrt(self.text * ASPECT / FULL)
        return PRICES["page"] * np.maximum(1 - good / np.maximum(need, 1e-9), 0)


def _hops(n: int, pairs: Ints) -> Floats:
    """Steps along links between nodes, one more than the most where there is no way."""
    found = np.full((n, n), np.inf)
    np.fill_diagonal(found, 0.0)
    a, b = pairs.T
    found[a, b] = found[b, a] = 1.0
    for k in range(n):
        np.minimum(found, found[:, k : k + 1] + found[k], out=found)
    finite = np.isfinite(found)
    found[~finite] = found[finite].max(initial=0.0) + 1
    return found
