"""Which links can stay as they were drawn on an earlier picture."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from loopmap.layout.curves import traced
from loopmap.layout.earlier import Earlier
from loopmap.layout.geometry import outside
from loopmap.layout.layout_graph import Flags, LayoutGraph, Points
from loopmap.layout.routing.arcs import HEAD_GAP, TAIL_GAP

__all__ = ["covered", "kept_curves", "settled"]

#: What is meant to be the same may differ by so much, in em: pictures are rounded to less.
_SAME = 2e-3
#: A box that is new or has moved may come so near to a link that stays, in em.
_NEAR = 0.1
#: A curve whose boxes' sizes are not known may begin and end so deep in their room or off it, in
#: em: ways round end at the next of some steps.
_DEEP, _FAR = 0.3, 0.4


def settled(p: LayoutGraph, x: Points, before: Earlier) -> Flags:
    """The nodes that are where they were, and as large as they were if that is known."""
    at = np.array([before.at.get(name, complex(np.inf)) for name in p.names], complex)
    half = np.array([before.half.get(v, q) for v, q in zip(p.names, p.half, strict=True)], complex)
    return (abs(at - x) < _SAME) & (abs(half - p.half) < _SAME)


def kept_curves(p: LayoutGraph, x: Points, before: Earlier) -> dict[int, Points]:
    """The earlier curves of links with both ends where they were, by the number of the link."""
    if not before.curves:
        return {}
    same: list[bool] = np.all(settled(p, x, before)[p.ends], axis=1).tolist()
    return {
        i: before.curves[key]
        for i, key in enumerate(p.keys)
        if same[i] and key in before.curves and (before.half or _joins(p, x, i, before.curves[key]))
    }


def _joins(p: LayoutGraph, x: Points, i: int, curve: Points) -> bool:
    """Whether a curve leaves the box of its link's tail and reaches that of its head."""
    ends = np.array([curve[0], curve[-1]]) - x[p.ends[i]]
    room = outside(ends, p.half[p.ends[i]] + np.array([TAIL_GAP, HEAD_GAP]))
    return bool((room > -_DEEP).all() and (room < _FAR).all())


def covered(p: LayoutGraph, x: Points, before: Earlier, kept: Mapping[int, Points]) -> list[int]:
    """Those of the kept curves on which a box lies that is new, larger or has moved."""
    changed = ~settled(p, x, before)
    centre, half = x[changed], p.half[changed]
    if not len(centre):
        return []
    lines = traced(list(kept.values()))
    return [
        i
        for i, line in zip(kept, lines, strict=True)
        if outside(line[:, None] - centre, half).min() < _NEAR
    ]
