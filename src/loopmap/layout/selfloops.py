"""Links from a node to itself: teardrops at a corner of its box."""

from __future__ import annotations

import numpy as np

from loopmap.layout.problem import Points

__all__ = ["teardrops"]

_CORNERS = (1 - 1j, -1 - 1j, 1 + 1j, -1 + 1j)


def teardrops(centre: complex, half: complex, *, size: float = 2.6) -> Points:
    """Self-links at the four corners of a box, ``(4, 4)``: out of one side, into the other."""
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
