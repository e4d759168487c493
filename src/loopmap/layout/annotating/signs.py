"""Step 6, *signs*: the mark of each sign, beside the head of its link."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from loopmap.layout.annotating.bounds import SIGN_RADIUS
from loopmap.layout.annotating.clearance import Clearance
from loopmap.layout.geometry import walk_back
from loopmap.layout.layout_graph import Floats, LayoutGraph, Points

__all__ = ["place_signs"]

#: How far behind the tip, and how far beside the line, a sign may sit, in em.
_BACK = np.array([0.9, 1.2, 1.5, 1.9, 2.4])
_BESIDE = np.array([0.75, 1.0])
#: Where to look when all of those are taken: all along the link, and closer to it.
_FURTHER = np.array([0.6, 0.9, 1.2, 1.5, 1.9, 2.4, 2.9, 3.5, 4.2, 5.0, 6.0])
_CLOSER = np.array([0.55, 0.75, 1.0, 1.3])
#: Room that keeps even the contexts of a sign's square clear.
_CORNER = SIGN_RADIUS * 1.42


def place_signs(
    p: LayoutGraph, lines: list[Points], clear: Clearance, kept: Mapping[int, complex]
) -> Points:
    """Centres of the signs, ``(m,)``; each goes to the clearest seat near its head.

    Those in ``kept``, by the number of their link, stay where they are.
    """
    found = np.zeros(len(lines), complex)
    for i, seat in kept.items():
        found[i] = seat
        if p.signed[i]:
            clear.add(seat, SIGN_RADIUS)
    for i, line in enumerate(lines):
        if i in kept:
            continue
        seats, room, cost = _looked_at(line, i, clear, _BACK, _BESIDE)
        if room.max() < _CORNER:  # crowded
            more = _looked_at(line, i, clear, _FURTHER, _CLOSER)
            seats, room, cost = (np.append(*q) for q in zip((seats, room, cost), more, strict=True))
            # a sign on a line can be read; one on a name or on another sign cannot
            cost += 6.0 * np.maximum(1 - clear.solid(seats) / _CORNER, 0)
        worth = np.minimum(room, 0.8) - cost - np.where(room < _CORNER, 0.6, 0.0)
        found[i] = seats[int(worth.argmax())]
        if p.signed[i]:
            clear.add(found[i], SIGN_RADIUS)
    return found


def _looked_at(
    line: Points, i: int, clear: Clearance, back: Floats, beside: Floats
) -> tuple[Points, Floats, Floats]:
    """Seats on both sides of a link's end, the room there, and how far they are from the usual."""
    back, beside, side = (q.ravel() for q in np.meshgrid(back, beside, [1.0, -1.0]))
    point, way = walk_back(line, back)
    seats = point + 1j * side * beside * way
    return seats, clear.room(seats, but=i), back * 0.06 + abs(beside - _BESIDE[0]) * 0.15
