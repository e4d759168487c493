"""Agencies as soft regions behind the variables they hold, each with its name on it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from loopmap.errors import UnknownNameError, did_you_mean
from loopmap.fonts import line_height, text_width
from loopmap.layout.model import Box, Layout
from loopmap.model import SystemMap
from loopmap.scene.alt_text import ident
from loopmap.scene.marks import Area, Group, Mark, Path, Point
from loopmap.scene.parts.label_seats import clearest, seat_round, taken_areas
from loopmap.scene.parts.variables import area_of, text_block
from loopmap.scene.style import Style, mix

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Regions", "draw_regions", "holdings", "wanted_regions"]

#: What ``draw(…, regions=)`` takes.
Regions = bool | str | Iterable[str]

# All in em.
_ROOM = 0.75  # from a name to the edge of its region
_CORRIDOR = 0.55  # half the width of what joins two names of one region
_CLEAR = 0.25  # a region keeps so far from names that are not in it
_BLEND = 1.1  # how softly parts melt into one another
_FAR = 7.0  # names that lie further apart make separate islands
_STEP = 0.4  # of the grid the outline is found on
_MOST = 8  # regions that can be told apart
_DASHES: tuple[tuple[float, ...], ...] = ((), (0.6, 0.3), (0.15, 0.25), (0.9, 0.25, 0.15, 0.25))


def holdings(m: SystemMap, boxes: Mapping[str, Box]) -> dict[str, tuple[str, ...]]:
    """Stakeholder -> the variables on the picture that it holds, for those that hold some."""
    held: dict[str, list[str]] = {}
    for link in m.links:
        if link.kind == "holds" and link.target in boxes:
            held.setdefault(link.source, []).append(link.target)
    return {who: tuple(names) for who, names in sorted(held.items())}


def wanted_regions(m: SystemMap, layout: Layout, regions: Regions) -> tuple[str, ...]:
    """Whose regions to draw: all, none, those named, or (``"auto"``) all where they help.

    Raises
    ------
    UnknownNameError
        If somebody named holds nothing on this map.
    """
    held = holdings(m, layout.boxes)
    if isinstance(regions, bool):
        return tuple(held) if regions else ()
    if regions == "auto":
        return tuple(held) if _helpful(held, layout) else ()
    names = (regions,) if isinstance(regions, str) else tuple(regions)
    for name in names:
        if name not in held:
            raise UnknownNameError(
                f"{name!r} holds nothing on this map, so there is no region to draw"
                + did_you_mean(str(name), held)
            )
    return names


def _helpful(held: Mapping[str, tuple[str, ...]], layout: Layout) -> bool:
    """Few regions, each variable in one at most, and none round what it does not hold."""
    members = [name for names in held.values() for name in names]
    if not 2 <= len(held) <= _MOST or len(members) != len(set(members)):
        return False
    if 2 * len(members) < len(layout.boxes):
        return False
    for names in held.values():
        areas = [area_of(layout.boxes[name]) for name in names]
        left, top = min(a[0] for a in areas), min(a[1] for a in areas)
        right, bottom = max(a[2] for a in areas), max(a[3] for a in areas)
        if any(
            left < box.x < right and top < box.y < bottom
            for name, box in layout.boxes.items()
            if name not in names
        ):
            return False
    return True


def draw_regions(
    m: SystemMap, layout: Layout, wanted: Sequence[str], style: Style, *, fade: float = 0.0
) -> tuple[Group, ...]:
    """The regions of these stakeholders, largest first so that small ones lie on top.

    What somebody holds far apart makes several islands, each with the name on it.
    """
    em = layout.font_size
    held = holdings(m, layout.boxes)
    taken = [*taken_areas(layout), *_wish_areas(layout)]
    order = sorted(wanted, key=lambda who: (-len(held[who]), who))
    found = []
    for who in order:
        place = sorted(wanted).index(who)
        plain = style.regions[place % len(style.regions)]
        colour = mix(plain, style.paper, fade)
        dash = tuple(d * em for d in _DASHES[(place // len(style.regions) + place) % len(_DASHES)])
        marks: list[Mark] = []
        for island in _islands(held[who], layout, em):
            shape = Path(
                *_outline(island, layout, em),
                stroke=mix(colour, style.paper, 0.45),
                width=0.09 * em,
                dash=dash,
                fill=colour,
                opacity=style.region_opacity,
            )
            seat = _label_seat(who, island, layout, taken, 0.78 * em)
            taken.append(seat)
            dark = mix(mix(plain, style.ink, 0.5), style.paper, fade)
            x, y = (seat[0] + seat[2]) / 2, (seat[1] + seat[3]) / 2
            marks += [shape, *text_block((who,), x, y, 0.78 * em, dark, bold=True)]
        sentence = f"{who} holds {', '.join(held[who])}"
        data = (("stakeholder", who),)
        found.append(Group("region", sentence, tuple(marks), f"region-{ident(who)}", data))
    return tuple(found)


def _islands(names: Sequence[str], layout: Layout, em: float) -> list[tuple[str, ...]]:
    """The names in bunches: those near enough to share an outline."""
    bunches: list[list[str]] = []
    for name in names:
        near = [b for b in bunches if any(_gap(layout, name, n) < _FAR * em for n in b)]
        bunches = [b for b in bunches if b not in near]
        bunches.append([name, *(n for b in near for n in b)])
    return sorted(tuple(sorted(bunch)) for bunch in bunches)


def _gap(layout: Layout, one: str, other: str) -> float:
    """How far apart two boxes are, edge to edge."""
    a, b = area_of(layout.boxes[one]), area_of(layout.boxes[other])
    wide = max(a[0] - b[2], b[0] - a[2], 0.0)
    high = max(a[1] - b[3], b[1] - a[3], 0.0)
    return math.hypot(wide, high)


# -- the outline -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Grid:
    x: NDArray[Any]
    y: NDArray[Any]


def _outline(names: Sequence[str], layout: Layout, em: float) -> tuple[str, tuple[Point, ...]]:
    """Round the names and what joins them, but clear of all other names."""
    import contourpy
    import numpy as np

    areas = [area_of(layout.boxes[name]) for name in names]
    pad = (_ROOM + _BLEND + 2 * _STEP) * em
    low = min(a[0] for a in areas) - pad, min(a[1] for a in areas) - pad
    high = max(a[2] for a in areas) + pad, max(a[3] for a in areas) + pad
    xs = np.arange(low[0], high[0] + _STEP * em, _STEP * em)
    ys = np.arange(low[1], high[1] + _STEP * em, _STEP * em)
    grid = _Grid(*np.meshgrid(xs, ys))
    far = np.full(grid.x.shape, 1e9)
    for area in areas:
        far = _melt(far, _from_box(grid, area) - _ROOM * em, _BLEND * em)
    for a, b in _joins([layout.boxes[name] for name in names]):
        far = _melt(far, _from_line(grid, a, b) - _CORRIDOR * em, _BLEND * em)
    for name, box in layout.boxes.items():
        if name not in names:
            far = np.maximum(far, _CLEAR * em - _from_box(grid, area_of(box)))
    rings: Any = contourpy.contour_generator(xs, ys, far, line_type="Separate").lines(0.0)
    codes = ""
    points: list[Point] = []
    for ring in rings:
        if len(ring) > 8:
            curve = _smooth([(float(x), float(y)) for x, y in ring[:-1]])
            codes += "M" + "C" * ((len(curve) - 1) // 3) + "Z"
            points += curve
    return codes, tuple(points)


def _melt(a: NDArray[Any], b: NDArray[Any], width: float) -> NDArray[Any]:
    """The smaller of two distances, rounded where they meet (a polynomial smooth minimum)."""
    import numpy as np

    near = np.maximum(width - np.abs(a - b), 0.0) / width
    found: NDArray[Any] = np.minimum(a, b) - near * near * width / 4
    return found


def _from_box(grid: _Grid, area: Area) -> NDArray[Any]:
    """Distance from a box, negative inside."""
    import numpy as np

    dx = np.maximum(area[0] - grid.x, grid.x - area[2])
    dy = np.maximum(area[1] - grid.y, grid.y - area[3])
    outside = np.hypot(np.maximum(dx, 0.0), np.maximum(dy, 0.0))
    found: NDArray[Any] = outside + np.minimum(np.maximum(dx, dy), 0.0)
    return found


def _from_line(grid: _Grid, a: Box, b: Box) -> NDArray[Any]:
    """Distance from the straight line between two centres."""
    import numpy as np

    dx, dy = b.x - a.x, b.y - a.y
    along = ((grid.x - a.x) * dx + (grid.y - a.y) * dy) / max(dx * dx + dy * dy, 1e-9)
    t = np.clip(along, 0.0, 1.0)
    found: NDArray[Any] = np.hypot(grid.x - a.x - t * dx, grid.y - a.y - t * dy)
    return found


def _joins(boxes: Sequence[Box]) -> list[tuple[Box, Box]]:
    """The shortest lines that join all of them (Prim's spanning tree)."""
    reached, waiting = [boxes[0]], list(boxes[1:])
    found = []
    while waiting:
        a, b = min(
            ((a, b) for a in reached for b in waiting),
            key=lambda pair: math.hypot(pair[0].x - pair[1].x, pair[0].y - pair[1].y),
        )
        found.append((a, b))
        reached.append(b)
        waiting.remove(b)
    return found


def _smooth(ring: Sequence[Point]) -> list[Point]:
    """A closed Catmull-Rom curve through every third point, as cubic Bézier curves."""
    kept = ring[::3]
    count = len(kept)
    curve = [kept[0]]
    for i in range(count):
        before, a = kept[i - 1], kept[i]
        b, after = kept[(i + 1) % count], kept[(i + 2) % count]
        curve.append((a[0] + (b[0] - before[0]) / 6, a[1] + (b[1] - before[1]) / 6))
        curve.append((b[0] - (after[0] - a[0]) / 6, b[1] - (after[1] - a[1]) / 6))
        curve.append(b)
    return curve


# -- the name on it --------------------------------------------------------------------------


def _wish_areas(layout: Layout) -> list[Area]:
    """Where the marks of what people want stand: by the right upper corner of the names."""
    em = layout.font_size
    corners = [area_of(box)[1:3] for box in layout.boxes.values()]
    return [(x - 0.1 * em, y - 0.3 * em, x + 1.4 * em, y + 0.5 * em) for y, x in corners]


def _label_seat(
    who: str, names: Sequence[str], layout: Layout, taken: Sequence[Area], size: float
) -> Area:
    """The clearest place for the region's name: above or below one of its variables."""
    wide, high = text_width(who, size, bold=True), line_height(size)
    room = _ROOM * layout.font_size
    offered = []
    for name in names:
        left, top, right, bottom = area_of(layout.boxes[name])
        left, top, right, bottom = left - room, top - room, right + room, bottom + room
        for y in (top - high / 2, bottom + high / 2, top - 1.5 * high, bottom + 1.5 * high):
            for x in ((left + right) / 2, left + wide / 2, right - wide / 2):
                offered.append(seat_round((x, y), wide, high))
    best = clearest(sorted(offered, key=lambda seat: seat[1]), taken)  # rather on top
    assert best is not None  # a region has at least one variable
    return best.seat
