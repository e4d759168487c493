"""Before and after side by side, in the same places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Unpack

from loopmap.display import Drawing, DrawOptions, draw, look_through
from loopmap.errors import InvalidMapError
from loopmap.layout import Layout, with_badges
from loopmap.loops import Loop, Loops
from loopmap.model import Link, SystemMap
from loopmap.model.reading import need_map
from loopmap.options import check_options
from loopmap.phrases import counted
from loopmap.scene import EVERYTHING, Emphasis, Panel, choose_loops
from loopmap.scene.overlays.changes import laid_together

__all__ = ["draw_before_after"]


def draw_before_after(
    before: SystemMap, after: SystemMap, **options: Unpack[DrawOptions]
) -> Drawing:
    """Draw two maps side by side; names keep their places, and what differs stands out.

    On one picture instead: :func:`loopmap.draw_diff`.

    Parameters
    ----------
    before, after
        The two maps.
    **options
        Anything that :func:`loopmap.draw` takes, such as ``style=``, ``near=`` or ``title=``.

    Returns
    -------
    Drawing
        ``.save(path)``, ``.svg()``; a notebook shows it.

    Raises
    ------
    InvalidMapError
        If both maps are empty.
    UnknownNameError
        If a highlighted or listed thing is on neither map.
    InvalidOptionError
        If there is no such option, or it has a value that is none.

    Examples
    --------
    >>> before = lm.SystemMap(links=[("A", "B", "+"), ("B", "A", "+")])
    >>> after = lm.SystemMap(links=[("A", "B", "+"), ("B", "A", "-")])
    >>> [panel.heading for panel in lm.draw_before_after(before, after).panels]
    ['Before', 'After']
    """
    need_map(before)
    need_map(after)
    check_options(options, DrawOptions)
    if not before.elements and not after.elements:
        raise InvalidMapError("both maps are empty; there is nothing to draw side by side")
    both = laid_together(before, after)
    picture = draw(both, **options)
    panels = (
        _state("Before", before, after, picture.layout, picture.loops),
        _state("After", after, before, picture.layout, picture.loops),
    )
    told = replace(picture.options, provenance="What differs stands out. Drawn with loopmap.")
    return replace(picture, panels=panels, options=told)


def _state(heading: str, m: SystemMap, other: SystemMap, layout: Layout, found: Loops) -> Panel:
    """One of the two, with the badges of its own loops."""
    theirs = {link.key: link for link in other.causal_links}
    chosen = choose_loops(m, look_through(m), "auto")
    loops = _labelled(chosen, found)
    changed = [
        link
        for link in m.causal_links
        if link.key not in theirs
        or (link.polarity, link.delayed) != (theirs[link.key].polarity, theirs[link.key].delayed)
    ]
    new = frozenset(name for name in m.variables if name not in other)
    line = f"{counted(len(m.variables), 'variable')}, {counted(len(m.causal_links), 'link')}"
    emphasis = _emphasis(changed, new, loops) if changed or new else EVERYTHING
    places = with_badges(_part(layout, m), loops)
    return Panel(heading, line, m, emphasis, loops, places)


def _part(layout: Layout, m: SystemMap) -> Layout:
    """The places of what is on this map; the bounds stay, so that the panels match."""
    keys = {link.key for link in m.links}
    return replace(
        layout,
        boxes={name: box for name, box in layout.boxes.items() if name in m},
        routes=tuple(route for route in layout.routes if route.key in keys),
        badges=(),
    )


def _labelled(chosen: Iterable[Loop], found: Loops) -> tuple[Loop, ...]:
    """The loops, called alike in both panels wherever they are of the same kind."""
    whole = {(loop.id, loop.kind): loop.label for loop in found}
    return tuple(
        replace(loop, label=whole.get((loop.id, loop.kind), loop.label)) for loop in chosen
    )


def _emphasis(changed: Sequence[Link], new: frozenset[str], loops: Sequence[Loop]) -> Emphasis:
    keys = frozenset(link.key for link in changed)
    ends = frozenset(end for key in keys for end in (key.source, key.target))
    touched = frozenset(loop.id for loop in loops if any(link.key in keys for link in loop.links))
    return Emphasis(keys, ends | new, touched)
