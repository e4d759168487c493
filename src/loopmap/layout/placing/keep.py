"""Step 3, *keep pinned*: places that are already settled.

Pinned nodes, nodes of an earlier layout and positions written in the map are all the same to the
search: they are *held*, and the rest is fitted round them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from loopmap.layout.layout_graph import Flags, Points
from loopmap.layout.model import Point

__all__ = ["Held", "fitted", "held_places"]


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """Where the held nodes are; ``at`` means nothing for the others."""

    at: Points
    held: Flags
    pinned: Flags  # those of them that must not move even if boxes overlap

    def __bool__(self) -> bool:
        return bool(self.held.any())


def held_places(
    names: tuple[str, ...],
    font_size: float,
    *,
    near: Mapping[str, complex],
    given: Mapping[str, complex],
    pinned: Mapping[str, Point],
) -> Held:
    """What is settled, in em: ``pinned``, which is in map units, before ``near`` and ``given``."""
    places: dict[str, complex] = {**given, **near}
    places |= {name: complex(*at) / font_size for name, at in pinned.items()}
    return Held(
        np.array([places.get(name, 0j) for name in names], complex),
        np.array([name in places for name in names], bool),
        np.array([name in pinned for name in names], bool),
    )


def fitted(x: Points, keep: Held) -> Points:
    """Layouts ``(s, n)`` turned and shifted onto the held places, which are then exact."""
    if not keep:
        return x
    mine, theirs = x[:, keep.held], keep.at[keep.held]
    middle, there = mine.mean(axis=1, keepdims=True), theirs.mean()
    turn = ((theirs - there) * (mine - middle).conj()).sum(axis=1, keepdims=True)
    size = abs(turn)
    moved = there + (x - middle) * np.where(size > 1e-9, turn / np.maximum(size, 1e-9), 1.0)
    return np.where(keep.held, keep.at, moved)
