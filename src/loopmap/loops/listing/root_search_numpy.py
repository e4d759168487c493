"""All completions of a root at once, with numpy: those with the largest sets first.

Those that :mod:`loopmap.loops.listing.root_search` makes one by one. Each has a smaller set than
those before it, so a layer of sets of one size is whole once the larger ones are done; closures
are made for a layer together, at less than a tenth of what they cost one by one.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from loopmap.loops.budget import Budget
from loopmap.loops.listing.completions import Completion, Core

__all__ = ["layered"]

Sets = np.ndarray[Any, np.dtype[np.uint64]]
Numbers = np.ndarray[Any, np.dtype[np.int64]]

#: A set and a variable fit into one number of 64 bits: six bits for the variable.
MOST_VARIABLES = 58
#: Sets are looked up by so many variables at a time at most.
PIECE = 12
#: How many bits a byte has.
BITS = np.array([k.bit_count() for k in range(256)])


def layered(core: Core, among: int, most: int, budget: Budget) -> Completion | None:
    """The completion of the root with this set, and all that follow; ``None`` if too many."""
    if core.size > MOST_VARIABLES:
        return None
    closure = _Closure(core)
    waiting: list[list[_Found]] = [[] for _ in range(core.size + 1)]
    waiting[among.bit_count()].append(
        _Found(np.array([core.root]), np.array([among], np.uint64), np.zeros(1, np.int64), ...)
    )
    variables, edges = [], []
    made = 0
    while waiting:
        found = waiting.pop()
        if not found:
            continue
        budget.check()
        at, sets = _named(found, made)
        parent, to, left = _steps(core, at, sets)
        variables.append(at)
        edges.append((parent + made, to, np.empty(len(to), np.int64)))
        made += len(at)
        if made > most:
            return None
        after, left, place = _merged(to, left)
        sets = closure.relevant(after, left)[place]
        sizes = closure.sizes(sets)
        for size in np.flatnonzero(np.bincount(sizes)).tolist():
            here = np.flatnonzero(sizes == size)
            waiting[size].append(_Found(to[here], sets[here], edges[-1][2], here))
    completions = [Completion(v, 0) for at in variables for v in at.tolist()]
    for completion in completions:
        completion.steps = []
    for parent, to, child in edges:
        for u, w, then in zip(parent.tolist(), to.tolist(), child.tolist(), strict=True):
            completion = completions[u]
            for label, sign in core.leaving[completion.at][w]:
                completion.steps.append((label, sign, completions[then]))
    return completions[0]


class _Found(NamedTuple):
    """Tails that ways lead to, and where their numbers are to be noted once they have some."""

    at: Numbers
    sets: Sets
    numbers: Numbers
    places: Any


def _named(found: list[_Found], start: int) -> tuple[Numbers, Sets]:
    """Number completions from ``start`` on, each once."""
    at, sets, number = _merged(
        np.concatenate([x.at for x in found]), np.concatenate([x.sets for x in found])
    )
    for x in found:
        x.numbers[x.places] = start + number[: len(x.at)]
        number = number[len(x.at) :]
    return at, sets


def _steps(core: Core, at: Numbers, sets: Sets) -> tuple[Numbers, Numbers, Sets]:
    """Every step from these completions: from which, to which variable, and what is left then."""
    one = np.uint64(1)
    parents, to = [], []
    for w in range(core.size):
        comes = np.array([w in row for row in core.leaving])
        here = np.flatnonzero(comes[at] & (sets >> np.uint64(w) & one).astype(bool))
        parents.append(here)
        to.append(np.full(len(here), w))
    parent, variable = np.concatenate(parents), np.concatenate(to)
    return parent, variable, sets[parent] & ~(one << variable.astype(np.uint64))


def _merged(at: Numbers, sets: Sets) -> tuple[Numbers, Sets, Numbers]:
    """Each pair once, and where every pair is among them."""
    shift = np.uint64(MOST_VARIABLES)
    keys = sets | at.astype(np.uint64) << shift
    order = keys.argsort()
    keys = keys[order]
    new = np.ones(len(keys), bool)
    new[1:] = keys[1:] != keys[:-1]
    place = np.empty(len(keys), np.int64)
    place[order] = new.cumsum() - 1
    keys = keys[new]
    return (keys >> shift).astype(np.int64), keys & ((np.uint64(1) << shift) - np.uint64(1)), place


class _Closure:
    """What can still be passed on the way home, for many completions together."""

    def __init__(self, core: Core) -> None:
        self.last = np.uint64(core.last)
        self.after = np.array(core.after, np.uint64)
        self.piece = min(PIECE, -(-core.size // 4))
        self.onward = self._tables(core.after)
        self.homeward = self._tables(core.before)

    def sizes(self, sets: Sets) -> Numbers:
        """How many variables each set has."""
        sizes: Numbers = BITS[sets.view(np.uint8).reshape(-1, 8)].sum(axis=1)
        return sizes

    def _tables(self, beside: list[int]) -> list[Sets]:
        """For every piece of the variables, what lies beside each of its sets."""
        tables = []
        for start in range(0, len(beside), self.piece):
            table = np.zeros(1, np.uint64)
            for bits in beside[start : start + self.piece]:
                table = np.concatenate([table, table | np.uint64(bits)])
            tables.append(table)
        return tables

    def _grown(self, tables: list[Sets], sets: Sets, among: Sets) -> Sets:
        """Sets with all that can be reached from them."""
        while True:
            beside = np.zeros_like(sets)
            for k, table in enumerate(tables):
                piece = sets >> np.uint64(k * self.piece) & np.uint64(len(table) - 1)
                beside |= table[piece.astype(np.intp)]
            grown = sets | (beside & among)
            if (grown == sets).all():
                return sets
            sets = grown

    def relevant(self, at: Numbers, among: Sets) -> Sets:
        """What of ``among`` lies on a way from ``at`` to a last variable."""
        home = self._grown(self.homeward, among & self.last, among)
        return self._grown(self.onward, self.after[at] & home, home)
