"""A feedback loop: its links, what they multiply to, what it is called."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import mul

from loopmap.model import Link
from loopmap.options import LoopKind, LoopLetter, choose
from loopmap.polarity import Polarity
from loopmap.words import path_line

__all__ = ["KIND_WORDS", "Loop", "key_bytes", "kind_letter", "loop_id", "loop_kind"]

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


def key_bytes(link: Link) -> bytes:
    """What a loop's id is made of, for one link."""
    return "\x1f".join(link.key).encode()


def loop_id(keys: Iterable[bytes]) -> str:
    """Ten characters from the :func:`key_bytes` of its links, in order."""
    return hashlib.blake2b(b"\x1e".join(keys), digest_size=5).hexdigest()


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
    #: Set by a table of loops, which knows it already; never copied with other links.
    _kind: LoopLetter | None = field(default=None, init=False, compare=False)

    @property
    def id(self) -> str:
        """Ten characters made from its ordered links: the same in every map that holds it."""
        return loop_id(map(key_bytes, self.links))

    @property
    def path(self) -> tuple[str, ...]:
        """The names it runs through, each once, the alphabetically smallest first."""
        return tuple([link.source for link in self.links])  # a list is quicker than a generator

    @property
    def polarity(self) -> Polarity:
        """The product of the signs round the loop."""
        return reduce(mul, (link.polarity for link in self.links))

    @property
    def kind(self) -> LoopLetter:
        """``"R"`` reinforcing, ``"B"`` balancing or ``"U"`` undetermined."""
        return self._kind or loop_kind(self.polarity)

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
        """``<Loop R1 'The blame spiral': A, B, C>``, and the routes of links that have one."""
        name = f" {self.name!r}" if self.name else ""
        through = [link.source + (f" via {link.route}" * bool(link.route)) for link in self.links]
        return f"<Loop {self.label or self.kind}{name}: {', '.join(through)}>"
