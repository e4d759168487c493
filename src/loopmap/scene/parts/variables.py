"""Variables as bare text, stocks in boxes, flows between pipe lines, drivers and outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from loopmap.fonts import line_height, text_width
from loopmap.layout.model import Box
from loopmap.model import Element
from loopmap.scene.alt_text import ident
from loopmap.scene.marks import Area, Group, Mark, Path, Point, Text
from loopmap.scene.shapes import polygon, polyline, rectangle
from loopmap.scene.style import Style, mix

__all__ = ["area_of", "crossed", "draw_variable", "is_driver", "is_outcome", "text_block"]

_DRIVERS = {"driver", "exogenous"}
_OUTCOMES = {"outcome", "goal"}


def is_driver(element: Element) -> bool:
    """Whether it drives the map from outside (tag ``driver``)."""
    return not _DRIVERS.isdisjoint(element.tags)


def is_outcome(element: Element) -> bool:
    """Whether it is what people want in the end (tag ``outcome`` or ``goal``)."""
    return not _OUTCOMES.isdisjoint(element.tags)


def area_of(box: Box) -> Area:
    """The box's left, top, right and bottom."""
    w, h = box.width / 2, box.height / 2
    return box.x - w, box.y - h, box.x + w, box.y + h


def text_block(
    lines: tuple[str, ...],
    x: float,
    y: float,
    size: float,
    colour: str,
    *,
    bold: bool = False,
    italic: bool = False,
) -> tuple[Text, ...]:
    """Lines of text centred on a point."""
    first = y - (len(lines) - 1) * line_height(size) / 2 + 0.345 * size
    return tuple(
        Text(
            x,
            first + i * line_height(size),
            line,
            size,
            text_width(line, size, bold=bold),
            colour,
            bold=bold,
            italic=italic,
        )
        for i, line in enumerate(lines)
    )


def draw_variable(
    element: Element, box: Box, em: float, style: Style, *, on: bool = True, halo: bool = False
) -> Group:
    """One variable, stock or flow.

    Parameters
    ----------
    on
        Whether it stands out; else it fades.
    halo
        Whether to lay paper under the text, where a link has to pass behind it.
    """
    fade = 0.0 if on else style.fade
    ink = mix(style.quiet if is_driver(element) else style.ink, style.paper, fade)
    marks: list[Mark] = [ground(box, em, style, halo=halo)]
    marks += _SHAPES[element.kind](box, em, style, ink)
    if is_outcome(element):
        marks.append(_underline(box, em, ink))
    marks += text_block(box.lines, box.x, box.y, em, ink, italic=is_driver(element))
    data = (("name", element.name), ("kind", element.kind))
    kind = {"stock": "stock", "flow": "flow"}.get(element.kind, "")
    if not kind:
        kind = "driver" if is_driver(element) else "outcome" if is_outcome(element) else ""
    label = f"{element.name} ({kind})" if kind else element.name
    return Group("variable", label, tuple(marks), key_of(element.name), data)


def ground(box: Box, em: float, style: Style, *, halo: bool) -> Path:
    """What a pointer finds behind the name; paper that hides a passing link where ``halo``."""
    return Path(*rectangle(area_of(box), 0.2 * em), fill=style.paper, opacity=0.88 if halo else 0.0)


def key_of(name: str) -> str:
    """What the id of an element's group is made from."""
    return f"var-{ident(name)}"


def _text_area(box: Box, em: float) -> Area:
    wide = max((text_width(line, em) for line in box.lines), default=0.0) / 2 + 0.15 * em
    high = len(box.lines) * line_height(em) / 2
    return box.x - wide, box.y - high, box.x + wide, box.y + high


def _no_shape(box: Box, em: float, style: Style, ink: str) -> list[Mark]:
    return []


def _stock(box: Box, em: float, style: Style, ink: str) -> list[Mark]:
    return [Path(*rectangle(area_of(box)), stroke=ink, width=style.frame * em, fill=style.paper)]


def _flow(box: Box, em: float, style: Style, ink: str) -> list[Mark]:
    """A length of pipe above and below the name, with a valve on it."""
    left, top, right, bottom = area_of(box)
    v = 0.32 * em
    valve = [(box.x - v, top - v), (box.x + v, top + v), (box.x + v, top - v), (box.x - v, top + v)]
    width = style.frame * em
    return [
        Path(*polyline([(left, top), (right, top)]), stroke=ink, width=width),
        Path(*polyline([(left, bottom), (right, bottom)]), stroke=ink, width=width),
        Path(*polygon(valve), stroke=ink, width=width, fill=style.paper),
    ]


def _underline(box: Box, em: float, ink: str) -> Path:
    left, _, right, bottom = _text_area(box, em)
    y = bottom + 0.08 * em
    return Path(*polyline([(left, y), (right, y)]), stroke=ink, width=0.14 * em, round_ends=False)


_SHAPES = {"variable": _no_shape, "stock": _stock, "flow": _flow, "stakeholder": _no_shape}


def crossed(boxes: Mapping[str, Box], lines: Iterable[Sequence[Point]]) -> frozenset[str]:
    """The names that some line passes through: those that need paper under them."""
    side = 120.0  # of the squares that boxes are sorted into; a box is about as wide
    squares: dict[tuple[int, int], list[tuple[str, Area]]] = {}
    for name, box in boxes.items():
        left, top, right, bottom = area = area_of(box)
        for column in range(int(left // side), int(right // side) + 1):
            for row in range(int(top // side), int(bottom // side) + 1):
                squares.setdefault((column, row), []).append((name, area))
    return frozenset(
        name
        for line in lines
        for x, y in line
        for name, (left, top, right, bottom) in squares.get((int(x // side), int(y // side)), ())
        if left < x < right and top < y < bottom
    )
