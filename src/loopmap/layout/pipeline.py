"""The layout as a pipeline of named steps.

measure → place → keep pinned → separate → route → signs → delays → badges → box
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from loopmap.analysis.renames import followed
from loopmap.layout.annotating.annotate import annotated
from loopmap.layout.curves import trace
from loopmap.layout.earlier import NOTHING, Earlier, earlier, written
from loopmap.layout.layout_graph import (
    Ints,
    LayoutGraph,
    Points,
    components,
    drawn_links,
    layout_graph,
    part,
    rings,
)
from loopmap.layout.measure import measure
from loopmap.layout.model import Layout, Point
from loopmap.layout.placing.adjacency import adjacency
from loopmap.layout.placing.graphviz import GRAPHVIZ, graphviz_places
from loopmap.layout.placing.keep import Held, fitted, held_places
from loopmap.layout.placing.pack import pack
from loopmap.layout.placing.place import place
from loopmap.layout.placing.separate import overlapping, separate
from loopmap.layout.plan import local, plan
from loopmap.layout.routing.kept import settled
from loopmap.layout.routing.route import rerouted, routed
from loopmap.layout.routing.router import Router
from loopmap.layout.routing.self_links import all_curves
from loopmap.loops.loop import Loop
from loopmap.model import Element, Link, SystemMap

__all__ = ["LayoutRequest", "run", "shown_loops"]

#: Loops that get a badge when nobody says which, at most.
MOST_BADGES = 16
#: Room between boxes that were not placed by the search, across and down, in em.
_CLOSE = 0.3 + 0.2j

Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Some components, laid out: centres, and control points of their links (em)."""

    nodes: Ints
    links: Ints
    x: Points
    curves: list[Points]


@dataclass(frozen=True, slots=True)
class LayoutRequest:
    """What was asked for."""

    engine: str
    seed: int
    effort: float
    repair: bool
    progress: Progress


def run(
    m: SystemMap,
    loops: Sequence[Loop],
    request: LayoutRequest,
    *,
    near: Layout | None,
    pinned: Mapping[str, Point],
    stakeholders: bool,
    font_size: float,
) -> Layout:
    """Lay out a map; see :func:`loopmap.layout.lay_out`, which checks the arguments."""
    labels = measure(m, font_size, stakeholders=stakeholders)
    p = layout_graph(labels, drawn_links(m, stakeholders=stakeholders), loops, font_size)
    given = written(m, font_size) if request.engine == "given" else NOTHING
    before = given if near is None else earlier(near, _renamed(near, m))
    keep = held_places(p.names, font_size, near=before.at, given=given.at, pinned=pinned)
    if keep or request.engine not in ("loops", "given"):
        whole = _arranged(p, np.arange(len(p.names)), keep, before, request, 0.0, 1.0)
        x, curves = whole.x, whole.curves
    else:
        x, curves = _in_parts(p, keep, request)
    request.progress(0.95, "signs, delays and badges")
    layout = annotated(
        p, x, curves, loops, labels, font_size, before, engine=request.engine, seed=request.seed
    )
    request.progress(1.0, "done")
    return _exactly(layout, pinned)


def shown_loops(m: SystemMap) -> tuple[Loop, ...]:
    """The shortest independent loops: those that get a badge when nobody says which."""
    links = m.causal_links
    number = {name: i for i, name in enumerate(m.names)}
    ends = np.array([(number[q.source], number[q.target]) for q in links], int).reshape(-1, 2)
    found = rings(ends, range(len(links)))[:MOST_BADGES]
    return tuple(Loop(tuple(links[i] for i in ring)) for ring in found)


def _in_parts(p: LayoutGraph, keep: Held, request: LayoutRequest) -> tuple[Points, list[Points]]:
    """Lay out every component on its own and pack them."""
    x = np.zeros(len(p.names), complex)
    curves: list[Points] = [np.zeros(4, complex)] * len(p.ends)
    parts, done = [], 0.0
    for nodes in components(p):
        share = 0.95 * len(nodes) / len(p.names)
        parts.append(_arranged(p, nodes, keep, NOTHING, request, done, share))
        done += share
    if not parts:
        return x, curves
    low, high = np.array([_corners(p, q) for q in parts]).T
    shifts = pack(low, high, [len(q.nodes) == 1 and not len(q.links) for q in parts])
    for q, shift in zip(parts, shifts, strict=True):
        x[q.nodes] = q.x + shift
        for i, curve in zip(q.links, q.curves, strict=True):
            curves[i] = curve + shift
    return x, curves


def _arranged(
    p: LayoutGraph,
    nodes: Ints,
    keep: Held,
    before: Earlier,
    request: LayoutRequest,
    done: float,
    share: float,
) -> Part:
    """Place → keep pinned → separate → route, for some components."""
    smaller, links = part(p, nodes)
    if len(nodes) == 1 and not keep:
        router = Router(smaller, np.zeros(1, complex))
        return Part(nodes, links, router.x, all_curves(smaller, router, before))
    keep = Held(keep.at[nodes], keep.held[nodes], keep.pinned[nodes])
    todo = plan(len(nodes), len(links), request.effort)
    todo = local(todo) if 2 * keep.held.sum() >= len(nodes) else todo
    rng = np.random.default_rng(request.seed)
    request.progress(done, "places")
    if keep.held.all():
        x = _apart(keep.at, smaller, keep, before, request)
        router = rerouted(smaller, x, todo, rng, before)
        return Part(nodes, links, router.x, all_curves(smaller, router, before))
    w = adjacency(smaller)
    if request.engine in GRAPHVIZ:
        x = fitted(graphviz_places(smaller, request.engine)[None], keep)
        keep = Held(x[0], np.ones(len(nodes), bool), keep.pinned)
    else:
        x = place(w, keep, todo, rng)
    apart = [_apart(one, smaller, keep, before, request) for one in x[: todo.races[0][0]]]
    request.progress(done + 0.5 * share, "routes")
    router = routed(w, apart, todo, rng, ~keep.held, before)
    return Part(nodes, links, router.x, all_curves(smaller, router, before))


def _apart(
    x: Points, p: LayoutGraph, keep: Held, before: Earlier, request: LayoutRequest
) -> Points:
    """Push boxes apart: the free ones first, then those of another size, then all but the pinned.

    Given places stay, and an earlier picture's do where nothing new lies on them.
    """
    x = separate(x, p.half, fixed=keep.held)
    if request.engine == "given" and not request.repair:
        return x
    if request.repair:
        return separate(x, p.half, gap=_CLOSE, fixed=keep.pinned)
    same = settled(p, x, before) | keep.pinned
    x = separate(x, p.half, gap=_CLOSE, fixed=same)
    over = overlapping(x, p.half, ~same)
    return separate(x, p.half, gap=_CLOSE, fixed=keep.pinned) if over else x


def _renamed(near: Layout, m: SystemMap) -> dict[str, str]:
    """Names of an earlier layout that are called otherwise now."""
    if all(name in m for name in near.boxes) or all(name in near.boxes for name in m.names):
        return {}
    links = [
        Link(*route.key[:2], kind=route.key.kind, route=route.key.route) for route in near.routes
    ]
    kinds = {name: m.element(name).kind for name in near.boxes if name in m}
    then = SystemMap([Element(name, kinds.get(name, "variable")) for name in near.boxes], links)
    return followed(then, m)


def _exactly(layout: Layout, pinned: Mapping[str, Point]) -> Layout:
    """Pinned centres to the last digit."""
    boxes = {
        name: replace(box, x=float(pinned[name][0]), y=float(pinned[name][1]))
        if name in pinned
        else box
        for name, box in layout.boxes.items()
    }
    return replace(layout, boxes=boxes)


def _corners(p: LayoutGraph, q: Part) -> tuple[complex, complex]:
    half = p.half[q.nodes]
    every = np.concatenate([q.x - half, q.x + half, *(trace(curve) for curve in q.curves)])
    x, y = every.real, every.imag
    return complex(x.min(), y.min()), complex(x.max(), y.max())
