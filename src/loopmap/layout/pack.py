"""Put separately laid out parts of a map side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from loopmap.layout.problem import Floats
from loopmap.layout.stress import ASPECT

__all__ = ["pack"]


def pack(low: Floats, high: Floats, single: Sequence[bool], *, gap: float = 2.4) -> Floats:
    """How far to shift each part so that they stand on shelves that fill a page.

    Parameters
    ----------
    low, high
        Corners of each part, ``(k, 2)``.
    single
        Parts that are one lonely node: they stand in rows under the map.
    gap
        Room between parts, in em.

    Returns
    -------
    ndarray
        Shifts, ``(k, 2)``.
    """
    size = high - low + gap
    lonely = np.asarray(single, bool)
    order = [*np.flatnonzero(~lonely), *np.flatnonzero(lonely)]
    area = float(size.prod(axis=1).sum())
    widest = max(float(size[:, 0].max(initial=0.0)), np.sqrt(area * ASPECT) * 1.02)
    if (~lonely).any():
        widest = max(widest, float(size[~lonely, 0].max()))
    shift = np.zeros_like(size)
    x = y = tall = 0.0
    row_is_lonely = False
    row: list[int] = []

    def end_row() -> None:
        for k in row:  # stand in the middle of the shelf
            shift[k, 1] += (tall - size[k, 1]) / 2

    for k in order:
        if row and (x + size[k, 0] > widest + 1e-9 or bool(lonely[k]) != row_is_lonely):
            end_row()
            x, y, tall, row = 0.0, y + tall, 0.0, []
        row_is_lonely = bool(lonely[k])
        shift[k] = np.array([x, y]) - low[k]
        x, tall = x + size[k, 0], max(tall, float(size[k, 1]))
        row.append(int(k))
    end_row()
    return shift
