"""The last resort of routing: a link that would still cross text goes round it in several arcs.

Waypoints stand off the contexts of the boxes in the way; a smooth curve in three pieces runs
through one or two of them. The link keeps its single arc unless that is clearly worse.
"""

from __future__ import annotations

from itertools import product

import numpy as np

from loopmap.layout.curves import point_at, split, trace
from loopmap.layout.geometry import cross, near_rectangle, outside
from loopmap.layout.layout_graph import Floats, Ints, Points
from loopmap.layout.routing.arcs import DOTS, HEAD_GAP, TAIL_GAP
from loopmap.layout.routing.router import Router
from loopmap.layout.routing.routing_cost import crossing_cost, text_cost

__all__ = ["detour"]

#: Room between a waypoint and the corner of a box, in em: close to it, off it, or well off.
_OFF = (0.6, 1.0, 2.0)
#: Boxes in the way that are looked at, at most, and ways judged in full.
_BOXES, _JUDGED = 6, 30
#: Boxes that the best ways run into are gone round as well: so often, for so many ways, if none of
#: them costs less than this in text.
_WIDER, _LOOKED, _CLEAR = 2, 4, 1.3
#: A way round may cross others, if it must: such crossings count this much of the usual.
_CROSSING = 0.5
#: Points along a way that are held against text.
_FINE = 24


def detour(r: Router, rounds: int = 3) -> None:
    """Find ways round for the links that still run through text; the router is changed."""
    for _ in range(rounds):
        changed = False
        for i in _through_text(r):
            changed |= _go_round(r, i)
        if not changed:
            break


def _through_text(r: Router) -> list[int]:
    """The links that run through or touch the text of others, the worst first."""
    price = np.zeros(len(r.links))
    for i in np.flatnonzero(~r.fixed).tolist():
        price[i] = _text(r, i, _fine(r, i)[None])[0]
    return [i for i in np.argsort(-price, kind="stable").tolist() if price[i] > 1.3]


def _fine(r: Router, i: int) -> Points:
    """The link as it is, in many small steps."""
    if i in r.detours:
        return trace(r.detours[i], _FINE)
    dots = r.dots[i]
    return np.interp(np.linspace(0, DOTS, 3 * _FINE + 1), np.arange(DOTS + 1), dots)


def _out(r: Router, i: int, ways: Points) -> Floats:
    """How far each way stays outside each box that is not its own, ``(k, n)``, or 9 if far."""
    x, y = ways.real, ways.imag
    low, high = complex(x.min(), y.min()), complex(x.max(), y.max())
    near = near_rectangle(r.x - r.half, r.x + r.half, low, high, 1.0)
    near[[r.tail[i], r.head[i]]] = False
    out = np.full((len(ways), len(r.x)), 9.0)
    centre, half = r.x[near], r.half[near]
    for k, way in enumerate(ways):
        to = way[:, None] - centre
        out[k, near] = outside(to, half).min(axis=0)
    return out


def _text(r: Router, i: int, ways: Points) -> Floats:
    return text_cost(_out(r, i, ways))


def _go_round(r: Router, i: int) -> bool:
    now = _fine(r, i)
    out = _out(r, i, now[None])[0]
    boxes = np.flatnonzero(out < 0.35)
    boxes = boxes[np.argsort(out[boxes], kind="stable")][:_BOXES]
    if not len(boxes):
        return False
    curves, ways, cost = _ways_round(r, i, boxes)
    for _ in range(_WIDER):  # whoever goes round one box may run into the next
        best = np.argsort(cost, kind="stable")[:_LOOKED]
        if _text(r, i, ways[best]).min() < _CLEAR:
            break
        met = np.flatnonzero((_out(r, i, ways[best]) < 0.35).any(axis=0))
        more = np.concatenate([boxes, met[~np.isin(met, boxes)]])[:_BOXES]
        if len(more) == len(boxes):
            break
        boxes = more
        curves, ways, cost = _ways_round(r, i, boxes)
    best = np.argsort(cost, kind="stable")[:_JUDGED]
    seen = [(cost[k] + _met(r, i, ways[k]), k) for k in best.tolist()]
    before = _text(r, i, now[None])[0] + _met(r, i, now)
    before += _bends(now[None])[0] if i in r.detours else 0.0
    price, k = min(seen)
    curve = _cut(r, i, curves[k])
    if price > before - 0.2 or curve is None:
        return False
    r.lead(i, curve)
    return True


def _ways_round(r: Router, i: int, boxes: Ints) -> tuple[Points, Points, Floats]:
    """Curves round some boxes, the same as points, and what they cost without crossings."""
    start, end = r.x[r.tail[i]], r.x[r.head[i]]
    curves = _curves(start, end, _waypoints(r, boxes, start, end))
    ways = np.stack([trace(curve, _FINE) for curve in curves])
    length = abs(np.diff(ways, axis=1)).sum(axis=1) / max(abs(end - start), 1.0)
    return curves, ways, _text(r, i, ways) + 0.8 * (length - 1) + _bends(ways)


def _waypoints(r: Router, boxes: Ints, start: complex, end: complex) -> Points:
    """Pairs of points to go through, ``(k, 2)``; a pair that is one point is passed once."""
    contexts: list[list[complex]] = []
    for v in boxes.tolist():
        sides = product((-1, 1), (-1j, 1j), _OFF)
        half = r.half[v]
        contexts.append(
            [complex(r.x[v] + a * (half.real + off) + b * (half.imag + off)) for a, b, off in sides]
        )
    along = (end - start) / max(abs(end - start), 1e-9)

    def place(z: complex) -> float:
        return ((z - start) * along.conjugate()).real

    found = [(z, z) for some in contexts for z in some]
    for k, some in enumerate(contexts):
        found += [
            (a, b) for a in some[1::3] for other in contexts[k:] for b in other[1::3] if a != b
        ]
    ordered = [(a, b) if place(a) <= place(b) else (b, a) for a, b in found]
    return np.array(ordered)


def _curves(start: complex, end: complex, through: Points) -> Points:
    """Smooth curves in three pieces through pairs of waypoints, ``(k, 10)``."""
    a, b = through.T
    same = a == b
    way = (end - start) / max(abs(end - start), 1e-9)
    step = np.where(same, way, b - a)
    # one waypoint: stretch it a little so that all curves have three pieces
    a = np.where(same, a - 0.6 * way, a)
    b = np.where(same, b + 0.6 * way, b)
    at_a = _unit(_unit(a - start) + _unit(step))
    at_b = _unit(_unit(step) + _unit(end - b))
    first, middle, last = abs(a - start) / 3, abs(b - a) / 3, abs(end - b) / 3
    leave = _unit(2 * _unit(a - start) - at_a)
    reach = _unit(2 * _unit(end - b) - at_b)
    return np.stack(
        [
            np.full(len(a), start),
            start + leave * first,
            a - at_a * first,
            a,
            a + at_a * middle,
            b - at_b * middle,
            b,
            b + at_b * last,
            end - reach * last,
            np.full(len(a), end),
        ],
        axis=1,
    )


def _unit(z: Points) -> Points:
    return z / np.maximum(abs(z), 1e-9)


def _bends(ways: Points) -> Floats:
    """Dislike of sharp turns and of going to and fro."""
    step = np.diff(ways, axis=1)
    turn = np.angle(step[:, 1:] * step[:, :-1].conj())
    much = abs(turn).sum(axis=1)
    to_and_fro = much - abs(turn.sum(axis=1))
    return 0.25 * much + 0.25 * to_and_fro + 2.0 * (abs(turn).max(axis=1) > 0.4)


def _met(r: Router, i: int, way: Points) -> float:
    """The links that a way crosses."""
    a, d = way[:-1, None], np.diff(way)[:, None]
    x, y = way.real, way.imag
    near = r.meets(complex(x.min(), y.min()), complex(x.max(), y.max()), 0.0)
    near[i] = False
    line = r.line[near]
    b, e = line[:, :-1].ravel(), np.diff(line, axis=1).ravel()
    splits = (cross(d, b - a) > 0) != (cross(d, b + e - a) > 0)
    split = (cross(e, a - b) > 0) != (cross(e, a + d - b) > 0)
    return _CROSSING * crossing_cost(r) * float((splits & split).sum())


def _cut(r: Router, i: int, curve: Points) -> Points | None:
    """The stretch of a way between its two boxes, ``None`` if too little is left."""
    tail, head = r.tail[i], r.head[i]
    t = np.linspace(0, 1, 49)
    first, last = curve[:4], curve[6:]
    leaves = outside(point_at(first, t) - r.x[tail], r.half[tail] + TAIL_GAP) > 0
    reaches = outside(point_at(last, t) - r.x[head], r.half[head] + HEAD_GAP) < 0
    if not leaves.any() or not reaches.any() or leaves[0] or reaches[0]:
        return None
    start, end = t[int(leaves.argmax())], t[int(reaches.argmax())]
    begin, finish = split(first, start)[1], split(last, end)[0]
    return np.concatenate([begin[:3], curve[3:6], finish])
