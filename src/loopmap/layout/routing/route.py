"""Step 5, *route*: the way each link takes.

Each link is one arc. Arcs start out bulging along their loops and are improved one by one
(``improve``); names move together with their arcs (``refine``); what still runs through text goes
round it (``detour``). Several layouts race, and the one that reads best as drawn is kept.
"""

from __future__ import annotations

import numpy as np

from loopmap.layout.earlier import NOTHING, Earlier
from loopmap.layout.layout_graph import Flags, LayoutGraph, Points
from loopmap.layout.placing.adjacency import Adjacency
from loopmap.layout.plan import Plan
from loopmap.layout.routing.aesthetics import Shape
from loopmap.layout.routing.detour import detour
from loopmap.layout.routing.improve import improve
from loopmap.layout.routing.kept import covered, kept_curves
from loopmap.layout.routing.refine import LESS, REACH, refine
from loopmap.layout.routing.router import Router
from loopmap.layout.routing.routing_cost import arc_costs

__all__ = ["drawn_cost", "rerouted", "routed"]

#: Points that all crossings together can cost, and crossings for each link that cost half of it.
WORST, HALF = 14.6, 0.6
#: Rounds, seats and arcs for each link with which new names look for a seat among old links.
_WIDELY = 1, (40, 4)


def routed(
    w: Adjacency,
    layouts: list[Points],
    todo: Plan,
    rng: np.random.Generator,
    free: Flags,
    before: Earlier = NOTHING,
) -> Router:
    """Route the links of some layouts, let free nodes move, and keep the best.

    Fewer and fewer are carried on, and more and more is done for them. Links of an earlier picture
    stay as they were where they still can.
    """
    racing = [Shape(w, Router(w.p, x, kept_curves(w.p, x, before))) for x in layouts]
    if not todo.sweeps or not len(racing[0].r.links):
        _uncover(racing[0].r, before)
        return racing[0].r
    for shape in racing:
        improve(shape.r, rng, todo.sweeps)
    rounds = todo.races if free.any() else ()
    if (
        before.curves and rounds
    ):  # a new name looks widely for a seat that covers no link that stays
        for shape in racing:
            refine(shape, rng, *_WIDELY, free, price(shape.r), 1.0)
    reach = REACH
    for kept, turns in rounds:
        if kept < len(racing):
            racing = sorted(racing, key=drawn_cost)[:kept]
        for shape in racing:
            refine(shape, rng, turns, todo.moves, free, price(shape.r), reach)
        reach *= LESS**turns
    best = min(racing, key=drawn_cost) if len(racing) > 1 else racing[0]
    if _uncover(best.r, before):
        improve(best.r, rng, todo.sweeps)
    detour(best.r)
    return best.r


def rerouted(
    p: LayoutGraph, x: Points, todo: Plan, rng: np.random.Generator, before: Earlier
) -> Router:
    """Route the links between nodes that all stay where they are."""
    r = Router(p, x, kept_curves(p, x, before))
    _uncover(r, before)
    if todo.sweeps and len(r.links):
        improve(r, rng, todo.sweeps)
        detour(r)
    return r


def _uncover(r: Router, before: Earlier) -> bool:
    """Let go of kept links on which something new lies now; whether there were any."""
    kept = {int(r.links[i]): r.detours[i] for i in np.flatnonzero(r.fixed).tolist()}
    lost = np.flatnonzero(np.isin(r.links, covered(r.p, r.x, before, kept)))
    r.let_go(lost)
    return bool(len(lost))


def price(r: Router) -> float:
    """What a crossing more costs, in points: the less, the more there are."""
    many = len(r.links)
    each = float(arc_costs(r).sum()) / 2 / many
    return WORST * HALF / (HALF + each) ** 2 / many


def drawn_cost(shape: Shape) -> float:
    """One number for a routed layout, in points: what arcs run into, and the map's shape."""
    each = float(arc_costs(shape.r).sum()) / 2 / max(len(shape.r.links), 1)
    return WORST * each / (each + HALF) + shape.whole()
