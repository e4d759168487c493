"""Step 4, *separate*: no two boxes touch, whatever the steps before did."""

from __future__ import annotations

import numpy as np

from loopmap.layout.problem import Flags, Floats, Ints

__all__ = ["GAP", "separate"]

#: Room kept free between boxes, across and down, in em.
GAP = (1.0, 0.8)


def separate(
    x: Floats,
    half: Floats,
    *,
    gap: tuple[float, float] = GAP,
    fixed: Flags | None = None,
    rounds: int = 400,
) -> Floats:
    """Push boxes apart along the cheaper axis until none are nearer than ``gap``.

    Parameters
    ----------
    x
        Centres, ``(n, 2)``.
    half
        Half sizes of the boxes, ``(n, 2)``.
    gap
        Room to keep between boxes.
    fixed
        Nodes that must not move; two fixed boxes that overlap stay as they are.
    rounds
        Stop after so many rounds; crowded maps get a wider grid first, so this is not met.

    Returns
    -------
    ndarray
        New centres; ``x`` itself is not changed.
    """
    x = x.copy()
    n = len(x)
    moves = np.ones(n) if fixed is None else np.where(fixed, 0.0, 1.0)
    room = np.asarray(gap)
    every: tuple[Ints, Ints] = np.triu_indices(n, 1)
    first, second = every
    weight = moves[first] + moves[second]
    free = weight > 0
    first, second, weight = first[free], second[free], weight[free]
    reach = half[first] + half[second] + room
    for turn in range(rounds):
        apart = x[first] - x[second]
        lack = reach - np.abs(apart)
        near = np.flatnonzero((lack > 1e-6).all(axis=1))
        if not len(near):
            break
        a, b = first[near], second[near]
        axis = (lack[near, 1] < lack[near, 0]).astype(int)
        rows = np.arange(len(near))
        side = np.where(apart[near][rows, axis] >= 0, 1.0, -1.0)
        push = np.zeros((len(near), 2))
        # a little more than needed, and more the longer it takes, so that crowds loosen
        push[rows, axis] = side * lack[near][rows, axis] * (1.02 + 0.01 * turn) + side * 1e-3
        share = (moves[a] / weight[near])[:, None]
        shift = np.zeros_like(x)
        np.add.at(shift, a, push * share)
        np.add.at(shift, b, push * (share - 1))
        times = np.bincount(a, minlength=n) + np.bincount(b, minlength=n)
        x += shift / np.maximum(np.sqrt(times), 1)[:, None]
    return x
