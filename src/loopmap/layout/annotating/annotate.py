"""Steps 6 to 9, *signs*, *delays*, *badges*, *box*, one after the other, and all in map units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from loopmap.layout.annotating.badges import place_badges
from loopmap.layout.annotating.bounds import bounds
from loopmap.layout.annotating.clearance import Clearance
from loopmap.layout.annotating.delays import place_bars
from loopmap.layout.annotating.kept import Kept, kept_seats
from loopmap.layout.annotating.signs import place_signs
from loopmap.layout.curves import traced
from loopmap.layout.earlier import Earlier
from loopmap.layout.layout_graph import LayoutGraph, Points
from loopmap.layout.measure import Label
from loopmap.layout.model import Badge, Bars, Box, Layout, Point, Route
from loopmap.loops.loop import Loop

__all__ = ["annotated"]


@dataclass(frozen=True, slots=True)
class _Units:
    """From em to map units, to a thousandth: the same digits on every machine."""

    font_size: float

    def length(self, value: float) -> float:
        return round(value * self.font_size, 3) + 0.0

    def point(self, z: complex) -> Point:
        return self.length(z.real), self.length(z.imag)

    def rounded(self, points: Points) -> Points:
        """Points in em to the digits that are written."""
        at = points * self.font_size
        return (np.round(at.real, 3) + 1j * np.round(at.imag, 3)) / self.font_size


def annotated(
    p: LayoutGraph,
    x: Points,
    curves: list[Points],
    loops: Sequence[Loop],
    labels: Mapping[str, Label],
    font_size: float,
    before: Earlier,
    *,
    engine: str,
    seed: int,
) -> Layout:
    """Find seats for strokes, signs and badges, and put everything into a layout.

    On links that stayed as they were on an earlier picture they stay as well.
    """
    unit = _Units(font_size)
    # what is written is what marks are placed by: a picture read back gets the same marks
    x, curves = unit.rounded(x), [unit.rounded(curve) for curve in curves]
    lines = traced(curves)
    clear = Clearance(x, p.half, lines)
    kept = kept_seats(p, x, curves, lines, before)
    bars = place_bars(p, lines, clear, kept.bars)
    signs = place_signs(p, lines, clear, kept.signs)
    boxes = {
        name: Box(*unit.point(centre), label.width, label.height, label.lines)
        for (name, label), centre in zip(labels.items(), x.tolist(), strict=True)
    }
    routes = tuple(
        Route(
            key,
            tuple(map(unit.point, curve.tolist())),
            unit.point(sign),
            None if bar is None else Bars(*unit.point(bar[0]), round(bar[1], 4) + 0.0),
        )
        for key, curve, sign, bar in zip(p.keys, curves, signs.tolist(), bars, strict=True)
    )
    badges = _badges(p, loops, lines, clear, unit, kept)
    box = bounds(tuple(boxes.values()), routes, badges, font_size)
    return Layout(boxes, routes, badges, box, font_size, engine, seed)


def _badges(
    p: LayoutGraph,
    loops: Sequence[Loop],
    lines: list[Points],
    clear: Clearance,
    unit: _Units,
    kept: Kept,
) -> tuple[Badge, ...]:
    at = {key: i for i, key in enumerate(p.keys)}
    rings = [[at[link.key] for link in loop.links] for loop in loops]
    stay = {k: seat for k, loop in enumerate(loops) if (seat := kept.badge(loop.id, rings[k]))}
    seats = place_badges(rings, lines, clear, stay)
    return tuple(
        Badge(loop.id, *unit.point(seat[0]), unit.length(seat[1]), seat[2])
        for loop, seat in zip(loops, seats, strict=True)
        if seat is not None
    )
