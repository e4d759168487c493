"""``loop_changes``: which loops appear, vanish or change kind when a map is edited."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from loopmap.errors import TooLargeError
from loopmap.loops.budget import Budget
from loopmap.loops.counting.loop_sums import Kinds, loop_sums
from loopmap.loops.filters import along
from loopmap.loops.found import Loops
from loopmap.loops.graph import LoopGraph, loop_graph
from loopmap.loops.labels import loop_names
from loopmap.loops.listing.strategy import find
from loopmap.loops.table import LoopTable
from loopmap.model import LinkKey, SystemMap

__all__ = ["ChangedKinds", "LoopChanges", "loop_changes"]


class ChangedKinds(NamedTuple):
    """How many loops of each kind appear, vanish, and change kind (by the new kind)."""

    appeared: Kinds
    vanished: Kinds
    flipped: Kinds


class LoopChanges:
    """What an edit does to the loops of a map: exact numbers, and lists of loops.

    Both are made when they are first asked for, so that numbers come at once even where
    millions of loops change.

    Parameters
    ----------
    m, edited
        The map before and after.
    at_most
        How many loops each list may have, or ``None``.
    """

    def __init__(self, m: SystemMap, edited: SystemMap, at_most: int | None) -> None:
        self.m, self.edited, self.at_most = m, edited, at_most
        self._old, self._new = loop_graph(m), loop_graph(edited)
        before = {link.key: i for i, link in enumerate(self._old.links)}
        after = {link.key: i for i, link in enumerate(self._new.links)}
        self._removed = before.keys() - after.keys()
        self._added = after.keys() - before.keys()
        common = [(before[key], i) for key, i in after.items() if key in before]
        #: The signs of links of both before; by their number afterwards.
        self._was = {i: self._old.sign[k] for k, i in common}
        self._resigned = {
            self._new.links[i].key for i, sign in self._was.items() if sign != self._new.sign[i]
        }

    @cached_property
    def numbers(self) -> ChangedKinds | None:
        """How many loops change, exactly; ``None`` where they are too many to count."""
        try:
            return ChangedKinds(
                _kinds_through(self._new, self._added),
                _kinds_through(self._old, self._removed),
                _kinds_flipped(self._new, self._was) if self._resigned else Kinds(),
            )
        except TooLargeError:
            return None

    @cached_property
    def appeared(self) -> Loops:
        """Loops of the edited map that the map did not have."""
        return _through_any(self.edited, self._new, self._added, self.at_most)

    @cached_property
    def vanished(self) -> Loops:
        """Loops of the map that the edited map does not have."""
        return _through_any(self.m, self._old, self._removed, self.at_most)

    @cached_property
    def flipped(self) -> Loops:
        """Loops of both that change kind, as they are afterwards."""
        # a link without a known sign before and after leaves its loops as undetermined as they were
        ids = [i for i, sign in self._was.items() if sign or self._new.sign[i]]
        differs: Callable[[tuple[int, ...]], bool] | None = None
        if len(self._resigned) > 1:  # two flipped signs may leave a loop what it was
            old = replace(self._new, sign=_signs(self._new, self._was))

            def differs(loop: tuple[int, ...]) -> bool:
                return old.product(loop) != self._new.product(loop)

        return _through_any(self.edited, self._new, self._resigned, self.at_most, ids, differs)

    @property
    def complete(self) -> bool:
        """Whether the lists have all of them."""
        return self.appeared.complete and self.vanished.complete and self.flipped.complete

    def __bool__(self) -> bool:
        """Whether anything changes."""
        if self.numbers is not None:
            return any(any(kinds) for kinds in self.numbers)
        return bool(self.appeared or self.vanished or self.flipped) or not self.complete

    def __repr__(self) -> str:
        """``<LoopChanges: 3 appear, 0 vanish, 2 turn>``."""
        if self.numbers is None:
            return "<LoopChanges: too many loops to count>"
        words = zip(("appear", "vanish", "turn"), self.numbers, strict=True)
        return f"<LoopChanges: {', '.join(f'{kinds.total:,} {word}' for word, kinds in words)}>"


def loop_changes(m: SystemMap, edited: SystemMap, *, at_most: int | None = 10_000) -> LoopChanges:
    """Find the loops that appear, vanish or change kind between a map and its edited version.

    How many they are is counted exactly; lists are made when they are asked for, of loops
    through links that differ only. So both are quick after a small edit, however many loops
    there are.

    Parameters
    ----------
    m, edited
        The map before and after; any edit of links, such as adding, removing or turning one.
    at_most
        So many loops at most in each list; ``None`` lists all.

    Returns
    -------
    LoopChanges
        ``numbers``: how many of each kind; ``appeared``, ``vanished`` and ``flipped``: lists, each
        of which says whether it is complete.

    Examples
    --------
    >>> m = lm.SystemMap(links=[("A", "B", "+"), ("B", "A", "+")])
    >>> changes = lm.loop_changes(m, m.add(lm.Link("B", "B", "-")))
    >>> changes
    <LoopChanges: 1 appear, 0 vanish, 0 turn>
    >>> changes.numbers.appeared
    Kinds(reinforcing=0, balancing=1, undetermined=0)
    >>> [loop.label for loop in changes.appeared]
    ['B1']
    """
    return LoopChanges(m, edited, at_most)


def _kinds_through(graph: LoopGraph, keys: Iterable[LinkKey]) -> Kinds:
    """How many loops run along at least one of these links: all, less those along none."""
    keys = set(keys)
    if not keys:
        return Kinds()
    others = [i for i, link in enumerate(graph.links) if link.key not in keys]
    every = loop_sums(graph, graph.looping()).kinds()
    rest = loop_sums(graph, graph.looping(others)).kinds()
    return Kinds(*(a - b for a, b in zip(every, rest, strict=True)))


def _signs(graph: LoopGraph, was: dict[int, int]) -> tuple[int, ...]:
    return tuple(was.get(i, sign) for i, sign in enumerate(graph.sign))


def _kinds_flipped(graph: LoopGraph, was: dict[int, int]) -> Kinds:
    """How many loops of these links change kind, by their kind now.

    With the products o before and n now, each 1, -1 or 0, those that stay R are as many as the
    sum of (|on| + on + n|o| + o|n|) / 4, and products of products are sums over loops, too.
    """
    now, old = graph.sign, _signs(graph, was)
    built = loop_sums(graph, graph.looping(was))
    every = built.sum(lambda i: 1)
    n, n_known = built.sum(lambda i: now[i]), built.sum(lambda i: abs(now[i]))
    o_known, known = built.sum(lambda i: abs(old[i])), built.sum(lambda i: abs(old[i] * now[i]))
    same = known + built.sum(lambda i: old[i] * now[i])
    split = built.sum(lambda i: now[i] * abs(old[i])) + built.sum(lambda i: old[i] * abs(now[i]))
    return Kinds(
        (n_known + n) // 2 - (same + split) // 4,
        (n_known - n) // 2 - (same - split) // 4,
        every - n_known - (every - n_known - o_known + known),
    )


def _through_any(
    m: SystemMap,
    graph: LoopGraph,
    keys: Iterable[LinkKey],
    at_most: int | None,
    ids: Iterable[int] | None = None,
    kept: Callable[[tuple[int, ...]], bool] | None = None,
) -> Loops:
    """The loops along at least one of these links: along the first, or else the next."""
    ids = list(range(len(graph.links)) if ids is None else ids)
    found = []
    number = {link.key: i for i, link in enumerate(graph.links)}
    for key in sorted(keys):
        found.append(find(graph, along(graph, ids, number[key]), at_most, Budget(None)))
        ids.remove(number[key])
    loops = [tuple(part.loops.numbers(i)) for part in found for i in range(len(part.loops))]
    if len(found) > 1:
        loops.sort(key=graph.order)
    listed = loops[:at_most]
    reasons = [part.reason for part in found if part.reason]
    if len(listed) < len(loops):
        reasons.append(f"stopped after {at_most:,} loops ({at_most=})")
    whole = [part.whole_to for part in found if part.whole_to is not None]
    if len(listed) < len(loops):
        whole.append(len(loops[len(listed)]) - 1)
    totals = [part.total for part in found]
    total = None if None in totals else sum(n for n in totals if n is not None)
    if kept is not None:
        listed = [loop for loop in listed if kept(loop)]
        total = None if reasons else len(listed)
    return Loops(
        LoopTable.of(graph, listed, loop_names(m)),
        not reasons,
        min(whole, default=None) if reasons else None,
        total,
        reasons[0] if reasons else "",
    )
