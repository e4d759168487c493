"""One panel per loop: the same map again and again, each time another loop stands out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Unpack

from loopmap.display import Drawing, PanelOptions, draw
from loopmap.errors import InvalidMapError
from loopmap.layout import with_badges
from loopmap.loops import KIND_WORDS, Loop
from loopmap.model import SystemMap
from loopmap.options import check_options
from loopmap.scene import Panel, choose_loops, emphasise

__all__ = ["draw_loops"]


def draw_loops(
    m: SystemMap, *, of: str | Iterable[str | Loop] = "auto", **options: Unpack[PanelOptions]
) -> Drawing:
    """Draw one panel per loop, all on one layout; in each, the rest of the map fades.

    Parameters
    ----------
    m
        The map.
    of
        Which loops: what ``loops=`` of :func:`loopmap.draw` takes.
    **options
        Anything else that :func:`loopmap.draw` takes, such as ``style=`` or ``near=``.

    Returns
    -------
    Drawing
        ``.save(path)``, ``.svg()``; a notebook shows it.

    Raises
    ------
    InvalidMapError
        If the map has no loops.
    UnknownNameError
        If a loop in ``of`` is not on the map.
    InvalidOptionError
        If there is no such option, or it has a value that is none.

    Examples
    --------
    >>> links = [("A", "B", "+"), ("B", "A", "+"), ("B", "C", "-"), ("C", "B", "+")]
    >>> [panel.heading for panel in lm.draw_loops(lm.SystemMap(links=links)).panels]
    ['R1', 'B1']
    """
    check_options(options, PanelOptions)
    picture = draw(m, loops=of, **options)
    chosen = choose_loops(m, picture.loops, of)
    if not chosen:
        raise InvalidMapError(
            "this map has no loops to draw a panel of; lm.draw(m) draws the whole map"
        )
    bare = replace(picture.layout, badges=())
    panels = tuple(
        Panel(
            " ".join(filter(None, [loop.label, loop.name])),
            f"{KIND_WORDS[loop.kind].capitalize()}, {len(loop)} links"
            + (", with a delay" if loop.delayed else ""),
            m,
            emphasise(m, [loop], loop),
            (loop,),
            with_badges(bare, [loop]),
        )
        for loop in chosen
    )
    told = replace(picture.options, provenance="Drawn with loopmap.")
    return replace(picture, panels=panels, options=told)
