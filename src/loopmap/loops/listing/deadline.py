"""As many lengths as the time allows: every loop of up to one link, of up to two, and so on.

Listing all up to a length and sorting is so much faster than finding loops in order that it pays
to begin anew for every length; what is kept is whole to a length, whenever the time is over. Of the
length that was begun then, what was found is in the answer too.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from loopmap.loops.budget import Budget, TimeIsUpError
from loopmap.loops.filters import LoopFilter
from loopmap.loops.graph import LoopGraph
from loopmap.loops.listing.bounded import bounded_loops
from loopmap.loops.listing.sorting import LoopSorter
from loopmap.loops.table import LoopTable

__all__ = ["Timed", "listed_in_time"]

#: Seconds that sorting takes for one link of a loop, about.
SORTING = 1.5e-7
#: The loops of one length more take at least, and are taken to need at most, so many times as long.
GROWTH = 1.5, 8.0


@dataclass(frozen=True, slots=True)
class Timed:
    """Loops in order; up to which length they are whole; whether these are all, or enough."""

    loops: LoopTable
    whole_to: int
    every: bool
    enough: bool
    interrupted: bool


def listed_in_time(
    graph: LoopGraph, asked: LoopFilter, at_most: int | None, budget: Budget
) -> Timed:
    """Every loop of up to as many links as there is time for, or until there are enough."""
    variables = len({graph.source[i] for i in asked.ids})
    longest = variables if asked.longest is None else min(asked.longest, variables)
    kept = LoopSorter(graph, asked, None if at_most is None else at_most + 1)
    whole = length = 0
    interrupted = False
    try:
        while whole < longest and (at_most is None or not kept.has(at_most + 1)):
            started = time.monotonic()
            before = kept.number
            length = min(longest, length + 1 + (0 if before else length // 4))
            within = budget.for_length(length)
            for chunk in bounded_loops(graph, asked.ids, length, within, roots=asked.roots):
                kept.add(chunk, longer_than=whole)
                within.check(SORTING * kept.links)
            whole = length
            least, most = GROWTH
            growth = min(max(kept.number / max(before, 1), least), most)
            took = time.monotonic() - started + SORTING * kept.links
            if within.end is not None and time.monotonic() + growth * took > within.end:
                break
    except TimeIsUpError:
        pass
    except KeyboardInterrupt:
        interrupted = True
    loops = kept.table()
    enough = at_most is not None and len(loops) > at_most and loops.length(at_most) <= whole
    if at_most is not None:
        loops.cut(at_most)
    return Timed(loops, whole, whole >= longest and not enough, enough, interrupted)
