"""The page round the map: title above, key and loops below or beside it, source at the foot."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from loopmap.fonts import line_height, text_width, wrap
from loopmap.scene.marks import Area, Group, Mark, Path, Text
from loopmap.scene.shapes import polyline
from loopmap.scene.sheet.legend import Item, columns
from loopmap.scene.style import Style

__all__ = ["Furniture", "compose", "lines_of_text", "shifted"]

_ASPECT = math.sqrt(2)  # what a picture aims at where no paper is named
_LEAST = 30.0  # em: no page is narrower, or titles would pile up
_COLUMN = 21.0  # em of the legend's type: the column beside a map


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands round the map; empty parts take no room."""

    title: str = ""
    subtitle: str = ""
    byline: str = ""  # author and date
    notes: tuple[str, ...] = ()  # footer: about, source, provenance
    key: tuple[Item, ...] = ()
    loops: tuple[Item, ...] = ()


def compose(
    picture: Sequence[Mark],
    bounds: Area,
    furniture: Furniture,
    em: float,
    style: Style,
    *,
    aspect: float | None = None,
    legend: str = "auto",
) -> tuple[tuple[Mark, ...], Area]:
    """Set a page: returns its marks and its box, margin included.

    Parameters
    ----------
    picture, bounds
        The marks of the map and the area they take.
    aspect
        Width : height the box must have, or ``None`` for as small as possible.
    legend
        ``"below"`` the map, ``"right"`` of it, or ``"auto"``: where the map comes out larger.
    """
    places = ("below", "right") if legend == "auto" else (legend,)
    if not (furniture.key or furniture.loops):
        places = ("below",)
    wanted = _ASPECT if aspect is None else aspect
    pages = [_page(picture, bounds, furniture, em, style, aspect, place) for place in places]

    def room_needed(page: tuple[tuple[Mark, ...], Area]) -> float:
        left, top, right, bottom = page[1]
        return max(right - left, (bottom - top) * wanted)

    return min(pages, key=room_needed)


def _page(
    picture: Sequence[Mark],
    bounds: Area,
    furniture: Furniture,
    em: float,
    style: Style,
    aspect: float | None,
    place: str,
) -> tuple[tuple[Mark, ...], Area]:
    margin, gap = style.margin * em, 1.6 * em
    map_width, map_height = bounds[2] - bounds[0], bounds[3] - bounds[1]
    column = _COLUMN * style.legend * em if place == "right" else 0.0
    beside = column + 2 * gap if column else 0.0
    width = max(map_width + beside, _LEAST * em)
    height = 0.0
    for _ in range(4):  # a wider page needs fewer lines, so it may come out lower: settle
        head = _head(furniture, width, em, style)
        key, key_height = _keys(furniture, column or width, em, style, stacked=bool(column))
        foot, foot_height = _foot(furniture, width, em, style)
        above = head[1] + gap if head[0] else 0.0
        below = foot_height + (gap if foot else 0.0)
        below += key_height + gap if key and not column else 0.0
        middle = max(map_height, key_height if column else 0.0)
        height = above + middle + below
        if aspect is None:
            break
        wider = (height + 2 * margin) * aspect - 2 * margin
        if wider <= width + 1e-6:
            height = (width + 2 * margin) / aspect - 2 * margin
            middle = height - above - below
            break
        width = max(width, wider)
    map_left = (width - beside - map_width) / 2
    map_top = above + (middle - map_height) / 2
    marks: list[Mark] = list(head[0])
    marks += shifted(picture, map_left - bounds[0], map_top - bounds[1])
    y = above + middle + gap
    if column:
        marks += shifted(key, width - column, above + (middle - key_height) / 2)
    elif key:
        marks += shifted(key, 0.0, y)
        y += key_height + gap
    marks += shifted(foot, 0.0, height - foot_height)
    wide, high = width + 2 * margin, height + 2 * margin
    if aspect is None:  # whole pixels, or a PNG would lie a fraction off the SVG
        wide, high = math.ceil(wide), math.ceil(high)
    return tuple(marks), (-margin, -margin, wide - margin, high - margin)


def lines_of_text(
    text: str, x: float, y: float, size: float, width: float, colour: str, *, bold: bool = False
) -> tuple[list[Text], float]:
    """Left-aligned lines from ``y`` down, and how high they are."""
    step = line_height(size)
    lines = wrap(text, size, width=width, bold=bold)
    found = [
        Text(
            x, y + i * step + 0.93 * size, line, size,
            text_width(line, size, bold=bold), colour, bold=bold, anchor="start",
        )
        for i, line in enumerate(lines)
    ]  # fmt: skip
    return found, step * len(lines)


def _head(furniture: Furniture, width: float, em: float, style: Style) -> tuple[list[Mark], float]:
    marks: list[Mark] = []
    y = 0.0
    rows = (
        ("title", furniture.title, style.title, style.ink, True),
        ("subtitle", furniture.subtitle, style.subtitle, style.quiet, False),
        ("byline", furniture.byline, style.small * 1.08, style.quiet, False),
    )
    for role, text, size, colour, bold in rows:
        if text:
            lines, height = lines_of_text(text, 0.0, y, size * em, width, colour, bold=bold)
            # not "title" alone: that is the id of <title>
            marks.append(Group(role, "", tuple(lines), f"page-{role}"))
            y += height + 0.3 * em
    return marks, max(0.0, y - 0.3 * em)


def _keys(
    furniture: Furniture, width: float, em: float, style: Style, *, stacked: bool
) -> tuple[list[Mark], float]:
    """The key and the loops, with a rule above unless they are stacked beside the map."""
    if not (furniture.key or furniture.loops):
        return [], 0.0
    gap = 1.0 * em
    marks: list[Mark] = []
    y = 0.0
    if not stacked:
        marks.append(_rule(width, em, style))
        y += gap
    for items, widest, role, label in (
        (furniture.loops, 21.0, "loop-list", "Loops"),
        (furniture.key, 17.0, "legend", "Key"),
    ):
        if items:
            room = widest if not stacked else 1e3
            group, height = columns(
                items, 0.0, y, width, em, style, widest=room, role=role, label=label
            )
            marks.append(group)
            y += height + gap * 0.6
    return marks, y - gap * 0.6


def _foot(furniture: Furniture, width: float, em: float, style: Style) -> tuple[list[Mark], float]:
    if not furniture.notes:
        return [], 0.0
    marks: list[Mark] = [_rule(width, em, style)]
    y = 0.7 * em
    for note in furniture.notes:
        lines, height = lines_of_text(note, 0.0, y, style.small * em, width, style.quiet)
        marks += lines
        y += height + 0.15 * em
    return [Group("footer", "", tuple(marks), "footer")], y


def _rule(width: float, em: float, style: Style) -> Path:
    return Path(*polyline([(0.0, 0.0), (width, 0.0)]), stroke=style.rule, width=0.06 * em)


def shifted(marks: Sequence[Mark], dx: float, dy: float) -> list[Mark]:
    """The same marks, moved."""
    found: list[Mark] = []
    for mark in marks:
        if isinstance(mark, Group):
            found.append(replace(mark, marks=tuple(shifted(mark.marks, dx, dy))))
        elif isinstance(mark, Text):
            found.append(replace(mark, x=mark.x + dx, y=mark.y + dy))
        else:
            found.append(replace(mark, points=tuple((x + dx, y + dy) for x, y in mark.points)))
    return found
