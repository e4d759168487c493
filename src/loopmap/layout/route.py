"""Step 5, *route*: the way each link takes.

Each link is one arc. Arcs start out bulging along their loops; then link after link tries other
bulges, ports on its boxes and leans, and takes what a reader would trip over least.
"""

from __future__ import annotations

import numpy as np

from loopmap.layout.arcs import DOTS, PIECES, Fan, control_points, fan, there_and_back, wanted_bulge
from loopmap.layout.geometry import outside
from loopmap.layout.problem import Flags, Floats, Ints, Points, Problem

__all__ = ["BULGES", "Router", "text_cost"]

BULGES = np.array(
    [-0.55, -0.42, -0.32, -0.24, -0.17, -0.11, -0.06, 0, 0.06, 0.11, 0.17, 0.24, 0.32, 0.42, 0.55]
)
_FIVE = np.array([-0.9, -0.45, 0, 0.45, 0.9])
SLIDES = (_FIVE[:, None] + 1j * _FIVE).ravel()
_LEANS = np.stack(np.meshgrid([-0.28, -0.15, 0.15, 0.28], BULGES[abs(BULGES) > 0.07]), -1)
LEANS = _LEANS.reshape(-1, 2)

#: What an arc costs for each thing a reader trips over. On dense maps a crossing more says little.
CROSSING, SHARP, DENSE = 1.0, 0.8, 1.9
#: Nearer to someone's text than so many em costs so much more.
TEXT = ((0.0, 1.4), (0.1, 1.2), (0.35, 1.2), (0.8, 0.3))
ALONGSIDE, ALONGSIDE_ROOM = 2.0, 0.7
HEAD_ROOM, TAIL_ROOM = 1.3, 0.7
#: A line through another link's head, or so near, makes that link point at the line.
FOREIGN_HEAD, FOREIGN_HEAD_ROOM = 1.6, 1.3
SHORTEST = 2.4


class Router:
    """The arcs of one layout. ``x`` holds the centres, which polishing may change.

    Links from a node to itself are left out; ``links`` are the numbers of the others.
    """

    def __init__(self, p: Problem, x: Points) -> None:
        self.p, self.x, self.half = p, x.copy(), p.half
        self.links: Ints = np.flatnonzero(p.ends[:, 0] != p.ends[:, 1])
        self.tail, self.head = p.ends[self.links].T
        m, n = len(self.links), len(p.names)
        self.at = [np.flatnonzero((self.tail == v) | (self.head == v)) for v in range(n)]
        self.price = CROSSING * min(1.0, (DENSE * n / max(m, 1)) ** 2)
        self.lens: Flags = there_and_back(p)[self.links]
        self.wish()
        self.bulge = np.where(abs(self.want) < 0.04, 0.05, self.want)
        self.skew, self.slide = np.zeros(m), np.zeros(m, complex)
        self.dots = np.zeros((m, DOTS + 1), complex)
        self.low, self.high = np.zeros((2, m), complex)
        # each piece of each line: the unit normal and its offset, the way along and its begin
        self.normal, self.offset = np.zeros((m, PIECES), complex), np.zeros((m, PIECES))
        self.along, self.begin = np.zeros((m, PIECES), complex), np.zeros((m, PIECES))
        self.detours: dict[int, Points] = {}  # links that take several arcs (see ``detour``)
        self.clock = 1
        self.changed, self.looked = np.ones(m, int), np.zeros(m, int)
        every = np.arange(m)
        if m:
            self.take(every, self.drawn(every).dots)

    def wish(self) -> None:
        """Work out the wanted bulges for where the nodes are now."""
        want, weight = wanted_bulge(self.p, self.x)
        self.want, self.weight = want[self.links], weight[self.links]

    # -- shapes ------------------------------------------------------------------------------

    @property
    def line(self) -> Points:
        """Every link as a polyline, ``(m, PIECES + 1)``."""
        return self.dots[:, :: DOTS // PIECES]

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
        line = dots[:, :: DOTS // PIECES]
        start, d = line[:, :-1], np.diff(line, axis=1)
        size = np.maximum(abs(d), 1e-6)
        normal, along = 1j * d / size, d / (size * size)
        self.normal[links], self.offset[links] = normal, (normal.conj() * start).real
        self.along[links], self.begin[links] = along, (along.conj() * start).real
        self.clock += 1
        self.changed[links] = self.clock

    # -- cost --------------------------------------------------------------------------------

    def cost(
        self, links: Ints, f: Fan, *, skip: Ints, moved: int = -1, to: Points | None = None
    ) -> Floats:
        """What each arc of a fan costs, one for each of ``links``, all others staying put.

        The links in ``skip`` are not looked at at all; node ``moved`` stands at ``to``.
        """
        x, y = f.dots.real, f.dots.imag
        low, high = complex(x.min(), y.min()), complex(x.max(), y.max())
        near = self.meets(low, high, 0.8)
        near[skip] = False
        others = np.flatnonzero(near)
        cost = self._shape(links, f)
        if len(others):
            cost += self._crossings(links, f, others) + self._alongside(links, f, others)
            cost += self._heads(links, f, others)
        cost += self._text(links, f, low, high, moved)
        cost += self._own_boxes(links, f, moved, to)
        return cost + self._ends(links, f, skip, moved)

    def meets(self, low: complex, high: complex, room: float) -> Flags:
        """Whose bounds come near a rectangle."""
        return (
            (self.low.real < high.real + room)
            & (self.high.real > low.real - room)
            & (self.low.imag < high.imag + room)
            & (self.high.imag > low.imag - room)
        )

    def _shape(self, links: Ints, f: Fan) -> Floats:
        size = abs(f.bulge)
        cost = 0.9 * np.maximum(1 - abs(f.dots[:, -1] - f.dots[:, 0]) / SHORTEST, 0)
        cost += 6.5 * np.maximum(size - 0.3, 0) + 0.25 * (size < 0.03) + 5.0 * f.gone
        voice = 0.12 + 0.6 * np.minimum(1.0, self.weight[links])
        off = (f.bulge - self.want[links]) / 0.12
        cost += 0.27 * voice * off * off
        flat = np.minimum(np.maximum(0.13 - f.bulge, 0), 0.26)
        return cost + 6 * flat * self.lens[links]

    def _crossings(self, links: Ints, f: Fan, others: Ints) -> Floats:
        """Where the parabola meets the lines through all pieces of the others, solved for t."""
        normal = _real(self.normal[others]).T
        a, b = _real(f.e2) @ normal, _real(f.e1) @ normal
        c = _real(f.e0) @ normal - self.offset[others].ravel()
        square = b * b - 4 * a * c
        flat = np.flatnonzero(square >= 0)
        k, s = np.divmod(flat, a.shape[1])
        a, b, c = a.ravel()[flat], b.ravel()[flat], c.ravel()[flat]
        q = -0.5 * (b + np.copysign(np.sqrt(square.ravel()[flat]), b))
        with np.errstate(divide="ignore", invalid="ignore"):
            first, second = q / a, c / q
        low, high = f.start[k], f.end[k]
        one = np.flatnonzero((first >= low) & (first <= high))
        two = np.flatnonzero((second >= low) & (second <= high))
        t = np.concatenate([first[one], second[two]])
        on = np.concatenate([one, two])
        k, s = k[on], s[on]
        along = self.along[others].ravel()[s]
        z = f.e0[k] + t * (f.e1[k] + t * f.e2[k])
        u = (z * along.conj()).real - self.begin[others].ravel()[s]
        met = (u >= 0) & (u < 1) & (others[s // PIECES] != links[k])
        k, along, t = k[met], along[met], t[met]
        way = f.e1[k] + 2 * t * f.e2[k]
        cosine = (way * along.conj()).real ** 2 / np.maximum(abs(way * along) ** 2, 1e-12)
        return np.bincount(k, self.price * (1 + SHARP * cosine * cosine), len(f.e0))

    def _alongside(self, links: Ints, f: Fan, others: Ints) -> Floats:
        points = f.dots[:, 4:-3:4]
        k, each = points.shape
        flat = points.ravel()
        away = abs(_real(flat) @ _real(self.normal[others]).T - self.offset[others].ravel())
        hit = np.flatnonzero(away < ALONGSIDE_ROOM)
        if not len(hit):
            return np.zeros(k)
        r, s = np.divmod(hit, away.shape[1])
        along = self.along[others].ravel()[s]
        u = (flat[r] * along.conj()).real - self.begin[others].ravel()[s]
        on = (u >= 0) & (u <= 1) & (others[s // PIECES] != links[r // each])
        close = 1 - away.ravel()[hit[on]] / ALONGSIDE_ROOM
        return ALONGSIDE / each * np.bincount(r[on] // each, close, k)

    def _heads(self, links: Ints, f: Fan, others: Ints) -> Floats:
        """Lines that run through heads: these arcs through the others', and the other way round."""
        lines, tips = f.dots, f.dots[:, -1]
        theirs = self.dots[others, -1]
        near = _within(theirs, lines)
        heads = others[near]
        away = abs(lines[:, :, None] - theirs[near]).min(axis=1, initial=9.0)
        apart = (self.head[links][:, None] != self.head[heads]) & (
            self.tail[links][:, None] != self.head[heads]
        )
        cost = (np.maximum(1 - away / FOREIGN_HEAD_ROOM, 0) * apart).sum(axis=1)
        low, high = (
            complex(tips.real.min(), tips.imag.min()),
            complex(tips.real.max(), tips.imag.max()),
        )
        passing = others[self.meets(low, high, FOREIGN_HEAD_ROOM)[others]]
        away = abs(tips[:, None, None] - self.dots[passing]).min(axis=2, initial=9.0)
        apart = (self.head[links][:, None] != self.head[passing]) & (
            self.head[links][:, None] != self.tail[passing]
        )
        cost += (np.maximum(1 - away / FOREIGN_HEAD_ROOM, 0) * apart).sum(axis=1)
        return FOREIGN_HEAD * cost

    def _text(self, links: Ints, f: Fan, low: complex, high: complex, moved: int) -> Floats:
        reach = self.half + (1 + 1j) * TEXT[-1][0]
        x = self.x
        close = (x.real > low.real - reach.real) & (x.real < high.real + reach.real)
        close &= (x.imag > low.imag - reach.imag) & (x.imag < high.imag + reach.imag)
        if moved >= 0:
            close[moved] = False
        others = np.flatnonzero(close)
        if not len(others):
            return np.zeros(len(f.e0))
        out = outside(f.dots[:, :, None] - x[others], self.half[others]).min(axis=1)
        out[(self.tail[links][:, None] == others) | (self.head[links][:, None] == others)] = 9.0
        return text_cost(out)

    def _own_boxes(self, links: Ints, f: Fan, moved: int, to: Points | None) -> Floats:
        """An arc must not dive back into the boxes at its ends."""
        cost = np.zeros(len(f.e0))
        for v in (self.tail[links], self.head[links]):
            centre = self.x[v] if to is None else np.where(v == moved, to, self.x[v])
            out = outside(f.dots[:, 2:-2:2] - centre[:, None], self.half[v][:, None])
            cost += 1.5 * (out.min(axis=1) < -0.1)
        return cost

    def _ends(self, links: Ints, f: Fan, skip: Ints, moved: int) -> Floats:
        """Room between the ends of links on one box, more if one of them has a head."""
        cost = np.zeros(len(f.e0))
        left_out = np.zeros(len(self.links), bool)
        left_out[skip] = True
        for nodes, end in ((self.tail[links], 0), (self.head[links], -1)):
            for v in set(nodes.tolist()) - {moved}:
                others = self.at[v]
                others = others[~left_out[others]]
                if not len(others):
                    continue
                mine = np.flatnonzero(nodes == v)
                leaves = self.tail[others] == v
                there = np.where(leaves, self.dots[others, 0], self.dots[others, -1])
                need = np.where(leaves & (end == 0), TAIL_ROOM, HEAD_ROOM)
                close = np.maximum(1 - abs(f.dots[mine, end][:, None] - there) / need, 0)
                cost[mine] += 0.8 * (close * (others != links[mine, None])).sum(axis=1)
        return cost

    def costs(self) -> Floats:
        """What each arc costs as it is."""
        every, none = np.arange(len(self.links)), np.zeros(0, int)
        some = np.array_split(every, max(1, len(every) // 40))
        return np.concatenate(
            [self.cost(i, self.drawn(i), skip=none) for i in some if len(i)] or [none]
        )

    # -- search ------------------------------------------------------------------------------

    def improve(self, rng: np.random.Generator, sweeps: int) -> None:
        """Give link after link the best arc it finds, until nothing changes."""
        for _ in range(sweeps):
            before = self.clock
            for i in rng.permutation(len(self.links)).tolist():
                near = self.meets(self.low[i], self.high[i], 2.0)
                if self.changed[near].max() > self.looked[i]:  # else nothing is new
                    self.looked[i] = self.clock
                    self._improve(i, rng)
            if self.clock == before:
                break

    def _improve(self, i: int, rng: np.random.Generator) -> None:
        now = self.bulge[i]
        bulge = np.concatenate([[now], BULGES, [self.want[i]], now + rng.normal(0, 0.03, 2)])
        best, cost = self._best(i, bulge)
        self.bulge[i] = bulge[best]
        if cost > 0.35:
            slide = np.append(self.slide[i], SLIDES)
            extra = 0.03 * (abs(slide.real) + abs(slide.imag))
            best, cost = self._best(i, np.full(len(slide), self.bulge[i]), slide=slide, extra=extra)
            self.slide[i] = slide[best]
        if cost > 0.8:  # still in trouble: lean the arc to one end
            skew = np.append(self.skew[i], LEANS[:, 0])
            bulge = np.append(self.bulge[i], LEANS[:, 1])
            best, cost = self._best(i, bulge, skew=skew, extra=0.25 * abs(skew))
            self.bulge[i], self.skew[i] = bulge[best], skew[best]

    def _best(
        self,
        i: int,
        bulge: Floats,
        *,
        skew: Floats | None = None,
        slide: Points | None = None,
        extra: Floats | float = 0.0,
    ) -> tuple[int, float]:
        """Take the cheapest of some arcs, the first of which the link has; which, and its cost."""
        links = np.full(len(bulge), i)
        f = self.tried(links, bulge, skew=skew, slide=slide)
        cost = self.cost(links, f, skip=links[:1]) + extra
        best = int(cost.argmin())
        if cost[best] > cost[0] - 1e-6:
            return 0, float(cost[0])
        self.take(links[:1], f.dots[best : best + 1])
        return best, float(cost[best])

    def curves(self) -> list[Points]:
        """Control points of every link's visible stretch, in the order of ``links``."""
        arcs = control_points(self.drawn(np.arange(len(self.links))))
        return [self.detours.get(i, arc) for i, arc in enumerate(arcs)]


def _within(points: Points, lines: Points) -> Flags:
    """Which points lie in the bounds of some lines, or near."""
    x, y, room = lines.real, lines.imag, FOREIGN_HEAD_ROOM
    beside = (points.real > x.min() - room) & (points.real < x.max() + room)
    return beside & (points.imag > y.min() - room) & (points.imag < y.max() + room)


def text_cost(out: Floats) -> Floats:
    """The price of coming within ``out`` of boxes, ``(k, boxes)``, summed."""
    cost = np.zeros(len(out))
    for margin, price in TEXT:
        cost += price * (out < margin).sum(axis=1)
    return cost


def _real(points: Points) -> Floats:
    """Points as rows of x and y, for matrix products."""
    return np.ascontiguousarray(points).reshape(-1).view(float).reshape(-1, 2)
