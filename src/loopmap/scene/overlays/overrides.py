"""Overrides laid over a map: links and names drawn otherwise than by their sign and kind.

An override is never colour alone: a link that has one also carries a tag, a short text on its line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from loopmap.fonts import line_height, text_width
from loopmap.layout.curves import flatten
from loopmap.layout.model import Box, Layout, Route
from loopmap.model import LinkKey
from loopmap.scene.marks import Area, Group, Mark, Path, Point, Text
from loopmap.scene.parts.label_seats import clearest, seat_round, seats_along, taken_areas
from loopmap.scene.shapes import polyline, rectangle
from loopmap.scene.style import Style, mix

__all__ = [
    "NO_OVERRIDES",
    "LinkOverride",
    "NameOverride",
    "Overrides",
    "draw_tag",
    "draw_tags",
    "striped",
]

_TAG = 0.7  # em: the size of a tag's letters
_STRIPE = 1.15  # em of line in one colour, where several share it


@dataclass(frozen=True, slots=True)
class LinkOverride:
    """How one link is drawn.

    Parameters
    ----------
    colours
        Colours of the line; several alternate along it. Empty leaves the colour of its sign.
    tag
        A short text on the line; empty for none.
    width
        How many times as wide as usual.
    dash
        Dashes in em, or ``None`` for the usual ones.
    """

    colours: tuple[str, ...] = ()
    tag: str = ""
    width: float = 1.0
    dash: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class NameOverride:
    """How one name is drawn: with a tag under it, struck through."""

    tag: str = ""
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Overrides:
    """The overrides of a whole picture, the rows of the key that explain them, and a note below.

    A row of the key is what draws its sample round a point, and what it says.
    """

    links: Mapping[LinkKey, LinkOverride] = field(default_factory=dict)
    names: Mapping[str, NameOverride] = field(default_factory=dict)
    key: tuple[tuple[Callable[[float, float], Iterable[Mark]], str], ...] = ()
    notes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything looks otherwise than usual."""
        return bool(self.links or self.names)


NO_OVERRIDES = Overrides()


def striped(
    points: Sequence[Point],
    colours: Sequence[str],
    width: float,
    dash: Sequence[float],
    em: float,
    *,
    round_ends: bool = False,
) -> list[Path]:
    """A curve in one or several colours, which then alternate along it."""
    if len(colours) == 1:
        codes = "M" + "C" * ((len(points) - 1) // 3)
        return [
            Path(
                codes,
                tuple(points),
                stroke=colours[0],
                width=width,
                dash=tuple(dash),
                round_ends=round_ends,
            )
        ]
    pieces: list[list[list[Point]]] = [[] for _ in colours]
    line = flatten(points, 48)
    run, length, turn = [line[0]], 0.0, 0
    for here, there in pairwise(line):
        run.append(there)
        length += ((there[0] - here[0]) ** 2 + (there[1] - here[1]) ** 2) ** 0.5
        if length >= _STRIPE * em:
            pieces[turn % len(colours)].append(run)
            run, length, turn = [there], 0.0, turn + 1
    if len(run) > 1:
        pieces[turn % len(colours)].append(run)
    return [
        Path(*_several(runs), stroke=colour, width=width, round_ends=False)
        for colour, runs in zip(colours, pieces, strict=True)
        if runs
    ]


def _several(runs: Iterable[Sequence[Point]]) -> tuple[str, tuple[Point, ...]]:
    drawn = [polyline(run) for run in runs]
    return "".join(codes for codes, _ in drawn), tuple(p for _, points in drawn for p in points)


def draw_tags(
    layout: Layout, overrides: Overrides, style: Style, shown: Callable[[LinkKey], bool]
) -> tuple[Group, ...]:
    """The tags of the links shown and of names, and strokes through names."""
    em = layout.font_size
    taken = taken_areas(layout)
    found: list[Group] = []
    for route in layout.routes:
        look = overrides.links.get(route.key)
        if look is not None and look.tag and shown(route.key):
            seat = _seat(route, look.tag, em, taken)
            taken.append(seat)
            ink = look.colours[0] if len(look.colours) == 1 else ""
            found.append(Group("tag", "", _tag(look.tag, seat, em, style, ink)))
    for name, named in overrides.names.items():
        if name not in layout.boxes:
            continue
        box = layout.boxes[name]
        if named.struck:
            found.append(Group("tag", "", _struck(box, em, style)))
        if named.tag:
            wide, high = _size(named.tag, em)
            y = box.y + box.height / 2 + high / 2
            seat = (box.x - wide / 2, y - high / 2, box.x + wide / 2, y + high / 2)
            found.append(Group("tag", "", _tag(named.tag, seat, em, style, "")))
    return tuple(found)


def _struck(box: Box, em: float, style: Style) -> tuple[Path, ...]:
    """A line through every line of a name."""
    step = line_height(em)
    first = box.y - (len(box.lines) - 1) * step / 2
    lines = []
    for i, line in enumerate(box.lines):
        half, y = text_width(line, em) / 2 + 0.15 * em, first + i * step + 0.05 * em
        ends = polyline([(box.x - half, y), (box.x + half, y)])
        lines.append(Path(*ends, stroke=style.ink, width=0.1 * em, round_ends=False))
    return tuple(lines)


def _size(text: str, em: float) -> tuple[float, float]:
    return text_width(text, _TAG * em, bold=True) + 0.45 * em, 1.02 * em


def _seat(route: Route, text: str, em: float, taken: Sequence[Area]) -> Area:
    """On the line, near its middle, over as little as possible of everything else."""
    wide, high = _size(text, em)
    own = {seat_round(point, 0.2 * em, 0.2 * em) for point in flatten(route.points, 12)}
    best = clearest(seats_along(route.points, wide, high), [a for a in taken if a not in own])
    assert best is not None  # a line has a middle
    return best.seat


def draw_tag(text: str, centre: Point, em: float, style: Style, ink: str = "") -> Group:
    """One tag with its middle on a point."""
    return Group("tag", "", _tag(text, seat_round(centre, *_size(text, em)), em, style, ink))


def _tag(text: str, seat: Area, em: float, style: Style, ink: str) -> tuple[Mark, ...]:
    ink = ink or style.ink
    size = _TAG * em
    return (
        Path(
            *rectangle(seat, 0.4 * em),
            stroke=mix(ink, style.paper, 0.35),
            width=0.05 * em,
            fill=style.paper,
            opacity=0.94,
        ),
        Text(
            (seat[0] + seat[2]) / 2,
            (seat[1] + seat[3]) / 2 + 0.345 * size,
            text,
            size,
            text_width(text, size, bold=True),
            ink,
            bold=True,
        ),
    )
