"""Stakeholders as rounded chips, and what they want as small marks beside the variables."""

from __future__ import annotations

from loopmap.layout.model import Box
from loopmap.model import Element, Link
from loopmap.polarity import Polarity
from loopmap.scene.alt_text import ident
from loopmap.scene.marks import Group, Mark, Path
from loopmap.scene.parts.variables import area_of, key_of, text_block
from loopmap.scene.shapes import polygon, rectangle
from loopmap.scene.style import Style, mix

__all__ = ["draw_chip", "draw_wants", "wish"]


def draw_chip(element: Element, box: Box, em: float, style: Style, *, on: bool = True) -> Group:
    """A stakeholder: a pill, so that nobody takes it for a variable."""
    fade = 0.0 if on else style.fade
    ink = mix(style.stakeholder, style.paper, fade)
    shape = Path(
        *rectangle(area_of(box), box.height / 2),
        stroke=ink,
        width=0.08 * em,
        fill=mix(style.chip, style.paper, fade),
    )
    text = text_block(box.lines, box.x, box.y, em, ink)
    data = (("name", element.name), ("kind", element.kind))
    label = f"{element.name} (stakeholder)"
    return Group("stakeholder", label, (shape, *text), key_of(element.name), data)


def wish(x: float, y: float, up: bool, em: float, colour: str) -> Path:
    """A small triangle: somebody wants this up, or down."""
    r = 0.34 * em if up else -0.34 * em
    return Path(*polygon([(x, y - r), (x + r, y + r * 0.8), (x - r, y + r * 0.8)]), fill=colour)


def draw_wants(wants: list[Link], box: Box, em: float, style: Style, *, on: bool = True) -> Group:
    """The marks beside one variable: up, down, or both where people want different things."""
    colour = mix(style.stakeholder, style.paper, 0.0 if on else style.fade)
    _, top, right, _ = area_of(box)
    x, y = right + 0.25 * em, top + 0.1 * em
    marks: list[Mark] = []
    said = []
    for way, word in ((Polarity.POSITIVE, "up"), (Polarity.NEGATIVE, "down")):
        who = [link.source for link in wants if way in link.polarity]
        if who:
            marks.append(wish(x, y, word == "up", em, colour))
            said.append(
                f"{', '.join(who)} want{'s' if len(who) == 1 else ''} {box_name(wants)} {word}"
            )
            x += 0.85 * em
    key = f"wants-{ident(box_name(wants))}"
    return Group("wants", "; ".join(said), tuple(marks), key)


def box_name(wants: list[Link]) -> str:
    """The variable that these wants are about."""
    return wants[0].target
