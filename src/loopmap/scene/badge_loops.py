"""Which loops get a badge: all when they are few, else the named ones, else the shortest."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from loopmap.errors import InvalidOptionError, TooLargeError
from loopmap.loops import Loop, Loops, story_loops
from loopmap.loops.choosing.shortest_independent import shortest_independent
from loopmap.loops.graph import loop_graph
from loopmap.model import SystemMap

__all__ = ["FEW", "choose_loops"]

#: As many badges as a map bears before they are read as clutter.
FEW = 9


def choose_loops(
    m: SystemMap, found: Loops, which: str | Iterable[str | Loop] | None
) -> tuple[Loop, ...]:
    """The loops to mark on the picture.

    Parameters
    ----------
    m
        The map.
    found
        Its loops, as far as they were listed.
    which
        ``"auto"``, ``"all"``, ``"story"``, labels, names or ids of loops, loops, or ``None``.

    Raises
    ------
    UnknownNameError
        If no loop has such a name.
    """
    if which is None:
        return ()
    if which == "all":
        return tuple(found)
    if which == "auto":
        if found.complete and len(found) <= FEW:
            return tuple(found)
        named = [loop for loop in found if loop.name]
        return tuple(named) if named else _short(m, found)
    if which == "story":
        return tuple(story_loops(m))
    if isinstance(which, str):
        return (found[which],)
    if not isinstance(which, Iterable):
        raise InvalidOptionError(
            f"loops is 'auto', 'story', 'all', None or names of loops, not {which!r}"
        )
    return tuple(loop if isinstance(loop, Loop) else found[loop] for loop in which)


def _short(m: SystemMap, found: Loops) -> tuple[Loop, ...]:
    """The shortest independent loops: rings an eye can follow, in the order of the list."""
    graph = loop_graph(m)
    try:
        independent, _ = shortest_independent(graph, graph.looping())
    except TooLargeError:
        return tuple(found[:FEW])
    chosen = {tuple([graph.links[i] for i in graph.canonical(loop)]) for loop in independent}
    return tuple(islice((loop for loop in found if loop.links in chosen), FEW))
