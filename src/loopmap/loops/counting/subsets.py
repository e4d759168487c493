"""Loops of a small dense core by its subsets: 2^n · n² steps, whatever the number of links.

For every root the loops whose largest variable it is: how many ways lead from the root through
exactly the variables of a subset to its variable v (M. Held and R. M. Karp, *J. SIAM* 10 (1962)
196-210, counting instead of minimising). Subsets are taken by size, all of one size at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import lgamma, log
from typing import TYPE_CHECKING, Any

from loopmap.loops.counting.polynomials import packed
from loopmap.loops.counting.weighted_choice import Below, pick

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

__all__ = ["MOST_SUBSETS", "SubsetDag"]

#: The most variables: 2^19 · 19 numbers for one root.
MOST_SUBSETS = 20


class SubsetDag:
    """All loops of a block by subsets; see :class:`LoopDag`."""

    def __init__(self, pairs: Sequence[tuple[int, int]]) -> None:
        variables = sorted({end for pair in pairs for end in pair})
        number = {v: i for i, v in enumerate(variables)}
        self.size = len(variables)
        self.ends = [(number[u], number[v]) for u, v in pairs]
        self.states = self.size << self.size

    def total(self, weight: Sequence[int]) -> int:
        """The sum over all loops of the product of their pairs' weights."""
        return sum(self._by_size(self._matrix(weight)))

    def totals(self, weights: Sequence[Sequence[int]]) -> list[int]:
        """The total for each of several weights."""
        return [self.total(weight) for weight in weights]

    def packed(self, weight: Sequence[int], digit: int) -> int:
        """The total for weights packed by length, and packed so itself."""
        single = [w >> digit for w in weight[:-1]]
        if all(
            w == x << digit and abs(x) >> digit == 0 for w, x in zip(weight, single, strict=False)
        ):
            # every pair is single links, so the number of variables is the length
            return packed(self._by_size(self._matrix(single)), digit)
        return self.total(weight)

    def _matrix(self, weight: Sequence[int]) -> Array:
        """Weights by source and target, in 64 bits if every total surely fits."""
        import numpy as np

        matrix = np.zeros((self.size, self.size), object)
        for (u, v), w in zip(self.ends, weight, strict=False):
            matrix[u, v] = w
        return matrix.astype("i8") if self._bits(weight) < 62 else matrix

    def _bits(self, weight: Sequence[int]) -> float:
        """No less than the bits of any total or derivative: a zero counts as 1.

        Loops are no more than permutations that move variables along pairs or leave them where
        they are, the permanent of a matrix with ones on the diagonal (L. M. Bregman, *Soviet
        Math. Dokl.* 14 (1973) 945-949: at most the product of r!^(1/r) over its row sums r).
        """
        rows: list[list[int]] = [[] for _ in range(self.size)]
        for (u, _), w in zip(self.ends, weight, strict=False):
            rows[u].append(abs(w).bit_length())
        return sum(
            max(0, *(n if n > 1 else 0 for n in row))
            + lgamma(len(row) + 2) / (len(row) + 1) / log(2)
            for row in rows
        )

    def _by_size(self, matrix: Array) -> list[int]:
        """Totals by the number of variables of a loop."""
        found = [0] * (self.size + 1)
        for root in range(1, self.size):
            for size, masks, ways in _forward(matrix, root):
                found[size + 1] += int((ways[masks] @ matrix[:root, root]).sum())
        return found

    def shares(self, weight: Sequence[int]) -> tuple[int, list[int]]:
        """The total, and its derivative for the weight of every pair."""
        import numpy as np

        matrix = self._matrix(weight)
        slope = np.zeros_like(matrix)
        total = 0
        for root in range(1, self.size):
            home = _backward(matrix, root)
            for v in range(root):
                slope[root, v] += home[1 << v, v]
            for _, masks, ways in _forward(matrix, root):
                here = ways[masks]
                ends = here.sum(axis=0)
                slope[:root, root] += ends
                total += int((here @ matrix[:root, root]).sum())
                for w in range(root):
                    free = masks >> w & 1 == 0
                    if free.any():
                        onward = home[masks[free] | 1 << w, w]
                        slope[:root, w] += onward @ here[free]
        return total, [int(slope[u, v]) for u, v in self.ends]

    def sampler(self, weight: Sequence[int]) -> Callable[[Below], list[int]]:
        """What draws one loop in proportion to its product of weights, as numbers of pairs."""
        matrix = self._matrix(weight)
        pair = {end: k for k, end in enumerate(self.ends)}
        homes = {root: _backward(matrix, root) for root in range(1, self.size)}
        roots = []
        for root, home in homes.items():
            starts = [(int(matrix[root, v] * home[1 << v, v]), v) for v in range(root)]
            roots.append((sum(w for w, _ in starts), (root, starts)))
        everything = sum(w for w, _ in roots)

        def draw(below: Below) -> list[int]:
            root, starts = pick(roots, everything, below)
            v = pick(starts, sum(w for w, _ in starts), below)
            taken, mask = [pair[root, v]], 1 << v
            while v != root:
                ways = [(int(matrix[v, root]), root)]
                for w in range(root):
                    if not mask >> w & 1 and matrix[v, w]:
                        ways.append((int(matrix[v, w] * homes[root][mask | 1 << w, w]), w))
                following = pick(ways, int(homes[root][mask, v]), below)
                taken.append(pair[v, following])
                mask |= 1 << following
                v = following
            return taken

        return draw


def _sizes(root: int) -> list[Array]:
    """The subsets of the variables below the root, by how many they are."""
    import numpy as np

    masks = np.arange(1 << root)
    count = np.zeros(1 << root, np.int8)
    for k in range(root):
        count += (masks >> k & 1).astype(np.int8)
    return [np.flatnonzero(count == size) for size in range(root + 1)]


def _forward(matrix: Array, root: int) -> Iterator[tuple[int, Array, Array]]:
    """Ways from the root through a subset to one of its variables; after each size of subset."""
    import numpy as np

    ways = np.zeros((1 << root, root), matrix.dtype)
    for v in range(root):
        ways[1 << v, v] = matrix[root, v]
    sizes = _sizes(root)
    for size in range(1, root + 1):
        masks = sizes[size]
        yield size, masks, ways
        for w in range(root):
            free = masks[masks >> w & 1 == 0]
            if len(free):
                ways[free | 1 << w, w] = ways[free] @ matrix[:root, w]


def _backward(matrix: Array, root: int) -> Array:
    """Ways from a variable of a subset home to the root through none of the subset."""
    import numpy as np

    home = np.zeros((1 << root, root), matrix.dtype)
    for masks in reversed(_sizes(root)):
        home[masks] = matrix[:root, root]
        for w in range(root):
            free = masks[masks >> w & 1 == 0]
            if len(free):
                home[free] += home[free | 1 << w, w][:, None] * matrix[None, :root, w]
    return home
