"""Loops in columns: link numbers, offsets and signs; ``Loop`` objects when they are asked for."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import TypeVar, overload

from loopmap.loops.graph import LoopGraph
from loopmap.loops.loop import Loop
from loopmap.model import Link
from loopmap.options import LoopLetter

__all__ = ["LETTERS", "LoopTable"]

T = TypeVar("T")

#: Letter of a kind by the product of signs.
LETTERS: dict[int, LoopLetter] = {1: "R", -1: "B", 0: "U"}
#: So many loops are kept once they are made.
KEPT = 20_000
#: So many loops are gone along at once.
_BLOCK = 4096


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
        """Put loops of link numbers into columns.

        Parameters
        ----------
        graph
            The links and their signs.
        loops
            The link numbers of each loop, in order round it.
        called
            What people call the loop along each path.

        Returns
        -------
        LoopTable
            The loops in the order given.
        """
        table = cls(graph.links, array("i"), array("q", [0]), array("b"), called)
        for loop in loops:
            table.append(loop, graph.product(loop))
        return table

    def append(self, loop: Sequence[int], sign: int) -> None:
        """Add a loop at the end.

        Parameters
        ----------
        loop
            Its link numbers, in order round it.
        sign
            1 reinforcing, -1 balancing, 0 undetermined.
        """
        self.flat.extend(loop)
        self.offsets.append(len(self.flat))
        self.signs.append(sign)

    def __len__(self) -> int:
        """How many loops."""
        return len(self.signs)

    def numbers(self, place: int) -> array[int]:
        """The link numbers of one loop.

        Parameters
        ----------
        place
            Which loop, from 0.

        Returns
        -------
        array.array
            Of type ``'i'``; places in ``links``, in order round the loop.
        """
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
        if len(self) <= KEPT:
            return map(self._made, range(len(self)))
        return self._made_in_order()

    def _made_in_order(self) -> Iterator[Loop]:
        """All loops of a long table; those beyond the first are made anew each time."""
        columns = zip(self.along(self.links), self.labels(), self.names(), self.signs, strict=True)
        for place, (links, label, name, sign) in enumerate(columns):
            yield self._kept.get(place) or _loop(links, label, name, LETTERS[sign])

    def along(self, values: Sequence[T]) -> Iterator[tuple[T, ...]]:
        """Look something up along every loop without making one.

        Parameters
        ----------
        values
            One value for each of ``links``.

        Yields
        ------
        tuple
            For each loop the values of its links, in order round it.

        Examples
        --------
        >>> m = lm.SystemMap(links=[("A", "B", "+"), ("B", "A", "-")])
        >>> table = lm.find_loops(m).loops
        >>> list(table.along([link.source for link in table.links]))
        [('A', 'B')]
        """
        for start in range(0, len(self), _BLOCK):
            bounds = self.offsets[start : start + _BLOCK + 1]
            first = bounds[0]
            places = self.flat[first : bounds[-1]]
            # itemgetter gives many values at once, but one value alone, not in a tuple
            here = itemgetter(*places)(values) if len(places) > 1 else (values[places[0]],)
            for a, b in pairwise(bounds):
                yield here[a - first : b - first]

    def length(self, place: int) -> int:
        """How many links one loop has.

        Parameters
        ----------
        place
            Which loop, from 0.

        Returns
        -------
        int
            1 where a variable drives itself.
        """
        return self.offsets[place + 1] - self.offsets[place]

    def cut(self, number: int) -> None:
        """Keep the first loops only.

        Parameters
        ----------
        number
            So many.
        """
        if number < len(self):
            del self.flat[self.offsets[number] :], self.signs[number:], self.offsets[number + 1 :]

    def kinds(self) -> dict[LoopLetter, int]:
        """How many loops of each kind, by letter.

        Returns
        -------
        dict
            ``"R"``, ``"B"`` and ``"U"``, each with its number, 0 included.
        """
        packed = self.signs.tobytes()
        return {letter: packed.count(sign & 255) for sign, letter in LETTERS.items()}

    def of_kind(self, letter: LoopLetter) -> LoopTable:
        """The loops of one kind in a table of their own, with the labels they have here.

        Parameters
        ----------
        letter
            ``"R"``, ``"B"`` or ``"U"``.

        Returns
        -------
        LoopTable
            This table itself where all its loops are of the kind.
        """
        if self.kinds()[letter] == len(self):
            return self
        found = LoopTable(self.links, array("i"), array("q", [0]), array("b"), self.called)
        for (a, b), sign in zip(pairwise(self.offsets), self.signs, strict=True):
            if LETTERS[sign] == letter:
                found.flat += self.flat[a:b]
                found.offsets.append(len(found.flat))
        found.signs = array("b", [s for s in self.signs if LETTERS[s] == letter])
        return found

    def label(self, place: int) -> str:
        """The label of one loop: its kind and its place among those of the kind.

        Parameters
        ----------
        place
            Which loop, from 0.

        Returns
        -------
        str
            ``"R1"``, ``"B2"`` …
        """
        if self._places is None:
            self._places = array("q", self._numbered())
        return f"{LETTERS[self.signs[place]]}{self._places[place]}"

    def labels(self) -> Iterator[str]:
        """The label of every loop, in order.

        Yields
        ------
        str
            ``"R1"``, ``"B1"``, ``"R2"`` …
        """
        for sign, number in zip(self.signs, self._numbered(), strict=True):
            yield f"{LETTERS[sign]}{number}"

    def _numbered(self) -> Iterator[int]:
        """The place of each loop among those of its kind."""
        seen = dict.fromkeys(LETTERS, 0)
        for sign in self.signs:
            seen[sign] += 1
            yield seen[sign]

    def names(self) -> Iterator[str]:
        """What people call every loop, in order.

        Yields
        ------
        str
            The name; empty where nobody named the loop.
        """
        sources = [link.source for link in self.links]
        lengths = {len(path) for path in self.called}
        for a, b in pairwise(self.offsets):
            if b - a in lengths:
                yield self.called.get(tuple([sources[i] for i in self.flat[a:b]]), "")
            else:
                yield ""

    def labelled(self, text: str) -> Loop | None:
        """The loop with a label, found without making any other.

        Parameters
        ----------
        text
            Such as ``"R1"``.

        Returns
        -------
        Loop or None
            ``None`` if no loop has it.
        """
        if re.fullmatch("[RBU][1-9][0-9]*", text) is None:
            return None
        sign = next(sign for sign, letter in LETTERS.items() if letter == text[0])
        place = _place_of(sign & 255, int(text[1:]), self.signs.tobytes())
        return None if place is None else self._made(place, text)

    def named(self, text: str) -> Loop | None:
        """The first loop that people call by a name.

        Parameters
        ----------
        text
            The name.

        Returns
        -------
        Loop or None
            ``None`` if no loop has it.
        """
        if text not in self.called.values():
            return None
        return next((self._made(i) for i, name in enumerate(self.names()) if name == text), None)

    def _made(self, place: int, label: str = "") -> Loop:
        kept = self._kept.get(place)
        if kept is not None:
            return kept
        links = tuple([self.links[i] for i in self.numbers(place)])
        name = self.called.get(tuple([k.source for k in links]), "") if self.called else ""
        loop = _loop(links, label or self.label(place), name, LETTERS[self.signs[place]])
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


def _loop(links: tuple[Link, ...], label: str, name: str, kind: LoopLetter) -> Loop:
    """A loop that knows its kind; asked of its links it would be multiplied out each time."""
    loop = Loop(links, label, name)
    object.__setattr__(loop, "_kind", kind)
    return loop


def _place_of(byte: int, number: int, packed: bytes) -> int | None:
    """Where this byte stands for the so-manieth time: halves are counted, nothing is listed."""
    low, high = 0, len(packed)
    if packed.count(byte) < number:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        here = packed.count(byte, low, middle)
        low, high, number = (
            (low, middle, number) if here >= number else (middle, high, number - here)
        )
    return low
