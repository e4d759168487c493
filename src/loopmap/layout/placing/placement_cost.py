"""The cost that placing minimises: what a reader would trip over while links are straight.

Several layouts of the same map are judged at once: ``x`` is ``(s, n)``, and ``seats`` ``(s, k)``
are places tried for one node in each of them. :func:`whole_cost` sums every term over whole
layouts, :func:`seat_cost` those that one node takes part in: the better seat makes the better
whole, and a test holds that they agree.
"""

from __future__ import annotations

import numpy as np

from loopmap.layout.geometry import cross
from loopmap.layout.layout_graph import Flags, Floats, Points
from loopmap.layout.placing.adjacency import Adjacency

__all__ = ["crossed", "seat_cost", "whole_cost"]

#: What each annoyance costs, in points of a hundred. Found by regression: how much a drawing's
#: legibility, once its links are routed, depends on what can be seen while they are straight.
WEIGHTS = {
    "crossing": 24.0,  # a crossing for each link; between 0.1 and 2.5 for one crossing
    "sharp": 0.3,  # as a share of a crossing: more, if it is at an acute angle
    "through": 0.6,  # as a share of a crossing: a link through a box
    "overlap": 0.3,
    "stress": 12.0,  # mean over pairs of nodes
    "round": 10.0,  # mean over loops
    "angle": 4.0,  # mean over nodes: the narrowest gap between links, to the even one
    "uneven": 2.2,  # spread of the links' lengths, to their mean
    "short": 0.15,
    "page": 5.0,  # how far the map is larger than its page, as a share
}
#: Clearance space wanted around boxes, in em.
ROOM = 1.4 + 1.2j
#: Visible stretch a link needs for its head and sign, in em.
STRETCH = 3.0
#: A box is seen as an ellipse with a margin; a link is too near from so many radii on.
NEAR = 1.22
#: The share of the page that centres and boxes may take; arcs go beyond.
INNER = 0.92


def crossing_price(w: Adjacency) -> float:
    """The price of one crossing, in points."""
    return float(np.clip(WEIGHTS["crossing"] / max(len(w.pairs), 1), 0.1, 2.5))


def crowding(w: Adjacency, v: int, away: Points) -> tuple[Floats, Floats]:
    """Overlap and stress with a node at seats that are ``away`` from the others; the distances."""
    room = w.p.half[v] + w.p.half + ROOM
    near = np.minimum(
        (room.real - abs(away.real)) / ROOM.real, (room.imag - abs(away.imag)) / ROOM.imag
    )
    near[..., v] = 0.0
    np.minimum(np.maximum(near, 0.0, out=near), 3.0, out=near)
    r = abs(away)
    pull = r - w.d.wanted[v]
    pull *= pull
    scale = WEIGHTS["stress"] * 2 / r.shape[-1] ** 2
    return WEIGHTS["overlap"] * near.sum(axis=-1) + pull @ (scale * w.d.weight[v]), r


def seat_cost(w: Adjacency, x: Points, v: int, seats: Points) -> Floats:
    """What each seat of node ``v`` costs, everything else staying where it is: ``(s, k)``."""
    c = w.contexts[v]
    cost = _shape(w, x, v, seats)
    if len(c.joined):
        cost += _through_others(w, x, v, seats)
        if len(c.other):
            cost += _crossings(w, x, v, seats)
    if len(c.other):
        cost += _through_me(w, x, v, seats)
    return cost


def _shape(w: Adjacency, x: Points, v: int, seats: Points) -> Floats:
    """The part of :func:`seat_cost` that does not count what links run into."""
    c = w.contexts[v]
    away = seats[:, :, None] - x[:, None]
    cost, r = crowding(w, v, away)
    cost += off_page(w, x, v, seats)
    if len(c.joined):
        cost += short(w, v, away[:, :, c.joined], r[:, :, c.joined])
        cost += _uneven(w, x, v, r[:, :, c.joined])
        cost += _angles(w, x, v, away[:, :, c.joined])
    if len(c.loops):
        cost += _roundness(w, x, v, seats)
    return cost


def off_page(w: Adjacency, x: Points, v: int, seats: Points) -> Floats:
    """How far the whole map is larger than its page with the node at each seat."""
    rest = np.arange(x.shape[1]) != v
    over = np.zeros(seats.shape)
    for part in ("real", "imag"):
        at, half = getattr(x, part), getattr(w.p.half, part)
        seat, page = getattr(seats, part), 2 * INNER * getattr(w.d.page, part)
        low = (at - half).min(axis=1, where=rest, initial=np.inf)[:, None]
        high = (at + half).max(axis=1, where=rest, initial=-np.inf)[:, None]
        size = np.maximum(seat + half[v], high) - np.minimum(seat - half[v], low)
        np.maximum(over, size / page - 1, out=over)
    return WEIGHTS["page"] * over


def short(w: Adjacency, v: int, away: Points, r: Floats) -> Floats:
    """Links of a node that show too little of themselves between their two boxes."""
    mine, theirs = w.p.half[v], w.p.half[w.contexts[v].joined]
    r = np.maximum(r, 1e-6)
    across, down = np.maximum(abs(away.real), 1e-6), np.maximum(abs(away.imag), 1e-6)
    hidden = np.minimum(mine.real / across, mine.imag / down)
    hidden += np.minimum(theirs.real / across, theirs.imag / down)
    short = np.minimum(np.maximum(1 - r * (1 - hidden) / STRETCH, 0), 2)
    return WEIGHTS["short"] * short.sum(axis=-1)


def _uneven(w: Adjacency, x: Points, v: int, r: Floats) -> Floats:
    """The coefficient of variation of all links' lengths, those of ``v`` as given."""
    other = w.pairs[w.contexts[v].other]
    fixed = abs(x[:, other[:, 0]] - x[:, other[:, 1]])
    total = fixed.sum(axis=1)[:, None] + r.sum(axis=-1)
    squares = (fixed * fixed).sum(axis=1)[:, None] + (r * r).sum(axis=-1)
    mean = total / len(w.pairs)
    spread = np.maximum(squares / len(w.pairs) - mean * mean, 0)
    return WEIGHTS["uneven"] * np.sqrt(spread) / np.maximum(mean, 1e-9)


def _angles(w: Adjacency, x: Points, v: int, away: Points) -> Floats:
    """How much narrower than even the narrowest gap is, at ``v`` and at its neighbours."""
    c = w.contexts[v]
    angle = np.arctan2(-away.imag, -away.real)
    cost = np.zeros(away.shape[:2])
    if len(c.joined) > 1:
        cost += 1 - narrowest(angle) * len(c.joined) / (2 * np.pi)
    if c.beyond.shape[1]:
        seen = x[:, c.beyond] - x[:, c.joined, None]
        there = np.where(c.beyond_real, np.arctan2(seen.imag, seen.real), np.nan)
        turn = angle[..., None] + np.pi - there[:, None]
        nearest = np.nanmin(abs((turn + np.pi) % (2 * np.pi) - np.pi), axis=-1, initial=np.pi)
        for i in np.flatnonzero(c.degrees > 2):
            gap = narrowest(there[:, i, : c.degrees[i] - 1])[:, None]
            nearest[..., i] = np.minimum(nearest[..., i], gap)
        cost += ((c.degrees > 1) * (1 - nearest * c.degrees / (2 * np.pi))).sum(axis=-1)
    return WEIGHTS["angle"] / len(w.contexts) * cost


def narrowest(angle: Floats) -> Floats:
    """The narrowest of the gaps between directions, along the last axis."""
    angle = np.sort(angle, axis=-1)
    last = angle[..., 0] + 2 * np.pi - angle[..., -1]
    return np.minimum(np.diff(angle, axis=-1).min(axis=-1, initial=np.inf), last)


def _roundness(w: Adjacency, x: Points, v: int, seats: Points) -> Floats:
    """Only the two sides next to ``v`` change; the rest of each ring is worked out once."""
    c = w.contexts[v]
    ring = x[:, w.loops[c.loops]]
    after = np.roll(ring, -1, axis=2)
    a, b, now = x[:, c.before], x[:, c.after], x[:, v : v + 1]
    area = cross(ring, after).sum(axis=-1) - cross(a, now) - cross(now, b)
    around = abs(after - ring).sum(axis=-1) - abs(now - a) - abs(now - b)
    here, a, b = seats[:, :, None], a[:, None], b[:, None]
    area = area[:, None] + cross(here, b - a)
    around = around[:, None] + abs(here - a) + abs(here - b)
    share = 2 * np.pi * abs(area) / np.maximum(around * around, 1e-9) / w.loop_ideal[c.loops]
    return WEIGHTS["round"] / len(w.loops) * (1 - np.minimum(share, 1)).sum(axis=-1)


def _crossings(w: Adjacency, x: Points, v: int, seats: Points) -> Floats:
    c = w.contexts[v]
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
    each = crossing_price(w) * (1 + WEIGHTS["sharp"] * cosine * cosine)
    return np.bincount(seat, each, states * k).reshape(states, k)


def ellipse(w: Adjacency) -> Points:
    """Half the axes of the ellipse that each box is seen as."""
    return w.p.half * 1.08 + (0.6 + 0.6j)


def too_near(px: Floats, py: Floats, ex: Floats, ey: Floats) -> Floats:
    """How far segments from p along e come inside the unit circle's margin; p, e are used up."""
    t = -(px * ex + py * ey) / np.maximum(ex * ex + ey * ey, 1e-9)
    np.minimum(np.maximum(t, 0, out=t), 1, out=t)
    ex = ex * t + px
    ey = ey * t + py
    deep = NEAR - np.sqrt(ex * ex + ey * ey)
    return np.minimum(np.maximum(deep, 0, out=deep), 0.9, out=deep)


def _through_others(w: Adjacency, x: Points, v: int, seats: Points) -> Floats:
    """The node's own links through the boxes of others."""
    joined = w.contexts[v].joined
    pad = ellipse(w)
    p, q = seats[:, :, None] - x[:, None], x[:, joined][:, :, None] - x[:, None]
    px, py = (p.real / pad.real)[:, :, None], (p.imag / pad.imag)[:, :, None]
    ex, ey = (q.real / pad.real)[:, None] - px, (q.imag / pad.imag)[:, None] - py
    deep = too_near(px, py, ex, ey)
    deep[..., v] = 0
    deep[:, :, np.arange(len(joined)), joined] = 0
    return crossing_price(w) * WEIGHTS["through"] * deep.sum(axis=(2, 3))


def _through_me(w: Adjacency, x: Points, v: int, seats: Points) -> Floats:
    """The node's box in the way of other links."""
    a, b = w.pairs[w.contexts[v].other].T
    pad = ellipse(w)[v]
    p, d = x[:, None, a] - seats[:, :, None], (x[:, b] - x[:, a])[:, None]
    deep = too_near(p.real / pad.real, p.imag / pad.imag, d.real / pad.real, d.imag / pad.imag)
    return crossing_price(w) * WEIGHTS["through"] * deep.sum(axis=-1)


def whole_cost(w: Adjacency, x: Points) -> Floats:
    """The cost of whole layouts, every term once: ``(s,)``."""
    cost = _whole_shape(w, x)
    return cost + _all_crossings(w, x) + _all_through(w, x) if len(w.pairs) else cost


def _whole_shape(w: Adjacency, x: Points) -> Floats:
    """The part of :func:`whole_cost` that does not count what links run into."""
    cost = off_page(w, x, 0, x[:, :1])[:, 0]
    for v, c in enumerate(w.contexts):  # what two nodes share is counted from both
        here = x[:, v : v + 1]
        away = here[:, :, None] - x[:, None]
        crowd, r = crowding(w, v, away)
        cost += crowd[:, 0] / 2
        if len(c.joined):
            away, r = away[:, :, c.joined], r[:, :, c.joined]
            cost += short(w, v, away, r)[:, 0] / 2
            if len(c.joined) > 1:
                even = narrowest(np.arctan2(away.imag, away.real)) * len(c.joined) / (2 * np.pi)
                cost += WEIGHTS["angle"] / len(w.contexts) * (1 - even[:, 0])
    if len(w.pairs):
        length = abs(x[:, w.pairs[:, 0]] - x[:, w.pairs[:, 1]])
        cost += WEIGHTS["uneven"] * length.std(axis=1) / np.maximum(length.mean(axis=1), 1e-9)
        cost += _all_loops(w, x)
    return cost


def _all_loops(w: Adjacency, x: Points) -> Floats:
    if not len(w.loops):
        return np.zeros(len(x))
    ring = x[:, w.loops]
    after = np.roll(ring, -1, axis=2)
    area, around = cross(ring, after).sum(axis=-1), abs(after - ring).sum(axis=-1)
    share = 2 * np.pi * abs(area) / np.maximum(around * around, 1e-9) / w.loop_ideal
    return WEIGHTS["round"] * (1 - np.minimum(share, 1)).mean(axis=-1)


def crossed(w: Adjacency, x: Points) -> Flags:
    """Which pairs of links cross when straight, ``(s, p, p)``, both ways round."""
    a, b = w.pairs.T
    start, way = x[:, a], x[:, b] - x[:, a]
    left = cross(way[:, :, None], x[:, None] - start[:, :, None]) > 0
    apart = left[:, :, a] ^ left[:, :, b]
    meets = (w.pairs[:, None, :, None] == w.pairs[None, :, None, :]).any(axis=(2, 3))
    return apart & apart.transpose(0, 2, 1) & ~meets


def _all_crossings(w: Adjacency, x: Points) -> Floats:
    s, i, j = np.nonzero(np.triu(crossed(w, x)))
    a, b = w.pairs.T
    way = x[:, b] - x[:, a]
    p, q = way[s, i], way[s, j]
    cosine = (p * q.conj()).real ** 2 / np.maximum(abs(p * q) ** 2, 1e-9)
    each = crossing_price(w) * (1 + WEIGHTS["sharp"] * cosine * cosine)
    return np.bincount(s, each, len(x))


def _all_through(w: Adjacency, x: Points) -> Floats:
    a, b = w.pairs.T
    pad = ellipse(w)
    p, d = x[:, a, None] - x[:, None], (x[:, b] - x[:, a])[:, :, None]
    deep = too_near(p.real / pad.real, p.imag / pad.imag, d.real / pad.real, d.imag / pad.imag)
    own = np.arange(len(a))
    deep[:, own, a] = deep[:, own, b] = 0
    return crossing_price(w) * WEIGHTS["through"] * deep.sum(axis=(1, 2))
