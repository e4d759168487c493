"""Loops in columns: link numbers, offsets and signs; ``Loop`` objects when they are asked for."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import overload

from loopmap.loops.graph import LoopGraph
from loopmap.loops.loop import Loop
from loopmap.model import Link

__all__ = ["LETTERS", "LoopTable"]

#: Letter of a kind by the product of signs.
LETTERS = {1: "R", -1: "B", 0: "U"}
#: So many loops are kept once they are made.
KEPT = 20_000


class LoopTable(Sequence[Loop]):
    """Many loops in little room: about four bytes for each link of each loop.

    Parameters
    ----------
    links
        The causal links of the map; the numbers below are places in it.
    flat
        The links of all loops in a row, as ``array('i')``.
    offsets
        Where each loop starts in ``flat``, and where the last one ends, as ``array('q')``.
    signs
        1 reinforcing, -1 balancing, 0 undetermined for each loop, as ``array('b')``.
    called
        What people call the loop along each path.

    Notes
    -----
    The columns are standard buffers: ``numpy.frombuffer(table.flat, "i4")`` copies nothing.
    """

    __slots__ = ("_kept", "_places", "called", "flat", "links", "offsets", "signs")

    def __init__(
        self,
        links: Sequence[Link],
        flat: array[int],
        offsets: array[int],
        signs: array[int],
        called: Mapping[tuple[str, ...], str] | None = None,
    ) -> None:
        self.links = links
        self.flat = flat
        self.offsets = offsets
        self.signs = signs
        self.called = called or {}
        self._places: array[int] | None = None
        self._kept: dict[int, Loop] = {}

    @classmethod
    def of(
        cls,
        graph: LoopGraph,
        loops: Iterable[Sequence[int]],
        called: Mapping[tuple[str, ...], str] | None = None,
    ) -> LoopTable:
        """Put loops of link numbers into columns."""
        table = cls(graph.links, array("i"), array("q", [0]), array("b"), called)
        for loop in loops:
            table.append(loop, graph.product(loop))
        return table

    def append(self, loop: Sequence[int], sign: int) -> None:
        """Add a loop of link numbers at the end."""
        self.flat.extend(loop)
        self.offsets.append(len(self.flat))
        self.signs.append(sign)

    def __len__(self) -> int:
        """How many loops."""
        return len(self.signs)

    def numbers(self, place: int) -> array[int]:
        """The link numbers of the loop at this place."""
        return self.flat[self.offsets[place] : self.offsets[place + 1]]

    @overload
    def __getitem__(self, which: int) -> Loop: ...
    @overload
    def __getitem__(self, which: slice) -> tuple[Loop, ...]: ...
    def __getitem__(self, which: int | slice) -> Loop | tuple[Loop, ...]:
        """Make the loop at this place, or those of a slice."""
        if isinstance(which, slice):
            return tuple(self._made(i) for i in range(*which.indices(len(self))))
        place = which + len(self) if which < 0 else which
        if not 0 <= place < len(self):
            raise IndexError(f"there are {len(self):,} loops, no number {which}")
        return self._made(place)

    def __iter__(self) -> Iterator[Loop]:
        """Make one loop after the other."""
        return map(self._made, range(len(self)))

    def length(self, place: int) -> int:
        """How many links the loop at this place has."""
        return self.offsets[place + 1] - self.offsets[place]

    def cut(self, number: int) -> None:
        """Keep the first so many loops only."""
        if number < len(self):
            del self.flat[self.offsets[number] :], self.signs[number:], self.offsets[number + 1 :]

    def kinds(self) -> dict[str, int]:
        """How many loops of each kind, by letter."""
        packed = self.signs.tobytes()
        return {letter: packed.count(sign & 255) for sign, letter in LETTERS.items()}

    def label(self, place: int) -> str:
        """``"R1"``, ``"B2"`` …: kind and place among those of the kind."""
        if self._places is None:
            seen = {1: 0, -1: 0, 0: 0}
            self._places = array("q")
            for sign in self.signs:
                seen[sign] += 1
                self._places.append(seen[sign])
        return f"{LETTERS[self.signs[place]]}{self._places[place]}"

    def _made(self, place: int) -> Loop:
        kept = self._kept.get(place)
        if kept is not None:
            return kept
        links = tuple([self.links[i] for i in self.numbers(place)])
        name = self.called.get(tuple(k.source for k in links), "") if self.called else ""
        loop = Loop(links, self.label(place), name)
        if len(self._kept) < KEPT:
            self._kept[place] = loop
        return loop

    def __eq__(self, other: object) -> bool:
        """Whether the other sequence has equal loops in the same order."""
        if isinstance(other, LoopTable) and self.links == other.links:
            return self.flat == other.flat and self.offsets == other.offsets
        if isinstance(other, Sequence):
            return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """``<LoopTable: 366,404 loops>``."""
        return f"<LoopTable: {len(self):,} loops>"
