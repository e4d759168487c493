"""``loop_changes``: which loops appear, vanish or change kind when a map is edited."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from loopmap.errors import TooLargeError
from loopmap.loops.budget import Budget, TimeIsUpError
from loopmap.loops.counting.loop_sums import Kinds, loop_sums
from loopmap.loops.filters import LoopFilter, along, check_limits
from loopmap.loops.found import Loops
from loopmap.loops.graph import LoopGraph, loop_graph
from loopmap.loops.labels import loop_names
from loopmap.loops.listing.by_length import loops_in_order
from loopmap.loops.listing.strategy import find
from loopmap.loops.table import LoopTable
from loopmap.model import LinkKey, SystemMap

__all__ = ["ChangedKinds", "LoopChanges", "loop_changes"]


#: Tells whether a loop of link numbers belongs in a list.
_Kept = Callable[[tuple[int, ...]], bool]
#: Changed links times all links: of more than this, loops are not looked for link by link.
LINK_BY_LINK = 1_000_000
#: Seconds for each list, unless it is said otherwise.
SECONDS = 5.0


class _Listed(NamedTuple):
    """Loops in order, up to which length they are whole, how many there are, and why not all."""

    loops: list[tuple[int, ...]]
    whole_to: int | None
    total: int | None
    reason: str


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
    seconds
        How long to look for each list, or ``None``.
    """

    def __init__(
        self, m: SystemMap, edited: SystemMap, at_most: int | None, seconds: float | None
    ) -> None:
        self.m, self.edited, self.at_most, self.seconds = m, edited, at_most, seconds
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
        return self._listed(self.edited, self._new, self._added)

    @cached_property
    def vanished(self) -> Loops:
        """Loops of the map that the edited map does not have."""
        return self._listed(self.m, self._old, self._removed)

    @cached_property
    def flipped(self) -> Loops:
        """Loops of both that change kind, as they are afterwards."""
        # a link without a known sign before and after leaves its loops as undetermined as they were
        ids = [i for i, sign in self._was.items() if sign or self._new.sign[i]]
        differs: _Kept | None = None
        if len(self._resigned) > 1:  # two flipped signs may leave a loop what it was
            old = replace(self._new, sign=_signs(self._new, self._was))

            def differs(loop: tuple[int, ...]) -> bool:
                return old.product(loop) != self._new.product(loop)

        return self._listed(self.edited, self._new, self._resigned, ids, differs)

    def _listed(
        self,
        m: SystemMap,
        graph: LoopGraph,
        keys: set[LinkKey],
        ids: Sequence[int] | None = None,
        kept: _Kept | None = None,
    ) -> Loops:
        """The loops along at least one of these links."""
        ids = range(len(graph.links)) if ids is None else ids
        way = _among_all if len(keys) * len(ids) > LINK_BY_LINK else _link_by_link
        found = way(graph, keys, ids, self.at_most, Budget(self.seconds), kept)
        table = LoopTable.of(graph, found.loops, loop_names(m))
        return Loops(table, not found.reason, found.whole_to, found.total, found.reason)

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


def loop_changes(
    m: SystemMap,
    edited: SystemMap,
    *,
    at_most: int | None = 10_000,
    seconds: float | None = SECONDS,
) -> LoopChanges:
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
    seconds
        Look for each list about so long, and mark it where that is not enough; ``None`` takes its
        time.

    Returns
    -------
    LoopChanges
        ``numbers``: how many of each kind; ``appeared``, ``vanished`` and ``flipped``: lists, each
        of which says whether it is complete.

    Raises
    ------
    InvalidOptionError
        If ``at_most`` or ``seconds`` is no such number.

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
    check_limits(at_most, seconds)
    return LoopChanges(m, edited, at_most, seconds)


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


def _link_by_link(
    graph: LoopGraph,
    keys: set[LinkKey],
    ids: Sequence[int],
    at_most: int | None,
    budget: Budget,
    kept: _Kept | None,
) -> _Listed:
    """The loops along the first of these links, or else the next."""
    left = list(ids)
    found = []
    number = {link.key: i for i, link in enumerate(graph.links)}
    for key in sorted(keys):
        asked = along(graph, left, number[key])
        found.append(find(graph, asked, at_most, budget))
        left.remove(number[key])
    loops = [tuple(part.loops.numbers(i)) for part in found for i in range(len(part.loops))]
    if len(found) > 1:
        loops.sort(key=graph.order)
    listed = loops[:at_most]
    reasons = [part.reason for part in found if part.reason]
    whole = [part.whole_to for part in found if part.whole_to is not None]
    if len(listed) < len(loops):
        reasons.append(_limit(at_most))
        whole.append(len(loops[len(listed)]) - 1)
    totals = [part.total for part in found]
    total = None if None in totals else sum(n for n in totals if n is not None)
    if kept is not None:
        listed = [loop for loop in listed if kept(loop)]
        total = None if reasons else len(listed)
    if not reasons:
        return _Listed(listed, None, total, "")
    return _Listed(listed, min(whole, default=None), total, reasons[0])


def _among_all(
    graph: LoopGraph,
    keys: set[LinkKey],
    ids: Sequence[int],
    at_most: int | None,
    budget: Budget,
    kept: _Kept | None,
) -> _Listed:
    """Those along one of many links, sifted out of all loops, shortest first."""
    meant = {i for i, link in enumerate(graph.links) if link.key in keys}
    loops: list[tuple[int, ...]] = []
    reached, reason = 1, ""
    try:
        for loop in loops_in_order(graph, LoopFilter(tuple(graph.looping(ids))), budget):
            reached = len(loop)
            if meant.isdisjoint(loop) or (kept is not None and not kept(loop)):
                continue
            if len(loops) == at_most:
                reason = _limit(at_most)
                break
            loops.append(loop)
    except TimeIsUpError:
        reason = f"stopped after {budget.told}"
    except KeyboardInterrupt:
        reason = "interrupted"
    return _Listed(loops, reached - 1 if reason else None, None if reason else len(loops), reason)


def _limit(at_most: int | None) -> str:
    return f"stopped after {at_most:,} loops ({at_most=})"
