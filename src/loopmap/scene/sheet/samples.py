"""The small drawings in the key: one function for each thing a map can hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from loopmap.fonts import text_width
from loopmap.layout.model import Bars, Box
from loopmap.model import Element, Link
from loopmap.scene.marks import Mark, Path
from loopmap.scene.parts.badges import badge_marks
from loopmap.scene.parts.links import arrowhead, delay_bars, sign_of, sign_text, stroke_of
from loopmap.scene.parts.stakeholders import draw_chip, wish
from loopmap.scene.parts.variables import draw_variable
from loopmap.scene.shapes import circle, polyline, rectangle
from loopmap.scene.style import Style, mix

__all__ = [
    "Sample",
    "arrow_sample",
    "badge_sample",
    "dots_sample",
    "influence_sample",
    "name_sample",
    "region_sample",
    "widths_sample",
    "wish_sample",
]

#: Draws a sample with its middle at (x, y). ``em`` is always the size of the key's type.
Sample = Callable[[float, float], Iterable[Mark]]


def arrow_sample(link: Link, em: float, style: Style, *, sign: bool = True) -> Sample:
    """A short link with its sign, or with its delay."""

    def draw(x: float, y: float) -> Iterable[Mark]:
        colour, dash = stroke_of(link, style)
        hollow = style.open_negative_head and link.polarity.word == "negative"
        left, tip = x - 1.3 * em, (x + (0.75 if sign else 1.3) * em, y)
        body = [(left, y), (tip[0] - style.head * em * 0.85, y)]
        dashes = tuple(d * em for d in dash)
        width = style.line * em
        yield Path(*polyline(body), stroke=colour, width=width, dash=dashes, round_ends=False)
        yield arrowhead(tip, body[0], em, style, colour, hollow=hollow)
        if link.delayed:
            yield from delay_bars(Bars(x - 0.3 * em, y, 0.0), em, style, style.ink)
        if sign:
            yield sign_text(sign_of(link, style), (x + 1.3 * em, y), style.sign * em, colour)

    return draw


def influence_sample(em: float, style: Style) -> Sample:
    """The dashed line with a dot of who can move what."""

    def draw(x: float, y: float) -> Iterable[Mark]:
        ends = polyline([(x - 1.3 * em, y), (x + 1.1 * em, y)])
        dash = tuple(d * em for d in style.dash_influence)
        yield Path(*ends, stroke=style.stakeholder, width=style.line * em * 0.75, dash=dash)
        yield Path(*circle(x + 1.1 * em, y, 0.26 * em), fill=style.stakeholder)

    return draw


def wish_sample(up: bool, em: float, style: Style) -> Sample:
    """The mark of somebody who wants a variable up or down."""
    return lambda x, y: [wish(x, y, up, em, style.stakeholder)]


def region_sample(em: float, style: Style) -> Sample:
    """A piece of an agency's region."""

    def draw(x: float, y: float) -> Iterable[Mark]:
        area = (x - 1.3 * em, y - 0.55 * em, x + 1.3 * em, y + 0.55 * em)
        colour = style.regions[0]
        edge = mix(colour, style.paper, 0.45)
        yield Path(
            *rectangle(area, 0.4 * em),
            stroke=edge,
            width=0.09 * em,
            fill=colour,
            opacity=style.region_opacity,
        )

    return draw


def dots_sample(em: float, style: Style) -> Sample:
    """The dotted line of what is inferred."""

    def draw(x: float, y: float) -> Iterable[Mark]:
        ends = polyline([(x - 1.3 * em, y), (x + 1.3 * em, y)])
        dash = tuple(d * em for d in style.dash_inferred)
        yield Path(*ends, stroke=style.ink, width=style.line * em, dash=dash)

    return draw


def widths_sample(em: float, style: Style) -> Sample:
    """The three widths of weak, medium and strong links."""

    def draw(x: float, y: float) -> Iterable[Mark]:
        for i, width in enumerate(style.lines_by_strength):
            at = y + (i - 1) * 0.42 * em
            ends = polyline([(x - 1.3 * em, at), (x + 1.3 * em, at)])
            yield Path(*ends, stroke=style.ink, width=width * em, round_ends=False)

    return draw


def name_sample(element: Element, em: float, style: Style) -> Sample:
    """A name as its kind and tags make it look."""

    def draw(x: float, y: float) -> Iterable[Mark]:
        size = 0.8 * em
        width, height = text_width(element.name, size) + 0.9 * em, 1.5 * em
        box = Box(x, y, width, height, (element.name,))
        drawn = draw_variable if element.is_quantity else draw_chip
        yield from drawn(element, box, size, style).marks

    return draw


def badge_sample(kind: str, em: float, style: Style, *, label: str = "") -> Sample:
    """A loop's badge."""

    def draw(x: float, y: float) -> Iterable[Mark]:
        colour = style.loop_colour(kind)
        return badge_marks(label or kind, x, y, 0.98 * em, em * 0.95, style, colour)

    return draw
