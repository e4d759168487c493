"""The map as the engines see it: integers inside, names outside."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

from loopmap.loops.components import looping
from loopmap.loops.kernel import compiled
from loopmap.model import Link, SystemMap
from loopmap.model.named_loops import rotated
from loopmap.model.reading import need_map
from loopmap.polarity import Polarity

__all__ = ["SIGNS", "LoopGraph", "loop_graph"]

#: What one link contributes to the sign of a loop: a product is 1 (R), -1 (B) or 0 (U).
SIGNS = {Polarity.POSITIVE: 1, Polarity.NEGATIVE: -1, Polarity.UNKNOWN: 0, Polarity.MIXED: 0}


@dataclass(frozen=True, slots=True)
class LoopGraph:
    """Causal links as integers. Variables and links are numbered in the order of their names.

    So comparing numbers compares names: a loop listed from its smallest number starts at its
    smallest name, and sorting by numbers sorts by names, then by routes.

    Parameters
    ----------
    names, links
        What the numbers stand for.
    source, target, sign, delayed
        One entry a link; signs as in :data:`SIGNS`.
    """

    names: tuple[str, ...]
    links: tuple[Link, ...]
    source: tuple[int, ...]
    target: tuple[int, ...]
    sign: tuple[int, ...]
    delayed: tuple[bool, ...]

    def looping(self, ids: Iterable[int] | None = None) -> list[int]:
        """The links (of ``ids``, else of all) that lie on some loop, in order."""
        kept = None if ids is None else array("i", ids)
        source, target = self._ends(kept)
        kernel = compiled("components")
        places = (
            array("i", kernel.looping(source, target)).tolist()
            if kernel is not None
            else looping(source, target)
        )
        return places if kept is None else [kept[i] for i in places]

    def _ends(self, ids: array[int] | None) -> tuple[array[int], array[int]]:
        """Sources and targets of these links, or of all."""
        if ids is None:
            return array("i", self.source), array("i", self.target)
        return array("i", [self.source[i] for i in ids]), array("i", [self.target[i] for i in ids])

    def path(self, loop: Sequence[int]) -> tuple[int, ...]:
        """The variables a loop of link numbers runs through."""
        return tuple(self.source[i] for i in loop)

    def canonical(self, loop: Sequence[int]) -> tuple[int, ...]:
        """The loop started at its smallest variable."""
        return rotated(tuple(loop), by=self.path(loop))

    def order(self, loop: Sequence[int]) -> tuple[int, tuple[int, ...], Sequence[int]]:
        """What loops are sorted by: length, names, routes."""
        return len(loop), self.path(loop), loop

    def product(self, loop: Iterable[int]) -> int:
        """The sign of a loop: 1 reinforcing, -1 balancing, 0 undetermined."""
        return reduce(int.__mul__, (self.sign[i] for i in loop), 1)

    def parallels(self, ids: Iterable[int]) -> Iterator[tuple[int, int, list[int]]]:
        """``source, target, links`` for every pair of variables that these links join."""
        found: dict[tuple[int, int], list[int]] = {}
        for i in ids:
            found.setdefault((self.source[i], self.target[i]), []).append(i)
        for (u, v), links in sorted(found.items()):
            yield u, v, links


def loop_graph(m: SystemMap) -> LoopGraph:
    """Number the variables and causal links of a map."""
    need_map(m)
    links = m.causal_links
    names = tuple(sorted({end for link in links for end in (link.source, link.target)}))
    number = {name: i for i, name in enumerate(names)}
    return LoopGraph(
        names,
        links,
        tuple(number[link.source] for link in links),
        tuple(number[link.target] for link in links),
        tuple(SIGNS[link.polarity] for link in links),
        tuple(link.delayed for link in links),
    )
