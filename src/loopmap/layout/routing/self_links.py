"""Links from a node to itself: teardrops at a corner of its box."""

from __future__ import annotations

import numpy as np

from loopmap.layout.annotating.clearance import Clearance
from loopmap.layout.curves import trace
from loopmap.layout.earlier import Earlier
from loopmap.layout.layout_graph import LayoutGraph, Points
from loopmap.layout.routing.kept import covered, kept_curves
from loopmap.layout.routing.router import Router

__all__ = ["all_curves", "teardrops"]

_CORNERS = (1 - 1j, -1 - 1j, 1 + 1j, -1 + 1j)


def all_curves(p: LayoutGraph, router: Router, before: Earlier) -> list[Points]:
    """Control points of every link; those from a node to itself become teardrops."""
    kept = kept_curves(p, router.x, before)
    for i in covered(p, router.x, before, kept):
        del kept[i]
    found: list[Points] = [np.full(4, 1e6 + 0j)] * len(p.ends)  # out of the way until drawn
    for i, curve in zip(router.links, router.curves(), strict=True):
        found[i] = curve
    own = np.flatnonzero(p.ends[:, 0] == p.ends[:, 1]).tolist()
    found = [kept.get(i, curve) if i in own else curve for i, curve in enumerate(found)]
    for i in own:
        if i in kept:
            continue
        v = p.ends[i, 0]
        clear = Clearance(np.delete(router.x, v), np.delete(p.half, v), [*map(trace, found)])
        drops = teardrops(router.x[v], p.half[v])
        room = [float(clear.room(trace(drop)[3:-3]).min()) for drop in drops]
        found[i] = drops[int(np.argmax(room))]
    return found


def teardrops(centre: complex, half: complex, *, size: float = 2.6) -> Points:
    """Self-links at the four contexts of a box, ``(4, 4)``: out of one side, into the other."""
    found = []
    for corner in _CORNERS:
        sx, sy = corner.real, corner.imag
        at = centre + complex(half.real * sx, half.imag * sy)
        tail = at + complex(-sx * min(1.0, half.real * 0.7), sy * 0.2)
        head = at + complex(sx * 0.35, -sy * min(0.45, half.imag * 0.6))
        out = complex(sx * 0.55, sy * 1.0) * size
        side = complex(sx * 1.15, sy * 0.35) * size
        found.append([tail, tail + out - sx, head + side, head])
    return np.array(found)
