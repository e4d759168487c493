"""Outlines of plain shapes."""

from __future__ import annotations

import math
from collections.abc import Sequence

from loopmap.scene.marks import Area, Point

__all__ = [
    "arc",
    "circle",
    "polygon",
    "polyline",
    "rectangle",
]

Outline = tuple[str, tuple[Point, ...]]


def polyline(points: Sequence[Point]) -> Outline:
    """Straight lines from point to point."""
    return "M" + "L" * (len(points) - 1), tuple(points)


def polygon(points: Sequence[Point]) -> Outline:
    """Straight lines round and back to the start."""
    codes, same = polyline(points)
    return codes + "Z", same


def rectangle(area: Area, radius: float = 0.0) -> Outline:
    """A box, with round corners where ``radius`` is not 0."""
    left, top, right, bottom = area
    r = min(radius, (right - left) / 2, (bottom - top) / 2)
    if r <= 0:
        return polygon([(left, top), (right, top), (right, bottom), (left, bottom)])
    k = r * 0.4477  # 1 - 0.5523: where the controls of a quarter circle stand
    points = (
        (left + r, top),
        (right - r, top), (right - k, top), (right, top + k), (right, top + r),
        (right, bottom - r), (right, bottom - k), (right - k, bottom), (right - r, bottom),
        (left + r, bottom), (left + k, bottom), (left, bottom - k), (left, bottom - r),
        (left, top + r), (left, top + k), (left + k, top), (left + r, top),
    )  # fmt: skip
    return "MLCLCLCLCZ", points


def arc(x: float, y: float, radius: float, start: float, sweep: float) -> Outline:
    """Part of a circle from angle ``start`` over ``sweep`` (radians; positive is clockwise)."""
    pieces = max(1, math.ceil(abs(sweep) / (math.pi / 2) - 1e-9))
    step = sweep / pieces
    k = 4 / 3 * math.tan(step / 4) * radius
    points = [(x + radius * math.cos(start), y + radius * math.sin(start))]
    for i in range(pieces):
        a, b = start + i * step, start + (i + 1) * step
        px, py = points[-1]
        qx, qy = x + radius * math.cos(b), y + radius * math.sin(b)
        points.append((px - k * math.sin(a), py + k * math.cos(a)))
        points.append((qx + k * math.sin(b), qy - k * math.cos(b)))
        points.append((qx, qy))
    return "M" + "C" * pieces, tuple(points)


def circle(x: float, y: float, radius: float) -> Outline:
    """A whole circle."""
    codes, points = arc(x, y, radius, 0.0, math.tau)
    return codes + "Z", points
