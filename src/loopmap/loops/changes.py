"""``loop_changes``: which loops appear, vanish or turn when a map is edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from loopmap.loops.budget import Budget
from loopmap.loops.find import loop_names
from loopmap.loops.graph import LoopGraph, loop_graph
from loopmap.loops.loop import Loop, Loops
from loopmap.loops.question import along
from loopmap.loops.search import find
from loopmap.loops.table import LoopTable
from loopmap.model import Link, LinkKey, SystemMap

__all__ = ["LoopChanges", "loop_changes"]


@dataclass(frozen=True, slots=True, repr=False)
class LoopChanges:
    """What an edit does to the loops of a map.

    Parameters
    ----------
    appeared
        Loops of the edited map that the map did not have.
    vanished
        Loops of the map that the edited map does not have.
    turned
        Loops of both that change kind, as they are afterwards.
    """

    appeared: Loops
    vanished: Loops
    turned: Loops

    @property
    def complete(self) -> bool:
        """Whether these are all of them."""
        return self.appeared.complete and self.vanished.complete and self.turned.complete

    def __bool__(self) -> bool:
        """Whether anything changes."""
        return bool(self.appeared or self.vanished or self.turned) or not self.complete

    def __repr__(self) -> str:
        """``<LoopChanges: 3 appear, 0 vanish, 2 turn, complete>``."""
        appear, vanish, turn = len(self.appeared), len(self.vanished), len(self.turned)
        state = "complete" if self.complete else "incomplete"
        return f"<LoopChanges: {appear:,} appear, {vanish:,} vanish, {turn:,} turn, {state}>"


def loop_changes(m: SystemMap, edited: SystemMap, *, at_most: int | None = 10_000) -> LoopChanges:
    """Find the loops that appear, vanish or change kind between a map and its edited version.

    Only loops through links that differ are looked for, so that this is quick after a small
    edit however many loops there are.

    Parameters
    ----------
    m, edited
        The map before and after; any edit of links, such as adding, removing or turning one.
    at_most
        Stop after so many loops each; ``None`` lists all.

    Returns
    -------
    LoopChanges
        Each list says whether it is complete.

    Examples
    --------
    >>> m = lm.SystemMap(links=[("A", "B", "+"), ("B", "A", "+")])
    >>> lm.loop_changes(m, m.add(lm.Link("B", "B", "-")))
    <LoopChanges: 1 appear, 0 vanish, 0 turn, complete>
    """
    before = {link.key: link for link in m.causal_links}
    after = {link.key: link for link in edited.causal_links}
    common = before.keys() & after.keys()
    resigned = {key for key in common if before[key].polarity is not after[key].polarity}
    old, new = loop_graph(m), loop_graph(edited)
    vanished = _through_any(m, old, before.keys() - after.keys(), at_most)
    appeared = _through_any(edited, new, after.keys() - before.keys(), at_most)
    touched = _through_any(
        edited, new, resigned, at_most, without=frozenset(after.keys() - before.keys())
    )
    turned = [loop for loop in touched if _kind_before(loop, before) != loop.kind]
    return LoopChanges(appeared, vanished, _again(edited, new, turned, touched))


def _kind_before(loop: Loop, before: dict[LinkKey, Link]) -> str:
    return Loop(tuple(before[link.key] for link in loop.links)).kind


def _through_any(
    m: SystemMap,
    graph: LoopGraph,
    keys: set[LinkKey],
    at_most: int | None,
    without: frozenset[LinkKey] = frozenset(),
) -> Loops:
    """The loops along at least one of these links: along the first, or else the next."""
    ids = [i for i, link in enumerate(graph.links) if link.key not in without]
    found = []
    number = {link.key: i for i, link in enumerate(graph.links)}
    for key in sorted(keys):
        found.append(find(graph, along(graph, ids, number[key]), at_most, Budget(None)))
        ids.remove(number[key])
    loops = sorted(
        (tuple(part.loops.numbers(i)) for part in found for i in range(len(part.loops))),
        key=graph.order,
    )
    kept = loops[:at_most]
    reasons = [part.reason for part in found if part.reason]
    if len(kept) < len(loops):
        reasons.append(f"stopped after {at_most:,} loops ({at_most=})")
    whole = [part.whole_to for part in found if part.whole_to is not None]
    if len(kept) < len(loops):
        whole.append(len(loops[len(kept)]) - 1)
    totals = [part.total for part in found]
    return Loops(
        LoopTable.of(graph, kept, loop_names(m)),
        not reasons,
        min(whole, default=None) if reasons else None,
        None if None in totals else sum(n for n in totals if n is not None),
        reasons[0] if reasons else "",
    )


def _again(m: SystemMap, graph: LoopGraph, loops: Sequence[Loop], of: Loops) -> Loops:
    """Some of these loops, with labels of their own."""
    number = {link.key: i for i, link in enumerate(graph.links)}
    table = LoopTable.of(
        graph, ([number[link.key] for link in loop.links] for loop in loops), loop_names(m)
    )
    total = len(loops) if of.complete else None
    return Loops(table, of.complete, of.complete_to_length, total, of.reason)
