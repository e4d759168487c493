"""Put labels beside crowded places: none over another, each as near its place as can be."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import chain, count

__all__ = ["spread"]

Point = tuple[float, float]
_ROUNDS = 600


def spread(homes: Sequence[Point], apart: float, clear: float) -> list[Point]:
    """Move points until each two are apart and none stands on the home of another.

    Points that have room stay where they are. The same homes always give the same answer.

    Parameters
    ----------
    homes
        Where the points would like to be, all different.
    apart
        The least distance between two points.
    clear
        The least distance from a point to the home of another.

    Examples
    --------
    >>> spread([(0, 0), (100, 0)], apart=10, clear=6)
    [(0.0, 0.0), (100.0, 0.0)]
    >>> (ax, _), (bx, _) = spread([(0, 0), (4, 0)], apart=10, clear=6)
    >>> bx - ax >= 10
    True
    """
    at = [(float(x), float(y)) for x, y in homes]
    for step in range(_ROUNDS):
        pull = 0.08 * max(0.0, 1 - 1.5 * step / _ROUNDS)
        moved = [
            (x + pull * (hx - x), y + pull * (hy - y))
            for (x, y), (hx, hy) in zip(at, homes, strict=True)
        ]
        crowded = _push(moved, homes, apart, clear)
        if not crowded and pull == 0.0:
            return moved
        at = moved
    return _reseated(at, homes, apart, clear)


def _reseated(
    at: Sequence[Point], homes: Sequence[Point], apart: float, clear: float
) -> list[Point]:
    """Seat one after the other, keeping the places that are free: for knots pushing cannot undo."""
    seats: list[Point] = []
    for i, wanted in enumerate(at):
        others = [home for j, home in enumerate(homes) if j != i]
        free = (
            seat
            for seat in chain([wanted], _round_about(homes[i], apart / 3))
            if all(math.dist(seat, taken) >= apart for taken in seats)
            and all(math.dist(seat, home) >= clear for home in others)
        )
        seats.append(next(free))
    return seats


def _round_about(home: Point, step: float) -> Iterator[Point]:
    """Seats on wider and wider rings, without end."""
    for ring in count(1):
        for turn in range(6 * ring):
            angle = 2 * math.pi * turn / (6 * ring)
            yield home[0] + ring * step * math.cos(angle), home[1] + ring * step * math.sin(angle)


def _push(at: list[Point], homes: Sequence[Point], apart: float, clear: float) -> bool:
    """One round of pushing in place; whether there was anything to push."""
    crowded = False
    for i in range(len(at)):
        for j in range(len(at)):
            if i < j:
                gap = _gap(at[i], at[j], apart, i)
                if gap is not None:
                    crowded = True
                    at[i] = (at[i][0] - gap[0] / 2, at[i][1] - gap[1] / 2)
                    at[j] = (at[j][0] + gap[0] / 2, at[j][1] + gap[1] / 2)
            if i != j:
                gap = _gap(homes[j], at[i], clear, i)
                if gap is not None:
                    crowded = True
                    at[i] = (at[i][0] + gap[0], at[i][1] + gap[1])
    return crowded


def _gap(a: Point, b: Point, wanted: float, turn: int) -> Point | None:
    """How far ``b`` has to go away from ``a``, or ``None`` if it is far enough."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    distance = math.hypot(dx, dy)
    if distance >= wanted - 1e-9:
        return None
    if distance < 1e-6:  # any way will do, but another for each
        dx, dy, distance = math.cos(2.4 * turn), math.sin(2.4 * turn), 1.0
        return dx * wanted, dy * wanted
    more = (wanted - distance + 1e-6) / distance
    return dx * more, dy * more
