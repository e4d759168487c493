"""Boxes, polylines and distances, many at a time; points are complex (see ``layout_graph``)."""

from __future__ import annotations

import numpy as np

from loopmap.layout.layout_graph import Flags, Floats, Ints, Points

__all__ = [
    "bounds",
    "box_distance",
    "cross",
    "inside",
    "near_rectangle",
    "outside",
    "pieces",
    "ring_area",
    "ring_middle",
    "segment_distance",
    "walk_back",
]


def cross(a: Points, b: Points) -> Floats:
    """The cross product; positive if ``b`` lies clockwise of ``a`` on the picture."""
    return a.real * b.imag - a.imag * b.real


def pieces(lines: list[Points]) -> tuple[Points, Points, Ints]:
    """All pieces of some polylines: their starts, their ends, and whose they are."""
    if not lines:
        return np.zeros(0, complex), np.zeros(0, complex), np.zeros(0, int)
    owner = np.repeat(np.arange(len(lines)), [len(line) - 1 for line in lines])
    start = np.concatenate([line[:-1] for line in lines])
    return start, np.concatenate([line[1:] for line in lines]), owner


def segment_distance(points: Points, start: Points, end: Points) -> Floats:
    """Distance from each point to each segment, ``(points, segments)``."""
    d = end - start
    to = points[:, None] - start
    along = (to * (d.conj() / np.maximum(abs(d) ** 2, 1e-12))).real
    np.clip(along, 0, 1, out=along)
    return abs(to - along * d)


def outside(points: Points, half: Points) -> Floats:
    """How far points, seen from a box's centre, are outside it along the worse axis."""
    return np.maximum(abs(points.real) - half.real, abs(points.imag) - half.imag)


def box_distance(points: Points, centre: Points, half: Points) -> Floats:
    """Distance from each point to each box, zero inside, ``(points, boxes)``."""
    to = points[:, None] - centre
    return np.hypot(
        np.maximum(abs(to.real) - half.real, 0), np.maximum(abs(to.imag) - half.imag, 0)
    )


def walk_back(line: Points, back: Floats) -> tuple[Points, Points]:
    """Points, and unit directions of travel, at distances from the end of a polyline.

    Nothing is further back than 0.45 of the line's length.
    """
    q = line[::-1]
    step = abs(np.diff(q))
    way = np.concatenate([[0.0], np.cumsum(step)])
    back = np.minimum(back, way[-1] * 0.45)
    i = np.clip(np.searchsorted(way, back, "right") - 1, 0, len(step) - 1)
    step = np.maximum(step[i], 1e-9)
    direction = (q[i] - q[i + 1]) / step
    return q[i] - direction * (back - way[i]), direction


def bounds(points: Points) -> tuple[complex, complex]:
    """The contexts of the rectangle round some points."""
    x, y = points.real, points.imag
    return complex(x.min(), y.min()), complex(x.max(), y.max())


def near_rectangle(
    low: Points, high: Points, first: complex, second: complex, room: float
) -> Flags:
    """Which rectangles come nearer than ``room`` to the one between two contexts."""
    return (
        (low.real < second.real + room)
        & (high.real > first.real - room)
        & (low.imag < second.imag + room)
        & (high.imag > first.imag - room)
    )


def ring_area(ring: Points) -> float:
    """The signed area of a polygon; positive if it runs clockwise on the picture (y down)."""
    return float(cross(ring, np.roll(ring, -1)).sum()) / 2


def ring_middle(ring: Points) -> complex:
    """The centroid of a polygon's area."""
    after = np.roll(ring, -1)
    weight = cross(ring, after)
    if abs(weight.sum()) < 0.2:
        return complex(ring.mean())
    return complex(((ring + after) * weight).sum() / (3 * weight.sum()))


def inside(points: Points, ring: Points) -> Flags:
    """Which points lie inside a polygon, by the even-odd rule."""
    a, b, y = ring, np.roll(ring, -1), points[:, None].imag
    spans = (a.imag > y) != (b.imag > y)
    rise = np.where(a.imag == b.imag, 1.0, b.imag - a.imag)
    meets = a.real + (y - a.imag) * (b.real - a.real) / rise
    return (spans & (points[:, None].real < meets)).sum(axis=1) % 2 == 1
