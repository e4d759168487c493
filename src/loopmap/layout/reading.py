"""What a reader would trip over while links are straight: the cost that placing minimises.

Several layouts of the same map are judged at once: ``x`` is ``(s, n)``, and ``seats`` ``(s, k)``
are places tried for one node in each of them. :func:`seat_cost` sums the terms of
:func:`whole_cost` that one node takes part in, so the better seat makes the better whole.
"""

from __future__ import annotations

import numpy as np

from loopmap.layout.geometry import cross
from loopmap.layout.problem import Flags, Floats, Points
from loopmap.layout.web import Web

__all__ = ["WEIGHTS", "crossed", "first_look", "seat_cost", "shape_cost", "whole_cost"]

#: What each annoyance costs. Crossings and text run through lead; the rest is for beauty.
WEIGHTS = {
    "crossing": 6.0,
    "sharp": 1.8,  # on top, for crossings at an acute angle
    "through": 3.6,  # a link through a box
    "overlap": 2.0,
    "stress": 0.5,
    "round": 1.5,  # loops that are not
    "angle": 1.04,  # links that leave a node close together
    "long": 0.35,
    "short": 1.75,
    "page": 0.5,
}
#: Clear space wanted around boxes, in em.
ROOM = 1.4 + 1.2j
#: Visible stretch a link needs for its head and sign, in em.
STRETCH = 3.0
#: Links leaving a node nearer than this (radians) are hard to tell apart.
APART = 0.55
#: A box is seen as an ellipse with a margin; a link is too near from so many radii on.
NEAR = 1.22


def first_look(w: Web, x: Points, v: int, seats: Points) -> Floats:
    """Overlap and stress only: sifts hundreds of seats down to those worth a full look."""
    return _crowding(w, v, seats[:, :, None] - x[:, None])[0]


def _crowding(w: Web, v: int, away: Points) -> tuple[Floats, Floats]:
    room = w.p.half[v] + w.p.half + ROOM
    near = np.minimum(
        (room.real - abs(away.real)) / ROOM.real, (room.imag - abs(away.imag)) / ROOM.imag
    )
    near[..., v] = 0.0
    np.minimum(np.maximum(near, 0.0, out=near), 3.0, out=near)
    r = abs(away)
    pull = r - w.d.wanted[v]
    pull *= pull
    scale = WEIGHTS["stress"] / r.shape[-1] ** 0.5
    return WEIGHTS["overlap"] * near.sum(axis=-1) + pull @ (scale * w.d.weight[v]), r


def seat_cost(w: Web, x: Points, v: int, seats: Points) -> Floats:
    """What each seat of node ``v`` costs, everything else staying where it is: ``(s, k)``."""
    c = w.corners[v]
    cost = shape_cost(w, x, v, seats)
    if len(c.joined):
        cost += _through_others(w, x, v, seats)
        if len(c.other):
            cost += _crossings(w, x, v, seats)
    if len(c.other):
        cost += _through_me(w, x, v, seats)
    return cost


def shape_cost(w: Web, x: Points, v: int, seats: Points) -> Floats:
    """The part of :func:`seat_cost` that does not count what links run into."""
    c = w.corners[v]
    away = seats[:, :, None] - x[:, None]
    cost, r = _crowding(w, v, away)
    cost += _off_page(w, x, v, seats)
    if len(c.joined):
        cost += _lengths(w, v, away[:, :, c.joined], r[:, :, c.joined])
        cost += _angles(w, x, v, away[:, :, c.joined])
    if len(c.loops):
        cost += _roundness(w, x, v, seats)
    return cost


def _off_page(w: Web, x: Points, v: int, seats: Points) -> Floats:
    from_middle = seats - x.mean(axis=1, keepdims=True)
    room = w.d.page - w.p.half[v]
    cost = np.zeros(seats.shape)
    for out in (abs(from_middle.real) - room.real, abs(from_middle.imag) - room.imag):
        out = np.maximum(out, 0) / w.d.typical
        cost += out * (1 + out)
    return WEIGHTS["page"] * cost


def _lengths(w: Web, v: int, away: Points, r: Floats) -> Floats:
    c = w.corners[v]
    mine, theirs = w.p.half[v], w.p.half[c.joined]
    r = np.maximum(r, 1e-6)
    across, down = np.maximum(abs(away.real), 1e-6), np.maximum(abs(away.imag), 1e-6)
    hidden = np.minimum(mine.real / across, mine.imag / down)
    hidden += np.minimum(theirs.real / across, theirs.imag / down)
    long = np.maximum(r / w.d.pair_length[c.own] - 1.25, 0)
    short = np.minimum(np.maximum(1 - r * (1 - hidden) / STRETCH, 0), 2)
    return (WEIGHTS["long"] * long * long + WEIGHTS["short"] * short).sum(axis=-1)


def _angles(w: Web, x: Points, v: int, away: Points) -> Floats:
    c = w.corners[v]
    angle = np.arctan2(-away.imag, -away.real)
    cost = np.zeros(away.shape[:2])
    if len(c.fan):
        cost += _close(angle[..., c.fan[:, 0]] - angle[..., c.fan[:, 1]])
    if len(c.beyond):
        at, there = c.beyond.T
        seen = x[:, there] - x[:, c.joined[at]]
        cost += _close(angle[..., at] + (np.pi - np.arctan2(seen.imag, seen.real))[:, None])
    return cost


def _close(turn: Floats) -> Floats:
    turn = abs((turn + np.pi) % (2 * np.pi) - np.pi)
    return WEIGHTS["angle"] * np.maximum(APART - turn, 0).sum(axis=-1)


def _roundness(w: Web, x: Points, v: int, seats: Points) -> Floats:
    """Only the two sides next to ``v`` change; the rest of each ring is worked out once."""
    c = w.corners[v]
    ring = x[:, w.loops[c.loops]]
    after = np.roll(ring, -1, axis=2)
    a, b, now = x[:, c.before], x[:, c.after], x[:, v : v + 1]
    area = cross(ring, after).sum(axis=-1) - cross(a, now) - cross(now, b)
    around = abs(after - ring).sum(axis=-1) - abs(now - a) - abs(now - b)
    here, a, b = seats[:, :, None], a[:, None], b[:, None]
    area = area[:, None] + cross(here, b - a)
    around = around[:, None] + abs(here - a) + abs(here - b)
    share = 2 * np.pi * abs(area) / np.maximum(around * around, 1e-9) / w.loop_ideal[c.loops]
    return (1 - np.minimum(share, 1)) @ (WEIGHTS["round"] * w.loop_weight[c.loops])


def _crossings(w: Web, x: Points, v: int, seats: Points) -> Floats:
    c = w.corners[v]
    states, k = seats.shape
    start, u = x[:, w.pairs[c.other, 0]], x[:, c.joined]
    d = x[:, w.pairs[c.other, 1]] - start
    offset, dx, dy = cross(d, start)[:, None], d.real.copy()[:, None], d.imag.copy()[:, None]
    mine = dx * seats.imag[..., None] - dy * seats.real[..., None] > offset
    theirs = dx * u.imag[..., None] - dy * u.real[..., None] > offset
    differ = mine[:, :, None] ^ theirs[:, None]
    differ &= ~c.sharing
    flat = np.flatnonzero(differ)
    if not len(flat):
        return np.zeros((states, k))
    seat, rest = np.divmod(flat, differ.shape[2] * differ.shape[3])
    i, e = np.divmod(rest, differ.shape[3])
    s = seat // k
    here, a, along = seats.ravel()[seat], start[s, e], d[s, e]
    way, to = u[s, i] - here, a - here
    left = cross(way, to)
    across = (left > 0) ^ (left + cross(way, along) > 0)
    seat, way, along = seat[across], way[across], along[across]
    cosine = (way * along.conj()).real ** 2 / np.maximum(abs(way * along) ** 2, 1e-9)
    each = WEIGHTS["crossing"] + WEIGHTS["sharp"] * cosine * cosine
    return np.bincount(seat, each, states * k).reshape(states, k)


def _ellipse(w: Web) -> Points:
    return w.p.half * 1.08 + (0.6 + 0.6j)


def _too_near(px: Floats, py: Floats, ex: Floats, ey: Floats) -> Floats:
    """How far segments from p along e come inside the unit circle's margin; p, e are used up."""
    t = -(px * ex + py * ey) / np.maximum(ex * ex + ey * ey, 1e-9)
    np.minimum(np.maximum(t, 0, out=t), 1, out=t)
    ex = ex * t + px
    ey = ey * t + py
    deep = NEAR - np.sqrt(ex * ex + ey * ey)
    return np.minimum(np.maximum(deep, 0, out=deep), 0.9, out=deep)


def _through_others(w: Web, x: Points, v: int, seats: Points) -> Floats:
    """The node's own links through the boxes of others."""
    joined = w.corners[v].joined
    pad = _ellipse(w)
    p, q = seats[:, :, None] - x[:, None], x[:, joined][:, :, None] - x[:, None]
    px, py = (p.real / pad.real)[:, :, None], (p.imag / pad.imag)[:, :, None]
    ex, ey = (q.real / pad.real)[:, None] - px, (q.imag / pad.imag)[:, None] - py
    deep = _too_near(px, py, ex, ey)
    deep[..., v] = 0
    deep[:, :, np.arange(len(joined)), joined] = 0
    return WEIGHTS["through"] * deep.sum(axis=(2, 3))


def _through_me(w: Web, x: Points, v: int, seats: Points) -> Floats:
    """The node's box in the way of other links."""
    a, b = w.pairs[w.corners[v].other].T
    pad = _ellipse(w)[v]
    p, d = x[:, None, a] - seats[:, :, None], (x[:, b] - x[:, a])[:, None]
    deep = _too_near(p.real / pad.real, p.imag / pad.imag, d.real / pad.real, d.imag / pad.imag)
    return WEIGHTS["through"] * deep.sum(axis=-1)


def whole_cost(w: Web, x: Points) -> Floats:
    """The cost of whole layouts, every term once: ``(s,)``."""
    cost = np.zeros(len(x))
    for v, c in enumerate(w.corners):  # what two nodes share is counted from both
        here = x[:, v : v + 1]
        away = here[:, :, None] - x[:, None]
        crowd, r = _crowding(w, v, away)
        cost += (crowd / 2 + _off_page(w, x, v, here))[:, 0]
        if len(c.joined):
            away = away[:, :, c.joined]
            cost += (_lengths(w, v, away, r[:, :, c.joined]) / 2)[:, 0]
            if len(c.fan):
                angle = np.arctan2(away.imag, away.real)[:, 0]
                cost += _close(angle[:, c.fan[:, 0]] - angle[:, c.fan[:, 1]])
    if len(w.pairs):
        cost += _all_loops(w, x) + _all_crossings(w, x) + _all_through(w, x)
    return cost


def _all_loops(w: Web, x: Points) -> Floats:
    if not len(w.loops):
        return np.zeros(len(x))
    ring = x[:, w.loops]
    after = np.roll(ring, -1, axis=2)
    area, around = cross(ring, after).sum(axis=-1), abs(after - ring).sum(axis=-1)
    share = 2 * np.pi * abs(area) / np.maximum(around * around, 1e-9) / w.loop_ideal
    return (1 - np.minimum(share, 1)) @ (WEIGHTS["round"] * w.loop_weight)


def crossed(w: Web, x: Points) -> Flags:
    """Which pairs of links cross when straight, ``(s, p, p)``, both ways round."""
    a, b = w.pairs.T
    start, way = x[:, a], x[:, b] - x[:, a]
    left = cross(way[:, :, None], x[:, None] - start[:, :, None]) > 0
    apart = left[:, :, a] ^ left[:, :, b]
    meets = (w.pairs[:, None, :, None] == w.pairs[None, :, None, :]).any(axis=(2, 3))
    return apart & apart.transpose(0, 2, 1) & ~meets


def _all_crossings(w: Web, x: Points) -> Floats:
    s, i, j = np.nonzero(np.triu(crossed(w, x)))
    a, b = w.pairs.T
    way = x[:, b] - x[:, a]
    p, q = way[s, i], way[s, j]
    cosine = (p * q.conj()).real ** 2 / np.maximum(abs(p * q) ** 2, 1e-9)
    return np.bincount(s, WEIGHTS["crossing"] + WEIGHTS["sharp"] * cosine * cosine, len(x))


def _all_through(w: Web, x: Points) -> Floats:
    a, b = w.pairs.T
    pad = _ellipse(w)
    p, d = x[:, a, None] - x[:, None], (x[:, b] - x[:, a])[:, :, None]
    deep = _too_near(p.real / pad.real, p.imag / pad.imag, d.real / pad.real, d.imag / pad.imag)
    own = np.arange(len(a))
    deep[:, own, a] = deep[:, own, b] = 0
    return WEIGHTS["through"] * deep.sum(axis=(1, 2))
