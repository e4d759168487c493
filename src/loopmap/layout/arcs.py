"""One smooth arc per link: its shape, and where it leaves and reaches the boxes at its ends."""

from __future__ import annotations

import numpy as np

from loopmap.layout.geometry import at, cut
from loopmap.layout.problem import Flags, Floats, Ints, Problem

__all__ = ["HEAD_GAP", "TAIL_GAP", "clip", "cubic", "wanted_bulge"]

#: Room between a box and the tail or the head of a link, in em.
TAIL_GAP, HEAD_GAP = 0.2, 0.35

#: Bulge of the two arcs between a pair, so that they open as a lens.
LENS = 0.2


def cubic(start: Floats, end: Floats, bulge: Floats, skew: Floats | float = 0.0) -> Floats:
    """Arcs ``(k, 4, 2)`` from ``start`` to ``end``, both ``(k, 2)``.

    ``bulge`` is the height of the apex as a share of the chord, to the left of the way it goes
    (on a picture with y down); ``skew`` leans the apex towards the end.
    """
    u = end - start
    left = np.stack([-u[:, 1], u[:, 0]], axis=1)
    lean = np.broadcast_to(0.5 + np.asarray(skew), (len(u),))[:, None]
    apex = start + u * lean + 2 * bulge[:, None] * left
    return np.stack([start, start + (apex - start) * 2 / 3, end + (apex - end) * 2 / 3, end], 1)


def clip(
    curves: Floats, tail: Floats, tail_half: Floats, head: Floats, head_half: Floats
) -> tuple[Floats, Floats, Flags]:
    """Where each curve leaves the box round its tail and enters the one round its head.

    Returns the two parameters, and whether nothing is left between them.
    """
    steps = 32
    t = np.linspace(0, 1, steps + 1)
    z = at(curves, np.broadcast_to(t, (len(curves), steps + 1)))
    in_tail = (np.abs(z - tail[:, None]) < (tail_half + TAIL_GAP)[:, None]).all(axis=2)
    in_head = (np.abs(z - head[:, None]) < (head_half + HEAD_GAP)[:, None]).all(axis=2)
    last = np.where(in_tail.any(axis=1), steps - in_tail[:, ::-1].argmax(axis=1), 0)
    first = np.where(in_head.any(axis=1), in_head.argmax(axis=1), steps)
    gone = first <= last + 1

    def border(low: Floats, high: Floats, centre: Floats, half: Floats) -> Floats:
        for _ in range(8):
            middle = (low + high) / 2
            inside = (np.abs(at(curves, middle[:, None])[:, 0] - centre) < half).all(axis=1)
            low, high = np.where(inside, middle, low), np.where(inside, high, middle)
        return high

    leave = border(t[last], t[np.minimum(last + 1, steps)], tail, tail_half + TAIL_GAP)
    reach = border(t[first], t[np.maximum(first - 1, 0)], head, head_half + HEAD_GAP)
    leave = np.where(in_tail.any(axis=1) & ~gone, leave, 0.0)
    reach = np.where(in_head.any(axis=1) & ~gone, reach, 1.0)
    return leave, reach, gone


def wanted_bulge(p: Problem, x: Floats) -> tuple[Floats, Floats]:
    """How far each link should bulge, and how much that matters.

    Outward along the loops it belongs to, as far as a circle through the loop's nodes would;
    the shorter the loop, the louder its voice. Links there and back open as a lens.
    """
    total = np.zeros(len(p.ends))
    weight = np.zeros(len(p.ends))
    for loop in p.loops:
        length = len(loop)
        if length < 2:
            continue
        i = np.array(loop)
        a, b = x[p.ends[i, 0]], x[p.ends[i, 1]]
        if length == 2:
            bulge = np.full(2, LENS + 0.04)
        else:
            u, out = b - a, (a + b) / 2 - a.mean(axis=0)
            outward = np.where(-u[:, 1] * out[:, 0] + u[:, 0] * out[:, 1] > 0, 1.0, -1.0)
            bulge = outward * min(np.tan(np.pi / (2 * length)) / 2, 0.3)
        total[i] += bulge / length
        weight[i] += 1 / length
    wanted = np.where(weight > 0, total / np.maximum(weight, 1e-9), 0.0)
    back = _there_and_back(p)
    return np.where(back, np.maximum(wanted, LENS - 0.02), wanted), weight + 0.3 * back


def _there_and_back(p: Problem) -> Flags:
    """Which links have one coming the other way."""
    ways = set(map(tuple, p.ends.tolist()))
    return np.array([(b, a) in ways and a != b for a, b in p.ends.tolist()], bool)


def stretch(curves: Floats, p: Problem, x: Floats, links: Ints) -> Floats:
    """The visible stretch of each link's curve."""
    a, b = p.ends[links].T
    leave, reach, _ = clip(curves, x[a], p.half[a], x[b], p.half[b])
    return cut(curves, leave, reach)
