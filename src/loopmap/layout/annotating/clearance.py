"""How much room there is at a place: used to find seats for signs, strokes and badges."""

from __future__ import annotations

import numpy as np

from loopmap.layout.geometry import (
    bounds,
    box_distance,
    near_rectangle,
    pieces,
    segment_distance,
)
from loopmap.layout.layout_graph import Floats, Points

__all__ = ["Clearance"]


class Clearance:
    """The boxes, lines and round things drawn so far.

    Distances are cut off at ``far``: what is further away does not matter.
    """

    def __init__(self, x: Points, half: Points, lines: list[Points], far: float = 2.4) -> None:
        self.centre, self.half, self.far = x, half, far
        self.start, self.end, self.owner = pieces(lines)
        self.seats: list[complex] = []
        self.radii: list[float] = []

    def add(self, centre: complex, radius: float) -> None:
        """Something round now stands here."""
        self.seats.append(centre)
        self.radii.append(radius)

    def room(self, points: Points, *, but: int = -1) -> Floats:
        """The distance from each point to the nearest thing, not counting link ``but``."""
        room = self.solid(points)
        low, high = self._reach(points)
        a, b = self.start, self.end
        near = (np.minimum(a.real, b.real) < high.real) & (np.maximum(a.real, b.real) > low.real)
        near &= (np.minimum(a.imag, b.imag) < high.imag) & (np.maximum(a.imag, b.imag) > low.imag)
        near &= self.owner != but
        if near.any():
            np.minimum(room, segment_distance(points, a[near], b[near]).min(axis=1), out=room)
        return room

    def solid(self, points: Points) -> Floats:
        """The distance from each point to the nearest thing that is not a line."""
        room = np.full(len(points), self.far)
        c, h = self.centre, self.half
        close = near_rectangle(c - h, c + h, *self._reach(points), 0.0)
        if close.any():
            np.minimum(room, box_distance(points, c[close], h[close]).min(axis=1), out=room)
        if self.seats:
            away = abs(points[:, None] - np.array(self.seats)) - np.array(self.radii)
            np.minimum(room, away.min(axis=1), out=room)
        return room

    def _reach(self, points: Points) -> tuple[complex, complex]:
        low, high = bounds(points)
        return low - self.far * (1 + 1j), high + self.far * (1 + 1j)
