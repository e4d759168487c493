"""Links: the curve, the arrowhead, the sign beside it, the strokes of a delay."""

from __future__ import annotations

import math
from collections.abc import Mapping

from loopmap.fonts import line_height, text_width
from loopmap.layout.curves import cut_back, point_back
from loopmap.layout.model import Bars, Layout, Route
from loopmap.model import Link, LinkKey
from loopmap.scene.alt_text import ident
from loopmap.scene.marks import Group, Mark, Path, Point, Text
from loopmap.scene.overlays.overrides import LinkOverride, striped
from loopmap.scene.parts.label_seats import clearest, seats_along, taken_areas
from loopmap.scene.parts.variables import text_block
from loopmap.scene.shapes import circle, polygon, polyline, rectangle
from loopmap.scene.style import Style, mix
from loopmap.words import link_sentence

__all__ = ["arrowhead", "draw_link", "route_seats", "sign_of", "strength_steps", "stroke_of"]

_LETTERS = {"positive": "s", "negative": "o"}
#: How far below a sign's centre its baseline lies, in em of the sign.
_SINK = {"+": 0.313, "−": 0.313, "±": 0.34, "s": 0.28, "o": 0.28}


def sign_of(link: Link, style: Style) -> str:
    """What stands beside the arrowhead."""
    letter = _LETTERS.get(link.polarity.word) if style.letters else None
    return letter or str(link.polarity)


def stroke_of(link: Link, style: Style) -> tuple[str, tuple[float, ...]]:
    """Colour and dashes (em) of a link: its sign first, then how well it is supported."""
    colour = style.link_colour(link.polarity.word)
    if link.kind == "influences":
        return style.stakeholder, style.dash_influence
    if link.evidence == "inferred":
        return colour, style.dash_inferred
    dashes = {"unknown": style.dash_unknown, "mixed": style.dash_mixed}
    return colour, dashes.get(link.polarity.word, ())


def strength_steps(links: tuple[Link, ...]) -> tuple[float, float] | None:
    """Where weak ends and where strong begins: the thirds of the strengths, regardless of sign."""
    given = sorted(abs(link.strength) for link in links if link.strength is not None)
    if len(set(given)) < 2:
        return None
    return given[(len(given) - 1) // 3], given[(2 * (len(given) - 1) + 2) // 3]


def line_width(link: Link, style: Style, steps: tuple[float, float] | None) -> float:
    """Width of a link's line in em: by its strength where ``steps`` are given."""
    if steps is None:
        return style.line
    weak, medium, strong = style.lines_by_strength
    if link.strength is None:
        return medium
    size = abs(link.strength)
    return strong if size >= steps[1] else weak if size <= steps[0] else medium


def arrowhead(
    tip: Point, towards: Point, em: float, style: Style, colour: str, *, hollow: bool = False
) -> Path:
    """A head at ``tip`` on a line that comes from ``towards``."""
    angle = math.atan2(tip[1] - towards[1], tip[0] - towards[0])
    ux, uy = math.cos(angle), math.sin(angle)
    length, half = style.head * em, style.head_width * em / 2

    def at(back: float, side: float) -> Point:
        return tip[0] - ux * back - uy * side, tip[1] - uy * back + ux * side

    if hollow:  # its outline is a line; pull it in so that the head keeps its size
        inset = style.line * em * 0.4
        shape = [
            at(inset * 2, 0),
            at(length - inset, half - inset),
            at(length - inset, inset - half),
        ]
        return Path(*polygon(shape), stroke=colour, width=style.line * em * 0.8, fill=style.paper)
    return Path(
        *polygon([at(0, 0), at(length, half), at(length * 0.8, 0), at(length, -half)]), fill=colour
    )


def delay_bars(bars: Bars, em: float, style: Style, colour: str) -> tuple[Path, ...]:
    """Two strokes across the line, leaning as ``//`` does, on a gap in it."""
    ux, uy = math.cos(bars.angle), math.sin(bars.angle)
    half, gap = style.bar * em, style.bar_gap * em / 2
    lean = half * 0.35

    def stroke(along: float, *, colour: str, width: float) -> Path:
        ends = [
            (
                bars.x + ux * (along + side * lean) - uy * side * half,
                bars.y + uy * (along + side * lean) + ux * side * half,
            )
            for side in (-1, 1)
        ]
        return Path(*polyline(ends), stroke=colour, width=width, round_ends=False)

    back = Path(
        *polyline([(bars.x - ux * gap, bars.y - uy * gap), (bars.x + ux * gap, bars.y + uy * gap)]),
        stroke=style.paper,
        width=style.line * em * 1.8,
        round_ends=False,
    )
    width = style.bar_line * em
    return back, stroke(-gap, colour=colour, width=width), stroke(gap, colour=colour, width=width)


def draw_link(
    link: Link,
    route: Route,
    em: float,
    style: Style,
    *,
    on: bool = True,
    loops: tuple[str, ...] = (),
    steps: tuple[float, float] | None = None,
    look: LinkOverride | None = None,
    ids: Mapping[str, str],
    label: Point | None = None,
) -> Group:
    """One causal or stakeholder link with everything that belongs to it.

    Parameters
    ----------
    on
        Whether it stands out; else it fades.
    loops
        Ids of the marked loops it is part of.
    steps
        Where weak ends and strong begins, to show strength by width.
    look
        How its line is drawn otherwise than by its sign and evidence.
    ids
        Element name to the key of its group.
    label
        The middle of what tells it from a parallel link, see :func:`route_seats`.
    """
    colour, dash = stroke_of(link, style)
    fade = 0.0 if on else style.fade
    colour, ink = mix(colour, style.paper, fade), mix(style.ink, style.paper, fade)
    width = line_width(link, style, steps) * em
    pens: tuple[str, ...] = (colour,)
    if look is not None:
        width *= look.width
        dash = dash if look.dash is None else look.dash
        pens = tuple(mix(pen, style.paper, fade) for pen in look.colours) or pens
    hollow = style.open_negative_head and link.polarity.word == "negative"
    wider = max(1.0, width / (style.line * em)) ** 0.5  # a broad line needs a broader head
    head = style.head * em * wider
    marks: list[Mark] = []
    if link.kind == "influences":
        marks += _influence(route, em, style, colour, dash)
    else:
        body = cut_back(route.points, head * (1.0 if hollow else 0.85))
        dots = link.evidence == "inferred"
        marks += striped(body, pens, width, tuple(d * em for d in dash), em, round_ends=dots)
        tail = point_back(route.points, head)
        marks.append(arrowhead(route.points[-1], tail, em * wider, style, colour, hollow=hollow))
    if label is not None:
        marks += route_label(link.route, label, em, style, fade=fade)
    if route.bars is not None and link.delayed:  # one may not speak of the delay that others see
        marks += delay_bars(route.bars, em, style, ink)
    if link.kind != "influences" or link.polarity.value:
        marks.append(sign_text(sign_of(link, style), route.sign, em * style.sign, colour))
    data = (
        ("source", ids[link.source]),
        ("target", ids[link.target]),
        ("polarity", link.polarity.word),
        ("loops", " ".join(loops)),
    )
    return Group("link", link_sentence(link), tuple(marks), f"link-{ident(*link.key)}", data)


def route_seats(layout: Layout, style: Style) -> dict[LinkKey, Point]:
    """Where the labels of parallel links stand: on their lines, over as little as possible."""
    labelled = [route for route in layout.routes if route.key.route]
    taken = taken_areas(layout) if labelled else []
    size = style.small * layout.font_size
    found: dict[LinkKey, Point] = {}
    for route in labelled:
        wide, high = text_width(route.key.route, size), line_height(size)
        best = clearest(seats_along(route.points, wide, high), taken)
        assert best is not None  # a line has a middle
        left, top, right, bottom = best.seat
        found[route.key] = ((left + right) / 2, (top + bottom) / 2)
        taken.append(best.seat)
    return found


def route_label(text: str, seat: Point, em: float, style: Style, *, fade: float) -> list[Mark]:
    """What tells two links between one pair apart, on paper over the line."""
    size = style.small * em
    x, y = seat
    wide, high = text_width(text, size) / 2 + 0.15 * em, line_height(size) / 2
    paper = Path(
        *rectangle((x - wide, y - high, x + wide, y + high)), fill=style.paper, opacity=0.9
    )
    return [
        paper,
        *text_block((text,), x, y, size, mix(style.quiet, style.paper, fade), italic=True),
    ]


def sign_text(sign: str, centre: Point, size: float, colour: str) -> Text:
    """A sign with its middle on ``centre``."""
    sink = _SINK.get(sign, 0.365)
    width = text_width(sign, size, bold=True)
    return Text(centre[0], centre[1] + sink * size, sign, size, width, colour, bold=True)


def _influence(
    route: Route, em: float, style: Style, colour: str, dash: tuple[float, ...]
) -> list[Mark]:
    """Who can move what: a thin dashed line that ends in a dot."""
    radius = 0.26 * em
    body = cut_back(route.points, radius)
    codes = "M" + "C" * ((len(body) - 1) // 3)
    line = Path(
        codes, body, stroke=colour, width=style.line * em * 0.75, dash=tuple(d * em for d in dash)
    )
    x, y = point_back(route.points, radius)
    return [line, Path(*circle(x, y, radius), fill=colour)]
