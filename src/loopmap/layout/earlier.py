"""An earlier picture as the steps use it: its places in em, by name, link and loop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from loopmap.layout.layout_graph import Points
from loopmap.layout.model import Layout, Point
from loopmap.model import LinkKey, SystemMap

__all__ = ["NOTHING", "Earlier", "earlier", "written"]


@dataclass(frozen=True, slots=True, eq=False)
class Earlier:
    """What is known of it; everything is kept that nothing new touches."""

    at: Mapping[str, complex] = field(default_factory=dict)
    #: Half sizes of the boxes, where they are known.
    half: Mapping[str, complex] = field(default_factory=dict)
    curves: Mapping[LinkKey, Points] = field(default_factory=dict)
    signs: Mapping[LinkKey, complex] = field(default_factory=dict)
    #: Middle and direction (radians) of delay strokes.
    bars: Mapping[LinkKey, tuple[complex, float]] = field(default_factory=dict)
    #: Place, radius and direction of the badges, by the id of their loop.
    badges: Mapping[str, tuple[complex, float, bool]] = field(default_factory=dict)


#: How far apart names usually are, in em.
_USUAL = 9.0
#: No earlier picture.
NOTHING = Earlier()


def earlier(near: Layout | None, renamed: Mapping[str, str]) -> Earlier:
    """An earlier layout in em, its names as they are now."""
    if near is None:
        return NOTHING
    f = near.font_size

    def now(key: LinkKey) -> LinkKey:
        source, target, kind, route = key
        return LinkKey(renamed.get(source, source), renamed.get(target, target), kind, route)

    def em(point: Point) -> complex:
        return complex(*point) / f

    boxes = {renamed.get(name, name): box for name, box in near.boxes.items()}
    return Earlier(
        {name: complex(box.x, box.y) / f for name, box in boxes.items()},
        {name: complex(box.width, box.height) / 2 / f for name, box in boxes.items()},
        {now(q.key): np.array([em(point) for point in q.points]) for q in near.routes},
        {now(q.key): em(q.sign) for q in near.routes},
        {now(q.key): (em((q.bars.x, q.bars.y)), q.bars.angle) for q in near.routes if q.bars},
        {q.loop: (em((q.x, q.y)), q.radius / f, q.clockwise) for q in near.badges},
    )


def written(m: SystemMap, font_size: float) -> Earlier:
    """The places that a map holds, in em.

    Places that are nearer to each other than letters are wide are not meant as lengths but as
    proportions (graph libraries lay out in the unit square); they are drawn so large that nearest
    neighbours are as far apart as names usually are.
    """
    at = {q.name: complex(*q.position) for q in m.elements if q.position is not None}
    nearest = _nearest(np.array(list(at.values()), complex))
    if 0 < nearest < font_size / 2:
        scale = _USUAL / nearest
        return Earlier({name: place * scale for name, place in at.items()})
    curves = {
        link.key: np.array([complex(*point) for point in link.curve]) / font_size
        for link in m.links
        if link.curve
    }
    return Earlier({name: place / font_size for name, place in at.items()}, curves=curves)


def _nearest(places: Points) -> float:
    """How far the nearest neighbour of a place is, in the median."""
    if len(places) < 2:
        return 0.0
    apart = abs(places[:, None] - places)
    np.fill_diagonal(apart, np.inf)
    return float(np.median(apart.min(axis=1)))
