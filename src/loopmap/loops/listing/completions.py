"""What can still complete a path to a loop through a root: remembered, not searched again.

A :class:`Completion` is a variable with the set of those that can still be passed on the way home
from it. What can follow depends on these two alone, so it is made once, however many paths lead to
it: one by one in :mod:`loopmap.loops.listing.root_search`, or all at once with numpy.
"""

from __future__ import annotations

from typing import Any

from loopmap.loops.listing.chunks import Subproblem

__all__ = ["Block", "Completion", "Core"]

#: Rows of links behind an empty one (for ``join``), their lengths, their signs.
Block = tuple[list[bytes], Any, bytes]


class Completion:
    """A variable, the set that can still be passed (as bits), and what is known to follow."""

    __slots__ = ("among", "at", "big", "block", "steps", "visits")

    def __init__(self, at: int, among: int) -> None:
        self.at = at
        self.among = among
        self.steps: list[tuple[bytes, int, Completion]] | None = None
        self.block: Block | None = None
        self.big = False  # too much can follow for a block
        self.visits = 0


class Core:
    """The edges of a subproblem by variable, numbered from 0; sets of variables as bits."""

    def __init__(self, subproblem: Subproblem) -> None:
        number = {v: k for k, v in enumerate(sorted({u for u, _, _, _ in subproblem.edges}))}
        self.size = len(number)
        self.root = number[subproblem.root]
        self.leaving: list[dict[int, list[tuple[bytes, int]]]] = [{} for _ in number]
        self.closing: list[list[tuple[bytes, int]]] = [[] for _ in number]
        self.after, self.before, self.last = [0] * self.size, [0] * self.size, 0
        for u, v, sign, label in subproblem.edges:
            i, j = number[u], number[v]
            if v == subproblem.root:
                self.closing[i].append((label, sign))
                self.last |= 1 << i
            else:
                self.leaving[i].setdefault(j, []).append((label, sign))
                self.after[i] |= 1 << j
                self.before[j] |= 1 << i
