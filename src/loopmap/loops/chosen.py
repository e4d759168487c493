"""A few loops chosen from many, with what the choice covers and what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import overload

from loopmap.loops.loop import Loop, Loops
from loopmap.model import Link

__all__ = ["ChosenLoops"]


@dataclass(frozen=True, slots=True, repr=False)
class ChosenLoops(Sequence[Loop]):
    """Loops chosen from all loops of a map, and how far they stand for the rest.

    A short list is a reading aid: it can leave out the loop that drives behaviour (Huang,
    Howley & Duggan 2012, *System Dynamics Review* 28, 276-280), so it always says of how many.

    Parameters
    ----------
    loops
        The chosen loops, labelled as ``find_loops`` labels them.
    method
        How they were chosen, in words.
    total
        How many loops the map has, or ``None`` where that is not known.
    cycle_rank
        How many independent loops the map has: links − variables + strongly connected parts,
        over the links that lie on loops.
    spans
        How many of the chosen loops are independent of each other.
    covered, coverable
        How many links lie on a chosen loop, and on any loop.
    uncovered
        The links that lie on loops but on no chosen one.
    """

    loops: Loops
    method: str
    total: int | None
    cycle_rank: int
    spans: int
    covered: int
    coverable: int
    uncovered: tuple[Link, ...] = field(default=())

    @overload
    def __getitem__(self, which: int | str) -> Loop: ...
    @overload
    def __getitem__(self, which: slice) -> tuple[Loop, ...]: ...
    def __getitem__(self, which: int | str | slice) -> Loop | tuple[Loop, ...]:
        """One loop by place, label, name or id; or a slice of them."""
        return self.loops[which]

    def __len__(self) -> int:
        """How many were chosen."""
        return len(self.loops)

    def __iter__(self) -> Iterator[Loop]:
        """Iterate over the chosen loops in their order."""
        return iter(self.loops)

    @property
    def summary(self) -> str:
        """The numbers in one sentence."""
        total = "an unknown number of" if self.total is None else f"{self.total:,}"
        return (
            f"{len(self)} of {total} loops ({self.method}); they span {self.spans} of "
            f"{self.cycle_rank} independent loops and cover {self.covered} of "
            f"{self.coverable} links that lie on loops"
        )

    def __repr__(self) -> str:
        """``<ChosenLoops: 4 of 22 loops (…); they span …>``."""
        return f"<ChosenLoops: {self.summary}>"
