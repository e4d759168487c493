"""Plain geometry: outlines of shapes, and points and cuts along curves."""

from __future__ import annotations

import math
from collections.abc import Sequence

from loopmap.scene.marks import Area, Point

__all__ = [
    "arc",
    "circle",
    "cut_back",
    "flatten",
    "point_back",
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


def flatten(points: Sequence[Point], steps: int = 16) -> list[Point]:
    """Points along a chain of cubic curves (1 + 3k control points), ends included."""
    found = [points[0]]
    for i in range(0, len(points) - 1, 3):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = points[i : i + 4]
        for j in range(1, steps + 1):
            t = j / steps
            u = 1 - t
            p, q, r, s = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
            found.append((p * ax + q * bx + r * cx + s * dx, p * ay + q * by + r * cy + s * dy))
    return found


def _where_back(points: Sequence[Point], back: float) -> tuple[int, float]:
    """Which curve and which parameter lies ``back`` along the chain from its end."""
    steps = 32
    for i in range(len(points) - 4, -1, -3):
        line = flatten(points[i : i + 4], steps)
        for j in range(steps, 0, -1):
            piece = math.dist(line[j], line[j - 1])
            if piece >= back and piece > 0:
                return i, (j - back / piece) / steps
            back -= piece
    return 0, 0.0


def cut_back(points: Sequence[Point], back: float) -> tuple[Point, ...]:
    """The chain of curves without its last ``back`` units (never less than a stub)."""
    i, t = _where_back(points, back)
    a, b, c, d = points[i : i + 4]
    t = max(t, 1e-3)

    def mid(p: Point, q: Point) -> Point:
        return p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t

    ab, bc, cd = mid(a, b), mid(b, c), mid(c, d)
    abc, bcd = mid(ab, bc), mid(bc, cd)
    return (*points[: i + 1], ab, abc, mid(abc, bcd))


def point_back(points: Sequence[Point], back: float) -> Point:
    """The point ``back`` units along the chain of curves from its end."""
    return cut_back(points, back)[-1]
