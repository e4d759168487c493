"""Nodes move together with their arcs, judged as they will be drawn."""

from __future__ import annotations

import numpy as np

from loopmap.layout.geometry import near_rectangle, outside
from loopmap.layout.layout_graph import Flags, Floats, Ints, Points
from loopmap.layout.routing.aesthetics import Shape
from loopmap.layout.routing.arcs import Fan
from loopmap.layout.routing.improve import BULGES, improve
from loopmap.layout.routing.router import Router
from loopmap.layout.routing.routing_cost import arc_cost, arc_costs, text_cost

__all__ = ["LESS", "REACH", "box_cost", "refine"]

#: How far nodes look in the first round, and by how much less in each that follows, in typical
#: link lengths.
REACH, LESS, _LEAST = 0.30, 0.7, 0.03
#: Boxes keep so much apart, in em.
_APART = 0.25


def refine(
    shape: Shape,
    rng: np.random.Generator,
    rounds: int,
    tries: tuple[int, int],
    free: Flags,
    price: float,
    reach: float = REACH,
) -> None:
    """Move nodes, with their arcs, where a reader is better off; the shape's router is changed.

    Parameters
    ----------
    shape
        A routed layout.
    rng
        Where seats and arcs to try are drawn from.
    rounds
        How often every node is looked at.
    tries
        Seats for each node, and arcs for each of its links.
    free
        Nodes that may move.
    price
        What a crossing costs, in points.
    reach
        How far nodes look at first, in typical link lengths.
    """
    r = shape.r

    def taste(links: Ints, f: Fan) -> Floats:
        return shape.cost(links[:, None], f.dots[:, None]) / price

    for _ in range(rounds if free.any() else 0):
        moved = 0
        for v in _worst_first(r, free):
            moved += _move(r, shape, v, rng, reach * shape.typical, tries, price)
        r.request()
        improve(r, rng, 1, taste=taste)
        reach = max(_LEAST, reach * LESS)
        if not moved:
            break


def _worst_first(r: Router, free: Flags) -> list[int]:
    movable = np.flatnonzero(free)
    each = np.zeros(len(r.links))
    own = np.unique(np.concatenate([r.at[v] for v in movable]))
    each[own] = arc_costs(r, own)
    trouble = [each[r.at[v]].sum() + box_cost(r, v, r.x[v : v + 1])[0] for v in movable.tolist()]
    return [int(movable[k]) for k in np.argsort(-np.array(trouble), kind="stable")]


def box_cost(r: Router, v: int, seats: Points) -> Floats:
    """What the box of node ``v`` costs at each seat: links that are not its own run into it."""
    reach = r.half[v] + (1 + 1j)
    low = complex(seats.real.min(), seats.imag.min()) - reach
    high = complex(seats.real.max(), seats.imag.max()) + reach
    near = near_rectangle(r.low, r.high, low, high, 0.0)
    near[r.at[v]] = False
    if not near.any():
        return np.zeros(len(seats))
    return text_cost(outside(r.dots[near] - seats[:, None, None], r.half[v]).min(axis=2))


def _overlaps(r: Router, v: int, seats: Points) -> Flags:
    """Whether the box of a node would touch another at each seat."""
    out = outside(seats[:, None] - r.x, r.half + r.half[v])
    out[:, v] = 9.0
    return out.min(axis=1) < _APART


def _move(
    r: Router,
    shape: Shape,
    v: int,
    rng: np.random.Generator,
    reach: float,
    tries: tuple[int, int],
    price: float,
) -> bool:
    """Try seats for one node, each with several arcs for each of its links; take the best."""
    own, (many, bulges) = r.at[v], tries
    if not len(own):
        return False
    across, down = rng.normal(0, reach, (2, many - 1))
    seats = r.x[v] + np.append(0, 1.2 * across + 1j * down)
    bulge = _bulges(r, own, rng, bulges)
    each, dots = _fans(r, v, seats, bulge)
    best = each.argmin(axis=2)
    met = np.take_along_axis(each, best[..., None], axis=2)[..., 0].sum(axis=0)
    links, rows = np.arange(len(own)), np.arange(many)
    arcs = dots[links, rows[:, None], best.T]
    cost = (
        met
        + box_cost(r, v, seats)
        + shape.cost(np.broadcast_to(own, (many, len(own))), arcs, moved=v, to=seats) / price
    )
    cost[1:] += 99.0 * _overlaps(r, v, seats[1:])
    k = int(cost.argmin())
    if k and cost[k] > cost[0] - 1e-3:
        k = 0
    choice = bulge[links, best[:, k]]
    if k or (choice != r.bulge[own]).any():
        r.x[v], r.bulge[own] = seats[k], choice
        r.take(own, r.drawn(own).dots)
    return k > 0


def _bulges(r: Router, own: Ints, rng: np.random.Generator, many: int) -> Floats:
    """Bulges to try for each link: as it is, as it should be, and some; every seat tries all."""
    some = BULGES[rng.choice(len(BULGES), many - 2, replace=False)]
    same = np.broadcast_to(some, (len(own), many - 2))
    return np.concatenate([r.bulge[own, None], r.want[own, None], same], axis=1)


def _fans(r: Router, v: int, seats: Points, bulge: Floats) -> tuple[Floats, Points]:
    """What the arcs of ``v``'s links run into, ``(links, seats, bulges)``, and their points."""
    own = r.at[v]
    shape = len(own), len(seats), bulge.shape[1]
    links = np.broadcast_to(own[:, None, None], shape).ravel()
    to = np.broadcast_to(seats[:, None], shape).ravel()
    f = r.tried(links, np.broadcast_to(bulge[:, None], shape).ravel(), moved=v, to=to)
    each = arc_cost(r, links, f, skip=own, moved=v, to=to)
    return each.reshape(shape), f.dots.reshape(*shape, -1)
