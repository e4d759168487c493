"""Link after link tries other bulges, ports on its boxes and leans, and takes the best it finds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from loopmap.layout.layout_graph import Floats, Ints, Points
from loopmap.layout.routing.arcs import Fan
from loopmap.layout.routing.router import Router
from loopmap.layout.routing.routing_cost import arc_cost

__all__ = ["BULGES", "Taste", "improve"]

#: Bulges that are tried for every arc, and ports and leans for those in trouble.
BULGES = np.array(
    [-0.55, -0.42, -0.32, -0.24, -0.17, -0.11, -0.06, 0, 0.06, 0.11, 0.17, 0.24, 0.32, 0.42, 0.55]
)
_FIVE = np.array([-0.9, -0.45, 0, 0.45, 0.9])
SLIDES = (_FIVE[:, None] + 1j * _FIVE).ravel()
_LEANS = np.stack(np.meshgrid([-0.28, -0.15, 0.15, 0.28], BULGES[abs(BULGES) > 0.07]), -1)
LEANS = _LEANS.reshape(-1, 2)
#: An arc that costs more than this tries other ports, and then leans.
_WRONG, _TROUBLE = 0.35, 0.8

#: Links that look for better arcs at the same time: so many, or fewer on larger maps.
_AT_ONCE, _PIECES_AT_ONCE = 5, 160

#: What else arcs cost, besides what they run into: ``(links, fan) -> (k,)``.
Taste = Callable[[Ints, Fan], Floats]


def improve(
    r: Router, rng: np.random.Generator, sweeps: int, *, taste: Taste | None = None
) -> None:
    """Give link after link the best arc it finds, until nothing changes; the router is changed."""
    many = int(np.clip(_PIECES_AT_ONCE // max(len(r.links), 1), 1, _AT_ONCE))
    for _ in range(sweeps):
        before = r.clock
        order = rng.permutation(np.flatnonzero(~r.fixed))
        for some in np.array_split(order, max(1, -(-len(order) // many))):
            new = [i for i in some.tolist() if _news(r, i)]
            r.looked[new] = r.clock
            if new:
                _improve_some(r, np.array(new), rng, taste)
        if r.clock == before:
            break


def _news(r: Router, i: int) -> bool:
    """Whether anything near a link has changed since it was looked at."""
    near = r.meets(r.low[i], r.high[i], 2.0)
    return bool(r.changed[near].max() > r.looked[i])


def _improve_some(r: Router, links: Ints, rng: np.random.Generator, taste: Taste | None) -> None:
    now = r.bulge[links, None]
    usual = np.broadcast_to(BULGES, (len(links), len(BULGES)))
    near = now + rng.normal(0, 0.03, (len(links), 2))
    bulge = np.concatenate([now, usual, r.want[links, None], near], axis=1)
    cost = _best(r, links, taste, bulge=bulge)
    links = links[(cost > _WRONG) | (taste is not None)]
    if len(links):
        slide = _each(r.slide[links], SLIDES)
        extra = 0.03 * (abs(slide.real) + abs(slide.imag))
        cost = _best(r, links, taste, slide=slide, extra=extra)
        links = links[cost > _TROUBLE]
    if len(links):  # lean the arc to one end
        skew, bulge = _each(r.skew[links], LEANS[:, 0]), _each(r.bulge[links], LEANS[:, 1])
        _best(r, links, taste, bulge=bulge, skew=skew, extra=0.25 * abs(skew))


def _each(now: Floats, tried: Floats) -> Floats:
    """What each of some links has, and then what all of them try, ``(links, 1 + k)``."""
    return np.concatenate([now[:, None], np.broadcast_to(tried, (len(now), len(tried)))], axis=1)


def _best(
    r: Router,
    links: Ints,
    taste: Taste | None,
    *,
    bulge: Floats | None = None,
    skew: Floats | None = None,
    slide: Points | None = None,
    extra: Floats | float = 0.0,
) -> Floats:
    """Give each link the cheapest of some arcs, the first of which it has; what they run into.

    ``bulge``, ``skew`` and ``slide`` are ``(links, k)``; what is not given stays.
    """
    shape = next(q.shape for q in (bulge, skew, slide) if q is not None)
    every = np.repeat(links, shape[1])
    new = {
        name: values.ravel()
        for name, values in (("bulge", bulge), ("skew", skew), ("slide", slide))
        if values is not None
    }
    f = r.tried(every, **{"bulge": r.bulge[every], **new})
    met = arc_cost(r, every, f, skip=every[:0]).reshape(shape) + extra
    cost = met if taste is None else met + taste(every, f).reshape(shape)
    best = cost.argmin(axis=1)
    rows = np.arange(len(links))
    best[cost[rows, best] > cost[:, 0] - 1e-6] = 0
    changed = best > 0
    if changed.any():
        at = (rows * shape[1] + best)[changed]
        for name, values in new.items():
            getattr(r, name)[links[changed]] = values[at]
        r.take(links[changed], f.dots[at])
    found: Floats = met[rows, best]
    return found
