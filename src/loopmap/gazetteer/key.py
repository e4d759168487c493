"""The list of the places: number, name and aim, in columns of even height."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from loopmap.fonts import line_height, text_width, wrap
from loopmap.scene.marks import Group, Mark, Text
from loopmap.scene.style import Style

__all__ = ["Entry", "set_in_columns"]

_INDENT = 2.5  # em of the list's type, from a column's edge to its text
_GAP = 1.6
_WIDEST = 20.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the list: how its badge is drawn round a point, its name and its text."""

    badge: Callable[[float, float], Iterable[Mark]]
    name: str
    text: str


def set_in_columns(
    entries: Sequence[Entry], left: float, top: float, width: float, size: float, style: Style
) -> tuple[Group, float]:
    """Set the entries in as many columns as fit into ``width``; returns them and their height."""
    count = max(1, int((width / size + _GAP) / (_WIDEST + _GAP)))
    cell = (width - (count - 1) * _GAP * size) / count
    set_entries = [_set(entry, cell, size, style) for entry in entries]
    total = sum(height for _, height in set_entries)
    marks: list[Mark] = []
    x, y, spent, column, deepest = left, top, 0.0, 1, top
    for draw, height in set_entries:
        if column < count and spent + height / 2 > total * column / count:
            x, y, column = x + cell + _GAP * size, top, column + 1
        marks += draw(x, y)
        y, spent = y + height, spent + height
        deepest = max(deepest, y)
    return Group("places", "Places", tuple(marks), "places"), deepest - top


def _set(
    entry: Entry, width: float, size: float, style: Style
) -> tuple[Callable[[float, float], list[Mark]], float]:
    indent, step = _INDENT * size, line_height(size)
    room = width - indent
    lines = [(line, True) for line in wrap(entry.name, size, width=room, bold=True)]
    lines += [(line, False) for line in wrap(entry.text, size, width=room)]

    def draw(x: float, y: float) -> list[Mark]:
        found = list(entry.badge(x + 0.95 * size, y + step / 2))
        for i, (line, bold) in enumerate(lines):
            wide = text_width(line, size, bold=bold)
            baseline = y + (i + 0.5) * step + 0.345 * size
            colour = style.ink if bold else style.quiet
            found.append(
                Text(x + indent, baseline, line, size, wide, colour, bold=bold, anchor="start")
            )
        return found

    return draw, max(len(lines) * step, 1.7 * size) + 0.6 * size
