"""What loops somebody asks for: the filters of ``find_loops``, checked and turned to numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from loopmap.errors import InvalidOptionError, UnknownNameError
from loopmap.loops.graph import LoopGraph
from loopmap.loops.loop import kind_letter
from loopmap.model import Link, LinkKey, SystemMap
from loopmap.options import LoopKind, LoopLetter

__all__ = ["LoopFilter", "Through", "along", "check_limits", "is_count", "loop_filter"]

#: What ``through=`` takes: a name, a link, or several that a loop must all run through.
Through = str | Link | LinkKey | Iterable[str | Link | LinkKey]

#: The sign of a loop as a number for each letter.
PRODUCTS: dict[LoopLetter, int] = {"R": 1, "B": -1, "U": 0}


@dataclass(frozen=True, slots=True)
class LoopFilter:
    """Filters as numbers.

    Parameters
    ----------
    ids
        The links a fitting loop can use.
    groups
        A loop must meet at least one variable of every group.
    product
        The sign it must have (1, -1 or 0), or ``None`` for any.
    delayed
        Whether it must have a delayed link, must have none, or either (``None``).
    longest
        The most links it may have, or ``None``.
    """

    ids: tuple[int, ...]
    groups: tuple[frozenset[int], ...] = ()
    product: int | None = None
    delayed: bool | None = None
    longest: int | None = None

    @property
    def listed(self) -> LoopFilter:
        """The loops that listing all at once would list, before any is left out."""
        least = min(self.groups, key=lambda g: (len(g), sorted(g)), default=None)
        return LoopFilter(self.ids, () if least is None else (least,))

    @property
    def roots(self) -> list[int] | None:
        """The smallest group: every fitting loop passes one of these; ``None`` for no group."""
        return min((sorted(g) for g in self.groups), key=lambda g: (len(g), g), default=None)

    def fits_all(self, graph: LoopGraph, loop: Sequence[int]) -> bool:
        """:meth:`fits`, and the length."""
        return (self.longest is None or len(loop) <= self.longest) and self.fits(graph, loop)

    def fits(self, graph: LoopGraph, loop: Sequence[int]) -> bool:
        """Whether a loop made of :attr:`ids` is one that was asked for."""
        if self.product is not None and graph.product(loop) != self.product:
            return False
        if self.delayed is not None and any(graph.delayed[i] for i in loop) != self.delayed:
            return False
        if len(self.groups) < 2:
            return True
        met = set(graph.path(loop))
        return all(not met.isdisjoint(group) for group in self.groups)


def loop_filter(
    m: SystemMap,
    graph: LoopGraph,
    *,
    through: Through | None = None,
    kind: LoopKind | None = None,
    delayed: bool | None = None,
    max_length: int | None = None,
) -> LoopFilter:
    """Check the filters and turn them into numbers.

    Raises
    ------
    UnknownNameError
        If ``through`` names something that is not in the map.
    InvalidOptionError
        If ``kind`` is no kind of loop, or ``max_length`` no number of links.
    """
    if max_length is not None and (not is_count(max_length, 1)):
        raise InvalidOptionError(f"max_length is a number of links from 1 up, not {max_length!r}")
    ids = set(range(len(graph.links)))
    groups: list[frozenset[int]] = []
    for thing in _things(through):
        if isinstance(thing, str):
            groups.append(_variables(m, graph, thing))
        else:
            i = _link(m, graph, thing)
            groups.append(frozenset([graph.source[i]]) if i in ids else frozenset())
            ids = _only(graph, ids, i)
    if delayed is False:
        ids -= {i for i in ids if graph.delayed[i]}
    product = None if kind is None else PRODUCTS[kind_letter(kind)]
    kept = tuple(graph.looping(sorted(ids))) if all(groups) else ()
    return LoopFilter(kept, tuple(groups), product, delayed, max_length)


def along(graph: LoopGraph, ids: Iterable[int], link: int) -> LoopFilter:
    """Ask for the loops of these links that run along one of them."""
    kept = graph.looping(sorted(_only(graph, set(ids), link)))
    return LoopFilter(tuple(kept), (frozenset([graph.source[link]]),))


def _only(graph: LoopGraph, ids: set[int], link: int) -> set[int]:
    """Leave out what a loop along this link cannot use: other ways out of or into its ends."""
    u, v = graph.source[link], graph.target[link]
    return {j for j in ids if j == link or (graph.source[j] != u and graph.target[j] != v)}


def is_count(value: object, least: int) -> bool:
    """Whether this is a whole number of at least ``least``."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def check_limits(at_most: int | None, seconds: float | None = None) -> None:
    """Refuse a limit that is none.

    Raises
    ------
    InvalidOptionError
        If ``at_most`` is no number of loops, or ``seconds`` no time.
    """
    if at_most is not None and not is_count(at_most, 0):
        raise InvalidOptionError(
            f"at_most is a number of loops or None for all of them, not {at_most!r}"
        )
    if seconds is not None and not (isinstance(seconds, int | float) and seconds >= 0):
        raise InvalidOptionError(f"seconds is a number from 0 up or None, not {seconds!r}")


def _things(through: Through | None) -> list[str | Link | LinkKey]:
    if through is None:
        return []
    if isinstance(through, str | Link | LinkKey):
        return [through]
    return list(through)


def _variables(m: SystemMap, graph: LoopGraph, name: str) -> frozenset[int]:
    """The variable of this name, or those the stakeholder of this name holds."""
    number = {n: i for i, n in enumerate(graph.names)}
    if m.element(name).is_quantity:
        meant = [name]
    else:
        meant = [k.target for k in m.links if k.kind == "holds" and k.source == name]
    return frozenset(number[n] for n in meant if n in number)


def _link(m: SystemMap, graph: LoopGraph, thing: Link | LinkKey) -> int:
    if not isinstance(thing, Link | LinkKey):
        raise InvalidOptionError(
            f"through= takes names and links, not {thing!r}; "
            "get a link from the map: m.link('A', 'B')"
        )
    key = thing.key if isinstance(thing, Link) else thing
    link = m.link(key.source, key.target, kind=key.kind, route=key.route)
    if link not in graph.links:
        raise UnknownNameError(
            f"no loop runs along the {key.kind} link {key.source!r} -> {key.target!r}; "
            "loops run along causal links"
        )
    return graph.links.index(link)
