"""One smooth arc per link: its shape, and where it leaves and reaches the boxes at its ends."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from loopmap.layout.problem import Flags, Floats, Problem

__all__ = ["HEAD_GAP", "LENS", "TAIL_GAP", "Fan", "control_points", "fan", "wanted_bulge"]

#: Room between a box and the tail or the head of a link, in em.
TAIL_GAP, HEAD_GAP = 0.2, 0.35
#: Bulge of the two arcs between a pair, so that they open as a lens.
LENS = 0.2
#: Pieces of the polyline that stands for an arc while it is being judged.
PIECES = 10

_LOOK = np.linspace(0, 1, 25)
_EVEN = np.linspace(0, 1, PIECES + 1)


@dataclass(frozen=True, slots=True, eq=False)
class Fan:
    """Several arcs, tried for one link or standing for several: ``e0 + e1 t + e2 t²``."""

    e0: Floats
    e1: Floats
    e2: Floats
    start: Floats  # where each becomes visible, as t
    end: Floats
    gone: Flags  # whether nothing of it is visible
    line: Floats  # the visible stretch as a polyline, (k, PIECES + 1, 2)
    bulge: Floats


def fan(
    tail: Floats,
    head: Floats,
    tail_half: Floats,
    head_half: Floats,
    bulge: Floats,
    skew: Floats,
    slide: Floats,
) -> Fan:
    """Arcs from ``tail`` to ``head`` (centres, ``(k, 2)``), cut where they meet the two boxes.

    ``bulge`` is the height of the apex as a share of the chord, to the left of the way it goes
    as seen on a picture with y down; ``skew`` leans the apex towards the head. ``slide``
    ``(k, 2)`` moves where the arc aims at along the middle of the two boxes, -1 to 1: wide
    boxes are reached from where their links come from.
    """
    p, q = _aimed(tail, head, tail_half, slide[:, 0]), _aimed(head, tail, head_half, slide[:, 1])
    u = q - p
    left = np.stack([-u[:, 1], u[:, 0]], axis=1)
    apex = p + u * (0.5 + skew)[:, None] + 2 * bulge[:, None] * left
    e1, e2 = 2 * (apex - p), p - 2 * apex + q
    rows = np.arange(len(p))
    z = p[:, None] + e1[:, None] * _LOOK[:, None] + e2[:, None] * (_LOOK * _LOOK)[:, None]
    # how far outside the two boxes the curve is at each look
    out = (np.abs(z - tail[:, None]) - (tail_half + TAIL_GAP)[:, None]).max(axis=2)
    back = (np.abs(z - head[:, None]) - (head_half + HEAD_GAP)[:, None]).max(axis=2)
    last = len(_LOOK) - 1 - (out < 0)[:, ::-1].argmax(axis=1)
    first = (back < 0).argmax(axis=1)
    gone = (first <= last + 1) | (out[:, 0] >= 0) | (back[:, -1] >= 0)
    last, first = np.minimum(last, len(_LOOK) - 2), np.maximum(first, 1)
    f, g = out[rows, last], out[rows, last + 1]
    start = _LOOK[last] + (_LOOK[1] * f / np.where(f == g, 1.0, f - g))
    f, g = back[rows, first], back[rows, first - 1]
    end = _LOOK[first] - (_LOOK[1] * f / np.where(f == g, 1.0, f - g))
    start, end = np.where(gone, 0.35, start), np.where(gone, 0.65, end)
    t = (start[:, None] + (end - start)[:, None] * _EVEN)[..., None]
    return Fan(p, e1, e2, start, end, gone, p[:, None] + t * (e1[:, None] + t * e2[:, None]), bulge)


def _aimed(here: Floats, there: Floats, half: Floats, slide: Floats) -> Floats:
    room = 0.8 * np.maximum(half[..., 0] - half[..., 1], 0)
    towards = np.clip((there[:, 0] - here[:, 0]) * 0.28, -room, room)
    x = here[:, 0] + np.clip(towards + slide * room, -room, room)
    return np.stack([x, here[:, 1]], axis=1)


def control_points(f: Fan) -> Floats:
    """The visible stretches as cubic curves, ``(k, 4, 2)``."""
    s, e = f.start[:, None], f.end[:, None]
    p = f.e0 + s * (f.e1 + s * f.e2)
    q = f.e0 + e * (f.e1 + e * f.e2)
    apex = f.e0 + (s + e) / 2 * f.e1 + s * e * f.e2  # the blossom of the two ends
    return np.stack([p, p + (apex - p) * 2 / 3, q + (apex - q) * 2 / 3, q], axis=1)


def wanted_bulge(p: Problem, x: Floats) -> tuple[Floats, Floats]:
    """How far each link should bulge, and how much that matters.

    Outward along the loops it belongs to, as far as a circle through the loop's nodes would;
    the shorter the loop, the louder its voice. Links there and back open as a lens, and links
    that join the same two nodes the same way are set apart.
    """
    total, weight = np.zeros(len(p.ends)), np.zeros(len(p.ends))
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
    lens = there_and_back(p)
    wanted = np.where(lens, np.maximum(wanted, LENS - 0.02), wanted)
    seen: dict[tuple[int, int], int] = {}
    for i, (a, b) in enumerate(p.ends.tolist()):
        turn = seen[a, b] = seen.get((a, b), -1) + 1
        if turn:
            wanted[i] += 0.18 * turn
            weight[i] += 1.0
    return wanted, weight + 0.3 * lens


def there_and_back(p: Problem) -> Flags:
    """Which links have one coming the other way."""
    ways = set(map(tuple, p.ends.tolist()))
    return np.array([(b, a) in ways and a != b for a, b in p.ends.tolist()], bool)
