"""Chains of cubic Bézier curves: points along them, and cuts.

A chain is ``1 + 3k`` control points. Points are complex numbers in any unit; :func:`flatten`,
:func:`cut_back` and :func:`point_back` take and give pairs, as pictures hold them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from loopmap.layout.layout_graph import Floats, Points
from loopmap.layout.model import Point

__all__ = ["cut_back", "flatten", "point_at", "point_back", "split", "trace", "traced"]

#: Pieces of a curve while a distance along it is measured.
_FINE = 32
#: The least share of a curve that a cut leaves.
_STUB = 1e-3


def point_at(curve: Points, t: Floats) -> Points:
    """Points of one curve, or of several ``(4, k, 1)``, at parameters ``t``."""
    s = 1 - t
    p, q, r, e = curve
    return s * s * s * p + 3 * t * s * s * q + 3 * t * t * s * r + t * t * t * e


def split(curve: Points, t: float) -> tuple[Points, Points]:
    """Both halves of one curve (de Casteljau)."""
    p, q, e = curve[:3] + t * np.diff(curve)
    u, v = p + t * (q - p), q + t * (e - q)
    z = u + t * (v - u)
    return np.array([curve[0], p, u, z]), np.array([z, v, e, curve[3]])


def trace(chain: Points, per: int = 16) -> Points:
    """A polyline along a chain, ``per`` pieces a curve."""
    t = np.linspace(0, 1, per + 1)[:-1]
    curves = np.array([chain[k : len(chain) - 3 + k : 3, None] for k in range(4)])
    return np.append(point_at(curves, t).ravel(), chain[-1])


def traced(chains: Sequence[Points], per: int = 16) -> list[Points]:
    """A polyline along each of some chains; those of one length are looked at together."""
    found: list[Points] = [np.zeros(0, complex)] * len(chains)
    for length in sorted({len(chain) for chain in chains}):
        same = [i for i, chain in enumerate(chains) if len(chain) == length]
        points = np.array([chains[i] for i in same])
        t = np.linspace(0, 1, per + 1)[:-1]
        curves = np.array([points[:, k : length - 3 + k : 3, None] for k in range(4)])
        lines = point_at(curves, t).reshape(len(same), -1)
        lines = np.concatenate([lines, points[:, -1:]], axis=1)
        for i, line in zip(same, lines, strict=True):
            found[i] = line
    return found


def flatten(points: Sequence[Point], steps: int = 16) -> list[Point]:
    """Points along a chain, ends included, ``steps`` pieces a curve."""
    return _pairs(trace(_numbers(points), steps))


def cut_back(points: Sequence[Point], back: float) -> tuple[Point, ...]:
    """The chain without its last ``back`` units (never less than a stub)."""
    return tuple(_pairs(_cut(_numbers(points), back)))


def point_back(points: Sequence[Point], back: float) -> Point:
    """The point ``back`` units along the chain from its end."""
    return cut_back(points, back)[-1]


def _cut(chain: Points, back: float) -> Points:
    for i in range(len(chain) - 4, -1, -3):
        piece = abs(np.diff(trace(chain[i : i + 4], _FINE)))[::-1]
        along = piece.cumsum()
        if along[-1] >= back:
            k = int(np.searchsorted(along, back))
            t = 1 - (k + 1 - (along[k] - back) / max(float(piece[k]), 1e-12)) / _FINE
            break
        back -= along[-1]
    else:
        i, t = 0, 0.0
    return np.concatenate([chain[:i], split(chain[i : i + 4], max(t, _STUB))[0]])


def _numbers(points: Sequence[Point]) -> Points:
    return np.array([complex(*point) for point in points])


def _pairs(points: Points) -> list[Point]:
    return list(zip(points.real.tolist(), points.imag.tolist(), strict=True))
