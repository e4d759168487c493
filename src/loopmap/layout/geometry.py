"""Cubic Bézier curves, boxes and distances, many at a time."""

from __future__ import annotations

import numpy as np

from loopmap.layout.problem import Flags, Floats, Ints

__all__ = [
    "at",
    "box_distance",
    "cut",
    "inside",
    "ring_area",
    "segment_distance",
    "segments",
    "trace",
    "walk_back",
]


def at(curves: Floats, t: Floats) -> Floats:
    """Points on curves ``(..., 4, 2)`` at parameters ``(..., s)``: ``(..., s, 2)``."""
    t = t[..., None]
    s = 1 - t
    p, q, r, e = (curves[..., None, k, :] for k in range(4))
    return s * s * s * p + 3 * t * s * s * q + 3 * t * t * s * r + t * t * t * e


def cut(curves: Floats, start: Floats, end: Floats) -> Floats:
    """The stretch of each curve ``(k, 4, 2)`` between two parameters, as a curve (blossoming)."""
    p, q, r, e = (curves[:, k] for k in range(4))

    def blossom(a: Floats, b: Floats, c: Floats) -> Floats:
        a, b, c = a[:, None], b[:, None], c[:, None]
        pq, qr, re = p + a * (q - p), q + a * (r - q), r + a * (e - r)
        left, right = pq + b * (qr - pq), qr + b * (re - qr)
        return left + c * (right - left)

    corners = [(start, start, start), (start, start, end), (start, end, end), (end, end, end)]
    return np.stack([blossom(*corner) for corner in corners], axis=1)


def trace(points: Floats, per: int = 12) -> Floats:
    """A polyline along the curves in a row ``(1 + 3k, 2)``, ``per`` pieces a curve."""
    pieces = np.stack([points[i : i + 4] for i in range(0, len(points) - 3, 3)])
    line = at(pieces, np.broadcast_to(np.linspace(0, 1, per + 1), (len(pieces), per + 1)))
    return np.vstack([line[:, :-1].reshape(-1, 2), line[-1:, -1]])


def segments(lines: list[Floats]) -> tuple[Floats, Floats, Ints]:
    """All pieces of some polylines: their starts, their ends, and whose they are."""
    if not lines:
        return np.zeros((0, 2)), np.zeros((0, 2)), np.zeros(0, int)
    owner = np.repeat(np.arange(len(lines)), [len(line) - 1 for line in lines])
    return np.vstack([x[:-1] for x in lines]), np.vstack([x[1:] for x in lines]), owner


def segment_distance(points: Floats, start: Floats, end: Floats) -> Floats:
    """Distance from each point to each segment, ``(points, segments)``."""
    d = end - start
    vx, vy = points[:, 0:1] - start[:, 0], points[:, 1:2] - start[:, 1]
    along = (vx * d[:, 0] + vy * d[:, 1]) / np.maximum((d * d).sum(axis=1), 1e-12)
    np.clip(along, 0, 1, out=along)
    distance: Floats = np.hypot(vx - along * d[:, 0], vy - along * d[:, 1])
    return distance


def box_distance(points: Floats, centre: Floats, half: Floats) -> Floats:
    """Distance from each point to each box, zero inside, ``(points, boxes)``."""
    gap = np.maximum(np.abs(points[:, None] - centre) - half, 0)
    distance: Floats = np.hypot(gap[..., 0], gap[..., 1])
    return distance


def walk_back(line: Floats, back: Floats) -> tuple[Floats, Floats]:
    """Points, and unit directions of travel, at distances from the end of a polyline.

    Nothing is further back than 0.45 of the line's length.
    """
    step = np.hypot(*np.diff(line[::-1], axis=0).T)
    way = np.concatenate([[0.0], np.cumsum(step)])
    back = np.minimum(back, way[-1] * 0.45)
    i = np.clip(np.searchsorted(way, back, "right") - 1, 0, len(step) - 1)
    q = line[::-1]
    share = (back - way[i]) / np.maximum(step[i], 1e-9)
    direction = (q[i] - q[i + 1]) / np.maximum(step[i], 1e-9)[:, None]
    return q[i] + (q[i + 1] - q[i]) * share[:, None], direction


def ring_area(ring: Floats) -> float:
    """The signed area of a polygon; positive if it runs clockwise as drawn (y down)."""
    x, y = ring.T
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2


def inside(points: Floats, ring: Floats) -> Flags:
    """Which points lie inside a polygon, by the even-odd rule."""
    x, y = points[:, 0:1], points[:, 1:2]
    a, b = ring, np.roll(ring, -1, axis=0)
    spans = (a[:, 1] > y) != (b[:, 1] > y)
    rise = np.where(a[:, 1] == b[:, 1], 1.0, b[:, 1] - a[:, 1])
    meets = a[:, 0] + (y - a[:, 1]) * (b[:, 0] - a[:, 0]) / rise
    odd: Flags = (spans & (x < meets)).sum(axis=1) % 2 == 1
    return odd
