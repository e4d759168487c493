"""A feedback loop, and a list of them that says how complete it is."""

from __future__ import annotations

import hashlib
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import index, mul
from typing import overload

from loopmap.errors import UnknownNameError, did_you_mean
from loopmap.model import Link
from loopmap.options import LoopKind, LoopLetter, choose
from loopmap.phrases import counted
from loopmap.polarity import Polarity
from loopmap.words import path_line

__all__ = ["KIND_WORDS", "Loop", "Loops", "kind_letter", "loop_called", "loop_kind"]

#: What the letters R, B and U stand for.
KIND_WORDS: dict[LoopLetter, str] = {"R": "reinforcing", "B": "balancing", "U": "undetermined"}


def kind_letter(kind: LoopKind) -> LoopLetter:
    """``"R"``, ``"B"`` or ``"U"`` of a kind in either form; words in any case.

    Raises
    ------
    InvalidOptionError
        If there is no such kind of loop.
    """
    letters: dict[str, LoopLetter] = {word: letter for letter, word in KIND_WORDS.items()}
    letters.update({letter: letter for letter in KIND_WORDS})
    name = str(kind) if kind in KIND_WORDS else str(kind).lower()
    return letters[choose(name, letters, "kind")]


def loop_kind(polarity: Polarity) -> LoopLetter:
    """``"R"`` for a positive product of signs, ``"B"`` for a negative, else ``"U"``."""
    if not polarity.is_known:
        return "U"
    return "R" if polarity is Polarity.POSITIVE else "B"


@dataclass(frozen=True, slots=True, repr=False)
class Loop:
    """An elementary circuit of causal links: what goes round comes round.

    Parameters
    ----------
    links
        The links in order, from the smallest name round to it again. Two loops are equal if
        they run along the same links; direction matters, where one starts does not.
    label
        ``"R1"``, ``"B2"``, ``"U1"``: its kind and its place in the list it came in.
    name
        What somebody called it (from a :class:`~loopmap.NamedLoop`), or an empty string.
    """

    links: tuple[Link, ...]
    label: str = field(default="", compare=False)
    name: str = field(default="", compare=False)

    @property
    def id(self) -> str:
        """Ten characters made from its ordered links: the same in every map that holds it."""
        text = "\x1e".join("\x1f".join(link.key) for link in self.links)
        return hashlib.blake2b(text.encode(), digest_size=5).hexdigest()

    @property
    def path(self) -> tuple[str, ...]:
        """The names it runs through, each once, the alphabetically smallest first."""
        return tuple(link.source for link in self.links)

    @property
    def polarity(self) -> Polarity:
        """The product of the signs round the loop."""
        return reduce(mul, (link.polarity for link in self.links))

    @property
    def kind(self) -> LoopLetter:
        """``"R"`` reinforcing, ``"B"`` balancing or ``"U"`` undetermined."""
        return loop_kind(self.polarity)

    @property
    def delayed(self) -> bool:
        """Whether some link of it is delayed."""
        return any(link.delayed for link in self.links)

    @property
    def by_perspective(self) -> dict[str, str]:
        """The kind each person reads, for everyone who makes a claim about all of its links.

        Kept apart from :attr:`kind`: where Ann draws ``+ +`` and Bo ``− −``, both see a
        reinforcing loop although the joined signs leave it undetermined.
        """
        everyone = set.intersection(*(set(link.perspectives) for link in self.links))
        return {who: loop_kind(self._read_by(who)) for who in sorted(everyone)}

    def _read_by(self, who: str) -> Polarity:
        product = Polarity.POSITIVE
        for link in self.links:
            theirs = (claim.polarity for claim in link.claims if claim.perspective == who)
            product *= reduce(Polarity.__or__, theirs, Polarity.UNKNOWN)
        return product

    def __len__(self) -> int:
        """How many links it has."""
        return len(self.links)

    def __str__(self) -> str:
        """The loop as one line: ``R1  A -> (+) B -//> (−) A``, with ``//`` for a delay."""
        title = f"{self.label or self.kind} {self.name}".strip()
        return f"{title}  {path_line(self.links)}"

    def __repr__(self) -> str:
        """``<Loop R1 'The blame spiral': A, B, C>``."""
        name = f" {self.name!r}" if self.name else ""
        return f"<Loop {self.label or self.kind}{name}: {', '.join(self.path)}>"


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
        known = [text for loop in self.loops for text in (loop.label, loop.name) if text]
        raise UnknownNameError(
            f"no loop is called {which!r}" + (did_you_mean(which, known) or _range(known))
        )

    def __len__(self) -> int:
        """How many loops are in the list; see ``total`` for how many there are."""
        return len(self.loops)

    def __iter__(self) -> Iterator[Loop]:
        """Iterate over the loops, shortest first."""
        return iter(self.loops)

    def of_kind(self, kind: LoopKind) -> tuple[Loop, ...]:
        """The loops of kind ``"R"``, ``"B"`` or ``"U"``, or the word for it.

        Raises
        ------
        InvalidOptionError
            If there is no such kind of loop.
        """
        letter = kind_letter(kind)
        return tuple(loop for loop in self.loops if loop.kind == letter)

    def __repr__(self) -> str:
        """``<Loops: 22 loops, 16 R, 6 B, complete>``."""
        by_kind = Counter(loop.label[:1] or loop.kind for loop in self.loops)
        kinds = [f"{by_kind[kind]:,} {kind}" for kind in "RBU" if by_kind[kind]]
        state = "complete" if self.complete else f"incomplete: {self.reason}"
        return f"<Loops: {', '.join([counted(len(self), 'loop'), *kinds, state])}>"


def loop_called(loops: Sequence[Loop], text: str) -> Loop | None:
    """The loop with this label, else with this name, else with this id, if there is one.

    Warns where one loop has it as its label and somebody gave it to another as a name.
    """
    found = next((loop for loop in loops if loop.label == text), None)
    names = getattr(loops, "called", None)  # a table knows its names without making its loops
    if found is None or names is None or text in names.values():
        named = next((loop for loop in loops if loop.name == text), None)
        if found is None:
            return named or next((loop for loop in loops if loop.id == text), None)
        if named is not None and named != found:
            warnings.warn(
                f"{text!r} is the label of one loop and the name of another, {named.label!r}; "
                "the label counts: ask for the other by its own label, or rename it",
                UserWarning,
                stacklevel=3,
            )
    return found


def _range(known: Sequence[str]) -> str:
    return f"; the loops here run from {known[0]!r} to {known[-1]!r}" if known else ""
