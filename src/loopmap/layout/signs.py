"""Step 6, *signs*: the mark of each sign, beside the head of its link."""

from __future__ import annotations

import numpy as np

from loopmap.layout.box import SIGN_RADIUS
from loopmap.layout.clear import Clear
from loopmap.layout.geometry import walk_back
from loopmap.layout.problem import Points, Problem

__all__ = ["place_signs"]

#: How far behind the tip, and how far beside the line, a sign may sit, in em.
_BACK = np.array([0.9, 1.2, 1.5, 1.9, 2.4])
_BESIDE = np.array([0.75, 1.0])
#: Where to look when all of those are taken.
_FURTHER = np.array([2.9, 3.5, 4.2, 5.0, 6.0])
#: Room that keeps even the corners of a sign's square clear.
_CORNER = SIGN_RADIUS * 1.35


def place_signs(p: Problem, lines: list[Points], clear: Clear) -> Points:
    """Centres of the signs, ``(m,)``; each goes to the clearest seat near its head."""
    back, beside, side = (q.ravel() for q in np.meshgrid(_BACK, _BESIDE, [1.0, -1.0]))
    dislike = back * 0.06 + (beside - _BESIDE[0]) * 0.15
    found = np.zeros(len(lines), complex)
    for i, line in enumerate(lines):
        point, way = walk_back(line, back)
        seats = point + 1j * side * beside * way
        room = clear.room(seats, but=i)
        if room.max() < _CORNER:  # crowded: look further back too
            far = np.repeat(_FURTHER, 4)
            point, way = walk_back(line, far)
            more = point + 1j * np.tile([0.75, -0.75, 1.0, -1.0], len(_FURTHER)) * way
            seats, room = np.append(seats, more), np.append(room, clear.room(more, but=i))
            cost = np.append(dislike, 0.06 * far)
        else:
            cost = dislike
        worth = np.minimum(room, 0.8) - cost - np.where(room < _CORNER, 0.6, 0.0)
        found[i] = seats[int(worth.argmax())]
        if p.signed[i]:
            clear.add(found[i], SIGN_RADIUS)
    return found
