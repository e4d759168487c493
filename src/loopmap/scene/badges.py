"""Loop badges: R1, B2, U1 in an open circle whose arrow turns the way the loop runs."""

from __future__ import annotations

import math

from loopmap.fonts import text_width
from loopmap.layout.places import Badge
from loopmap.loops import Loop
from loopmap.scene.marks import Group, Mark, Path, Text
from loopmap.scene.shapes import arc, circle, polygon
from loopmap.scene.style import Style, mix
from loopmap.scene.words import loop_sentence

__all__ = ["badge_marks", "draw_badge"]

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


def draw_badge(loop: Loop, badge: Badge, em: float, style: Style, *, on: bool = True) -> Group:
    """The badge of one loop; it fades unless it is ``on``."""
    colour = mix(style.loop_colour(loop.kind), style.paper, 0.0 if on else style.fade)
    marks = badge_marks(
        loop.label or loop.kind, badge.x, badge.y, badge.radius, em, style, colour,
        clockwise=badge.clockwise,
    )  # fmt: skip
    data = (("loop", loop.id), ("kind", loop.kind), ("name", loop.name))
    return Group("loop", loop_sentence(loop), marks, f"loop-{loop.id}", data)
