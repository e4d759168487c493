"""What a reader would trip over while links are straight: the cost that placing minimises.

Several layouts of the same map are judged at once: ``x`` is ``(s, n, 2)``, and ``seats``
``(s, k, 2)`` are places tried for one node in each of them. :func:`seat_cost` sums the terms of
:func:`whole_cost` that one node takes part in, so the better seat makes the better whole.
"""

from __future__ import annotations

import numpy as np

from loopmap.layout.problem import Floats
from loopmap.layout.web import Web

__all__ = ["WEIGHTS", "first_look", "seat_cost", "whole_cost"]

#: What each annoyance costs. Crossings and text run through lead; the rest is for beauty.
WEIGHTS = {
    "crossing": 6.0,
    "sharp": 1.8,  # on top, for crossings at an acute angle
    "through": 3.6,  # a link through a box
    "overlap": 2.0,
    "stress": 0.5,
    "round": 1.5,  # loops that are not
    "angle": 0.8,  # links that leave a node close together
    "long": 0.35,
    "short": 1.75,
    "page": 0.5,
}
#: Clear space wanted around boxes, in em.
ROOM = np.array([1.4, 1.2])
#: Visible stretch a link needs for its head and sign, in em.
STRETCH = 3.0
#: Links leaving a node nearer than this (radians) are hard to tell apart.
APART = 0.55


def first_look(w: Web, x: Floats, v: int, seats: Floats) -> Floats:
    """Overlap and stress only: sifts hundreds of seats down to those worth a full look."""
    p = w.p
    away = np.abs(seats[:, :, None] - x[:, None])
    return _crowding(w, v, away)[0]


def _crowding(w: Web, v: int, away: Floats) -> tuple[Floats, Floats]:
    half = w.p.half
    room = (half[v] + half + ROOM - away) / ROOM
    near = np.minimum(room[..., 0], room[..., 1])
    near[..., v] = 0.0
    np.clip(near, 0.0, 3.0, out=near)
    r = np.sqrt(away[..., 0] ** 2 + away[..., 1] ** 2)
    pull = (r - w.d.wanted[v]) ** 2 @ w.d.weight[v]
    cost = WEIGHTS["overlap"] * near.sum(axis=-1) + WEIGHTS["stress"] / len(half) ** 0.5 * pull
    return cost, r


def seat_cost(w: Web, x: Floats, v: int, seats: Floats) -> Floats:
    """What each seat of node ``v`` costs, everything else staying where it is: ``(s, k)``."""
    c = w.corners[v]
    away = np.abs(seats[:, :, None] - x[:, None])
    cost, r = _crowding(w, v, away)
    cost += _off_page(w, x, v, seats)
    if len(c.joined):
        cost += _lengths(w, v, away[:, :, c.joined], r[:, :, c.joined])
        cost += _angles(w, x, v, seats)
        cost += _through_others(w, x, v, seats)
        if len(c.other):
            cost += _crossings(w, x, v, seats)
    if len(c.other):
        cost += _through_me(w, x, v, seats)
    if len(c.loops):
        cost += _roundness(w, x, v, seats)
    return cost


def _off_page(w: Web, x: Floats, v: int, seats: Floats) -> Floats:
    out = np.abs(seats - x.mean(axis=1, keepdims=True)) + w.p.half[v] - w.d.page
    out = np.clip(out, 0, None) / w.d.typical
    return WEIGHTS["page"] * (out + out * out).sum(axis=-1)


def _lengths(w: Web, v: int, away: Floats, r: Floats) -> Floats:
    c = w.corners[v]
    half, want = w.p.half, w.d.pair_length[c.own]
    r = np.maximum(r, 1e-6)
    share = np.maximum(away, 1e-6) / r[..., None]
    mine, theirs = half[v] / share, half[c.joined] / share
    visible = r - mine.min(axis=-1) - theirs.min(axis=-1)
    long = np.clip(r / want - 1.25, 0, None) ** 2
    short = np.clip(1 - visible / STRETCH, 0, 2)
    return (WEIGHTS["long"] * long + WEIGHTS["short"] * short).sum(axis=-1)


def _angles(w: Web, x: Floats, v: int, seats: Floats) -> Floats:
    c = w.corners[v]
    to = x[:, None, c.joined] - seats[:, :, None]
    angle = np.arctan2(to[..., 1], to[..., 0])
    cost = np.zeros(seats.shape[:2])
    if len(c.fan):
        cost += _close(angle[..., c.fan[:, 0]] - angle[..., c.fan[:, 1]])
    if len(c.beyond):
        at, there = c.beyond.T
        u = x[:, there] - x[:, c.joined[at]]
        seen = np.arctan2(u[..., 1], u[..., 0])
        cost += _close(angle[..., at] + np.pi - seen[:, None])
    return cost


def _close(turn: Floats) -> Floats:
    turn = np.abs((turn + np.pi) % (2 * np.pi) - np.pi)
    return 1.3 * WEIGHTS["angle"] * np.clip(APART - turn, 0, None).sum(axis=-1)


def _roundness(w: Web, x: Floats, v: int, seats: Floats) -> Floats:
    """Only the two sides next to ``v`` change; the rest of each ring is worked out once."""
    c = w.corners[v]
    ring = x[:, w.loops[c.loops]]
    after = np.roll(ring, -1, axis=2)
    area = (ring[..., 0] * after[..., 1] - ring[..., 1] * after[..., 0]).sum(axis=-1)
    around = np.hypot(*np.moveaxis(after - ring, -1, 0)).sum(axis=-1)
    a, b, now = x[:, c.before], x[:, c.after], x[:, v : v + 1]
    area -= _cross(a, now) + _cross(now, b)
    around -= np.hypot(*np.moveaxis(now - a, -1, 0)) + np.hypot(*np.moveaxis(now - b, -1, 0))
    here = seats[:, :, None]
    a, b = a[:, None], b[:, None]
    area = area[:, None] + _cross(a, here) + _cross(here, b)
    around = around[:, None] + np.hypot(*np.moveaxis(here - a, -1, 0))
    around += np.hypot(*np.moveaxis(here - b, -1, 0))
    share = 2 * np.pi * np.abs(area) / np.maximum(around, 1e-9) ** 2 / w.loop_ideal[c.loops]
    return WEIGHTS["round"] * ((1 - np.clip(share, 0, 1)) @ w.loop_weight[c.loops])


def _cross(a: Floats, b: Floats) -> Floats:
    return a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]


def _crossings(w: Web, x: Floats, v: int, seats: Floats) -> Floats:
    c = w.corners[v]
    states, k = seats.shape[:2]
    a, b = x[:, w.pairs[c.other, 0]], x[:, w.pairs[c.other, 1]]
    d = b - a
    u = x[:, c.joined]
    ax, ay, dx, dy = a[..., 0], a[..., 1], d[..., 0], d[..., 1]
    offset = dx * ay - dy * ax

    def side(point: Floats) -> Floats:
        return dx[:, None] * point[..., 1:] - dy[:, None] * point[..., :1] > offset[:, None]

    mine, theirs = side(seats), side(u)
    differ = (mine[:, :, None] ^ theirs[:, None]) & ~c.sharing
    s, q, i, e = np.nonzero(differ)
    if not len(s):
        return np.zeros((states, k))
    p, to = seats[s, q], u[s, i]
    way = to - p
    base = _cross(way, p)
    start, end = a[s, e], b[s, e]
    across = (_cross(way, start) > base) ^ (_cross(way, end) > base)
    s, q, way, along = s[across], q[across], way[across], d[s, e][across]
    lengths = (way * way).sum(axis=1) * (along * along).sum(axis=1)
    cosine = (way * along).sum(axis=1) ** 2 / np.maximum(lengths, 1e-9)
    each = WEIGHTS["crossing"] + WEIGHTS["sharp"] * cosine * cosine
    return np.bincount(s * k + q, each, states * k).reshape(states, k)


def _pad(w: Web) -> Floats:
    return w.p.half * 1.08 + 0.6


def _through_others(w: Web, x: Floats, v: int, seats: Floats) -> Floats:
    """The node's own links through the boxes of others, seen as ellipses with a margin."""
    c = w.corners[v]
    pad = _pad(w)
    p = (seats[:, :, None] - x[:, None]) / pad
    q = (x[:, c.joined][:, :, None] - x[:, None]) / pad
    px, py = p[:, :, None, :, 0], p[:, :, None, :, 1]
    ex, ey = q[:, None, :, :, 0] - px, q[:, None, :, :, 1] - py
    t = -(px * ex + py * ey) / np.maximum(ex * ex + ey * ey, 1e-9)
    np.clip(t, 0, 1, out=t)
    ex *= t
    ex += px
    ey *= t
    ey += py
    deep = 1.22 - np.sqrt(ex * ex + ey * ey)
    np.clip(deep, 0, 0.9, out=deep)
    deep[..., v] = 0
    deep[:, :, np.arange(len(c.joined)), c.joined] = 0
    return WEIGHTS["through"] * deep.sum(axis=(2, 3))


def _through_me(w: Web, x: Floats, v: int, seats: Floats) -> Floats:
    """The node's box in the way of other links."""
    c = w.corners[v]
    pad = _pad(w)[v]
    a, b = x[:, w.pairs[c.other, 0]] / pad, x[:, w.pairs[c.other, 1]] / pad
    d = (b - a)[:, None]
    p = a[:, None] - seats[:, :, None] / pad
    t = -(p * d).sum(axis=-1) / np.maximum((d * d).sum(axis=-1), 1e-9)
    np.clip(t, 0, 1, out=t)
    p += t[..., None] * d
    deep = np.clip(1.22 - np.sqrt((p * p).sum(axis=-1)), 0, 0.9)
    return WEIGHTS["through"] * deep.sum(axis=-1)


def whole_cost(w: Web, x: Floats) -> Floats:
    """The cost of whole layouts, every term once: ``(s,)``."""
    n = len(w.p.names)
    half, pairs = w.p.half, w.pairs
    away = np.abs(x[:, :, None] - x[:, None])
    diagonal = np.arange(n)
    room = ((half[:, None] + half + ROOM - away) / ROOM).min(axis=-1)
    room[:, diagonal, diagonal] = 0
    r = np.sqrt((away * away).sum(axis=-1))
    cost = WEIGHTS["overlap"] * np.clip(room, 0, 3).sum(axis=(1, 2)) / 2
    cost += WEIGHTS["stress"] / n**0.5 * ((r - w.d.wanted) ** 2 * w.d.weight).sum(axis=(1, 2)) / 2
    out = np.abs(x - x.mean(axis=1, keepdims=True)) + half - w.d.page
    out = np.clip(out, 0, None) / w.d.typical
    cost += WEIGHTS["page"] * (out + out * out).sum(axis=(1, 2))
    if not len(pairs):
        return cost
    a, b = pairs.T
    rl = np.maximum(r[:, a, b], 1e-6)
    share = np.maximum(away[:, a, b], 1e-6) / rl[..., None]
    visible = rl - (half[a] / share).min(axis=-1) - (half[b] / share).min(axis=-1)
    cost += WEIGHTS["long"] * (np.clip(rl / w.d.pair_length - 1.25, 0, None) ** 2).sum(axis=1)
    cost += WEIGHTS["short"] * np.clip(1 - visible / STRETCH, 0, 2).sum(axis=1)
    cost += _all_angles(w, x) + _all_loops(w, x) + _all_crossings(w, x) + _all_through(w, x)
    return cost


def _all_angles(w: Web, x: Floats) -> Floats:
    cost = np.zeros(len(x))
    for v, c in enumerate(w.corners):
        if len(c.fan):
            to = x[:, c.joined] - x[:, v : v + 1]
            angle = np.arctan2(to[..., 1], to[..., 0])
            cost += _close(angle[:, c.fan[:, 0]] - angle[:, c.fan[:, 1]])
    return cost


def _all_loops(w: Web, x: Floats) -> Floats:
    if not len(w.loops):
        return np.zeros(len(x))
    ring = x[:, w.loops]
    after = np.roll(ring, -1, axis=2)
    area = _cross(ring, after).sum(axis=-1)
    around = np.hypot(*np.moveaxis(after - ring, -1, 0)).sum(axis=-1)
    share = 2 * np.pi * np.abs(area) / np.maximum(around, 1e-9) ** 2 / w.loop_ideal
    return WEIGHTS["round"] * ((1 - np.clip(share, 0, 1)) @ w.loop_weight)


def crossed(w: Web, x: Floats) -> Floats:
    """Which pairs of links cross when straight, ``(s, p, p)``, both ways round."""
    a, b = w.pairs.T
    start, way = x[:, a], x[:, b] - x[:, a]
    side = way[:, :, None, 0] * x[:, None, :, 1] - way[:, :, None, 1] * x[:, None, :, 0]
    left = side > _cross(way, start)[:, :, None]
    apart = left[:, :, a] ^ left[:, :, b]
    meets = (w.pairs[:, None, :, None] == w.pairs[None, :, None, :]).any(axis=(2, 3))
    return apart & apart.transpose(0, 2, 1) & ~meets


def _all_crossings(w: Web, x: Floats) -> Floats:
    s, i, j = np.nonzero(np.triu(crossed(w, x)))
    a, b = w.pairs.T
    way = x[:, b] - x[:, a]
    p, q = way[s, i], way[s, j]
    lengths = (p * p).sum(axis=1) * (q * q).sum(axis=1)
    cosine = (p * q).sum(axis=1) ** 2 / np.maximum(lengths, 1e-9)
    return np.bincount(s, WEIGHTS["crossing"] + WEIGHTS["sharp"] * cosine * cosine, len(x))


def _all_through(w: Web, x: Floats) -> Floats:
    a, b = w.pairs.T
    pad = _pad(w)
    p = (x[:, a, None] - x[:, None]) / pad
    d = (x[:, b] - x[:, a])[:, :, None] / pad
    t = np.clip(-(p * d).sum(axis=-1) / np.maximum((d * d).sum(axis=-1), 1e-9), 0, 1)
    p += t[..., None] * d
    deep = np.clip(1.22 - np.sqrt((p * p).sum(axis=-1)), 0, 0.9)
    own = np.arange(len(a))
    deep[:, own, a] = deep[:, own, b] = 0
    return WEIGHTS["through"] * deep.sum(axis=(1, 2))
