"""What is highlighted, and how the rest fades."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from loopmap.errors import UnknownNameError, did_you_mean
from loopmap.loops import Loop
from loopmap.loops.found import called_in, loop_called
from loopmap.model import Link, LinkKey, SystemMap

__all__ = ["EVERYTHING", "Emphasis", "Highlight", "emphasise"]

#: A loop (itself, its label, name or id), a link (itself or the names of its ends), a variable's
#: name or a perspective's, or several of these.
Highlight = str | Loop | Link | tuple[str, str] | Iterable["str | Loop | Link | tuple[str, str]"]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """The links, variables and loops that stand out; with ``everything`` nothing fades.

    ``asked`` are the ids of the loops that were named themselves, so should have a badge.
    """

    links: frozenset[LinkKey] = frozenset()
    variables: frozenset[str] = frozenset()
    loops: frozenset[str] = frozenset()  # ids
    asked: frozenset[str] = frozenset()
    everything: bool = False

    def on_link(self, key: LinkKey) -> bool:
        """Whether this link stands out."""
        return self.everything or key in self.links

    def on_variable(self, name: str) -> bool:
        """Whether this variable stands out."""
        return self.everything or name in self.variables

    def on_loop(self, loop: Loop) -> bool:
        """Whether this loop stands out."""
        return self.everything or loop.id in self.loops

    def __or__(self, other: Emphasis) -> Emphasis:
        """Everything that stands out in one of the two."""
        return Emphasis(
            self.links | other.links,
            self.variables | other.variables,
            self.loops | other.loops,
            self.asked | other.asked,
            self.everything or other.everything,
        )


EVERYTHING = Emphasis(everything=True)


def emphasise(m: SystemMap, loops: Sequence[Loop], highlight: Highlight | None) -> Emphasis:
    """Find what ``highlight`` means on this map.

    A text is looked up among the loops' labels, names and ids, then the variables, then the
    perspectives.

    Raises
    ------
    UnknownNameError
        If something is none of these.
    """
    if highlight is None:
        return EVERYTHING
    found = Emphasis()
    for thing in _several(m, highlight):
        found |= _one(m, loops, thing)
    return found


def _several(m: SystemMap, highlight: Highlight) -> list[object]:
    if isinstance(highlight, str | Loop | Link):
        return [highlight]
    things: list[object] = list(highlight)
    # ("A", "B") is a link where there is one, else two names
    if isinstance(highlight, tuple) and len(things) == 2 and _between(m, things):
        return [highlight]
    return things


def _between(m: SystemMap, ends: object) -> list[Link]:
    if not (isinstance(ends, tuple | list) and len(ends) == 2):
        return []
    return [link for link in m.causal_links if [link.source, link.target] == list(ends)]


def _one(m: SystemMap, loops: Sequence[Loop], thing: object) -> Emphasis:
    if isinstance(thing, Loop):
        return _of_loop(thing)
    if isinstance(thing, Link):
        return _of_links([thing], set())
    if links := _between(m, thing):
        return _of_links(links, set())
    if isinstance(thing, str):
        if (loop := loop_called(loops, thing)) is not None:
            return _of_loop(loop)
        if thing in m.variables:
            links = [link for link in m.causal_links if thing in (link.source, link.target)]
            through = {loop.id for loop in loops if thing in loop.path}
            return _of_links(links, through) | Emphasis(variables=frozenset([thing]))
        if thing in m.perspectives:
            links = [link for link in m.causal_links if thing in link.perspectives]
            theirs = {loop.id for loop in loops if set(loop.links) <= set(links)}
            return _of_links(links, theirs)
    known = [*called_in(loops), *m.variables, *m.perspectives]
    raise UnknownNameError(
        f"nothing to highlight is called {thing!r}"
        + (did_you_mean(str(thing), known) or "; give a loop, variable, link or perspective")
    )


def _of_loop(loop: Loop) -> Emphasis:
    return _of_links(loop.links, {loop.id}) | Emphasis(asked=frozenset([loop.id]))


def _of_links(links: Iterable[Link], ids: set[str]) -> Emphasis:
    links = tuple(links)
    return Emphasis(
        frozenset(link.key for link in links),
        frozenset(end for link in links for end in (link.source, link.target)),
        frozenset(ids),
    )
