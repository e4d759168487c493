"""One picture of what changed from one map to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Unpack

from loopmap.analysis import Diff, diff
from loopmap.display import Drawing, DrawOptions, draw
from loopmap.loops import Loop
from loopmap.model import SystemMap
from loopmap.options import check_options
from loopmap.phrases import counted
from loopmap.scene import SCREEN, Emphasis, style_of
from loopmap.scene.overlays.changes import change_overrides, laid_together

__all__ = ["draw_diff"]

#: Loops with a badge on a picture of changes.
_MARKED = 7
#: What did not change fades, but stays readable: it is the ground the news stands on.
_FADE = 0.55


def draw_diff(
    before: SystemMap,
    after: SystemMap,
    *,
    renamed: Mapping[str, str] | None = None,
    **options: Unpack[DrawOptions],
) -> Drawing:
    """Draw what changed on one picture: added, removed and changed links and names.

    New links are broad and say so, links that are gone are dashed, changed ones show how
    (``+ → −``); what did not change fades. Loops that came or turned over get their badges.

    Parameters
    ----------
    before, after
        The two maps.
    renamed
        Old name to new name of renamed elements; see :func:`loopmap.diff`.
    **options
        Anything else that :func:`loopmap.draw` takes, such as ``style=``, ``near=`` or ``title=``.

    Returns
    -------
    Drawing
        ``.save(path)``, ``.svg()``; a notebook shows it.

    Raises
    ------
    UnknownNameError
        If ``renamed``, or what is highlighted or listed, names something that is not there.
    InvalidOptionError
        If there is no such option, or it has a value that is none.

    Examples
    --------
    >>> before = lm.SystemMap(links=[("Backlog", "Stress", "+"), ("Stress", "Backlog", "+")])
    >>> after = lm.SystemMap(links=[("Backlog", "Stress", "+"), ("Stress", "Backlog", "-")])
    >>> lm.draw_diff(before, after)
    <Drawing of 'What changed': 2 names, 2 links, 1 of 1 loops marked>
    """
    check_options(options, DrawOptions)
    found = diff(before, after, renamed=renamed)
    old = before.rename(found.renamed) if found.renamed else before
    look = replace(style_of(options.get("style", SCREEN)), fade=_FADE)
    drawn = laid_together(old, after).replace(title=after.title or "What changed")
    options.setdefault("loops", _news(found, old, after))
    options["style"] = look
    if "near" not in options and not any(element.position for element in after.elements):
        options["near"] = draw(old, loops=None).layout  # the picture people know
    picture = draw(drawn, **options)
    overrides = change_overrides(old, after, found.renamed, look, picture.layout.font_size)
    changed = Emphasis(
        frozenset(overrides.links),
        frozenset(overrides.names) | {end for key in overrides.links for end in key[:2]},
        frozenset(loop.id for loop in picture.marked),
    )
    return replace(
        picture,
        emphasis=changed,
        options=replace(picture.options, overrides=overrides, provenance=_told(found)),
    )


def _news(found: Diff, before: SystemMap, after: SystemMap) -> list[Loop]:
    """The loops of the newer map that were not there or had another kind."""
    was = {link.key: link for link in before.causal_links}
    news = []
    for loop in found.loops[1]:
        keys = [link.key for link in loop.links]
        known = all(key in was for key in keys)
        if not known or Loop(tuple(was[key] for key in keys)).kind != loop.kind:
            news.append(loop)
    return news[:_MARKED]


def _told(found: Diff) -> str:
    """The footer: the summary, and the loops before and after."""
    loops = []
    for found_loops in found.loops:
        kinds = [f"{n:,} {k}" for k, n in found_loops.by_kind().items() if n]
        part = f" ({', '.join(kinds)})" if kinds else ""
        loops.append(counted(len(found_loops), "loop") + part)
    summary = found.summary[0].upper() + found.summary[1:]
    return f"{summary}. Before: {loops[0]}; after: {loops[1]}. Drawn with loopmap."
