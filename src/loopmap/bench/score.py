"""How well a finder did: what it found, missed and invented, and whether it said so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import prod

from loopmap.bench.finders import Found
from loopmap.loops import KIND_WORDS, Loop, loop_kind
from loopmap.model import Link, SystemMap
from loopmap.model.named_loops import rotated
from loopmap.polarity import Polarity

__all__ = ["Score", "judge"]


@dataclass
class Score:
    """What was found over the maps of a case.

    A loop is *right* if it runs along links of the map and meets no variable twice; the same
    loop given again, or one that is not there, is *wrong*. A finder that gives names only, no
    links, may give a path as often as parallel links make loops of it.

    Attributes
    ----------
    total : int
        How many loops there are.
    right, wrong : int
        How many different loops were found; how many of what was given is none, or came twice.
    signed, well_signed : int
        For how many right loops a kind was given, and for how many the right one.
    said_complete : bool or None
        What the finder said of its answers: all complete, some not, or nothing.
    first_failure : str
        The first map on which a loop was missed or invented, as links; empty if there is none.
    """

    total: int = 0
    right: int = 0
    wrong: int = 0
    signed: int = 0
    well_signed: int = 0
    said_complete: bool | None = None
    first_failure: str = ""
    _said: set[bool | None] = field(default_factory=set, repr=False)

    @property
    def recall(self) -> float:
        """Share of the loops that were found."""
        return self.right / self.total if self.total else 1.0

    @property
    def precision(self) -> float:
        """Share of what was given that is a loop, counted once."""
        given = self.right + self.wrong
        return self.right / given if given else 1.0

    @property
    def sign_accuracy(self) -> float | None:
        """Share of the kinds given that are right; ``None`` if it gives none."""
        return self.well_signed / self.signed if self.signed else None

    @property
    def honesty(self) -> str:
        """What it said about its completeness, held against the truth.

        ``"right"`` it said so; ``"nothing to say"`` it said nothing and missed nothing;
        ``"silent"`` it missed loops and said nothing; ``"false"`` it called an incomplete answer
        complete; ``"too modest"`` it called a complete answer incomplete.
        """
        whole = self.right >= self.total
        if self.said_complete is None:
            return "nothing to say" if whole else "silent"
        if self.said_complete:
            return "right" if whole else "false"
        return "too modest" if whole else "right"

    def add(self, m: SystemMap, found: Iterable[Found], total: int, said: bool | None) -> None:
        """Score one more map."""
        right, wrong, signed, well = judge(m, found)
        self.total += total
        self.right += right
        self.wrong += wrong
        self.signed += signed
        self.well_signed += well
        self._said.add(said)
        self.said_complete = None if None in self._said else False not in self._said
        if not self.first_failure and (right < total or wrong):
            links = ", ".join(f"{link.source} -> {link.target}" for link in m.causal_links[:12])
            more = ", …" if len(m.causal_links) > 12 else ""
            self.first_failure = f"{links}{more}: {right} of {total} loops, {wrong} wrong"


def judge(m: SystemMap, found: Iterable[Found]) -> tuple[int, int, int, int]:
    r"""Count right, wrong, signed and well signed loops among what was found in one map.

    Examples
    --------
    >>> from loopmap.bench import judge
    >>> m = lm.parse("A -> B : +\nB -> A : -")
    >>> judge(m, [["A", "B"], ["B", "A"], ["A", "C"]])
    (1, 2, 0, 0)
    >>> judge(m, [{"path": ["B", "A"], "kind": "balancing"}])
    (1, 0, 1, 1)
    """
    between: dict[tuple[str, str], list[Link]] = {}
    for link in m.causal_links:
        between.setdefault((link.source, link.target), []).append(link)
    times: Counter[tuple[str, ...]] = Counter()
    right = wrong = signed = well = 0
    for loop in found:
        key, kinds, at_most = _read(loop, between)
        times[key] += 1
        if times[key] > at_most:
            wrong += 1
            continue
        right += 1
        given = _kind_of(loop)
        if given:
            signed += 1
            well += given in kinds
    return right, wrong, signed, well


def _read(
    loop: Found, between: Mapping[tuple[str, str], list[Link]]
) -> tuple[tuple[str, ...], set[str], int]:
    """What identifies a loop wherever it starts, the kinds it can have, how often it may come.

    Never, if it is no loop of the map; as often as there are ways round, if only names are given.
    """
    names = tuple(loop["path"]) if isinstance(loop, Mapping) else ()
    names = names or (loop.path if isinstance(loop, Loop) else tuple(loop))
    if not names or len(set(names)) != len(names):
        return (), set(), 0
    path = rotated(names)
    ends = list(zip(path, path[1:] + path[:1], strict=True))
    if any(pair not in between for pair in ends):
        return (), set(), 0
    if isinstance(loop, Loop):
        links = rotated(loop.links, by=names)
        there = all(link in between[pair] for link, pair in zip(links, ends, strict=True))
        return path + tuple(link.route for link in links), {_product(links)}, int(there)
    products = {Polarity.POSITIVE}
    for pair in ends:
        products = {so_far * link.polarity for so_far in products for link in between[pair]}
    ways = prod(len(between[pair]) for pair in ends)
    return path, {loop_kind(product) for product in products}, ways


def _product(links: Iterable[Link]) -> str:
    sign = Polarity.POSITIVE
    for link in links:
        sign *= link.polarity
    return loop_kind(sign)


def _kind_of(loop: Found) -> str:
    given: str = loop.kind if isinstance(loop, Loop) else ""
    if isinstance(loop, Mapping):
        given = str(loop.get("kind") or "")
    letters: dict[str, str] = {word: letter for letter, word in KIND_WORDS.items()}
    return letters.get(given, given)
