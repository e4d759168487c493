"""The map of the places: Appendix A drawn anew, by longitude and latitude and without outlines."""

from __future__ import annotations

import base64
import math
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from loopmap.drawing import picked
from loopmap.fonts import text_width
from loopmap.gazetteer.key import Entry, set_in_columns
from loopmap.gazetteer.spread import spread
from loopmap.gazetteer.table import NOT_STATED, PROGRAMMES, Row, rows
from loopmap.options import PaperName, StyleName
from loopmap.quoting import markup_attribute
from loopmap.render import RENDERERS, draw_on, svg
from loopmap.saving import save_scene
from loopmap.scene import SCREEN, Scene, Style, style_of
from loopmap.scene.marks import Area, Group, Mark, Path, Point, Text
from loopmap.scene.shapes import circle, polygon, polyline, rectangle
from loopmap.scene.sheet.legend import Item
from loopmap.scene.sheet.page import Furniture, compose, shifted

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["PlacesDrawing", "draw_places"]

_EM = 16.0
_SCALE = 300.0  # map units for a degree of latitude
_MIDDLE = math.cos(math.radians(53))  # how much shorter a degree of longitude is in England
_TYPE = 0.78 * _EM  # of the list of places
_RADIUS = 0.74 * _EM
_TITLE = "Local Vision, Leadership for Change and Integration Pioneer places"
_SOURCE = (
    "Source: The Revolution will be Improvised Part II, Leadership Centre for the Systems "
    "Leadership Steering Group, November 2015, Appendix A (numbers, names, aims, teams)."
)
_CARE = (
    "The report's list does not say which programme a place was part of: it is coloured where "
    "another sentence says so, else 'not stated'. No place is named as an Integration Pioneer. "
    "Where a mark stands is public geography, to about 0.05 degrees: a settlement's centre or a "
    "midpoint, not a boundary. NHS England and Public Health England are national and not shown."
)


@dataclass(frozen=True, slots=True)
class _Mark:
    """One mark on the map: what it stands for, where it belongs and where its label stands."""

    row: Row
    label: str
    home: Point
    at: Point


@dataclass(frozen=True, eq=False, repr=False)
class PlacesDrawing:
    """The map of the places: it saves itself and shows itself, like :class:`loopmap.Drawing`.

    Made by :func:`loopmap.draw_places`.
    """

    style: Style = SCREEN
    teams: bool = True

    @cached_property
    def marks(self) -> tuple[_Mark, ...]:
        """The marks on the map, numbered places first."""
        shown = [row for row in rows() if row.kind == "place"]
        labels = [str(row.number) for row in shown]
        if self.teams:
            others = [r for r in rows() if r.kind == "team" and r.number is None and r.lat]
            shown += others
            labels += [chr(ord("a") + i) for i in range(len(others))]
        homes = [_project(row) for row in shown]
        seats = spread(homes, 2 * _RADIUS + 0.3 * _EM, _RADIUS + 0.2 * _EM)
        return tuple(map(_Mark, shown, labels, homes, seats))

    @cached_property
    def scene(self) -> Scene:
        """The marks the picture is made of, on no particular paper."""
        return self._scene(None)

    def _scene(self, page: tuple[float, float] | None) -> Scene:
        aspect = None if page is None else page[0] / page[1]
        beside = aspect is None or aspect > 1
        picture, bounds = _map_and_key(self.marks, self.style, beside=beside)
        furniture = Furniture(
            title=_TITLE,
            subtitle="Appendix A of the report, drawn anew",
            notes=(_CARE, _SOURCE + " Drawn with loopmap."),
            key=tuple(_legend(self.style)),
        )
        found, box = compose(
            picture, bounds, furniture, _EM, self.style, aspect=aspect, legend="below"
        )
        told = f"{sum(m.row.kind == 'place' for m in self.marks)} numbered places of England"
        if self.teams:
            told += f" and {sum(m.row.kind == 'team' for m in self.marks)} more teams"
        return Scene(found, box, _TITLE, f"{told}, by longitude and latitude.", self.style.paper,
                     _EM, page)  # fmt: skip

    def save(
        self,
        path: str | os.PathLike[str],
        *,
        paper: PaperName | None = None,
        landscape: bool | None = None,
        dpi: float | None = None,
        overwrite: bool = True,
    ) -> FilePath:
        """Write the picture to a file.

        Parameters
        ----------
        path
            Where to; its ending says what: ``.svg``, ``.pdf``, ``.png`` or ``.html``.
        paper
            ``"A4"`` to ``"A0"``: the picture is fitted to the sheet. By default as large as it is.
        landscape
            Which way the sheet is turned; by default the way that shows the picture larger.
        dpi
            Dots per inch of a PNG; by default 192, on paper 150.
        overwrite
            Whether to replace a file that is there; it stays until the new one is whole.

        Returns
        -------
        pathlib.Path
            The file written.

        Raises
        ------
        UnknownFormatError
            If the ending is not known.
        InvalidOptionError
            If the paper or ``dpi`` is none that it could be.
        FileError
            If the file cannot be written or is not to be overwritten; it is then as it was.
        """
        return save_scene(
            self._scene, path, paper=paper, landscape=landscape, dpi=dpi, overwrite=overwrite,
            what="the map of the places",
            endings=[ending for ending in RENDERERS if ending != ".dot"],
        )  # fmt: skip

    def svg(self) -> str:
        """The picture as SVG text."""
        return svg(self.scene)

    def on(self, ax: Axes) -> Axes:
        """Draw the picture inside an Axes of your own matplotlib figure; returns the Axes."""
        draw_on(self.scene, ax)
        return ax

    def html(self, *, width: int = 900, link: str = "#{example}") -> str:
        """The picture as HTML on which each place with an example can be clicked.

        Parameters
        ----------
        width
            Width on the page, in CSS pixels.
        link
            Where a click leads; ``{example}`` stands for the name of the example.
        """
        scale = width / self.scene.width
        spots = "".join(
            f'<area shape="circle" coords="{(x - self.scene.box[0]) * scale:.0f},'
            f'{(y - self.scene.box[1]) * scale:.0f},{_RADIUS * scale:.0f}"'
            f" href={markup_attribute(link.format(example=row.example))}"
            f" alt={markup_attribute(row.name)}"
            f" title={markup_attribute(f'{row.name}: {row.example}')}>"
            for row, (x, y) in self._examples()
        )
        coded = base64.b64encode(self.svg().encode()).decode()
        alt = markup_attribute(f"{self.scene.title}. {self.scene.description}")
        return (
            f'<img alt={alt} width="{width}" usemap="#loopmap-places" '
            f'src="data:image/svg+xml;base64,{coded}">'
            f'<map name="loopmap-places">{spots}</map>'
        )

    def _examples(self) -> list[tuple[Row, Point]]:
        """The places with an example, and where their marks came to stand on the scene."""
        found: dict[str, Point] = {}
        _collect(self.scene.marks, found)
        return [(m.row, found[m.label]) for m in self.marks if m.row.example]

    def _repr_mimebundle_(
        self, include: Iterable[str] | None = None, exclude: Iterable[str] | None = None
    ) -> dict[str, str]:
        """What a notebook shows: the picture, clickable, and its text."""
        kinds = {"text/html": self.html(), "text/plain": repr(self)}
        return picked(kinds, include, exclude)

    def __repr__(self) -> str:
        """``<Drawing of 39 places and 20 teams>``."""
        teams = sum(mark.row.kind == "team" for mark in self.marks)
        return f"<Drawing of {len(self.marks) - teams} places and {teams} teams>"


def draw_places(*, style: Style | StyleName = SCREEN, teams: bool = True) -> PlacesDrawing:
    """Draw the places of the report's Appendix A where they lie.

    Every place keeps the report's number; its mark has the colour and the shape of the programme
    that a sentence of the report names it in, and a second line round it if there is an example
    map of it. No outline of England is drawn.

    Parameters
    ----------
    style
        A :class:`~loopmap.Style` or the name of a preset.
    teams
        Whether to show the Leadership for Change teams that have no number, as letters.

    Returns
    -------
    PlacesDrawing
        Shows itself in a notebook, where a click on a place with an example leads to the heading
        of that name; ``.save(path)``, ``.svg()``, ``.html()``, ``.on(ax)``.

    Raises
    ------
    InvalidOptionError
        If there is no such style.

    References
    ----------
    *The Revolution will be Improvised Part II* (Leadership Centre, November 2015): "the report".

    Examples
    --------
    >>> lm.draw_places()
    <Drawing of 39 places and 20 teams>
    """
    return PlacesDrawing(style_of(style), teams)


def _project(row: Row) -> Point:
    assert row.lon is not None
    assert row.lat is not None
    return (row.lon + 5.0) * _MIDDLE * _SCALE, (55.0 - row.lat) * _SCALE


def _looks(programme: str, style: Style) -> tuple[str, str]:
    """Colour and shape of a programme; told apart without colour too."""
    return {
        PROGRAMMES[0]: (style.reinforcing, "circle"),
        PROGRAMMES[1]: (style.negative, "square"),
        PROGRAMMES[2]: (style.positive, "diamond"),
        NOT_STATED: (style.quiet, "open circle"),
    }[programme]


def _badge(label: str, programme: str, at: Point, example: bool, style: Style) -> list[Mark]:
    colour, shape = _looks(programme, style)
    x, y = at
    r = _RADIUS * (0.84 if example else 1.0)
    marks: list[Mark] = []
    if example:
        outer = _outline(shape, x, y, _RADIUS * 1.08)
        marks.append(Path(*outer, stroke=colour, width=0.09 * _EM, fill=style.paper))
    full = shape != "open circle"
    fill = colour if full else style.paper
    marks.append(Path(*_outline(shape, x, y, r), stroke=colour, width=0.08 * _EM, fill=fill))
    size = 0.68 * _EM
    ink = style.paper if full else style.ink
    wide = text_width(label, size, bold=True)
    marks.append(Text(x, y + 0.36 * size, label, size, wide, ink, bold=True))
    return marks


def _outline(shape: str, x: float, y: float, r: float) -> tuple[str, tuple[Point, ...]]:
    if shape == "square":
        side = 0.88 * r
        return rectangle((x - side, y - side, x + side, y + side), 0.2 * r)
    if shape == "diamond":
        return polygon([(x, y - 1.12 * r), (x + 1.12 * r, y), (x, y + 1.12 * r), (x - 1.12 * r, y)])
    return circle(x, y, r)


def _map_and_key(marks: Sequence[_Mark], style: Style, *, beside: bool) -> tuple[list[Mark], Area]:
    """The map with the list of its places beside or below it, and the room they take."""
    xs, ys = [m.at[0] for m in marks], [m.at[1] for m in marks]
    edge = 2 * _EM
    left, right, top, bottom = min(xs) - edge, max(xs) + edge, min(ys) - edge, max(ys) + edge
    found: list[Mark] = [*_lines(left, top, right, bottom, style), *_places(marks, style)]
    entries = [_entry(mark, style) for mark in marks]
    if beside:
        width = 38 * _EM
        key, height = set_in_columns(entries, 0.0, 0.0, width, _TYPE, style)
        middle = (top + bottom - height) / 2
        found += shifted([key], right + 2 * _EM, middle)
        area = (left, min(top, middle), right + 2 * _EM + width, max(bottom, middle + height))
        return found, area
    key, height = set_in_columns(entries, left, bottom + _EM, right - left, _TYPE, style)
    return [*found, key], (left, top, right, bottom + _EM + height)


def _lines(left: float, top: float, right: float, bottom: float, style: Style) -> list[Mark]:
    """Degrees, thin: what stands in for an outline."""
    marks: list[Mark] = []
    size = 0.62 * _EM
    look = {"stroke": style.rule, "width": 0.05 * _EM, "dash": (0.1 * _EM, 0.35 * _EM)}
    for lat in range(50, 56):
        y = (55.0 - lat) * _SCALE
        if top < y < bottom:
            marks.append(Path(*polyline([(left, y), (right, y)]), **look))  # type: ignore[arg-type]
            text = f"{lat}° N"
            wide = text_width(text, size)
            marks.append(Text(left, y - 0.3 * size, text, size, wide, style.quiet, anchor="start"))
    for lon in range(-5, 2):
        x = (lon + 5.0) * _MIDDLE * _SCALE
        if left < x < right:
            marks.append(Path(*polyline([(x, top), (x, bottom)]), **look))  # type: ignore[arg-type]
            text = f"{abs(lon)}° {'W' if lon < 0 else 'E'}" if lon else "0°"
            wide = text_width(text, size)
            marks.append(
                Text(x + 0.3 * size, bottom, text, size, wide, style.quiet, anchor="start")
            )
    return [Group("degrees", "", tuple(marks), "degrees")]


def _places(marks: Sequence[_Mark], style: Style) -> list[Mark]:
    found: list[Mark] = []
    for mark in marks:  # lines first, so that no badge has one across it
        if math.dist(mark.home, mark.at) > 0.25 * _EM:
            ends = polyline([mark.home, mark.at])
            found.append(Path(*ends, stroke=style.quiet, width=0.05 * _EM))
            found.append(Path(*circle(*mark.home, 0.11 * _EM), fill=style.ink))
    for mark in marks:
        row = mark.row
        label = f"{mark.label}: {row.name}, {row.programme}"
        label += f"; example {row.example}" if row.example else ""
        badge = _badge(mark.label, row.programme, mark.at, bool(row.example), style)
        data = (("place", row.name), ("example", row.example), ("label", mark.label))
        found.append(Group("place", label, tuple(badge), f"place-{mark.label}", data))
    return [Group("map", "", tuple(found), "map")]


def _entry(mark: _Mark, style: Style) -> Entry:
    row = mark.row
    return Entry(
        lambda x, y: _badge(mark.label, row.programme, (x, y), bool(row.example), style),
        f"{row.name} (example: {row.example})" if row.example else row.name,
        row.aim or "Leadership for Change team",
    )


def _legend(style: Style) -> Iterable[Item]:
    words = {
        PROGRAMMES[0]: "named as Local Vision in the text",
        PROGRAMMES[1]: "Leadership for Change team",
        PROGRAMMES[2]: "both",
        NOT_STATED: "not stated in the text",
    }
    for programme, text in words.items():
        yield Item(_sample(programme, style), text)
    yield Item(_sample(PROGRAMMES[0], style, example=True), "second line: there is an example map")


def _sample(
    programme: str, style: Style, *, example: bool = False
) -> Callable[[float, float], Iterable[Mark]]:
    return lambda x, y: _badge("", programme, (x, y), example, style)


def _collect(marks: Iterable[Mark], found: dict[str, Point]) -> None:
    """Where the badges of the map stand: the text in each is at its middle."""
    for mark in marks:
        if isinstance(mark, Group):
            if mark.role == "place":
                text = next(part for part in mark.marks if isinstance(part, Text))
                found[dict(mark.data)["label"]] = (text.x, text.y - 0.36 * text.size)
            else:
                _collect(mark.marks, found)
