"""What the engines that list hand on: loops in chunks; and what they can be asked: subproblems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["ALL", "CHUNK", "Chunk", "Subproblem"]

#: A chunk is handed on when it has so many loops.
CHUNK = 1 << 15
#: Instead of a root: all loops there are.
ALL = -1


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some loops: link numbers of ``width`` bytes each, how many in each loop, signs as bytes."""

    flat: bytes
    lengths: Sequence[int]
    signs: bytes
    width: int


@dataclass(frozen=True, slots=True)
class Subproblem:
    """The loops of these edges, through one root or all (``ALL``): self-contained, easily sent.

    Edges are (source, target, sign, links as bytes of ``width`` each).
    """

    root: int
    edges: list[tuple[int, int, int, bytes]]
    width: int
    short: bool  # whether every loop has fewer than 256 links
