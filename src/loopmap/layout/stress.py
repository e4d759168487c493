"""Wanted distances between nodes, and positions that keep to them: stress majorisation.

The method is SMACOF (de Leeuw 1977; Gansner, Koren and North 2004 for drawing graphs): every
round puts each node where its wanted distances to all the others say it should be, on average.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from loopmap.layout.problem import Floats, Problem

__all__ = ["ASPECT", "Distances", "distances", "majorise", "turned"]

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
    page: Floats  # half the page, width and height

    @property
    def typical(self) -> float:
        """The median wanted length of a link."""
        return float(np.median(self.pair_length)) if len(self.pair_length) else 6.0


def distances(p: Problem) -> Distances:
    """Wanted distances, scaled so that the map will fill its page as a good drawing does."""
    n, pairs = len(p.names), p.pairs
    radius = np.sqrt(p.size.prod(axis=1) / np.pi)
    degree = np.bincount(pairs.ravel(), minlength=n)
    a, b = pairs.T
    least = np.minimum(degree[a], degree[b])
    length = radius[a] + radius[b] + LINK * (1 + 0.035 * np.clip(least - 3, 0, None))
    length = np.where(least == 1, 0.78, 1.0) * length  # what hangs on one link sits close
    wanted = _shortest(n, pairs, length)
    fill = FILL * float(np.clip(AIRY * n / max(len(p.ends), 1), 0.5, 1.0))
    found = _made(wanted, length, np.zeros(2))
    if n > 3 and len(pairs):
        shortest = radius[a] + radius[b] + 4.0
        for _ in range(2):
            x = majorise(found, _scatter(n, found.typical, 5), 25)
            extent = np.ptp(x, axis=0) + p.size.mean(axis=0)
            scale = float(np.sqrt(p.size.prod(axis=1).sum() / extent.prod() / fill))
            scale = min(max(scale, 0.85), 2.2)
            length = np.maximum(length * scale, shortest)
            wanted = wanted * scale
            found = _made(wanted, length, np.zeros(2))
    height = np.sqrt(p.size.prod(axis=1).sum() / (fill * 0.95) / ASPECT) / 2
    return _made(wanted, length, np.array([height * ASPECT, height]))


def _made(wanted: Floats, length: Floats, page: Floats) -> Distances:
    n = len(wanted)
    wanted = wanted.copy()
    np.fill_diagonal(wanted, 1.0)
    weight = 1 / wanted**2
    np.fill_diagonal(weight, 0.0)
    laplacian = np.diag(weight.sum(axis=1)) - weight
    # adding 1/n and taking it away again makes the inverse of a Laplacian cheap
    inverse = np.linalg.inv(laplacian + 1.0 / n) - 1.0 / n if n else laplacian
    return Distances(length, wanted, weight, inverse, page)


def _shortest(n: int, pairs: Floats | np.ndarray, length: Floats) -> Floats:
    """All shortest distances, a little shrunk when far (Floyd and Warshall)."""
    found = np.full((n, n), np.inf)
    np.fill_diagonal(found, 0.0)
    a, b = np.asarray(pairs).T
    found[a, b] = found[b, a] = length
    for k in range(n):
        np.minimum(found, found[:, k : k + 1] + found[k], out=found)
    finite = np.isfinite(found)
    found[~finite] = found[finite].max() if finite.any() else 1.0
    typical = float(np.median(length)) if len(length) else 6.0
    shrunk: Floats = found**0.94 * typical**0.06
    return shrunk


def _scatter(n: int, typical: float, seed: int) -> Floats:
    return np.random.default_rng(seed).normal(0, typical * n**0.5, (n, 2))


def majorise(d: Distances, x: Floats, rounds: int, *, settled: float = 0.05) -> Floats:
    """Move ``x`` ``(..., n, 2)`` towards the wanted distances; each round lowers the stress."""
    n = x.shape[-2]
    if n < 2:
        return x - x.mean(axis=-2, keepdims=True)
    diagonal = np.arange(n)
    pull = d.weight * d.wanted
    for _ in range(rounds):
        apart = np.hypot(
            x[..., :, None, 0] - x[..., None, :, 0], x[..., :, None, 1] - x[..., None, :, 1]
        )
        b = -pull / np.maximum(apart, 1e-6)
        b[..., diagonal, diagonal] = 0.0
        b[..., diagonal, diagonal] = -b.sum(axis=-1)
        new = d.inverse @ (b @ x)
        moved = float(np.abs(new - x).max())
        x = new
        if moved < settled:
            break
    centred: Floats = x - x.mean(axis=-2, keepdims=True)
    return centred


def turned(x: Floats, half: Floats, steps: int = 24) -> Floats:
    """The same picture turned so that it fills a page lying on its side."""
    best, kept = np.inf, x
    for angle in np.linspace(0, np.pi, steps, endpoint=False):
        c, s = np.cos(angle), np.sin(angle)
        y = x @ np.array([[c, s], [-s, c]])
        extent = (y + half).max(axis=0) - (y - half).min(axis=0)
        size = max(extent[0] / ASPECT, extent[1])
        if size < best - 1e-9:
            best, kept = size, y
    return kept
