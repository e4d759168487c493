"""Step 5, *route*: the way each link takes.

Each link is one arc. Arcs start out bulging along their loops and are improved one by one
(``improve``); names move together with their arcs (``refine``); what still runs through text goes
round it (``detour``). Several layouts race, and the one that reads best as drawn is kept.
"""

from __future__ import annotations

import numpy as np

from loopmap.layout.layout_graph import Flags, Points
from loopmap.layout.placing.adjacency import Adjacency
from loopmap.layout.plan import Plan
from loopmap.layout.routing.aesthetics import Shape
from loopmap.layout.routing.detour import detour
from loopmap.layout.routing.improve import improve
from loopmap.layout.routing.refine import LESS, REACH, refine
from loopmap.layout.routing.router import Router
from loopmap.layout.routing.routing_cost import arc_costs

__all__ = ["drawn_cost", "routed"]

#: Points that all crossings together can cost, and crossings for each link that cost half of it.
WORST, HALF = 14.6, 0.6


def routed(
    w: Adjacency, layouts: list[Points], todo: Plan, rng: np.random.Generator, free: Flags
) -> Router:
    """Route the links of some layouts, let free nodes move, and keep the best.

    Fewer and fewer are carried on, and more and more is done for them.
    """
    racing = [Shape(w, Router(w.p, x)) for x in layouts]
    if not todo.sweeps or not len(racing[0].r.links):
        return racing[0].r
    for shape in racing:
        improve(shape.r, rng, todo.sweeps)
    reach = REACH
    for kept, rounds in todo.races:
        if kept < len(racing):
            racing = sorted(racing, key=drawn_cost)[:kept]
        for shape in racing:
            refine(shape, rng, rounds, todo.moves, free, price(shape.r), reach)
        reach *= LESS**rounds
    best = min(racing, key=drawn_cost) if len(racing) > 1 else racing[0]
    detour(best.r)
    return best.r


def price(r: Router) -> float:
    """What a crossing more costs, in points: the less, the more there are."""
    many = len(r.links)
    each = float(arc_costs(r).sum()) / 2 / many
    return WORST * HALF / (HALF + each) ** 2 / many


def drawn_cost(shape: Shape) -> float:
    """One number for a routed layout, in points: what arcs run into, and the map's shape."""
    each = float(arc_costs(shape.r).sum()) / 2 / max(len(shape.r.links), 1)
    return WORST * each / (each + HALF) + shape.whole()
