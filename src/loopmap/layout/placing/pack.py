"""Put separately laid out parts of a map side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from loopmap.layout.layout_graph import Flags, Points
from loopmap.layout.placing.stress import ASPECT

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
    # the first shelf ends after one of the parts: the page is filled best by one of these widths
    widths = np.cumsum(size.real[~lonely]) if not lonely.all() else np.cumsum(size.real)
    found = [_shelved(low, size, lonely, float(width)) for width in widths]
    return min(found, key=lambda shift: _type_loss(shift + low, size))


def _type_loss(at: Points, size: Points) -> float:
    """How large a page must be, and so how small its type, to the tenth of an em."""
    far = at + size
    wide, high = np.ptp(np.append(at.real, far.real)), np.ptp(np.append(at.imag, far.imag))
    return round(float(max(wide / ASPECT, high)), 1)


def _shelved(low: Points, size: Points, lonely: Flags, width: float) -> Points:
    rows: list[list[int]] = [[]]
    for k in [*np.flatnonzero(~lonely).tolist(), *np.flatnonzero(lonely).tolist()]:
        row = rows[-1]
        full = size.real[row].sum() + size.real[k] > width + 1e-9
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
