"""Loop badges: R1, B2, U1 in an open circle whose arrow turns the way the loop runs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from loopmap.fonts import line_height, text_width, wrap
from loopmap.layout.model import Badge, Layout
from loopmap.loops import Loop
from loopmap.scene.alt_text import loop_sentence
from loopmap.scene.marks import Group, Mark, Path, Text
from loopmap.scene.parts.label_seats import clearest, seat_round, taken_areas
from loopmap.scene.parts.variables import text_block
from loopmap.scene.shapes import arc, circle, polygon
from loopmap.scene.style import Style, mix

__all__ = ["badge_marks", "draw_badge", "name_seats"]

_AIR = 0.3  # em to the left and right of a loop's name
_GAP = math.radians(64)  # of the circle left open at the top


def badge_marks(
    label: str,
    x: float,
    y: float,
    radius: float,
    em: float,
    style: Style,
    colour: str,
    *,
    clockwise: bool = True,
) -> tuple[Mark, ...]:
    """The open circle with its arrow, and the label in it."""
    way = 1 if clockwise else -1
    line = style.badge_line * em
    ring = radius - line / 2
    start = -math.pi / 2 + way * _GAP / 2
    sweep = way * (math.tau - _GAP)
    end = start + sweep
    size = min(style.badge * em, 1.5 * ring / max(text_width(label, 1.0, bold=True), 1e-6))
    tip = end + way * _GAP * 0.62
    hx, hy = x + ring * math.cos(end), y + ring * math.sin(end)
    half = 0.3 * em * (radius / em) ** 0.5
    head = [
        (x + ring * math.cos(tip), y + ring * math.sin(tip)),
        (hx + half * math.cos(end), hy + half * math.sin(end)),
        (hx - half * math.cos(end), hy - half * math.sin(end)),
    ]
    width = text_width(label, size, bold=True)
    return (
        Path(*circle(x, y, radius * 1.02), fill=style.paper, opacity=0.85),
        Path(*arc(x, y, ring, start, sweep), stroke=colour, width=line, round_ends=False),
        Path(*polygon(head), fill=colour),
        Text(x, y + 0.365 * size, label, size, width, colour, bold=True),
    )


def name_seats(loops: Sequence[Loop], layout: Layout, style: Style) -> dict[str, tuple[Text, ...]]:
    """Loop id -> its name beside its badge, for the loops where there is room for it.

    Names stay within the map's bounds and touch nothing; the others stand in the key only.
    """
    em = layout.font_size
    size = em * style.loop_name
    badges = {badge.loop: badge for badge in layout.badges}
    taken = taken_areas(layout)
    left, top, right, bottom = layout.bounds
    found: dict[str, tuple[Text, ...]] = {}
    for loop in loops:
        offered = []
        for x, y, lines in _seats(loop.name, badges[loop.id], size):
            wide = max(text_width(line, size, bold=True) for line in lines) + 2 * _AIR * em
            seat = seat_round((x, y), wide, len(lines) * line_height(size))
            if left <= seat[0] and seat[2] <= right and top <= seat[1] and seat[3] <= bottom:
                offered.append((seat, lines))
        best = clearest([seat for seat, _ in offered], taken)
        if best is not None and not best.covers:
            (x0, y0, x1, y1), lines = offered[best.place]
            middle, colour = ((x0 + x1) / 2, (y0 + y1) / 2), style.loop_colour(loop.kind)
            found[loop.id] = text_block(lines, *middle, size, colour, bold=True)
            taken.append(best.seat)
    return found


def _seats(name: str, badge: Badge, size: float) -> Iterator[tuple[float, float, tuple[str, ...]]]:
    """Middles and lines to try: below, above, right and left of the badge."""
    if not name:
        return
    for lines in dict.fromkeys([wrap(name, size, width=8 * size, bold=True), (name,)]):
        half = max(text_width(line, size, bold=True) for line in lines) / 2
        away = badge.radius * 1.16 + len(lines) * line_height(size) / 2
        yield badge.x, badge.y + away, lines
        yield badge.x, badge.y - away, lines
        yield badge.x + badge.radius * 1.2 + 0.35 * size + half, badge.y, lines
        yield badge.x - badge.radius * 1.2 - 0.35 * size - half, badge.y, lines


def draw_badge(
    loop: Loop,
    badge: Badge,
    em: float,
    style: Style,
    *,
    on: bool = True,
    name: tuple[Text, ...] = (),
) -> Group:
    """The badge of one loop, with its name if that has a seat; it fades unless it is ``on``."""
    colour = mix(style.loop_colour(loop.kind), style.paper, 0.0 if on else style.fade)
    marks = badge_marks(
        loop.label or loop.kind, badge.x, badge.y, badge.radius, em, style, colour,
        clockwise=badge.clockwise,
    )  # fmt: skip
    marks += tuple(replace(text, colour=colour) for text in name)
    data = (("loop", loop.id), ("kind", loop.kind), ("name", loop.name))
    return Group("loop", loop_sentence(loop), marks, f"loop-{loop.id}", data)
