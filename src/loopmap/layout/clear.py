"""How much room there is at a place: used to find seats for signs, strokes and badges."""

from __future__ import annotations

import numpy as np

from loopmap.layout.geometry import box_distance, segment_distance, segments
from loopmap.layout.problem import Floats

__all__ = ["Clear"]


class Clear:
    """The boxes, lines and round things drawn so far.

    Distances are cut off at ``far``: what is further away does not matter.
    """

    def __init__(self, x: Floats, half: Floats, lines: list[Floats], far: float = 2.4) -> None:
        self.centre, self.half, self.far = x, half, far
        self.start, self.end, self.owner = segments(lines)
        self.low = np.minimum(self.start, self.end) - far
        self.high = np.maximum(self.start, self.end) + far
        self.round: list[tuple[Floats, float]] = []

    def add(self, centre: Floats, radius: float) -> None:
        """Something round now stands here."""
        self.round.append((centre, radius))

    def room(self, points: Floats, *, but: int = -1) -> Floats:
        """The distance from each point to the nearest thing, not counting link ``but``."""
        room = np.full(len(points), self.far)
        low, high = points.min(axis=0), points.max(axis=0)
        near = ((self.low < high) & (self.high > low)).all(axis=1) & (self.owner != but)
        if near.any():
            away = segment_distance(points, self.start[near], self.end[near])
            np.minimum(room, away.min(axis=1), out=room)
        close = (
            np.abs(self.centre - (low + high) / 2) < self.half + (high - low) / 2 + self.far
        ).all(axis=1)
        if close.any():
            away = box_distance(points, self.centre[close], self.half[close])
            np.minimum(room, away.min(axis=1), out=room)
        for centre, radius in self.round:
            np.minimum(room, np.hypot(*(points - centre).T) - radius, out=room)
        return room
