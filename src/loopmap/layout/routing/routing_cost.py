"""What a reader trips over along an arc: other links, their heads, text, crowded ends.

The unit is one crossing at a right angle on a map that has few.
"""

from __future__ import annotations

import numpy as np

from loopmap.layout.geometry import bounds, near_rectangle, outside
from loopmap.layout.layout_graph import Floats, Ints, Points
from loopmap.layout.routing.arcs import Fan
from loopmap.layout.routing.router import Router

__all__ = ["arc_cost", "arc_costs", "crossing_cost", "text_cost"]

#: What an arc costs for each thing a reader trips over. Above so many crossings for each link one
#: more says little.
CROSSING, SHARP, MANY = 1.0, 0.8, 1.2
POWER = 1.0
#: Nearer to someone's text than so many em costs so much more.
TEXT = ((0.0, 1.4), (0.1, 1.2), (0.35, 1.2), (0.8, 0.3))
ALONGSIDE, ALONGSIDE_ROOM = 2.0, 0.7
HEAD_ROOM, TAIL_ROOM = 1.3, 0.7
#: A line through another link's head, or so near, makes that link point at the line.
FOREIGN_HEAD, FOREIGN_HEAD_ROOM = 1.6, 1.3
SHORTEST = 4.0


def arc_cost(
    r: Router, links: Ints, f: Fan, *, skip: Ints, moved: int = -1, to: Points | None = None
) -> Floats:
    """What each arc of a fan costs, one for each of ``links``, all others staying put.

    The links in ``skip`` are not looked at at all; node ``moved`` stands at ``to``.
    """
    low, high = bounds(f.dots)
    near = r.meets(low, high, FOREIGN_HEAD_ROOM)
    near[skip] = False
    others = np.flatnonzero(near)
    cost = _shape(r, links, f)
    if len(others):
        pieces = r.pieces(others, low, high, ALONGSIDE_ROOM)
        cost += _crossings(r, links, f, pieces) + _alongside(r, links, f, pieces)
        cost += _heads(r, links, f, others)
    cost += _text(r, links, f, low, high, moved)
    cost += _own_boxes(r, links, f, moved, to)
    return cost + _ends(r, links, f, skip, moved)


def _shape(r: Router, links: Ints, f: Fan) -> Floats:
    size = abs(f.bulge)
    cost = 0.9 * np.maximum(1 - abs(f.dots[:, -1] - f.dots[:, 0]) / SHORTEST, 0)
    cost += 6.5 * np.maximum(size - 0.3, 0) + 0.25 * (size < 0.03) + 5.0 * f.gone
    voice = 0.12 + 0.6 * np.minimum(1.0, r.weight[links])
    off = (f.bulge - r.want[links]) / 0.12
    cost += 0.27 * voice * off * off
    flat = np.minimum(np.maximum(0.13 - f.bulge, 0), 0.26)
    return cost + 6 * flat * r.lens[links]


def _crossings(r: Router, links: Ints, f: Fan, pieces: Ints) -> Floats:
    """Where the parabola meets the lines through pieces of the others, solved for t."""
    normal = _real(r.normal.ravel()[pieces]).T
    a, b = _real(f.e2) @ normal, _real(f.e1) @ normal
    c = _real(f.e0) @ normal - r.offset.ravel()[pieces]
    square = b * b - 4 * a * c
    flat = np.flatnonzero(square >= 0)
    k, s = np.divmod(flat, len(pieces))
    a, b, c = a.ravel()[flat], b.ravel()[flat], c.ravel()[flat]
    q = -0.5 * (b + np.copysign(np.sqrt(square.ravel()[flat]), b))
    with np.errstate(divide="ignore", invalid="ignore"):
        first, second = q / a, c / q
    low, high = f.start[k], f.end[k]
    one = np.flatnonzero((first >= low) & (first <= high))
    two = np.flatnonzero((second >= low) & (second <= high))
    t = np.concatenate([first[one], second[two]])
    on = np.concatenate([one, two])
    k, s = k[on], pieces[s[on]]
    along = r.along.ravel()[s]
    z = f.e0[k] + t * (f.e1[k] + t * f.e2[k])
    u = (z * along.conj()).real - r.begin.ravel()[s]
    met = (u >= 0) & (u < 1) & (s // r.per != links[k])
    k, along, t = k[met], along[met], t[met]
    way = f.e1[k] + 2 * t * f.e2[k]
    cosine = (way * along.conj()).real ** 2 / np.maximum(abs(way * along) ** 2, 1e-12)
    return np.bincount(k, crossing_cost(r) * (1 + SHARP * cosine * cosine), len(f.e0))


def _alongside(r: Router, links: Ints, f: Fan, pieces: Ints) -> Floats:
    """Running beside another link for a while."""
    points = f.dots[:, 4:-3:4]
    k, each = points.shape
    flat = points.ravel()
    away = abs(_real(flat) @ _real(r.normal.ravel()[pieces]).T - r.offset.ravel()[pieces])
    hit = np.flatnonzero(away < ALONGSIDE_ROOM)
    if not len(hit):
        return np.zeros(k)
    row, s = np.divmod(hit, len(pieces))
    s = pieces[s]
    u = (flat[row] * r.along.ravel()[s].conj()).real - r.begin.ravel()[s]
    on = (u >= 0) & (u <= 1) & (s // r.per != links[row // each])
    close = 1 - away.ravel()[hit[on]] / ALONGSIDE_ROOM
    return ALONGSIDE / each * np.bincount(row[on] // each, close, k)


def _heads(r: Router, links: Ints, f: Fan, others: Ints) -> Floats:
    """Lines that run through heads: these arcs through the others', and the other way round."""
    tips, theirs = f.dots[:, -1], r.dots[others, -1]
    heads = others[near_rectangle(theirs, theirs, *bounds(f.dots), FOREIGN_HEAD_ROOM)]
    passing = others[r.meets(*bounds(tips), FOREIGN_HEAD_ROOM)[others]]
    cost = _near_heads(r, f.dots, links, r.dots[heads, -1], heads).sum(axis=1)
    cost += _near_heads(r, r.dots[passing], passing, tips, links).sum(axis=0)
    return FOREIGN_HEAD * cost


def _near_heads(r: Router, lines: Points, links: Ints, tips: Points, whose: Ints) -> Floats:
    """How near lines come to the heads of links that they share no end with, ``(lines, tips)``."""
    square = (lines * lines.conj()).real[..., None] - 2 * (_real(lines) @ _real(tips).T).reshape(
        *lines.shape, len(tips)
    )
    away = np.sqrt(np.maximum(square.min(axis=1, initial=1e9) + abs(tips) ** 2, 0))
    head, ends = r.head[whose], (r.head[links][:, None], r.tail[links][:, None])
    return np.maximum(1 - away / FOREIGN_HEAD_ROOM, 0) * ((ends[0] != head) & (ends[1] != head))


def _text(r: Router, links: Ints, f: Fan, low: complex, high: complex, moved: int) -> Floats:
    close = near_rectangle(r.x - r.half, r.x + r.half, low, high, TEXT[-1][0])
    if moved >= 0:
        close[moved] = False
    others = np.flatnonzero(close)
    if not len(others):
        return np.zeros(len(f.e0))
    out = outside(f.dots[:, :, None] - r.x[others], r.half[others]).min(axis=1)
    out[(r.tail[links][:, None] == others) | (r.head[links][:, None] == others)] = 9.0
    return text_cost(out)


def _own_boxes(r: Router, links: Ints, f: Fan, moved: int, to: Points | None) -> Floats:
    """An arc must not dive back into the boxes at its ends."""
    cost = np.zeros(len(f.e0))
    for v in (r.tail[links], r.head[links]):
        centre = r.x[v] if to is None else np.where(v == moved, to, r.x[v])
        out = outside(f.dots[:, 2:-2:2] - centre[:, None], r.half[v][:, None])
        cost += 1.5 * (out.min(axis=1) < -0.1)
    return cost


def _ends(r: Router, links: Ints, f: Fan, skip: Ints, moved: int) -> Floats:
    """Room between the ends of links on one box, more if one of them has a head."""
    m = len(r.links)
    tips = np.append(r.dots[:, 0], r.dots[:, -1])
    there = np.ones(2 * m + 1, bool)  # ends that count; the last stands for none
    there[-1] = False
    there[skip] = there[skip + m] = False
    cost = np.zeros(len(f.e0))
    for nodes, end in ((r.tail[links], 0), (r.head[links], -1)):
        others = r.ends[nodes]
        counted = there[others] & (others % m != links[:, None]) & (nodes != moved)[:, None]
        need = np.where((others < m) & (end == 0), TAIL_ROOM, HEAD_ROOM)
        close = np.maximum(1 - abs(f.dots[:, end, None] - tips[others]) / need, 0)
        cost += 0.8 * (close * counted).sum(axis=1)
    return cost


def crossing_cost(r: Router) -> float:
    """What a crossing costs on this map: less, if there are many before arcs are chosen."""
    return CROSSING * min(1.0, MANY / max(r.crossed, MANY)) ** POWER


def arc_costs(r: Router, links: Ints | None = None) -> Floats:
    """What each arc costs as it is, or each of some."""
    every, none = np.arange(len(r.links)) if links is None else links, np.zeros(0, int)
    some = np.array_split(every, max(1, len(every) // 40))
    return np.concatenate([arc_cost(r, i, r.drawn(i), skip=none) for i in some if len(i)] or [none])


def text_cost(out: Floats) -> Floats:
    """The price of coming within ``out`` of boxes, ``(k, boxes)``, summed."""
    cost = np.zeros(len(out))
    for margin, price in TEXT:
        cost += price * (out < margin).sum(axis=1)
    return cost


def _real(points: Points) -> Floats:
    """Points as rows of x and y, for matrix products."""
    return np.ascontiguousarray(points).reshape(-1).view(float).reshape(-1, 2)
