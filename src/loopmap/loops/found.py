"""What was found: loops in order, which of them are called what, and whether they are all."""

from __future__ import annotations

import re
import warnings
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import index
from typing import TYPE_CHECKING, Any, overload

from loopmap.errors import UnknownNameError, did_you_mean
from loopmap.loops.loop import KIND_WORDS, Loop, kind_letter
from loopmap.loops.table import LETTERS, LoopTable
from loopmap.options import LoopKind, LoopLetter
from loopmap.phrases import counted

if TYPE_CHECKING:
    import numpy as np

    Column = np.ndarray[tuple[int], np.dtype[Any]]

__all__ = ["Loops", "called_in", "loop_called"]

#: Of more loops than this no label is suggested for one that is not there: the range is told.
_MANY = 1000
#: The product of signs by the letter of a kind.
SIGNS = {letter: sign for sign, letter in LETTERS.items()}


@dataclass(frozen=True, slots=True, repr=False)
class Loops(Sequence[Loop]):
    """Loops, shortest first, and what this list is: all of them, or how many.

    Parameters
    ----------
    loops
        Ordered by length, then by the names round the loop, then by routes.
    complete
        Whether these are all the loops that were asked for.
    complete_to_length
        Every loop asked for of at most this many links is in the list; ``None`` means every
        length (then ``complete`` is true).
    total
        How many there are exactly, where that could be counted; else ``None``.
    reason
        Why it is not complete, in words; empty when it is.
    """

    loops: Sequence[Loop]
    complete: bool = True
    complete_to_length: int | None = None
    total: int | None = None
    reason: str = ""

    @overload
    def __getitem__(self, which: int | str) -> Loop: ...
    @overload
    def __getitem__(self, which: slice) -> tuple[Loop, ...]: ...
    def __getitem__(self, which: int | str | slice) -> Loop | tuple[Loop, ...]:
        """One loop by place, label (``"R1"``), name or id, tried in this order; or a slice."""
        if isinstance(which, slice):
            return tuple(self.loops[which])
        if not isinstance(which, str):
            return self.loops[index(which)]
        found = loop_called(self.loops, which)
        if found is not None:
            return found
        raise UnknownNameError(
            f"no loop is called {which!r}"
            + (did_you_mean(which, called_in(self.loops)) or _range(self.loops))
        )

    def __len__(self) -> int:
        """How many loops are in the list; see ``total`` for how many there are."""
        return len(self.loops)

    def __iter__(self) -> Iterator[Loop]:
        """Iterate over the loops, shortest first."""
        return iter(self.loops)

    @property
    def signs(self) -> Column:
        """The product of signs of each loop, int8: 1 reinforcing, -1 balancing, 0 undetermined."""
        import numpy as np

        if isinstance(self.loops, LoopTable):
            return _column(self.loops.signs, "i1")
        return np.array([SIGNS[loop.kind] for loop in self.loops], "i1")

    @property
    def lengths(self) -> Column:
        """How many links each loop has, int64."""
        import numpy as np

        if isinstance(self.loops, LoopTable):
            return np.diff(_column(self.loops.offsets, "i8"))
        return np.array([len(loop) for loop in self.loops], "i8")

    @property
    def kinds(self) -> Column:
        """The kind of each loop, as letters: ``"R"``, ``"B"`` or ``"U"``.

        Examples
        --------
        >>> m = lm.SystemMap(links=[("A", "B", "+"), ("B", "A", "-"), ("B", "B", "+")])
        >>> loops = lm.find_loops(m)
        >>> loops.kinds, loops.signs, loops.lengths
        (array(['R', 'B'], dtype='<U1'), array([ 1, -1], dtype=int8), array([1, 2]))
        """
        import numpy as np

        return np.array(["U", "R", "B"])[self.signs]  # 0, 1, -1

    def by_kind(self) -> dict[LoopLetter, int]:
        """How many loops of each kind are in the list, by letter.

        Returns
        -------
        dict
            ``"R"``, ``"B"`` and ``"U"``, each with its number, 0 included.
        """
        if isinstance(self.loops, LoopTable):
            return self.loops.kinds()
        seen = Counter(loop.kind for loop in self.loops)
        return {kind: seen[kind] for kind in KIND_WORDS}

    def of_kind(self, kind: LoopKind) -> Sequence[Loop]:
        """The loops of one kind, with the labels they have here.

        Parameters
        ----------
        kind
            ``"R"``, ``"B"`` or ``"U"``, or the word for it.

        Returns
        -------
        sequence of Loop
            In the order they have here.

        Raises
        ------
        InvalidOptionError
            If there is no such kind of loop.
        """
        letter = kind_letter(kind)
        if isinstance(self.loops, LoopTable):
            return self.loops.of_kind(letter)
        return tuple(loop for loop in self.loops if loop.kind == letter)

    def __repr__(self) -> str:
        """``<Loops: 22 loops, 16 R, 6 B, complete>``."""
        kinds = [f"{number:,} {kind}" for kind, number in self.by_kind().items() if number]
        state = "complete" if self.complete else f"incomplete: {self.reason}"
        return f"<Loops: {', '.join([counted(len(self), 'loop'), *kinds, state])}>"


def _column(column: array[int], dtype: str) -> Column:
    """A column as it lies in memory: nothing is copied, and nothing can be written to it."""
    import numpy as np

    found = np.frombuffer(column, dtype) if len(column) else np.zeros(0, dtype)
    found.flags.writeable = False
    return found


def loop_called(loops: Sequence[Loop], text: str) -> Loop | None:
    """The loop with this label, else with this name, else with this id, if there is one.

    Warns where one loop has it as its label and somebody gave it to another as a name.
    """
    if isinstance(loops, LoopTable):  # which finds them without making its loops
        found, named = loops.labelled(text), loops.named(text)
    else:
        found = next((loop for loop in loops if loop.label == text), None)
        named = next((loop for loop in loops if loop.name == text), None)
    if found is None:
        if named is None and re.fullmatch("[0-9a-f]{10}", text):
            return next((loop for loop in loops if loop.id == text), None)
        return named
    if named is not None and named != found:
        warnings.warn(
            f"{text!r} is the label of one loop and the name of another, {named.label!r}; "
            "the label counts: ask for the other by its own label, or rename it",
            UserWarning,
            stacklevel=3,
        )
    return found


def called_in(loops: Sequence[Loop]) -> list[str]:
    """The labels and names that may have been meant: names only, where labels are too many."""
    if isinstance(loops, LoopTable):
        names = [name for name in loops.names() if name] if loops.called else []
        return [*(loops.labels() if len(loops) <= _MANY else ()), *names]
    return [text for loop in loops for text in (loop.label, loop.name) if text]


def _range(loops: Sequence[Loop]) -> str:
    return f"; the loops here run from {loops[0].label!r} to {loops[-1].label!r}" if loops else ""
