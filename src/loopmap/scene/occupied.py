"""Where there is room left on a picture, for the small texts that come last."""

from __future__ import annotations

from collections.abc import Iterable

from loopmap.layout.curves import flatten
from loopmap.layout.model import Layout
from loopmap.scene.marks import Area
from loopmap.scene.variables import area_of

__all__ = ["covered", "taken_areas"]


def taken_areas(layout: Layout, *, but_badge: str = "") -> list[Area]:
    """Small boxes over everything that is drawn: names, lines, signs, strokes, badges."""
    em = layout.font_size
    areas = [area_of(box) for box in layout.boxes.values()]
    for route in layout.routes:
        areas += [_round(x, y, 0.1 * em) for x, y in flatten(route.points, 12)]
        areas.append(_round(*route.sign, 0.5 * em))
        if route.bars is not None:
            areas.append(_round(route.bars.x, route.bars.y, 0.5 * em))
    areas += [_round(b.x, b.y, b.radius) for b in layout.badges if b.loop != but_badge]
    return areas


def _round(x: float, y: float, r: float) -> Area:
    return x - r, y - r, x + r, y + r


def covered(seat: Area, taken: Iterable[Area]) -> float:
    """How much of what is taken a seat would cover, in square map units."""
    return sum(_overlap(seat, area) for area in taken)


def _overlap(a: Area, b: Area) -> float:
    wide = min(a[2], b[2]) - max(a[0], b[0])
    high = min(a[3], b[3]) - max(a[1], b[1])
    return wide * high if wide > 0 and high > 0 else 0.0
