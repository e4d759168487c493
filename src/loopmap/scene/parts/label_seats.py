"""Where the small texts that come last find room: the seat that covers least of the picture.

Labels of routes, tags on lines, names of loops and of regions each offer seats in their order of
preference; :func:`clearest` takes the first of those that cover least.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from loopmap.layout.curves import flatten
from loopmap.layout.model import Layout
from loopmap.scene.marks import Area, Point
from loopmap.scene.parts.variables import area_of

__all__ = ["Clearest", "clearest", "seat_round", "seats_along", "taken_areas"]


class Clearest(NamedTuple):
    """The best seat, its place among those offered, and what it covers in square map units."""

    seat: Area
    place: int
    covers: float


def clearest(seats: Iterable[Area], taken: Sequence[Area]) -> Clearest | None:
    """The first of the seats that cover least of what is taken; ``None`` where none is offered."""
    best: Clearest | None = None
    for place, seat in enumerate(seats):
        covers = round(sum(_overlap(seat, area) for area in taken), 2)
        if best is None or covers < best.covers:
            best = Clearest(seat, place, covers)
        if not covers:
            break
    return best


def seat_round(centre: Point, wide: float, high: float) -> Area:
    """The seat of this size with its middle on a point."""
    x, y = centre
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def seats_along(points: Sequence[Point], wide: float, high: float) -> Iterator[Area]:
    """Seats on the middle of a line, not at its ends: its very middle first, then outwards."""
    line = flatten(points, 24)
    last = len(line) - 1
    places = [line[round(share / 100 * last)] for share in range(20, 81, 5)]
    middle = len(places) // 2
    for i in sorted(range(len(places)), key=lambda i: abs(i - middle)):
        yield seat_round(places[i], wide, high)


def taken_areas(layout: Layout) -> list[Area]:
    """Small boxes over everything that is drawn: names, lines, signs, strokes, badges."""
    em = layout.font_size
    areas = [area_of(box) for box in layout.boxes.values()]
    for route in layout.routes:
        areas += [_square(x, y, 0.1 * em) for x, y in flatten(route.points, 12)]
        areas.append(_square(*route.sign, 0.5 * em))
        if route.bars is not None:
            areas.append(_square(route.bars.x, route.bars.y, 0.5 * em))
    areas += [_square(b.x, b.y, b.radius) for b in layout.badges]
    return areas


def _square(x: float, y: float, r: float) -> Area:
    return seat_round((x, y), 2 * r, 2 * r)


def _overlap(a: Area, b: Area) -> float:
    wide = min(a[2], b[2]) - max(a[0], b[0])
    high = min(a[3], b[3]) - max(a[1], b[1])
    return wide * high if wide > 0 and high > 0 else 0.0
