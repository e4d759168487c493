"""Side by side on one layout: what each perspective sees, and what nobody sees alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Unpack

from loopmap.analysis import SharedLoop, shared_loops
from loopmap.analysis.words import all_seen
from loopmap.display import Drawing, DrawOptions, draw
from loopmap.errors import UnknownNameError, did_you_mean
from loopmap.loops import Loop
from loopmap.model import Link, SystemMap
from loopmap.options import check_options
from loopmap.perspectives import voice_labels, voices
from loopmap.phrases import counted
from loopmap.scene import Emphasis
from loopmap.scene.sheet.panels import Panel

__all__ = ["draw_panels"]

#: Badges a small picture bears.
_MARKED = 5


def draw_panels(
    m: SystemMap, *, who: Iterable[str] | None = None, **options: Unpack[DrawOptions]
) -> Drawing:
    """Draw what each perspective sees beside what nobody sees alone, all on one layout.

    Parameters
    ----------
    m
        A map with claims of several people.
    who
        Whose pictures to show; everybody's if not given.
    **options
        Anything else that :func:`loopmap.draw` takes, such as ``style=`` or ``near=``.
        ``author``: whether the map's author is one of them. By default only if nobody else speaks:
        what the author writes above their claims is the facilitator's record, and has no picture.

    Returns
    -------
    Drawing
        ``.save(path)``, ``.svg()``; a notebook shows it. The last panel has the loops of
        :func:`loopmap.shared_loops`.

    Raises
    ------
    UnknownNameError
        If somebody in ``who`` makes no claim about a causal link.
    InvalidOptionError
        If there is no such option, or it has a value that is none.

    Examples
    --------
    >>> police = lm.SystemMap(links=[("Backlog", "Stress", "+")])
    >>> health = lm.SystemMap(links=[("Stress", "Backlog", "+")])
    >>> lm.draw_panels(lm.merge({"Police": police, "Health": health})).panels[-1].line
    '1 of 1 loop'
    """
    check_options(options, DrawOptions)
    author = options.get("author", False)
    found = shared_loops(m, author=author)
    labels = voice_labels(voices(m, author=author))
    drawn = {
        label: [x for x in m.causal_links if any(c.perspective == voice for c in x.claims)]
        for voice, label in labels.items()
    }
    people = [label for label, links in drawn.items() if links]
    chosen = people if who is None else list(who)
    for name in chosen:
        if name not in people:
            raise UnknownNameError(
                f"nobody called {name!r} makes a claim about a causal link (in who=)"
                + did_you_mean(str(name), people)
            )
    total = counted(len(found.loops), "loop")
    panels = []
    for name in chosen:
        whole = [s for s in found.alone if name in s.readings]
        theirs = _as_seen_by(m, next(voice for voice in labels if labels[voice] == name))
        line = f"{len(drawn[name])} of {counted(len(m.causal_links), 'link')}, "
        line += f"{len(whole):,} of {total} whole"
        loops = [_read(s, name, theirs) for s in whole[:_MARKED]]
        panels.append(_panel(f"{name} alone", line, theirs, drawn[name], loops))
    notes = [*found.caveats]
    if found:
        together = [link for s in found for link in s.loop.links]
        line = f"{len(found):,} of {total}"
        loops = [s.loop for s in found[:_MARKED]]
        panels.append(_panel("What nobody sees alone", line, m, together, loops))
    elif found.alone and not found.on_record:
        notes.append(all_seen(len(found.alone)))
    options.setdefault("loops", [loop for panel in panels for loop in panel.loops])
    picture = draw(m, **options)
    notes.append(picture.options.provenance)
    told = replace(picture.options, provenance=" ".join(filter(None, notes)))
    return replace(picture, panels=tuple(panels), options=told)


def _as_seen_by(m: SystemMap, voice: str | None) -> SystemMap:
    """The map with the links somebody drew as they drew them; the others stay, to be faded."""
    seen = {
        link: [claim for claim in link.claims if claim.perspective == voice] for link in m.links
    }
    return m.replace(
        links=[link.replace(claims=own) if own else link for link, own in seen.items()]
    )


def _read(s: SharedLoop, name: str, theirs: SystemMap) -> Loop:
    """The loop as they read it; its label keeps its number where the joined map agrees."""
    links = {link.key: link for link in theirs.causal_links}
    kind = s.readings[name]
    label = s.loop.label if kind == s.loop.kind else kind
    return Loop(tuple(links[link.key] for link in s.loop.links), label, s.loop.name)


def _panel(
    heading: str, line: str, m: SystemMap, links: Iterable[Link], loops: Iterable[Loop]
) -> Panel:
    keys = frozenset(link.key for link in links)
    ends = frozenset(end for key in keys for end in (key.source, key.target))
    marked = tuple(loops)
    emphasis = Emphasis(keys, ends, frozenset(loop.id for loop in marked))
    return Panel(heading, line, m, emphasis, marked)
