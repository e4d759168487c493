"""Step 2, *place*: where the nodes go.

Many rough starts by stress, with one loop or another laid out as a ring; the better ones are
searched: each node in turn looks at seats near itself, near its neighbours and anywhere on the
page, and takes the one a reader would like best. Fewer and fewer layouts are carried on. Work is
counted in sweeps and seats, never in seconds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from loopmap.layout.problem import Floats, Problem
from loopmap.layout.reading import first_look, seat_cost, whole_cost
from loopmap.layout.stress import majorise, turned
from loopmap.layout.web import Web, web

__all__ = ["Plan", "place", "plan"]


@dataclass(frozen=True, slots=True)
class Plan:
    """How much work to spend."""

    starts: int  # rough layouts
    stages: tuple[tuple[int, int], ...]  # (layouts kept, sweeps over all nodes), one by one
    seats: int  # seats with a full look, per node and sweep
    tried: int  # seats with a first look


def plan(p: Problem, effort: float) -> Plan:
    """The plan for a map of this size."""
    return Plan(32, ((8, 4), (4, 4), (2, 6)), 30, 120)


def place(p: Problem, rng: np.random.Generator, effort: float = 1.0) -> Floats:
    """Centres of the nodes, the best few layouts found, the best first: ``(s, n, 2)``."""
    w = web(p)
    todo = plan(p, effort)
    x = starts(w, rng, todo.starts)
    x = x[np.argsort(whole_cost(w, x), kind="stable")]
    reach, heat = 0.7, 0.5
    for kept, sweeps in todo.stages:
        x = x[:kept].copy()
        for _ in range(sweeps):
            sweep(w, x, rng, reach, heat, todo)
            reach, heat = max(0.08, reach * 0.84), max(0.0, heat - 0.08)
        cost = whole_cost(w, x)
        x = x[np.argsort(cost, kind="stable")]
    return x


def starts(w: Web, rng: np.random.Generator, many: int) -> Floats:
    """Rough layouts: one loop on a circle, the rest at random, then stress; turned to the page."""
    n = len(w.p.names)
    x = rng.normal(0, w.d.typical * n**0.5 / 2, (many, n, 2))
    rings = [w.p.ends[np.array(loop), 0] for loop in w.p.loops if len(loop) > 2]
    for k in range(many):
        if rings and k % 2:
            size = np.array([len(ring) for ring in rings]) + rng.random(len(rings)) * 3
            ring = rings[int(size.argmax())]
            angle = np.arange(len(ring)) * 2 * np.pi / len(ring)
            radius = w.d.typical * len(ring) / (2 * np.pi)
            x[k, ring] = radius * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    x = majorise(w.d, x, 40, settled=0.5)
    return np.stack([turned(one, w.p.half) for one in x])


def sweep(
    w: Web, x: Floats, rng: np.random.Generator, reach: float, heat: float, todo: Plan
) -> None:
    """Give every node, in random order, the best seat it finds; ``x`` is changed."""
    rows = np.arange(len(x))
    for v in rng.permutation(len(w.p.names)):
        seats = _seats(w, x, int(v), rng, reach * w.d.typical, todo)
        cost = seat_cost(w, x, int(v), seats)
        if heat:
            cost = cost - heat * rng.gumbel(size=cost.shape)
        best = cost.argmin(axis=1)
        better = cost[rows, best] < cost[:, 0] - 1e-6
        x[better, v] = seats[rows, best][better]


def _seats(w: Web, x: Floats, v: int, rng: np.random.Generator, reach: float, todo: Plan) -> Floats:
    """Where a node is, and the least crowded places for it among many."""
    c, states, many = w.corners[v], len(x), todo.tried
    here = x[:, v : v + 1]
    tried = [here + rng.normal(0, reach, (states, many // 3, 2))]
    if len(c.joined):
        near = x[:, c.joined]
        middle = near.mean(axis=1, keepdims=True)
        tried.append(middle + rng.normal(0, w.d.typical * 0.6, (states, many // 4, 2)))
        angle = rng.random((states, many // 5)) * 2 * np.pi
        radius = w.d.typical * (0.8 + 0.4 * rng.random(angle.shape))
        hub = near[:, rng.integers(len(c.joined), size=many // 5)]
        round_it = np.stack([np.cos(angle), np.sin(angle)], axis=-1)
        tried.append(hub + radius[..., None] * round_it)
        if len(c.joined) > 1:  # on the other side of the line between two neighbours
            i, j = rng.integers(len(c.joined), size=(2, many // 10))
            a, line = near[:, i], near[:, j] - near[:, i]
            share = ((here - a) * line).sum(axis=-1) / np.maximum((line * line).sum(axis=-1), 1e-9)
            tried.append(2 * (a + line * share[..., None]) - here)
    low, high = x.min(axis=1, keepdims=True), x.max(axis=1, keepdims=True)
    tried.append(low - 2 + rng.random((states, many // 5, 2)) * (high - low + 4))
    seats = np.concatenate(tried, axis=1)
    look = first_look(w, x, v, seats)
    keep = np.argpartition(look, todo.seats - 1, axis=1)[:, : todo.seats]
    return np.concatenate([here, np.take_along_axis(seats, keep[..., None], axis=1)], axis=1)
