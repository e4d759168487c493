"""Several small pictures of one map on one page, each with its own emphasis and heading."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from loopmap.layout.model import Layout
from loopmap.loops import Loop
from loopmap.model import Link, SystemMap
from loopmap.scene.alt_text import map_sentence
from loopmap.scene.build import Options, draw_map, drawn_links, extent, furniture
from loopmap.scene.emphasis import Emphasis
from loopmap.scene.marks import Area, Group, Mark, Scene
from loopmap.scene.sheet.page import compose, lines_of_text, shifted
from loopmap.scene.style import Style

__all__ = ["Panel", "build_panels"]

_GAP = 2.6  # em between panels
_HEADING = 1.5  # em
_LINE = 1.05  # em


@dataclass(frozen=True, slots=True)
class Panel:
    """One small picture.

    Its heading, a line below that, the map with the links as somebody sees them, what stands out,
    the loops marked, and its own places where they are not those of all panels.
    """

    heading: str
    line: str
    map: SystemMap
    emphasis: Emphasis
    loops: tuple[Loop, ...]
    layout: Layout | None = None


def build_panels(
    m: SystemMap,
    layout: Layout,
    panels: Sequence[Panel],
    *,
    style: Style,
    options: Options,
    page: tuple[float, float] | None = None,
) -> Scene:
    """Draw panels in rows, as many in a row as fill the page best; arguments as ``build_scene``."""
    em = layout.font_size
    pictures = []
    marked: dict[str, Loop] = {}
    links: list[Link] = []  # each as the panel shows it: one may see a sign where all see a dispute
    for panel in panels:
        places = panel.layout or layout
        placed = {badge.loop for badge in places.badges}
        loops = [loop for loop in panel.loops if loop.id in placed]
        marked |= {loop.id: loop for loop in loops}
        links += drawn_links(panel.map, places)
        pictures.append(draw_map(panel.map, places, loops, panel.emphasis, style, options))
    title = options.title if isinstance(options.title, str) else m.title
    room = layout.bounds
    for picture in pictures:
        room = extent(picture, room, 0.1 * em)
    aspect = math.sqrt(2) if page is None else page[0] / page[1]
    cells = [_cell(p, x, room, em, style) for p, x in zip(panels, pictures, strict=True)]
    height = max(high for _, high in cells)
    columns = _columns(len(panels), room[2] - room[0], height, aspect)
    marks, bounds = _grid([cell for cell, _ in cells], columns, room[2] - room[0], height, em)
    large = em * columns**0.6  # the page is columns times as wide: so are its title and key
    scene_marks, box = compose(
        marks,
        bounds,
        furniture(m, layout, list(marked.values()), style, options, title, em=large, links=links),
        large,
        style,
        aspect=None if page is None else aspect,
        legend=options.legend if isinstance(options.legend, str) else "auto",
    )
    told = " ".join(f"{panel.heading}: {panel.line}." for panel in panels)
    said = f"{map_sentence(m, [], None)} {told}"
    return Scene(scene_marks, box, title or "Causal-loop maps", said, style.paper, em, page)


def _cell(
    panel: Panel, picture: Sequence[Mark], room: Area, em: float, style: Style
) -> tuple[Group, float]:
    """A panel with its top left corner at the origin, and how high it is."""
    width = room[2] - room[0]
    head, y = lines_of_text(panel.heading, 0, 0, _HEADING * em, width, style.ink, bold=True)
    line, high = lines_of_text(panel.line, 0, y, _LINE * em, width, style.quiet)
    y += high + 0.8 * em
    body = shifted(picture, -room[0], y - room[1])
    label = f"{panel.heading}: {panel.line}"
    return Group("panel", label, (*head, *line, *body)), y + room[3] - room[1]


def _columns(panels: int, width: float, height: float, aspect: float) -> int:
    """As many columns as let the panels come out largest on a page of this aspect."""

    def size(columns: int) -> float:
        rows = math.ceil(panels / columns)
        return min(aspect / (columns * width), 1 / (rows * height))

    return max(range(1, panels + 1), key=lambda columns: (size(columns), -columns))


def _grid(
    cells: Sequence[Group], columns: int, width: float, height: float, em: float
) -> tuple[list[Mark], Area]:
    gap = _GAP * em
    marks: list[Mark] = []
    for i, cell in enumerate(cells):
        row, column = divmod(i, columns)
        marks += _own_ids(
            shifted([cell], column * (width + gap), row * (height + gap)), f"panel{i + 1}"
        )
    rows = math.ceil(len(cells) / columns)
    return marks, (0.0, 0.0, columns * (width + gap) - gap, rows * (height + gap) - gap)


def _own_ids(marks: Sequence[Mark], prefix: str) -> list[Mark]:
    """The marks with ids of their own: every panel draws the same variables."""
    from dataclasses import replace

    return [
        replace(
            mark,
            key=f"{prefix}-{mark.key}" if mark.key else "",
            marks=tuple(_own_ids(mark.marks, prefix)),
        )
        if isinstance(mark, Group)
        else mark
        for mark in marks
    ]
