"""Step 2, *place*: where the nodes go."""

from __future__ import annotations

import numpy as np

from loopmap.layout.problem import Floats, Problem
from loopmap.layout.stress import distances, majorise, turned

__all__ = ["place"]


def place(p: Problem, rng: np.random.Generator) -> Floats:
    """Centres of the nodes: the longest ring on a circle, then stress."""
    d = distances(p)
    n = len(p.names)
    x = rng.normal(0, d.typical * n**0.5 / 2, (n, 2))
    if p.loops:
        longest = max(p.loops, key=lambda loop: len(loop))
        ring = p.ends[np.array(longest), 0]
        angle = np.arange(len(ring)) * 2 * np.pi / len(ring)
        radius = d.typical * len(ring) / (2 * np.pi)
        x[ring] = radius * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return turned(majorise(d, x, 80), p.half)
