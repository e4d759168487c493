"""Nodes in trouble move together with their arcs, judged as they will be drawn."""

from __future__ import annotations

import numpy as np

from loopmap.layout.clear import Clear
from loopmap.layout.detour import detour
from loopmap.layout.geometry import outside, trace
from loopmap.layout.plan import Plan
from loopmap.layout.problem import Flags, Floats, Points, Problem
from loopmap.layout.reading import crossing_price, shape_cost, whole_shape
from loopmap.layout.route import BULGES, Router, text_cost
from loopmap.layout.selfloops import teardrops
from loopmap.layout.web import Web

__all__ = ["all_curves", "drawn_cost", "polish", "routed"]

MET = 0.5
#: How far nodes look in each round, in typical link lengths.
_REACH = (0.30, 0.16, 0.10, 0.07)


def routed(
    w: Web, layouts: list[Points], todo: Plan, rng: np.random.Generator, free: Flags
) -> Router:
    """Route the links of some layouts, let free nodes move, and keep the best."""
    best: tuple[float, Router] | None = None
    for x in layouts:
        router = Router(w.p, x)
        if len(router.links) and todo.sweeps:
            router.improve(rng, todo.sweeps)
            polish(w, router, rng, todo, free)
            detour(router)
        cost = drawn_cost(w, router) if len(layouts) > 1 else 0.0
        if best is None or cost < best[0]:
            best = cost, router
    assert best is not None
    return best[1]


def all_curves(p: Problem, router: Router) -> list[Points]:
    """Control points of every link; those from a node to itself become teardrops."""
    found: list[Points] = [np.full(4, 1e6 + 0j)] * len(p.ends)  # out of the way until drawn
    for i, curve in zip(router.links, router.curves(), strict=True):
        found[i] = curve
    for i in np.flatnonzero(p.ends[:, 0] == p.ends[:, 1]).tolist():
        v = p.ends[i, 0]
        clear = Clear(np.delete(router.x, v), np.delete(p.half, v), [*map(trace, found)])
        drops = teardrops(router.x[v], p.half[v])
        room = [float(clear.room(trace(drop)[3:-3]).min()) for drop in drops]
        found[i] = drops[int(np.argmax(room))]
    return found


def polish(w: Web, r: Router, rng: np.random.Generator, todo: Plan, free: Flags) -> None:
    """Move nodes, with their arcs, where a reader is better off; the router is changed."""
    for turn in range(todo.rounds if free.any() else 0):
        trouble = np.where(free, _trouble(r), 0.0)
        order = [v for v in np.argsort(-trouble, kind="stable").tolist() if trouble[v] > 0.8]
        reach = w.d.typical * _REACH[min(turn, len(_REACH) - 1)]
        moved = sum(_move(w, r, v, rng, reach, *todo.moves) for v in order)
        r.wish()
        r.improve(rng, 1)
        if not moved:
            break


def _trouble(r: Router) -> Floats:
    each = r.costs()
    return np.array(
        [each[r.at[v]].sum() + box_cost(r, v, r.x[v : v + 1])[0] for v in range(len(r.x))]
    )


def drawn_cost(w: Web, r: Router) -> float:
    """One number for a routed layout, in points: what arcs run into, and the map's shape."""
    met = float(r.costs().sum()) * crossing_price(w) * MET
    return met + float(whole_shape(w, r.x[None])[0])


def box_cost(r: Router, v: int, seats: Points) -> Floats:
    """What the box of node ``v`` costs at each seat: links that are not its own run into it."""
    reach = r.half[v] + (1 + 1j)
    low = complex(seats.real.min(), seats.imag.min()) - reach
    high = complex(seats.real.max(), seats.imag.max()) + reach
    near = r.meets(low, high, 0.0)
    near[r.at[v]] = False
    if not near.any():
        return np.zeros(len(seats))
    return text_cost(outside(r.dots[near] - seats[:, None, None], r.half[v]).min(axis=2))


def _overlaps(r: Router, v: int, seats: Points) -> Flags:
    """Whether the box of a node would touch another at each seat."""
    out = outside(seats[:, None] - r.x, r.half + r.half[v])
    out[:, v] = 9.0
    return out.min(axis=1) < 0.25


def _move(
    w: Web, r: Router, v: int, rng: np.random.Generator, reach: float, many: int, bulges: int
) -> bool:
    """Try seats for one node, each with several arcs for each of its links; take the best."""
    across, down = rng.normal(0, reach, (2, many - 1))
    seats = r.x[v] + np.append(0, 1.2 * across + 1j * down)
    cost = box_cost(r, v, seats) + shape_cost(w, r.x[None], v, seats[None])[0] / crossing_price(w)
    cost[1:] += 99.0 * _overlaps(r, v, seats[1:])
    own = r.at[v]
    if not len(own):
        return False
    some = BULGES[rng.choice(len(BULGES), bulges - 2, replace=False)]
    bulge = np.concatenate(
        [r.bulge[own, None], r.want[own, None], np.broadcast_to(some, (len(own), bulges - 2))],
        axis=1,
    )  # (links, bulges); every seat tries them all
    shape = len(own), many, bulges
    links = np.broadcast_to(own[:, None, None], shape).ravel()
    to = np.broadcast_to(seats[:, None], shape).ravel()
    f = r.tried(links, np.broadcast_to(bulge[:, None], shape).ravel(), moved=v, to=to)
    each = r.cost(links, f, skip=own, moved=v, to=to).reshape(shape)
    best = each.argmin(axis=2)
    cost += np.take_along_axis(each, best[..., None], axis=2)[..., 0].sum(axis=0)
    k = int(cost.argmin())
    if k and cost[k] > cost[0] - 0.05:
        k = 0
    choice = bulge[np.arange(len(own)), best[:, k]]
    if k or (choice != r.bulge[own]).any():
        r.x[v], r.bulge[own] = seats[k], choice
        r.take(own, r.drawn(own).dots)
    return k > 0
