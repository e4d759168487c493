"""Maps whose number of loops is known by a formula, and which formula that is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import comb, factorial

from loopmap.model import Link, SystemMap

__all__ = [
    "chain_of_diamonds",
    "complete",
    "complete_kinds",
    "de_bruijn",
    "grid",
    "ring",
    "skipping_ring",
]


def _map(pairs: Sequence[tuple[int, int]], minus: Collection[tuple[int, int]] = ()) -> SystemMap:
    width = len(str(max((max(pair) for pair in pairs), default=0)))
    names = {i: f"v{i:0{width}d}" for pair in pairs for i in pair}
    return SystemMap(
        links=[Link(names[a], names[b], "-" if (a, b) in minus else "+") for a, b in pairs]
    )


def complete(n: int) -> SystemMap:
    """Every variable drives every other; what drives the first one does so negatively."""
    pairs = [(a, b) for a in range(n) for b in range(n) if a != b]
    return _map(pairs, {(a, 0) for a in range(1, n)})


def complete_kinds(n: int) -> dict[str, int]:
    """Loops of :func:`complete`: a loop is balancing if it runs through the first variable.

    On k of n variables there are (k−1)! loops, so there are Σ C(n, k) (k−1)! in all.
    """

    def loops_of(m: int) -> int:
        return sum(comb(m, k) * factorial(k - 1) for k in range(2, m + 1))

    return {"R": loops_of(n - 1), "B": loops_of(n) - loops_of(n - 1)}


def ring(n: int, shortcuts: int = 0) -> SystemMap:
    """A ring of ``n`` variables; each shortcut skips one, no two overlap: 2^shortcuts loops.

    Every first shortcut is negative, so half of the loops are balancing (if there are any).
    """
    pairs = [(i, (i + 1) % n) for i in range(n)]
    jumps = [(2 * i, (2 * i + 2) % n) for i in range(shortcuts)]
    return _map(pairs + jumps, set(jumps[:1]))


def skipping_ring(n: int) -> SystemMap:
    """A ring in which each variable also drives the one after the next.

    There are as many loops as the n-th Lucas number, and one more, twice round in steps of two,
    where n is odd.
    """
    pairs = [(i, (i + step) % n) for i in range(n) for step in (1, 2)]
    return _map(pairs)


def grid(rows: int, columns: int) -> SystemMap:
    """A grid of variables that drive their neighbours, both ways.

    Each undirected cycle of the grid (OEIS A140517 for square grids) gives two loops, each
    neighbourhood one of two links.
    """
    pairs = []
    for here in range(rows * columns):
        if (here + 1) % columns:
            pairs += [(here, here + 1), (here + 1, here)]
        if here + columns < rows * columns:
            pairs += [(here, here + columns), (here + columns, here)]
    return _map(pairs)


def de_bruijn(bits: int) -> SystemMap:
    """The binary De Bruijn graph: words of so many bits, each drives its two shifts."""
    size = 2**bits
    return _map([(word, (2 * word + bit) % size) for word in range(size) for bit in (0, 1)])


def chain_of_diamonds(first: int, second: int) -> SystemMap:
    """Two chains of diamonds that meet in one variable: 2^first + 2^second loops.

    A search without working blocking takes 2^(first + second) steps.
    """
    pairs: list[tuple[int, int]] = []
    fresh = 1
    for length in (first, second):
        here = 0
        for i in range(length):
            left, right, after = fresh, fresh + 1, fresh + 2
            fresh += 3
            if i == length - 1:
                after = 0
            pairs += [(here, left), (here, right), (left, after), (right, after)]
            here = after
    return _map(pairs)
