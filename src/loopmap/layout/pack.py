"""Put separately laid out parts of a map side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from loopmap.layout.problem import Points
from loopmap.layout.stress import ASPECT

__all__ = ["pack"]


def pack(low: Points, high: Points, single: Sequence[bool], *, gap: float = 2.4) -> Points:
    """How far to shift each part so that they stand on shelves that fill a page.

    Parameters
    ----------
    low, high
        Corners of each part, ``(k,)``.
    single
        Parts that are one lonely node: they stand in rows under the map.
    gap
        Room between parts, in em.

    Returns
    -------
    ndarray
        Shifts, ``(k,)``.
    """
    size = high - low + gap * (1 + 1j)
    lonely = np.asarray(single, bool)
    area = float((size.real * size.imag).sum())
    widest = max(float(size.real[~lonely].max(initial=0)), np.sqrt(area * ASPECT) * 1.02)
    rows: list[list[int]] = [[]]
    for k in [*np.flatnonzero(~lonely).tolist(), *np.flatnonzero(lonely).tolist()]:
        row = rows[-1]
        full = size.real[row].sum() + size.real[k] > widest + 1e-9
        if row and (full or lonely[row[0]] != lonely[k]):
            rows.append([])
        rows[-1].append(k)
    shift = np.zeros(len(size), complex)
    top = 0.0
    for row in filter(None, rows):
        tall = float(size.imag[row].max())
        left = 0.0
        for k in row:  # in the middle of its shelf
            shift[k] = complex(left, top + (tall - size.imag[k]) / 2) - low[k]
            left += float(size.real[k])
        top += tall
    return shift
