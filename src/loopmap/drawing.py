"""A picture that saves itself, shows itself in a notebook, and sits in your own figure."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loopmap.layout import Layout, layout_text
from loopmap.loops import Loop, Loops
from loopmap.model import SystemMap
from loopmap.options import PaperName
from loopmap.quoting import markup, markup_attribute
from loopmap.render import draw_on, svg
from loopmap.saving import save_scene, scene_on_paper
from loopmap.scene import (
    EVERYTHING,
    SCREEN,
    Emphasis,
    Options,
    Panel,
    Scene,
    Style,
    build_panels,
    build_scene,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Drawing", "bundle", "how_many", "picked"]


@dataclass(frozen=True, eq=False, repr=False)
class Drawing:
    """A picture of a map: it saves itself, shows itself, and sits in your own figure.

    Made by :func:`loopmap.draw`.

    Attributes
    ----------
    map : SystemMap
        What is drawn.
    layout : Layout
        Where everything is; give it to ``draw(…, near=)`` to keep the places.
    loops : Loops
        The loops that were found, marked or not.
    marked : tuple of Loop
        Those that have a badge.
    emphasis : Emphasis
        What stands out; the rest fades.
    style : Style
        Colours, sizes and dashes.
    options : Options
        Title, legend, footer and what else :func:`loopmap.draw` was asked for.
    panels : tuple of Panel
        Several small pictures in place of one; see :func:`loopmap.draw_panels`.
    moved : mapping of str to float
        Names that ``near=`` could not keep in place, and how far they moved as a share of the
        width, the furthest first; empty if all stayed.
    """

    map: SystemMap
    layout: Layout
    loops: Loops
    marked: tuple[Loop, ...] = ()
    emphasis: Emphasis = EVERYTHING
    style: Style = SCREEN
    options: Options = field(default_factory=Options)
    panels: tuple[Panel, ...] = ()
    moved: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def scene(self) -> Scene:
        """The marks the picture is made of, on no particular paper."""
        return self._scene(None)

    def _scene(self, page: tuple[float, float] | None) -> Scene:
        return replace(self._drawn(page), places=layout_text(self.layout))

    def _drawn(self, page: tuple[float, float] | None) -> Scene:
        if self.panels:
            return build_panels(
                self.map,
                self.layout,
                self.panels,
                style=self.style,
                options=self.options,
                page=page,
            )
        return build_scene(
            self.map,
            self.layout,
            loops=self.marked,
            emphasis=self.emphasis,
            style=self.style,
            options=self.options,
            total=self.loops.total,
            page=page,
        )

    def on_paper(self, paper: PaperName, *, landscape: bool | None = None) -> Scene:
        """The scene set for a sheet of paper.

        Parameters
        ----------
        paper
            ``"A4"`` to ``"A0"``.
        landscape
            Which way the sheet is turned; by default the way that shows the map larger.

        Returns
        -------
        Scene
            The marks, in map units, with room for the legend within the sheet.

        Raises
        ------
        InvalidOptionError
            If there is no such paper.

        Warns
        -----
        UserWarning
            If the names come out too small to read; the message says what to do.
        """
        return scene_on_paper(self._scene, paper, landscape)

    def save(
        self,
        path: str | os.PathLike[str],
        *,
        paper: PaperName | None = None,
        landscape: bool | None = None,
        dpi: float | None = None,
        overwrite: bool = True,
    ) -> Path:
        """Write the picture to a file.

        Parameters
        ----------
        path
            Where to; its ending says what: ``.svg``, ``.pdf``, ``.png``, ``.html`` or ``.dot``.
        paper
            ``"A4"`` to ``"A0"``: the map is fitted to the sheet. By default as large as it is.
        landscape
            Which way the sheet is turned; by default the way that shows the map larger.
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

        Examples
        --------
        >>> m = lm.SystemMap(links=[("Backlog", "Stress", "+"), ("Stress", "Backlog", "+")])
        >>> lm.draw(m).save("hub.pdf", paper="A4")  # doctest: +SKIP
        """
        return save_scene(
            self._scene, path, paper=paper, landscape=landscape, dpi=dpi, overwrite=overwrite
        )

    def svg(self) -> str:
        """The picture as SVG text.

        Returns
        -------
        str
            A whole ``<svg>`` element; the same picture gives the same bytes.

        Examples
        --------
        >>> m = lm.SystemMap(links=[("Backlog", "Stress", "+"), ("Stress", "Backlog", "+")])
        >>> lm.draw(m).svg()[:4]
        '<svg'
        """
        return svg(self.scene)

    def on(self, ax: Axes) -> Axes:
        """Draw the picture inside an Axes of your own matplotlib figure.

        Parameters
        ----------
        ax
            Its limits, aspect and frame are set to suit the map.

        Returns
        -------
        matplotlib.axes.Axes
            The same ``ax``.
        """
        draw_on(self.scene, ax)
        return ax

    def geometry(self) -> dict[str, Any]:
        """Where everything is, as plain lists and numbers, for meters of drawings.

        Returns
        -------
        dict
            ``nodes`` with boxes, ``edges`` with polylines, ``labels`` with boxes, ``loops`` as
            names in causal order, and ``font_pt``; map units, y down.
        """
        from loopmap.layout.meter_form import geometry

        drawn = {loop.id for loop in self.marked}
        badges = tuple(badge for badge in self.layout.badges if badge.loop in drawn)
        loops = [loop.path for loop in self.marked]
        return geometry(replace(self.layout, badges=badges), loops, name=self.map.title)

    def _repr_mimebundle_(
        self, include: Iterable[str] | None = None, exclude: Iterable[str] | None = None
    ) -> dict[str, str]:
        """What a notebook shows: the picture, or its text and why there is none."""
        return picked(bundle(repr(self.map), lambda: self), include, exclude)

    def __repr__(self) -> str:
        """``<Drawing of 'The hub': 25 variables, 38 links, 7 of 22 loops marked>``."""
        title = f" of {self.map.title!r}" if self.map.title else ""
        boxes, routes = len(self.layout.boxes), len(self.layout.routes)
        loops = f"{len(self.layout.badges)} of {how_many(self.loops)} loops marked"
        return f"<Drawing{title}: {boxes} names, {routes} links, {loops}>"


def how_many(loops: Loops) -> str:
    """``22``, or ``more than 1,000`` where they cannot be counted quickly."""
    return f"{loops.total:,}" if loops.total is not None else f"more than {len(loops):,}"


def bundle(text: str, drawing: Callable[[], Drawing]) -> dict[str, str]:
    """What a notebook takes its pick from: an image, the SVG, the text.

    The picture is an ``<img>`` with the SVG inside it, because a notebook that is not trusted
    shows neither ``image/svg+xml`` nor an inline ``<svg>``; the SVG itself is there for whoever
    takes it. Nothing is raised: a picture that fails leaves the text and the reason.
    """
    try:
        picture = drawing()
        source = picture.svg()
        scene = picture.scene
        told = [text, *(str(loop) for loop in picture.marked)]
    except Exception as error:  # a repr never raises: it says what went wrong
        reason = f"not drawn: {error or type(error).__name__}"
        page = f"<pre>{markup(text)}\n{markup(reason)}</pre>"
        return {"text/html": page, "text/plain": f"{text}\n{reason}"}
    coded = base64.b64encode(source.encode()).decode()
    alt = markup_attribute(f"{scene.title}. {scene.description}")
    return {
        "text/html": f'<img alt={alt} style="max-width: 100%; height: auto" '
        f'src="data:image/svg+xml;base64,{coded}">',
        "image/svg+xml": source,
        "text/plain": "\n".join(told),
    }


def picked(
    kinds: dict[str, str], include: Iterable[str] | None, exclude: Iterable[str] | None
) -> dict[str, str]:
    """The kinds of content a notebook asked for."""
    wanted = kinds.keys() if include is None else kinds.keys() & set(include)
    return {kind: kinds[kind] for kind in kinds if kind in wanted and kind not in (exclude or ())}
