"""``draw``: from a map to a picture that saves itself and shows itself in a notebook."""

from __future__ import annotations

import base64
import html
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loopmap.errors import UnknownFormatError, did_you_mean, listed
from loopmap.layout import Layout, Point, lay_out, with_badges
from loopmap.loops import KIND_WORDS, Loop, Loops, find_loops
from loopmap.model import SystemMap
from loopmap.render import RENDERERS, draw_on, render, svg
from loopmap.scene import (
    EVERYTHING,
    PLAIN,
    SCREEN,
    Emphasis,
    Highlight,
    Looks,
    Options,
    Panel,
    Regions,
    Scene,
    Style,
    build_panels,
    build_scene,
    choose_loops,
    emphasise,
    paper_of,
    style_of,
    warn_if_small,
    whose_looks,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Drawing", "draw", "mimebundle"]

#: Loops looked through for badges and labels; the loop list itself is ``find_loops``' business.
_LOOKED_THROUGH = 10_000
#: A notebook cell draws no larger map by itself: it would keep people waiting unasked.
_SHOWN_UNASKED = 200
#: What ``draw(…, by=)`` takes, and the looks it lays over the map.
_LOOKS: dict[str, Callable[[SystemMap, Style, float], Looks]] = {
    "sign": lambda m, style, em: PLAIN,
    "perspective": whose_looks,
}


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
        Those that were asked to be marked.
    panels : tuple of Panel
        Several small pictures in place of one; see :func:`loopmap.draw_panels`.
    """

    map: SystemMap
    layout: Layout
    loops: Loops
    marked: tuple[Loop, ...] = ()
    emphasis: Emphasis = EVERYTHING
    style: Style = SCREEN
    options: Options = field(default_factory=Options)
    panels: tuple[Panel, ...] = ()

    @cached_property
    def scene(self) -> Scene:
        """The marks the picture is made of, on no particular paper."""
        return self._scene(None)

    def _scene(self, page: tuple[float, float] | None) -> Scene:
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
            total=len(self.loops) if self.loops.complete else self.loops.total,
            page=page,
        )

    def on_paper(self, paper: str, *, landscape: bool | None = None) -> Scene:
        """The scene set for a sheet of paper.

        Parameters
        ----------
        paper
            ``"A4"`` to ``"A0"``.
        landscape
            Which way the sheet is turned; by default the way that shows the map larger.

        Warns
        -----
        UserWarning
            If the names come out too small to read; the message says what to do.
        """
        sheet = paper_of(paper)
        turns = (True, False) if landscape is None else (landscape,)
        scenes = [self._scene(sheet.size(turned)) for turned in turns]
        best = min(scenes, key=lambda scene: scene.width / (scene.page or (1.0,))[0])
        warn_if_small(best, sheet)
        return best

    def save(
        self,
        path: str | os.PathLike[str],
        *,
        paper: str | None = None,
        landscape: bool | None = None,
        dpi: float | None = None,
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

        Returns
        -------
        pathlib.Path
            The file written.

        Raises
        ------
        UnknownFormatError
            If the ending or the paper is not known.

        Examples
        --------
        >>> m = lm.SystemMap(links=[("Backlog", "Stress", "+"), ("Stress", "Backlog", "+")])
        >>> lm.draw(m).save("hub.pdf", paper="A4")  # doctest: +SKIP
        """
        file = Path(path)
        ending = file.suffix.casefold()
        if ending not in RENDERERS:
            raise UnknownFormatError(
                f"a picture cannot be saved as {file.name!r}; its ending is "
                f"{listed(tuple(RENDERERS), 'or')}" + did_you_mean(ending, RENDERERS)
            )
        if dpi is None:
            dpi = 192 if paper is None else 150
        elif not dpi > 0:
            raise UnknownFormatError(f"dpi is a number of dots per inch above 0, not {dpi!r}")
        scene = self.scene if paper is None else self.on_paper(paper, landscape=landscape)
        file.write_bytes(render(scene, ending, dpi=dpi))
        return file

    def svg(self) -> str:
        """The picture as SVG text.

        Examples
        --------
        >>> m = lm.SystemMap(links=[("Backlog", "Stress", "+"), ("Stress", "Backlog", "+")])
        >>> lm.draw(m).svg()[:4]
        '<svg'
        """
        return svg(self.scene)

    def on(self, ax: Axes) -> Axes:
        """Draw the picture inside an Axes of your own matplotlib figure; returns the Axes."""
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
        from loopmap.layout.neutral import geometry

        return geometry(self.layout, [loop.path for loop in self.marked], name=self.map.title)

    def _repr_mimebundle_(
        self, include: Iterable[str] | None = None, exclude: Iterable[str] | None = None
    ) -> dict[str, str]:
        """What a notebook shows; see :func:`mimebundle`."""
        return _picked(_bundle(repr(self.map), lambda: self), include, exclude)

    def __repr__(self) -> str:
        """``<Drawing of 'The hub': 25 variables, 38 links, 7 of 22 loops marked>``."""
        title = f" of {self.map.title!r}" if self.map.title else ""
        boxes, routes = len(self.layout.boxes), len(self.layout.routes)
        loops = f"{len(self.layout.badges)} of {_how_many(self.loops)} loops marked"
        return f"<Drawing{title}: {boxes} names, {routes} links, {loops}>"


def draw(
    m: SystemMap,
    *,
    highlight: Highlight | None = None,
    loops: str | Iterable[str | Loop] | None = "auto",
    layout: str | Layout = "loops",
    style: Style | str = SCREEN,
    near: Layout | Drawing | None = None,
    seed: int = 0,
    pinned: Mapping[str, Point] | None = None,
    stakeholders: bool = False,
    regions: Regions = "auto",
    by: str = "sign",
    by_strength: bool = False,
    title: bool | str = True,
    legend: bool | str = True,
    footer: bool = True,
    effort: str | None = None,
    progress: Callable[[float, str], None] | None = None,
) -> Drawing:
    """Draw a map.

    Parameters
    ----------
    m
        The map.
    highlight
        Loops (``"R1"``, a name, an id), links (the names of their ends), variables or
        perspectives that stand out; everything else fades.
    loops
        Which loops get a badge: ``"auto"`` (all if they are at most nine, else the named ones,
        else the nine shortest independent ones, which an eye can follow), ``"story"`` (the few
        to talk about), ``"all"``, labels or names of loops, or ``None`` for no badges.
    layout
        A layout engine by name (``"loops"``, ``"given"``, ``"dot"``, ``"neato"`` …; see
        ``loopmap.layout.ENGINES``) or a finished :class:`~loopmap.layout.Layout`.
    style
        A :class:`~loopmap.Style` or the name of a preset: ``"screen"``, ``"print"``, ``"wall"``,
        ``"mono"``, ``"dark"``.
    near
        An earlier drawing or its layout: names stay where they were as far as possible.
    seed
        Another seed, another layout; the same seed, the same bytes.
    pinned
        Name to ``(x, y)`` in map units, kept exactly.
    stakeholders
        Show stakeholders as chips, with what they influence and want.
    regions
        Whose variables stand on a soft region with the holder's name: ``True`` for everybody
        who holds some, names, ``False``, or ``"auto"``: where the regions are few and apart.
    by
        What the lines of links show: ``"sign"``, or ``"perspective"``: who says so, in colour
        and letters, and where they contradict each other.
    by_strength
        Show the strength of links by the width of their lines.
    title
        Whether to show title, subtitle, author and date; or another title.
    legend
        Whether to show the key and the list of marked loops; or where: ``"below"``, ``"right"``.
    footer
        Whether to show what the map is about, its sources and how the picture came about.
    effort
        How hard the layout tries: ``"fast"``, ``"good"`` or ``"poster"``.
    progress
        Called with a share done, 0 to 1, and the name of the step.

    Returns
    -------
    Drawing
        Shows itself in a notebook; ``.save(path)``, ``.svg()``, ``.on(ax)``.

    Raises
    ------
    UnknownNameError
        If a highlighted or listed thing is not in the map.
    UnknownFormatError
        If the style, the layout engine or another option is not known.

    Examples
    --------
    >>> m = lm.SystemMap(links=[("Backlog", "Stress", "+"), ("Stress", "Backlog", "+")])
    >>> lm.draw(m)
    <Drawing: 2 names, 2 links, 1 of 1 loops marked>
    """
    look = style_of(style)
    if legend not in (True, False, "auto", "below", "right"):
        raise UnknownFormatError(f"legend is True, False, 'below' or 'right', not {legend!r}")
    if by not in _LOOKS:
        raise UnknownFormatError(
            f"links are drawn by {listed(tuple(_LOOKS), 'or')}, not {by!r} (by=)"
            + did_you_mean(str(by), _LOOKS)
        )
    found = find_loops(m, at_most=_LOOKED_THROUGH)
    emphasis = emphasise(m, found, highlight)
    chosen = choose_loops(m, found, loops)
    if isinstance(layout, str):
        layout = lay_out(
            m,
            loops=choose_loops(m, found, "auto") if loops is None else chosen,
            engine=layout,
            seed=seed,
            near=near.layout if isinstance(near, Drawing) else near,
            pinned=pinned,
            stakeholders=stakeholders,
            effort=effort,
            progress=progress,
        )
    asked = (loop for loop in found if loop.id in emphasis.asked and loop not in chosen)
    chosen = (*chosen, *asked)
    layout = with_badges(layout, chosen)
    placed = {badge.loop for badge in layout.badges}
    marked = tuple(loop for loop in chosen if loop.id in placed)
    options = Options(
        title,
        legend,
        footer,
        by_strength,
        regions,
        _LOOKS[by](m, look, layout.font_size),
        _provenance(m, found, marked),
    )
    return Drawing(m, layout, found, marked, emphasis, look, options)


def _how_many(loops: Loops) -> str:
    number = len(loops) if loops.complete else loops.total
    return f"{number:,}" if number is not None else f"more than {len(loops):,}"


def _provenance(m: SystemMap, found: Loops, marked: tuple[Loop, ...]) -> str:
    """How many of what there are, and how many loops are marked: no picture hides the rest."""
    parts = [f"{len(m.variables)} variables, {len(m.causal_links)} links"]
    if found:
        kinds = [f"{n:,} {KIND_WORDS[kind]}" for kind in "RBU" if (n := len(found.of_kind(kind)))]
        told = f"{_how_many(found)} feedback loop{'' if len(found) == 1 else 's'}"
        parts.append(f"{told} ({', '.join(kinds)})" if found.complete else told)
        if len(marked) < len(found):
            parts.append(f"{len(marked)} of them marked" if marked else "none of them marked")
    return f"{', '.join(parts)}. Drawn with loopmap."


def mimebundle(
    m: SystemMap, include: Iterable[str] | None = None, exclude: Iterable[str] | None = None
) -> dict[str, str]:
    """What a notebook cell shows of a map: the picture, or its text and why there is none.

    The picture is an ``<img>`` with the SVG inside it, because a notebook that is not trusted
    shows neither ``image/svg+xml`` nor an inline ``<svg>``; the SVG itself is there for whoever
    takes it.
    """

    def drawing() -> Drawing:
        if len(m.variables) > _SHOWN_UNASKED:
            raise UnknownFormatError(
                f"a map of {len(m.variables):,} variables is not drawn unasked; "
                "lm.draw(m) draws it, m.focus(name) makes a smaller one"
            )
        return draw(m)

    return _picked(_bundle(repr(m), drawing), include, exclude)


def _bundle(text: str, drawing: Callable[[], Drawing]) -> dict[str, str]:
    try:
        picture = drawing()
        source = picture.svg()
        scene = picture.scene
        told = [text, *(str(loop) for loop in picture.marked)]
    except Exception as error:  # a repr never raises: it says what went wrong
        reason = f"not drawn: {error or type(error).__name__}"
        page = f"<pre>{html.escape(text)}\n{html.escape(reason)}</pre>"
        return {"text/html": page, "text/plain": f"{text}\n{reason}"}
    coded = base64.b64encode(source.encode()).decode()
    alt = html.escape(f"{scene.title}. {scene.description}", quote=True)
    return {
        "text/html": f'<img alt="{alt}" style="max-width: 100%; height: auto" '
        f'src="data:image/svg+xml;base64,{coded}">',
        "image/svg+xml": source,
        "text/plain": "\n".join(told),
    }


def _picked(
    bundle: dict[str, str], include: Iterable[str] | None, exclude: Iterable[str] | None
) -> dict[str, str]:
    wanted = bundle.keys() if include is None else bundle.keys() & set(include)
    return {kind: bundle[kind] for kind in bundle if kind in wanted and kind not in (exclude or ())}
