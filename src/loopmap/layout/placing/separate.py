"""Step 4, *separate*: no two boxes touch, whatever the steps before did."""

from __future__ import annotations

import numpy as np

from loopmap.layout.geometry import outside
from loopmap.layout.layout_graph import Flags, Points

__all__ = ["GAP", "overlapping", "separate"]

#: Room kept free between boxes, across and down, in em.
GAP = 1.0 + 0.8j


def separate(
    x: Points,
    half: Points,
    *,
    gap: complex = GAP,
    fixed: Flags | None = None,
    rounds: int = 400,
) -> Points:
    """Push boxes apart along the cheaper axis until none are nearer than ``gap``.

    Parameters
    ----------
    x
        Centres, ``(n,)``.
    half
        Half sizes of the boxes, ``(n,)``.
    gap
        Room to keep between boxes.
    fixed
        Nodes that must not move; two fixed boxes that overlap stay as they are.
    rounds
        Stop after so many rounds.

    Returns
    -------
    ndarray
        New centres; ``x`` itself is not changed.
    """
    x = x.copy()
    n = len(x)
    moves = np.ones(n) if fixed is None else np.where(fixed, 0.0, 1.0)
    a, b = np.nonzero(np.triu(np.ones((n, n)), 1) * (moves[:, None] + moves))
    reach = half[a] + half[b] + gap
    share = moves[a] / (moves[a] + moves[b])
    for turn in range(rounds):
        apart = x[a] - x[b]
        across = reach.real - abs(apart.real)
        down = reach.imag - abs(apart.imag)
        near = np.flatnonzero((across > 1e-6) & (down > 1e-6))
        if not len(near):
            break
        apart, across, down = apart[near], across[near], down[near]
        # a little more than needed, and more the longer it takes, so that crowds loosen
        more = 1.02 + 0.01 * turn
        push = np.where(
            down < across,
            1j * np.where(apart.imag < 0, -1, 1) * (down * more + 1e-3),
            np.where(apart.real < 0, -1, 1) * (across * more + 1e-3),
        )
        shift = np.zeros(n, complex)
        np.add.at(shift, a[near], push * share[near])
        np.add.at(shift, b[near], push * (share[near] - 1))
        times = np.bincount(a[near], minlength=n) + np.bincount(b[near], minlength=n)
        x += shift / np.sqrt(np.maximum(times, 1))
    return x


def overlapping(x: Points, half: Points, some: Flags) -> bool:
    """Whether any of some boxes touches another box."""
    if not some.any():
        return False
    out = outside(x[some][:, None] - x, half[some][:, None] + half)
    out[np.arange(some.sum()), np.flatnonzero(some)] = 1.0
    return bool((out < 0).any())
