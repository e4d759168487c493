"""The layout as a pipeline of named steps.

measure → place → keep pinned → separate → route → signs → delays → badges → box
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from loopmap.layout.badges import place_badges
from loopmap.layout.box import bounds
from loopmap.layout.clear import Clear
from loopmap.layout.delays import place_bars
from loopmap.layout.geometry import trace
from loopmap.layout.measure import Label, measure
from loopmap.layout.pack import pack
from loopmap.layout.place import place
from loopmap.layout.places import Badge, Bars, Box, Layout, Point, Route
from loopmap.layout.polish import drawn_cost, polish
from loopmap.layout.problem import (
    Floats,
    Ints,
    Problem,
    components,
    drawn_links,
    part,
    problem,
    rings,
)
from loopmap.layout.route import Router
from loopmap.layout.selfloops import teardrops
from loopmap.layout.separate import separate
from loopmap.layout.signs import place_signs
from loopmap.layout.web import web
from loopmap.loops.loop import Loop
from loopmap.model import SystemMap

__all__ = ["run", "shown_loops"]

#: Loops that get a badge when nobody says which, at most.
MOST_BADGES = 16

import os
POLISH = int(os.environ.get('POL','4'))
Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One component, laid out: centres, and control points of its links (em)."""

    nodes: Ints
    links: Ints
    x: Points
    curves: list[Points]


def run(
    m: SystemMap,
    loops: Sequence[Loop],
    *,
    engine: str,
    seed: int,
    near: Layout | None,
    pinned: Mapping[str, Point],
    stakeholders: bool,
    font_size: float,
    effort: float,
    progress: Progress,
) -> Layout:
    """Lay out a map; see :func:`loopmap.layout.lay_out`, which checks the arguments."""
    labels = measure(m, font_size, stakeholders=stakeholders)
    p = problem(labels, drawn_links(m, stakeholders=stakeholders), loops, font_size)
    x, curves = _in_parts(p, seed, effort)
    return _dressed(p, x, curves, loops, labels, font_size, engine, seed)


def shown_loops(m: SystemMap) -> tuple[Loop, ...]:
    """The shortest independent loops: those that get a badge when nobody says which."""
    links = m.causal_links
    number = {name: i for i, name in enumerate(m.names)}
    ends = np.array([(number[q.source], number[q.target]) for q in links], int).reshape(-1, 2)
    found = rings(ends, range(len(links)))[:MOST_BADGES]
    return tuple(Loop(tuple(links[i] for i in ring)) for ring in found)


def _in_parts(p: Problem, seed: int, effort: float) -> tuple[Points, list[Points]]:
    """Lay out every component on its own and pack them."""
    parts = [_arranged(p, nodes, seed, effort) for nodes in components(p)]
    x = np.zeros(len(p.names), complex)
    curves: list[Points] = [np.zeros(4, complex)] * len(p.ends)
    if not parts:
        return x, curves
    low, high = np.array([_corners(p, q) for q in parts]).T
    shifts = pack(low, high, [len(q.nodes) == 1 and not len(q.links) for q in parts])
    for q, shift in zip(parts, shifts, strict=True):
        x[q.nodes] = q.x + shift
        for i, curve in zip(q.links, q.curves, strict=True):
            curves[i] = curve + shift
    return x, curves


def _arranged(p: Problem, nodes: Ints, seed: int, effort: float) -> Part:
    smaller, links = part(p, nodes)
    rng = np.random.default_rng(seed)
    best: tuple[float, Router] | None = None
    w = web(smaller)
    for x in place(w, rng, effort):
        router = Router(smaller, separate(x, smaller.half))
        if len(router.links):
            router.improve(rng, 2)
            polish(w, router, rng, rounds=POLISH)
        cost = drawn_cost(w, router)
        if best is None or cost < best[0]:
            best = cost, router
    assert best is not None
    return Part(nodes, links, best[1].x, _all_curves(smaller, best[1]))


def _all_curves(p: Problem, router: Router) -> list[Points]:
    found: list[Points] = [np.zeros(4, complex)] * len(p.ends)
    for i, curve in zip(router.links, router.curves(), strict=True):
        found[i] = curve
    for i in np.flatnonzero(p.ends[:, 0] == p.ends[:, 1]):
        found[i] = teardrops(router.x[p.ends[i, 0]], p.half[p.ends[i, 0]])[0]
    return found


def _corners(p: Problem, q: Part) -> tuple[complex, complex]:
    half = p.half[q.nodes]
    every = np.concatenate([q.x - half, q.x + half, *(trace(curve) for curve in q.curves)])
    x, y = every.real, every.imag
    return complex(x.min(), y.min()), complex(x.max(), y.max())


def _dressed(
    p: Problem,
    x: Points,
    curves: list[Points],
    loops: Sequence[Loop],
    labels: Mapping[str, Label],
    font_size: float,
    engine: str,
    seed: int,
) -> Layout:
    """Find seats for signs, strokes and badges, and turn it all into map units."""
    lines = [trace(curve) for curve in curves]
    clear = Clear(x, p.half, lines)
    bars = place_bars(p, lines, clear)
    signs = place_signs(p, lines, clear)
    at = {key: i for i, key in enumerate(p.keys)}
    seats = place_badges([[at[link.key] for link in loop.links] for loop in loops], lines, clear)

    def unit(z: complex) -> Point:
        """In map units, to a thousandth: the same digits on every machine."""
        return round(z.real * font_size, 3) + 0.0, round(z.imag * font_size, 3) + 0.0

    boxes = {
        name: Box(*unit(centre), label.width, label.height, label.lines)
        for (name, label), centre in zip(labels.items(), x.tolist(), strict=True)
    }
    routes = tuple(
        Route(
            key,
            tuple(map(unit, curve.tolist())),
            unit(sign),
            None if bar is None else Bars(*unit(bar[0]), round(bar[1], 4) + 0.0),
        )
        for key, curve, sign, bar in zip(p.keys, curves, signs.tolist(), bars, strict=True)
    )
    badges = tuple(
        Badge(loop.id, *unit(seat[0]), round(seat[1] * font_size, 3), seat[2])
        for loop, seat in zip(loops, seats, strict=True)
        if seat is not None
    )
    box = bounds(tuple(boxes.values()), routes, badges, font_size)
    return Layout(boxes, routes, badges, box, font_size, engine, seed)
