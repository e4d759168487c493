"""Wanted distances between nodes, and positions that keep to them: stress majorisation.

The method is SMACOF (de Leeuw 1977; Gansner, Koren and North 2004 for drawing graphs): every
round puts each node where its wanted distances to all the others say it should be, on average.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from loopmap.layout.layout_graph import Floats, Ints, LayoutGraph, Points

__all__ = ["ASPECT", "Distances", "distances", "majorise", "rotated", "scatter"]

#: Width : height of the page a map should fill; A4 on its side with margins.
ASPECT = 1.45
#: Wanted clear length of a link, in em, before the page is considered.
LINK = 7.8
#: The share of the page that text fills in maps drawn by hand (median of 41: 8.3 %).
FILL = 0.085
#: Links kept clear of one another need room too: above so many links a node, text fills less.
AIRY = 1.9


@dataclass(frozen=True, slots=True, eq=False)
class Distances:
    """Wanted lengths of the links (by pair) and distances of all nodes, in em."""

    pair_length: Floats  # (p,)
    wanted: Floats  # (n, n)
    weight: Floats  # (n, n), zero on the diagonal
    inverse: Floats  # pseudo-inverse of the weighted Laplacian
    page: complex  # half the page's width and height
    typical: float  # the median wanted length of a link


def distances(p: LayoutGraph) -> Distances:
    """Wanted distances, scaled so that the map will fill its page as a good drawing does."""
    n, pairs = len(p.names), p.pairs
    text = float(p.area.sum())
    radius = np.sqrt(p.area / np.pi)
    degree = np.bincount(pairs.ravel(), minlength=n)
    a, b = pairs.T
    least = np.minimum(degree[a], degree[b])
    length = radius[a] + radius[b] + LINK * (1 + 0.035 * np.clip(least - 3, 0, None))
    length = np.where(least == 1, 0.78, 1.0) * length  # what hangs on one link sits close
    wanted = _shortest(n, pairs, length)
    fill = FILL * float(np.clip(AIRY * n / max(len(p.ends), 1), 0.5, 1.0))
    height = float(np.sqrt(text / (fill * 0.95) / ASPECT)) / 2
    page = complex(height * ASPECT, height)
    found = _made(wanted, length, page)
    if n > 3 and len(pairs):
        for _ in range(2):
            x = majorise(found, scatter(np.random.default_rng(5), found, (1, n)), 25)[0]
            extent = np.ptp(x.real) + np.ptp(x.imag) * 1j + 2 * p.half.mean()
            scale = float(np.sqrt(text / (extent.real * extent.imag) / fill))
            scale = min(max(scale, 0.85), 2.2)
            length = np.maximum(length * scale, radius[a] + radius[b] + 4.0)
            wanted = wanted * scale
            found = _made(wanted, length, page)
    return found


def _made(wanted: Floats, length: Floats, page: complex) -> Distances:
    n = len(wanted)
    wanted = wanted.copy()
    np.fill_diagonal(wanted, 1.0)
    weight = 1 / wanted**2
    np.fill_diagonal(weight, 0.0)
    laplacian = np.diag(weight.sum(axis=1)) - weight
    # adding 1/n and taking it away again makes the inverse of a Laplacian cheap
    inverse = np.linalg.inv(laplacian + 1.0 / n) - 1.0 / n if n else laplacian
    typical = float(np.median(length)) if len(length) else 6.0
    return Distances(length, wanted, weight, inverse, page, typical)


def _shortest(n: int, pairs: Ints, length: Floats) -> Floats:
    """All shortest distances, a little shrunk when far (Floyd and Warshall)."""
    found = np.full((n, n), np.inf)
    np.fill_diagonal(found, 0.0)
    a, b = pairs.T
    found[a, b] = found[b, a] = length
    for k in range(n):
        np.minimum(found, found[:, k : k + 1] + found[k], out=found)
    finite = np.isfinite(found)
    typical = float(np.median(length)) if len(length) else 6.0
    found[~finite] = found[finite].max(initial=0.0) or typical
    return found**0.94 * typical**0.06


def scatter(rng: np.random.Generator, d: Distances, shape: tuple[int, int]) -> Points:
    """Nodes thrown on a heap as large as the map will be, ``(s, n)``."""
    x, y = rng.normal(0, d.typical * shape[1] ** 0.5 / 2, (2, *shape))
    return x + 1j * y


def majorise(d: Distances, x: Points, rounds: int, *, settled: float = 0.05) -> Points:
    """Move layouts ``x`` ``(s, n)`` towards the wanted distances; each round lowers the stress."""
    n = x.shape[-1]
    if n < 2:
        return x - x.mean(axis=-1, keepdims=True)
    diagonal = np.arange(n)
    pull = d.weight * d.wanted
    for _ in range(rounds):
        b = -pull / np.maximum(abs(x[:, :, None] - x[:, None]), 1e-6)
        b[:, diagonal, diagonal] = 0.0
        b[:, diagonal, diagonal] = -b.sum(axis=-1)
        new = (d.inverse @ (b @ x[..., None]))[..., 0]
        moved = float(abs(new - x).max())
        x = new
        if moved < settled:
            break
    return x - x.mean(axis=-1, keepdims=True)


def rotated(x: Points, half: Points, steps: int = 24) -> Points:
    """Each layout ``(s, n)`` turned so that it fills a page lying on its side."""
    angle = np.linspace(0, np.pi, steps, endpoint=False)
    y = x[:, None] * np.exp(1j * angle)[:, None]
    wide = (y.real + half.real).max(axis=2) - (y.real - half.real).min(axis=2)
    high = (y.imag + half.imag).max(axis=2) - (y.imag - half.imag).min(axis=2)
    best = np.round(np.maximum(wide / ASPECT, high), 9).argmin(axis=1)
    return y[np.arange(len(x)), best]
