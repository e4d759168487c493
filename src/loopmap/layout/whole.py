"""The cost of whole layouts while links are straight: every term of ``reading`` once."""

from __future__ import annotations

import numpy as np

from loopmap.layout.geometry import cross
from loopmap.layout.problem import Flags, Floats, Points
from loopmap.layout.reading import (
    WEIGHTS,
    crossing_price,
    crowding,
    ellipse,
    narrowest,
    off_page,
    short,
    too_near,
)
from loopmap.layout.web import Web

__all__ = ["crossed", "whole_cost"]


def whole_cost(w: Web, x: Points) -> Floats:
    """The cost of whole layouts, every term once: ``(s,)``."""
    cost = _shape(w, x)
    return cost + _all_crossings(w, x) + _all_through(w, x) if len(w.pairs) else cost


def _shape(w: Web, x: Points) -> Floats:
    """The part of :func:`whole_cost` that does not count what links run into."""
    cost = off_page(w, x, 0, x[:, :1])[:, 0]
    for v, c in enumerate(w.corners):  # what two nodes share is counted from both
        here = x[:, v : v + 1]
        away = here[:, :, None] - x[:, None]
        crowd, r = crowding(w, v, away)
        cost += crowd[:, 0] / 2
        if len(c.joined):
            away, r = away[:, :, c.joined], r[:, :, c.joined]
            cost += short(w, v, away, r)[:, 0] / 2
            if len(c.joined) > 1:
                even = narrowest(np.arctan2(away.imag, away.real)) * len(c.joined) / (2 * np.pi)
                cost += WEIGHTS["angle"] / len(w.corners) * (1 - even[:, 0])
    if len(w.pairs):
        length = abs(x[:, w.pairs[:, 0]] - x[:, w.pairs[:, 1]])
        cost += WEIGHTS["uneven"] * length.std(axis=1) / np.maximum(length.mean(axis=1), 1e-9)
        cost += _all_loops(w, x)
    return cost


def _all_loops(w: Web, x: Points) -> Floats:
    if not len(w.loops):
        return np.zeros(len(x))
    ring = x[:, w.loops]
    after = np.roll(ring, -1, axis=2)
    area, around = cross(ring, after).sum(axis=-1), abs(after - ring).sum(axis=-1)
    share = 2 * np.pi * abs(area) / np.maximum(around * around, 1e-9) / w.loop_ideal
    return WEIGHTS["round"] * (1 - np.minimum(share, 1)).mean(axis=-1)


def crossed(w: Web, x: Points) -> Flags:
    """Which pairs of links cross when straight, ``(s, p, p)``, both ways round."""
    a, b = w.pairs.T
    start, way = x[:, a], x[:, b] - x[:, a]
    left = cross(way[:, :, None], x[:, None] - start[:, :, None]) > 0
    apart = left[:, :, a] ^ left[:, :, b]
    meets = (w.pairs[:, None, :, None] == w.pairs[None, :, None, :]).any(axis=(2, 3))
    return apart & apart.transpose(0, 2, 1) & ~meets


def _all_crossings(w: Web, x: Points) -> Floats:
    s, i, j = np.nonzero(np.triu(crossed(w, x)))
    a, b = w.pairs.T
    way = x[:, b] - x[:, a]
    p, q = way[s, i], way[s, j]
    cosine = (p * q.conj()).real ** 2 / np.maximum(abs(p * q) ** 2, 1e-9)
    each = crossing_price(w) * (1 + WEIGHTS["sharp"] * cosine * cosine)
    return np.bincount(s, each, len(x))


def _all_through(w: Web, x: Points) -> Floats:
    a, b = w.pairs.T
    pad = ellipse(w)
    p, d = x[:, a, None] - x[:, None], (x[:, b] - x[:, a])[:, :, None]
    deep = too_near(p.real / pad.real, p.imag / pad.imag, d.real / pad.real, d.imag / pad.imag)
    own = np.arange(len(a))
    deep[:, own, a] = deep[:, own, b] = 0
    return crossing_price(w) * WEIGHTS["through"] * deep.sum(axis=(1, 2))
