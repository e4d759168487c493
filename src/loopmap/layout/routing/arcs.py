"""One smooth arc per link: its shape, and where it leaves and reaches the boxes at its ends."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from loopmap.layout.geometry import cross, outside
from loopmap.layout.layout_graph import Flags, Floats, Ints, LayoutGraph, Points

__all__ = [
    "DOTS",
    "EVEN",
    "HEAD_GAP",
    "PIECES",
    "TAIL_GAP",
    "Fan",
    "control_points",
    "fan",
    "there_and_back",
    "wanted_bulge",
]

#: Room between a box and the tail or the head of a link, in em.
TAIL_GAP, HEAD_GAP = 0.2 + 0.2j, 0.35 + 0.35j
#: Bulge of the two arcs between a pair, so that they open as a lens.
LENS = 0.2
#: Pieces of the polyline that stands for an arc while it is being judged.
PIECES = 8
#: Pieces between points that are held against text: names are low, so these lie close.
DOTS = 3 * PIECES

_LOOK = np.linspace(0, 1, 25)
#: Where along an arc its points lie.
EVEN = np.linspace(0, 1, DOTS + 1)


@dataclass(frozen=True, slots=True, eq=False)
class Fan:
    """Several arcs, tried for one link or standing for several: ``e0 + e1 t + e2 t²``."""

    e0: Points
    e1: Points
    e2: Points
    start: Floats  # where each becomes visible, as t
    end: Floats
    gone: Flags  # whether nothing of it is visible
    dots: Points  # points along the visible stretch, (k, DOTS + 1)
    bulge: Floats

    @property
    def line(self) -> Points:
        """The visible stretch as a polyline, ``(k, PIECES + 1)``."""
        return self.dots[:, :: DOTS // PIECES]


def fan(
    tail: Points,
    head: Points,
    tail_half: Points,
    head_half: Points,
    bulge: Floats,
    skew: Floats,
    slide: Points,
) -> Fan:
    """Arcs from ``tail`` to ``head`` (centres, ``(k,)``), cut where they meet the two boxes.

    ``bulge`` is the height of the apex as a share of the chord, clockwise of the way it goes;
    ``skew`` leans the apex towards the head. ``slide`` moves where the arc aims at along the
    middle of the two boxes, -1 to 1 (tail real, head imaginary): wide boxes are reached from
    where their links come from.
    """
    p = _aimed(tail, head, tail_half, slide.real)
    q = _aimed(head, tail, head_half, slide.imag)
    apex = p + (q - p) * (0.5 + skew + 2j * bulge)
    e1, e2 = 2 * (apex - p), p - 2 * apex + q
    z = p[:, None] + _LOOK * (e1[:, None] + _LOOK * e2[:, None])
    out = outside(z - tail[:, None], (tail_half + TAIL_GAP)[:, None])
    back = outside(z - head[:, None], (head_half + HEAD_GAP)[:, None])
    last = len(_LOOK) - 1 - (out < 0)[:, ::-1].argmax(axis=1)
    first = (back < 0).argmax(axis=1)
    gone = (first <= last + 1) | (out[:, 0] >= 0) | (back[:, -1] >= 0)
    last, first = np.minimum(last, len(_LOOK) - 2), np.maximum(first, 1)
    curve = p, e1, e2
    start = _border(curve, tail, tail_half + TAIL_GAP, out, last, last + 1)
    end = _border(curve, head, head_half + HEAD_GAP, back, first, first - 1)
    start, end = np.where(gone, 0.35, start), np.where(gone, 0.65, end)
    t = start[:, None] + (end - start)[:, None] * EVEN
    return Fan(p, e1, e2, start, end, gone, p[:, None] + t * (e1[:, None] + t * e2[:, None]), bulge)


def _aimed(here: Points, there: Points, half: Points, slide: Floats) -> Points:
    room = 0.8 * np.maximum(half.real - half.imag, 0)
    towards = np.maximum(np.minimum((there - here).real * 0.28, room), -room) + slide * room
    return here + np.maximum(np.minimum(towards, room), -room)


def _border(
    curve: tuple[Points, Points, Points],
    centre: Points,
    half: Points,
    distance: Floats,
    here: Ints,
    there: Ints,
) -> Floats:
    """Where arcs leave their boxes, between a look inside and the next: by false position."""
    e0, e1, e2 = curve
    rows = np.arange(len(distance))
    inner, outer = _LOOK[here], _LOOK[there]
    f, g = distance[rows, here], distance[rows, there]
    for _ in range(2):
        t = inner + (outer - inner) * f / np.where(f == g, 1.0, f - g)
        h = outside(e0 + t * (e1 + t * e2) - centre, half)
        is_in = h < 0
        inner, f = np.where(is_in, t, inner), np.where(is_in, h, f)
        outer, g = np.where(is_in, outer, t), np.where(is_in, g, h)
    return inner + (outer - inner) * f / np.where(f == g, 1.0, f - g)


def control_points(f: Fan) -> Points:
    """The visible stretches as cubic curves, ``(k, 4)``."""
    s, e = f.start, f.end
    p = f.e0 + s * (f.e1 + s * f.e2)
    q = f.e0 + e * (f.e1 + e * f.e2)
    apex = f.e0 + (s + e) / 2 * f.e1 + s * e * f.e2  # the blossom of the two ends
    return np.stack([p, p + (apex - p) * 2 / 3, q + (apex - q) * 2 / 3, q], axis=1)


def wanted_bulge(p: LayoutGraph, x: Points) -> tuple[Floats, Floats]:
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
        bulge = np.full(length, LENS + 0.04)
        if length > 2:
            outward = cross(b - a, (a + b) / 2 - a.mean()) > 0
            bulge = np.where(outward, 1, -1) * min(np.tan(np.pi / (2 * length)) / 2, 0.3)
        total[i] += bulge / length
        weight[i] += 1 / length
    wanted = np.where(weight > 0, total / np.maximum(weight, 1e-9), 0.0)
    lens = there_and_back(p)
    wanted = np.where(lens, np.maximum(wanted, LENS - 0.02), wanted)
    seen: dict[tuple[int, int], int] = {}
    for k, (tail, head) in enumerate(p.ends.tolist()):
        turn = seen[tail, head] = seen.get((tail, head), -1) + 1
        if turn:
            wanted[k] += 0.18 * turn
            weight[k] += 1.0
    return wanted, weight + 0.3 * lens


def there_and_back(p: LayoutGraph) -> Flags:
    """Which links have one coming the other way."""
    ways = set(map(tuple, p.ends.tolist()))
    return np.array([(b, a) in ways and a != b for a, b in p.ends.tolist()], bool)
