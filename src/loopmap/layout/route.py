"""Step 5, *route*: the way each link takes.

Each link is one arc. Arcs start out bulging along their loops; then link after link tries other
bulges, ports on its boxes and leans, and takes what a reader would trip over least. Nodes in
trouble may still move, together with their arcs.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from loopmap.layout.arcs import PIECES, Fan, control_points, fan, there_and_back, wanted_bulge
from loopmap.layout.problem import Flags, Floats, Ints, Problem

__all__ = ["Router"]

BULGES = np.array(
    [-0.55, -0.42, -0.32, -0.24, -0.17, -0.11, -0.06, 0, 0.06, 0.11, 0.17, 0.24, 0.32, 0.42, 0.55]
)
_SLIDES = np.stack(np.meshgrid([-0.9, -0.45, 0, 0.45, 0.9], [-0.9, -0.45, 0, 0.45, 0.9]), -1)
SLIDES = _SLIDES.reshape(-1, 2)
_LEANS = np.stack(np.meshgrid([-0.28, -0.15, 0.15, 0.28], BULGES[np.abs(BULGES) > 0.07]), -1)
LEANS = _LEANS.reshape(-1, 2)

#: What an arc costs for each thing a reader trips over.
CROSSING, SHARP = 1.0, 0.8
#: Nearer to someone's text than so many em costs so much (cumulative).
TEXT = ((0.0, 1.4), (0.1, 1.2), (0.35, 0.6), (0.8, 0.3))
ALONGSIDE, ALONGSIDE_ROOM = 2.0, 0.7
HEAD_ROOM, TAIL_ROOM = 1.3, 0.7
SHORTEST = 2.4


class Router:
    """The arcs of one layout. ``x`` holds the centres, which polishing may change.

    Links from a node to itself are left out; ``links`` are the numbers of the others.
    """

    def __init__(self, p: Problem, x: Floats) -> None:
        self.p, self.x, self.half = p, x.copy(), p.half
        self.links: Ints = (
            np.flatnonzero(p.ends[:, 0] != p.ends[:, 1]) if len(p.ends) else np.zeros(0, int)
        )
        self.tail, self.head = p.ends[self.links].T
        m, n = len(self.links), len(p.names)
        self.at = [np.flatnonzero((self.tail == v) | (self.head == v)) for v in range(n)]
        self.lens: Flags = there_and_back(p)[self.links]
        self.wish()
        self.bulge = np.where(np.abs(self.want) < 0.04, 0.05, self.want)
        self.skew, self.slide = np.zeros(m), np.zeros((m, 2))
        self.line = np.zeros((m, PIECES + 1, 2))
        self.low, self.high = np.zeros((m, 2)), np.zeros((m, 2))
        self.normal, self.offset = np.zeros((m, PIECES, 2)), np.zeros((m, PIECES))
        self.along, self.begin = np.zeros((m, PIECES, 2)), np.zeros((m, PIECES))
        self.clock = 1
        self.changed, self.looked = np.ones(m, int), np.zeros(m, int)
        if m:
            self.take(np.arange(m), self.drawn(np.arange(m)).line)

    def wish(self) -> None:
        """Work out the wanted bulges for where the nodes are now."""
        want, weight = wanted_bulge(self.p, self.x)
        self.want, self.weight = want[self.links], weight[self.links]

    # -- shapes ------------------------------------------------------------------------------

    def drawn(self, links: Ints) -> Fan:
        """The arcs of some links as they are now."""
        a, b = self.tail[links], self.head[links]
        return fan(
            self.x[a],
            self.x[b],
            self.half[a],
            self.half[b],
            self.bulge[links],
            self.skew[links],
            self.slide[links],
        )

    def tried(
        self,
        i: int,
        bulge: Floats,
        *,
        skew: Floats | None = None,
        slide: Floats | None = None,
        moved: int = -1,
        to: Floats | None = None,
    ) -> Fan:
        """Arcs of other shapes for link ``i``, perhaps with node ``moved`` at places ``to``."""
        k = len(bulge)
        a, b = int(self.tail[i]), int(self.head[i])
        tail = to if a == moved and to is not None else np.broadcast_to(self.x[a], (k, 2))
        head = to if b == moved and to is not None else np.broadcast_to(self.x[b], (k, 2))
        skew = np.full(k, self.skew[i]) if skew is None else skew
        slide = np.broadcast_to(self.slide[i], (k, 2)) if slide is None else slide
        half = self.half
        return fan(tail, head, half[a : a + 1], half[b : b + 1], bulge, skew, slide)

    def take(self, links: Ints, line: Floats) -> None:
        """Draw some links anew."""
        self.line[links] = line
        self.low[links], self.high[links] = line.min(axis=1), line.max(axis=1)
        start, d = line[:, :-1], np.diff(line, axis=1)
        squared = np.maximum((d * d).sum(axis=2), 1e-12)[..., None]
        normal = np.stack([-d[..., 1], d[..., 0]], axis=-1) / np.sqrt(squared)
        self.normal[links], self.offset[links] = normal, (normal * start).sum(axis=2)
        self.along[links] = d / squared
        self.begin[links] = (start * d / squared).sum(axis=2)
        self.clock += 1
        self.changed[links] = self.clock

    # -- cost --------------------------------------------------------------------------------

    def cost(
        self,
        i: int,
        f: Fan,
        *,
        skip: Ints | Sequence[int] = (),
        moved: int = -1,
        to: Floats | None = None,
    ) -> Floats:
        """What each arc of a fan for link ``i`` costs, all other arcs staying as they are.

        Links in ``skip`` are not looked at; node ``moved`` stands at ``to``.
        """
        low, high = f.line.min(axis=(0, 1)), f.line.max(axis=(0, 1))
        near = ((self.low < high + 0.8) & (self.high > low - 0.8)).all(axis=1)
        near[i] = False
        near[np.asarray(skip, int)] = False
        others = np.flatnonzero(near)
        cost = self._shape(i, f) + 5.0 * f.gone
        if len(others):
            cost += self._crossings(f, others) + self._alongside(f, others)
        cost += self._text(i, f, low, high, moved)
        cost += self._own_boxes(i, f, moved, to)
        return cost + self._ends(i, f, skip, moved)

    def _shape(self, i: int, f: Fan) -> Floats:
        chord = np.hypot(*(f.line[:, -1] - f.line[:, 0]).T)
        size = np.abs(f.bulge)
        cost = 0.9 * np.clip(1 - chord / SHORTEST, 0, None)
        cost += 6.5 * np.clip(size - 0.3, 0, None) + 0.25 * (size < 0.03)
        voice = 0.12 + 0.6 * min(1.0, self.weight[i])
        cost += 0.27 * voice * ((f.bulge - self.want[i]) / 0.12) ** 2
        if self.lens[i]:
            cost += 6 * np.clip(0.13 - f.bulge, 0, 0.26)
        return cost

    def _crossings(self, f: Fan, others: Ints) -> Floats:
        """Where the parabola meets the lines through all pieces of the others, solved for t."""
        normal = self.normal[others].reshape(-1, 2).T
        a, b = f.e2 @ normal, f.e1 @ normal
        c = f.e0 @ normal - self.offset[others].ravel()
        square = b * b - 4 * a * c
        k, s = np.nonzero(square >= 0)
        a, b, c = a[k, s], b[k, s], c[k, s]
        q = -0.5 * (b + np.where(b < 0, -1.0, 1.0) * np.sqrt(square[k, s]))
        with np.errstate(divide="ignore", invalid="ignore"):
            roots = np.concatenate([q / a, c / q])
        k, s = np.concatenate([k, k]), np.concatenate([s, s])
        on = (roots >= f.start[k]) & (roots <= f.end[k])
        k, s, t = k[on], s[on], roots[on]
        along = self.along[others].reshape(-1, 2)[s]
        z = f.e0[k] + t[:, None] * (f.e1[k] + t[:, None] * f.e2[k])
        u = (z * along).sum(axis=1) - self.begin[others].ravel()[s]
        met = (u >= 0) & (u < 1)
        k, along, t = k[met], along[met], t[met]
        way = f.e1[k] + 2 * t[:, None] * f.e2[k]
        lengths = (way * way).sum(axis=1) * (along * along).sum(axis=1)
        cosine = (way * along).sum(axis=1) ** 2 / np.maximum(lengths, 1e-12)
        return np.bincount(k, CROSSING + SHARP * cosine * cosine, len(f.e0))

    def _alongside(self, f: Fan, others: Ints) -> Floats:
        points = f.line[:, 2:-1:2]
        k, each = points.shape[:2]
        flat = points.reshape(-1, 2)
        away = np.abs(flat @ self.normal[others].reshape(-1, 2).T - self.offset[others].ravel())
        r, s = np.nonzero(away < ALONGSIDE_ROOM)
        if not len(r):
            return np.zeros(k)
        along = self.along[others].reshape(-1, 2)[s]
        u = (flat[r] * along).sum(axis=1) - self.begin[others].ravel()[s]
        on = (u >= 0) & (u <= 1)
        r, s = r[on], s[on]
        close = 1 - away[r, s] / ALONGSIDE_ROOM
        return ALONGSIDE / each * np.bincount(r // each, close, k)

    def _text(self, i: int, f: Fan, low: Floats, high: Floats, moved: int) -> Floats:
        reach = self.half + TEXT[-1][0]
        middle, room = (low + high) / 2, (high - low) / 2
        close = (np.abs(self.x - middle) < reach + room).all(axis=1)
        close[[self.tail[i], self.head[i]]] = False
        if moved >= 0:
            close[moved] = False
        others = np.flatnonzero(close)
        cost = np.zeros(len(f.e0))
        if not len(others):
            return cost
        z = f.line[:, :, None]
        out = (np.abs(z - self.x[others]) - self.half[others]).max(axis=3).min(axis=1)
        for margin, price in TEXT:
            cost += price * (out < margin).sum(axis=1)
        return cost

    def _own_boxes(self, i: int, f: Fan, moved: int, to: Floats | None) -> Floats:
        """An arc must not dive back into the boxes at its ends."""
        cost = np.zeros(len(f.e0))
        for v in (int(self.tail[i]), int(self.head[i])):
            centre = to[:, None] if v == moved and to is not None else self.x[v]
            inside = (np.abs(f.line[:, 1:-1] - centre) < self.half[v] - 0.1).all(axis=2)
            cost += 1.5 * inside.any(axis=1)
        return cost

    def _ends(self, i: int, f: Fan, skip: Ints | Sequence[int], moved: int) -> Floats:
        """Room between the ends of links on one box, more if one of them has a head."""
        cost = np.zeros(len(f.e0))
        for v, end in ((int(self.tail[i]), 0), (int(self.head[i]), -1)):
            if v == moved:
                continue
            others = self.at[v][self.at[v] != i]
            if len(skip):
                others = np.setdiff1d(others, skip)
            if not len(others):
                continue
            is_tail = self.tail[others] == v
            there = np.where(is_tail[:, None], self.line[others, 0], self.line[others, -1])
            need = np.where(is_tail & (end == 0), TAIL_ROOM, HEAD_ROOM)
            away = np.hypot(*np.moveaxis(f.line[:, end][:, None] - there, -1, 0))
            cost += 0.8 * np.clip(1 - away / need, 0, None).sum(axis=1)
        return cost

    def costs(self) -> Floats:
        """What each arc costs as it is."""
        every = np.arange(len(self.links))
        return np.array([self.cost(i, self.tried(i, self.bulge[i : i + 1]))[0] for i in every])

    # -- search ------------------------------------------------------------------------------

    def improve(self, rng: np.random.Generator, sweeps: int) -> None:
        """Give link after link the best arc it finds, until nothing changes."""
        for _ in range(sweeps):
            before = self.clock
            for i in rng.permutation(len(self.links)):
                if self._settled(int(i)):
                    continue
                self.looked[i] = self.clock
                self._improve(int(i), rng)
            if self.clock == before:
                break

    def _settled(self, i: int) -> bool:
        """Whether nothing changed nearby since this link was last looked at."""
        near = ((self.low < self.high[i] + 2) & (self.high > self.low[i] - 2)).all(axis=1)
        return bool(self.changed[near].max(initial=0) <= self.looked[i])

    def _improve(self, i: int, rng: np.random.Generator) -> None:
        now = self.bulge[i]
        bulge = np.concatenate([[now], BULGES, [self.want[i]], now + rng.normal(0, 0.03, 2)])
        f = self.tried(i, bulge)
        best, cost = self._best(i, f, self.cost(i, f))
        self.bulge[i] = bulge[best]
        if cost > 0.35:
            slide = np.vstack([self.slide[i], SLIDES])
            f = self.tried(i, np.full(len(slide), self.bulge[i]), slide=slide)
            best, cost = self._best(i, f, self.cost(i, f) + 0.03 * np.abs(slide).sum(axis=1))
            self.slide[i] = slide[best]
        if cost > 0.8:  # still in trouble: lean the arc to one end
            skew = np.concatenate([[self.skew[i]], LEANS[:, 0]])
            bulge = np.concatenate([[self.bulge[i]], LEANS[:, 1]])
            f = self.tried(i, bulge, skew=skew)
            best, cost = self._best(i, f, self.cost(i, f) + 0.25 * np.abs(skew))
            self.bulge[i], self.skew[i] = bulge[best], skew[best]

    def _best(self, i: int, f: Fan, cost: Floats) -> tuple[int, float]:
        """Take the cheapest arc of a fan; the first is the one the link has."""
        best = int(cost.argmin())
        if cost[best] > cost[0] - 1e-6:
            return 0, float(cost[0])
        self.take(np.array([i]), f.line[best : best + 1])
        return best, float(cost[best])

    def curves(self) -> list[Floats]:
        """Control points of every link's visible stretch, in the order of ``links``."""
        return (
            list(control_points(self.drawn(np.arange(len(self.links))))) if len(self.links) else []
        )
