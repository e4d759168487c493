"""How many loops of at most so many links there are, where no exact count of all fits.

From every root a depth-first search that only goes where the way home is short enough, as for
listing; but parallel links are one way with three weights (see loop_sums.py), and the last two
links of a loop are not walked but added up. The compiled module does the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log2

from loopmap.loops.budget import Budget
from loopmap.loops.counting.loop_sums import Kinds, as_kinds
from loopmap.loops.graph import LoopGraph
from loopmap.loops.kernel import compiled

__all__ = ["bounded_counts"]

#: T, S and K of loop_sums.py: of one way, of one path, or of all loops of one length.
Weights = tuple[int, int, int]
#: The compiled module adds up in 63 bits: no more than so many for one loop.
MOST_BITS = 20
#: Steps between two looks at the clock.
STEPS = 20_000


def bounded_counts(
    graph: LoopGraph, ids: Sequence[int], longest: int, budget: Budget
) -> dict[int, Kinds]:
    """Count the loops of at most ``longest`` links by length and kind.

    Raises
    ------
    TimeIsUpError
        If the time is over before all are counted.
    """
    budget.check()
    bundles = _bundles(graph, ids)
    ins, outs = Counter(v for _, v in bundles), Counter(u for u, _ in bundles)
    roots = sorted(outs, key=lambda v: (-ins[v] * outs[v], v))
    longest = min(longest, len(roots))
    most = max((weights[0] for weights in bundles.values()), default=1)
    walking = compiled("counting.bounded")
    if walking is not None and longest * log2(most) < MOST_BITS:
        number = {v: i for i, v in enumerate(roots)}
        pairs = [
            (number[u], number[v], *weights)
            for (u, v), weights in bundles.items()
            if u in number and v in number
        ]
        found = walking.BoundedCounts(len(roots), pairs, longest, budget.check)
        sums = found.run(list(range(len(roots))))
    else:
        sums = _summed(bundles, roots, longest, budget)
    return {n: as_kinds(row) for n, row in enumerate(sums) if row[0]}


def _bundles(graph: LoopGraph, ids: Sequence[int]) -> dict[tuple[int, int], Weights]:
    found = {}
    for u, v, links in graph.parallels(ids):
        signs = [graph.sign[i] for i in links]
        found[u, v] = len(signs), sum(signs), sum(map(abs, signs))
    return found


def _summed(
    bundles: dict[tuple[int, int], Weights], roots: list[int], longest: int, budget: Budget
) -> list[Weights]:
    """The three sums of every length from 0 up."""
    out: dict[int, list[tuple[int, Weights]]] = {v: [] for v in roots}
    back: dict[int, list[int]] = {v: [] for v in roots}
    for (u, v), weights in bundles.items():
        if u in out and v in out:
            out[u].append((v, weights))
            back[v].append(u)
    sums = [[0, 0, 0] for _ in range(longest + 1)]
    for root in roots:
        _through(root, out, _distances(root, back, longest), longest, sums, budget)
        for u in back.pop(root):
            out[u] = [way for way in out[u] if way[0] != root]
        for v, _ in out.pop(root):
            if v in back:
                back[v].remove(root)
    return [(t, s, k) for t, s, k in sums]


def _distances(root: int, back: dict[int, list[int]], longest: int) -> dict[int, int]:
    """Links home to the root, of variables from which a loop can be short enough."""
    found = {root: 0}
    rim = [root]
    for distance in range(1, longest):
        rim = list({u for v in rim for u in back[v] if u not in found})
        found.update((u, distance) for u in rim)
    return found


def _through(
    root: int,
    out: dict[int, list[tuple[int, Weights]]],
    distance: dict[int, int],
    longest: int,
    sums: list[list[int]],
    budget: Budget,
) -> None:
    """Add up the loops through a root."""
    home = {u: w for u in distance for v, w in out[u] if v == root}
    ways = {
        u: [(v, w, distance[v]) for v, w in out[u] if v in distance and v != root] for u in distance
    }
    _close(sums[1], (1, 1, 1), home.get(root))
    path = {root}
    frames = [(root, (1, 1, 1), iter(ways[root]))]
    steps = 0
    while frames:
        v, now, rest = frames[-1]
        left = longest - len(frames)  # links left after the next one
        steps += 1
        if left == 1:
            for w, weights, far in rest:
                if far == 1 and w not in path:
                    _close(sums[longest], _times(now, weights), home[w])
        for w, weights, far in rest:
            if far <= left and w not in path:
                after = _times(now, weights)
                _close(sums[len(frames) + 1], after, home.get(w))
                path.add(w)
                frames.append((w, after, iter(ways[w])))
                break
        else:
            frames.pop()
            path.discard(v)
        if steps > STEPS:
            budget.check()
            steps = 0


def _times(a: Weights, b: Weights) -> Weights:
    return a[0] * b[0], a[1] * b[1], a[2] * b[2]


def _close(sums: list[int], path: Weights, home: Weights | None) -> None:
    if home is not None:
        for i in range(3):
            sums[i] += path[i] * home[i]
