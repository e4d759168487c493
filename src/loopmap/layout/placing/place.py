"""Step 2, *place*: where the nodes go.

Many rough starts by stress, with one loop or another laid out as a ring; the better ones are
searched: each node in turn looks at seats near itself, near its neighbours and anywhere on the
page, and takes the one a reader would like best. Fewer and fewer layouts are carried on. Work is
counted in sweeps and seats, never in seconds.
"""

from __future__ import annotations

import numpy as np

from loopmap.layout.layout_graph import Ints, Points
from loopmap.layout.placing.adjacency import Adjacency
from loopmap.layout.placing.keep import Held, fitted
from loopmap.layout.placing.placement_cost import seat_cost, whole_cost
from loopmap.layout.placing.stress import majorise, rotated, scatter
from loopmap.layout.plan import Plan

__all__ = ["place"]


#: How much the search may be surprised at first, in points: noise that lets it leave dead ends.
TEMPERATURE = 0.03


def place(w: Adjacency, keep: Held, todo: Plan, rng: np.random.Generator) -> Points:
    """Centres of the nodes, the best few layouts found, the best first: ``(s, n)``.

    Held nodes are where they are held; the rest is searched round them.
    """
    free = np.flatnonzero(~keep.held)
    x = fitted(starts(w, rng, todo.starts if len(free) else 1), keep)
    if not todo.stages or not len(free):
        return x[:1]
    x = x[np.argsort(whole_cost(w, x), kind="stable")]
    reach, temperature = 0.7, TEMPERATURE
    for kept, sweeps in todo.stages:
        x = x[:kept].copy()
        for _ in range(sweeps):
            sweep(w, x, rng, reach, temperature, todo, free)
            reach, temperature = max(0.08, reach * 0.84), max(0.0, temperature - TEMPERATURE / 6)
        x = x[np.argsort(whole_cost(w, x), kind="stable")]
    return x


def starts(w: Adjacency, rng: np.random.Generator, many: int) -> Points:
    """Rough layouts: one loop on a circle, the rest at random, then stress; turned to the page."""
    x = scatter(rng, w.d, (many, len(w.p.names)))
    rings = [w.p.ends[np.array(loop), 0] for loop in w.p.loops if len(loop) > 2]
    for k in range(1, many if rings else 0, 2):
        size = np.array([len(ring) for ring in rings]) + rng.random(len(rings)) * 3
        ring = rings[int(size.argmax())]
        turn = np.exp(2j * np.pi * np.arange(len(ring)) / len(ring))
        x[k, ring] = w.d.typical * len(ring) / (2 * np.pi) * turn
    return rotated(majorise(w.d, x, 40, settled=0.5), w.p.half)


def sweep(
    w: Adjacency,
    x: Points,
    rng: np.random.Generator,
    reach: float,
    temperature: float,
    todo: Plan,
    free: Ints,
) -> None:
    """Give every free node, in random order, the best seat it finds; ``x`` is changed."""
    rows = np.arange(len(x))
    for v in rng.permutation(free).tolist():
        seats = _seats(w, x, v, rng, reach * w.d.typical, todo)
        cost = seat_cost(w, x, v, seats)
        if temperature:
            cost -= temperature * rng.gumbel(size=cost.shape)
        best = cost.argmin(axis=1)
        better = cost[rows, best] < cost[:, 0] - 1e-6
        x[better, v] = seats[rows, best][better]


def _around(rng: np.random.Generator, spread: float, shape: tuple[int, int]) -> Points:
    x, y = rng.normal(0, spread, (2, *shape))
    return x + 1j * y


def _seats(
    w: Adjacency, x: Points, v: int, rng: np.random.Generator, reach: float, todo: Plan
) -> Points:
    """Where a node is, and others: near it, near its neighbours, mirrored, anywhere."""
    joined, (states, _), many = w.contexts[v].joined, x.shape, todo.seats
    here = x[:, v : v + 1]
    tried = [here, here + _around(rng, reach, (states, many // 3))]
    if len(joined):
        near = x[:, joined]
        middle = near.mean(axis=1, keepdims=True)
        tried.append(middle + _around(rng, w.d.typical * 0.6, (states, many // 4)))
        radius = w.d.typical * (0.8 + 0.4 * rng.random((states, many // 5)))
        hub = near[:, rng.integers(len(joined), size=many // 5)]
        tried.append(hub + radius * np.exp(2j * np.pi * rng.random(radius.shape)))
        if len(joined) > 1:  # mirrored on the line between two neighbours
            i, j = rng.integers(len(joined), size=(2, many // 10))
            a, line = near[:, i], near[:, j] - near[:, i]
            turn = line * line / np.maximum(abs(line) ** 2, 1e-9)
            tried.append(a + turn * (here - a).conj())
    across, down = rng.random((2, states, many // 5))
    left, top = (q.min(axis=1, keepdims=True) - 2 for q in (x.real, x.imag))
    right, bottom = (q.max(axis=1, keepdims=True) + 2 for q in (x.real, x.imag))
    tried.append(left + across * (right - left) + 1j * (top + down * (bottom - top)))
    # all of them get a full look: to sift them by distances first would lose those past a link
    return np.concatenate(tried, axis=1)
