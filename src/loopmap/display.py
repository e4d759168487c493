"""``draw``: from a map to a picture that saves itself and shows itself in a notebook."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypedDict, Unpack, get_args

from loopmap.drawing import Drawing, bundle, how_many, picked
from loopmap.errors import FileError, TooLargeError, UnknownNameError
from loopmap.formats import read
from loopmap.formats.decoding import decoded
from loopmap.formats.files import read_bytes
from loopmap.layout import Layout, Point, lay_out, layout_from_text, with_badges
from loopmap.loops import KIND_WORDS, Loop, Loops, count_loops, find_loops
from loopmap.model import SystemMap
from loopmap.model.reading import need_map
from loopmap.options import By, Effort, Engine, Legend, StyleName, choose
from loopmap.phrases import counted
from loopmap.progress import bar
from loopmap.render import places_in
from loopmap.scene import (
    NO_OVERRIDES,
    SCREEN,
    Highlight,
    Options,
    Overrides,
    Regions,
    Style,
    choose_loops,
    emphasise,
    perspective_overrides,
    style_of,
)

__all__ = ["DrawOptions", "Drawing", "PanelOptions", "draw", "look_through", "mimebundle"]

#: Loops looked through for badges and labels; the loop list itself is ``find_loops``' business.
_LOOKED_THROUGH = 1_000
#: Links of a map whose loops are all counted for its footer; larger ones would keep people waiting.
_COUNTED = 200
#: A notebook cell draws no larger map by itself: it would keep people waiting unasked.
_SHOWN_UNASKED = 200
#: What ``draw(…, by=)`` takes, and the overrides it lays over the map.
_OVERRIDES: dict[By, Callable[..., Overrides]] = {
    "sign": lambda m, style, em, *, author: NO_OVERRIDES,
    "perspective": perspective_overrides,
}


class PanelOptions(TypedDict, total=False):
    """What :func:`draw` takes beside the map and ``loops``; the types, for type checkers."""

    highlight: Highlight | None
    layout: Engine | Layout | None
    style: Style | StyleName
    near: Layout | Drawing | str | os.PathLike[str] | None
    seed: int
    pinned: Mapping[str, Point] | None
    stakeholders: bool
    regions: Regions
    by: By
    author: bool
    by_strength: bool
    title: bool | str
    legend: bool | Legend
    footer: bool
    effort: Effort | None
    progress: Callable[[float, str], None] | None


class DrawOptions(PanelOptions, total=False):
    """What :func:`draw` takes beside the map; the pictures made with it take the same."""

    loops: str | Iterable[str | Loop] | None


class _LayoutOptions(TypedDict):
    """What of a layout people choose."""

    engine: Engine
    seed: int
    pinned: Mapping[str, Point] | None
    effort: Effort | None
    progress: Callable[[float, str], None] | None


def draw(
    m: SystemMap,
    *,
    highlight: Highlight | None = None,
    loops: str | Iterable[str | Loop] | None = "auto",
    layout: Engine | Layout | None = None,
    style: Style | StyleName = SCREEN,
    near: Layout | Drawing | str | os.PathLike[str] | None = None,
    seed: int = 0,
    pinned: Mapping[str, Point] | None = None,
    stakeholders: bool = False,
    regions: Regions = "auto",
    by: By = "sign",
    author: bool = False,
    by_strength: bool = False,
    title: bool | str = True,
    legend: bool | Legend = True,
    footer: bool = True,
    effort: Effort | None = None,
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
        By default the places the map has (``"given"``): all names placed, and they stay; some,
        and the rest is fitted in; none, and the map is laid out (``"loops"``). Or a layout engine
        by name (``"loops"`` lays out anew; ``"dot"``, ``"neato"`` …; see
        ``loopmap.layout.ENGINES``), or a finished :class:`~loopmap.Layout`.
    style
        A :class:`~loopmap.Style` or the name of a preset: ``"screen"``, ``"print"``, ``"wall"``,
        ``"mono"``, ``"dark"``.
    near
        An earlier drawing, its layout, an SVG file of it, or a file of the earlier map: names and
        links stay where they were, but for what the change touches; renamed ones are followed.
        What could not stay is in :attr:`Drawing.moved`.
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
    author
        With ``by="perspective"``, whether the map's author is one of those who say so. By default
        only if nobody else speaks: what the author writes above their claims is the facilitator's
        record, kept apart.
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
        Called with a share done, 0 to 1, and the name of the step. By default a bar shows if it
        takes over a second and tqdm is installed.

    Returns
    -------
    Drawing
        Shows itself in a notebook; ``.save(path)``, ``.svg()``, ``.on(ax)``.

    Raises
    ------
    UnknownNameError
        If a highlighted or listed thing is not in the map.
    InvalidOptionError
        If the style, the layout engine or another option is not known, or has a value that is none.
    OSError
        If ``near`` is a file that cannot be opened.
    FileError
        If ``near`` is a picture that carries no places.
    MissingExtraError
        If the layout engine is one of Graphviz, and that is not installed.

    Examples
    --------
    >>> m = lm.SystemMap(links=[("Backlog", "Stress", "+"), ("Stress", "Backlog", "+")])
    >>> lm.draw(m)
    <Drawing: 2 names, 2 links, 1 of 1 loops marked>
    """
    need_map(m)
    look = style_of(style)
    if not isinstance(legend, bool):
        choose(legend, get_args(Legend), "legend, where it is not True or False,")
    overrides = _OVERRIDES[choose(by, _OVERRIDES, "by")]
    found = look_through(m)
    try:
        emphasis, chosen = emphasise(m, found, highlight), choose_loops(m, found, loops)
    except UnknownNameError:
        if found.complete:
            raise
        found = find_loops(m)  # it may be further down the list
        emphasis, chosen = emphasise(m, found, highlight), choose_loops(m, found, loops)
    earlier = _earlier(near)
    if not isinstance(layout, Layout):
        with bar("drawing the map") as tick:
            layout = _laid_out(
                m,
                chosen if loops == "auto" else choose_loops(m, found, "auto"),
                earlier,
                stakeholders,
                engine=layout or _engine(m),
                seed=seed,
                pinned=pinned,
                effort=effort,
                progress=progress or tick,
            )
    if emphasis.asked:
        asked = (loop for loop in found if loop.id in emphasis.asked and loop not in chosen)
        chosen = (*chosen, *asked)
    layout = _with_badges(layout, chosen)
    placed = {badge.loop for badge in layout.badges}
    marked = tuple(loop for loop in chosen if loop.id in placed)
    options = Options(
        title,
        legend,
        footer,
        by_strength,
        regions,
        overrides(m, look, layout.font_size, author=author),
        _provenance(m, found, marked),
    )
    moved = {} if earlier is None else layout.moved(earlier)
    return Drawing(m, layout, found, marked, emphasis, look, options, moved=moved)


def _laid_out(
    m: SystemMap,
    loops: tuple[Loop, ...],
    earlier: Layout | None,
    stakeholders: bool,
    **options: Unpack[_LayoutOptions],
) -> Layout:
    """The places of a map: the same whichever loops are marked, with and without stakeholders."""
    layout = lay_out(m, loops=loops, near=earlier, **options)
    if not stakeholders or not m.stakeholders:
        return layout
    known = {} if earlier is None else earlier.boxes
    chips = {name: known[name] for name in m.stakeholders if name in known}
    near = replace(layout, boxes={**layout.boxes, **chips})
    return lay_out(m, loops=loops, near=near, stakeholders=True, **options)


def _with_badges(layout: Layout, chosen: tuple[Loop, ...]) -> Layout:
    """The layout with the badges of these loops, and of no others."""
    ids = {loop.id for loop in chosen}
    kept = tuple(badge for badge in layout.badges if badge.loop in ids)
    return with_badges(replace(layout, badges=kept), chosen)


def _engine(m: SystemMap) -> Engine:
    """A map that has places keeps them."""
    return "given" if any(element.position for element in m.elements) else "loops"


def _earlier(near: Layout | Drawing | str | os.PathLike[str] | None) -> Layout | None:
    """The layout of what a new picture is to stay near to."""
    if isinstance(near, Drawing):
        return near.layout
    if not isinstance(near, str | os.PathLike):
        return near
    name = os.fspath(near)
    if not name.casefold().endswith(".svg"):
        return draw(read(name)).layout
    text, _ = decoded(read_bytes(name), name)
    if (places := places_in(text)) is None:
        raise FileError(
            f"the picture {name!r} carries no places; near= takes an SVG saved by this version of "
            "loopmap, or a file of the earlier map"
        )
    return layout_from_text(places, name)


def look_through(m: SystemMap) -> Loops:
    """The shortest loops of a map, as many as a picture can need, and how many there are.

    Counted only where that needs no clock: the same map must give the same picture.
    """
    found = find_loops(m, at_most=_LOOKED_THROUGH)
    if found.complete or len(m.causal_links) > _COUNTED:
        return found
    counts = count_loops(m, seconds=0)
    return replace(found, total=counts.total if counts.complete else None)


def _provenance(m: SystemMap, found: Loops, marked: tuple[Loop, ...]) -> str:
    """How many of what there are, and how many loops are marked: no picture hides the rest."""
    parts = [counted(len(m.variables), "variable"), counted(len(m.causal_links), "link")]
    if found:
        kinds = [f"{n:,} {KIND_WORDS[kind]}" for kind, n in found.by_kind().items() if n]
        told = f"{how_many(found)} feedback loop{'' if found.total == 1 else 's'}"
        parts.append(f"{told} ({', '.join(kinds)})" if found.complete else told)
        if len(marked) < len(found):
            parts.append(f"{len(marked)} of them marked" if marked else "not marked")
    return f"{', '.join(parts)}. Drawn with loopmap."


def mimebundle(
    m: SystemMap, include: Iterable[str] | None = None, exclude: Iterable[str] | None = None
) -> dict[str, str]:
    """What a notebook cell shows of a map: the picture, or its text and why there is none."""

    def drawing() -> Drawing:
        if len(m.variables) > _SHOWN_UNASKED:
            raise TooLargeError(
                f"a map of {len(m.variables):,} variables is not drawn unasked; "
                "lm.draw(m) draws it, m.focus(name) makes a smaller one"
            )
        return draw(m)

    return picked(bundle(repr(m), drawing), include, exclude)
