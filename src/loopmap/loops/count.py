"""``count_loops`` and ``participation``: exact numbers without listing a single loop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from loopmap.errors import InvalidOptionError, TooLargeError, UnknownNameError
from loopmap.loops.budget import Budget, TimeIsUpError
from loopmap.loops.counting.by_inclusion import Tally, bounded_tally, tally
from loopmap.loops.counting.loop_sums import Kinds, loop_sums
from loopmap.loops.filters import LoopFilter, Through, check_limits, loop_filter
from loopmap.loops.graph import LoopGraph, loop_graph
from loopmap.model import Link, SystemMap
from loopmap.phrases import counted

__all__ = ["LoopCounts", "Participation", "count_loops", "participation"]

#: Seconds spent on counting by length where no exact count of everything fits.
FALLBACK_SECONDS = 5.0


@dataclass(frozen=True, slots=True, repr=False)
class LoopCounts:
    """How many loops there are, by kind and length; whole numbers of any size.

    Parameters
    ----------
    by_length
        Length -> :class:`Kinds`, for every length that occurs, in order.
    complete
        Whether every loop that was asked for is counted.
    complete_to_length
        Where not: every loop of at most this many links is counted.
    reason
        Why it is not complete, with numbers; empty when it is.
    """

    by_length: Mapping[int, Kinds] = field(default_factory=dict)
    complete: bool = True
    complete_to_length: int | None = None
    reason: str = ""

    @property
    def kinds(self) -> Kinds:
        """How many of each kind."""
        return Kinds(*(sum(column) for column in zip(*self.by_length.values(), strict=True)))

    @property
    def total(self) -> int:
        """How many loops."""
        return self.kinds.total

    @property
    def reinforcing(self) -> int:
        """How many are reinforcing."""
        return self.kinds.reinforcing

    @property
    def balancing(self) -> int:
        """How many are balancing."""
        return self.kinds.balancing

    @property
    def undetermined(self) -> int:
        """How many have a sign that is unknown or disputed."""
        return self.kinds.undetermined

    @property
    def lengths(self) -> tuple[int, ...]:
        """The lengths that occur, in order."""
        return tuple(self.by_length)

    def __iter__(self) -> Iterator[tuple[int, Kinds]]:
        """Iterate over ``(length, kinds)``, shortest first."""
        return iter(self.by_length.items())

    def __repr__(self) -> str:
        """``<LoopCounts: 22 loops, 16 R, 6 B, lengths 4 to 12, complete>``."""
        parts = [counted(self.total, "loop")]
        parts += [f"{n:,} {k}" for k, n in zip("RBU", self.kinds, strict=True) if n]
        if self.lengths:
            parts.append(f"lengths {self.lengths[0]} to {self.lengths[-1]}")
        parts.append("complete" if self.complete else f"incomplete: {self.reason}")
        return f"<LoopCounts: {', '.join(parts)}>"


@dataclass(frozen=True, slots=True, repr=False)
class Participation:
    """How many loops run through each link and each variable, by kind.

    Parameters
    ----------
    links
        Every causal link of the map -> :class:`Kinds`.
    variables
        Every variable of the map -> :class:`Kinds`.
    kinds
        How many loops there are of each kind.
    """

    links: Mapping[Link, Kinds]
    variables: Mapping[str, Kinds]
    kinds: Kinds

    def without(self, link: Link) -> Kinds:
        """How many loops of each kind would be left if a link were taken away.

        Parameters
        ----------
        link
            A causal link of the map.

        Returns
        -------
        Kinds
            All loops but those through the link.

        Raises
        ------
        UnknownNameError
            If the map has no such causal link.
        """
        return Kinds(*(a - b for a, b in zip(self.kinds, self._through(link), strict=True)))

    def flipped(self, link: Link) -> Kinds:
        """How many loops of each kind there would be if a link's sign were turned.

        Parameters
        ----------
        link
            A causal link of the map whose sign is known.

        Returns
        -------
        Kinds
            Reinforcing and balancing loops through the link have changed places.

        Raises
        ------
        InvalidOptionError
            If the sign is unknown or disputed: there is nothing to turn.
        UnknownNameError
            If the map has no such causal link.
        """
        through = self._through(link)
        if not link.polarity.is_known:
            raise InvalidOptionError(f"the link {link!r} has no known sign to turn")
        r, b, u = self.without(link)
        return Kinds(r + through.balancing, b + through.reinforcing, u + through.undetermined)

    def _through(self, link: Link) -> Kinds:
        if link not in self.links:
            raise UnknownNameError(
                f"the map has no causal link {link!r} as it is here; take it from the map: "
                "m.link(source, target)"
            )
        return self.links[link]

    def __repr__(self) -> str:
        """``<Participation: 38 links, 25 variables, 22 loops>``."""
        return (
            f"<Participation: {len(self.links):,} links, {len(self.variables):,} variables, "
            f"{self.kinds.total:,} loops>"
        )


def count_loops(
    m: SystemMap,
    *,
    through: Through | None = None,
    delayed: bool | None = None,
    max_length: int | None = None,
    seconds: float | None = None,
) -> LoopCounts:
    """Count the feedback loops of a map exactly, by kind and length, without listing them.

    The time goes with the width of the map, not with the number of loops: a grid of 10 × 10
    variables has 5.5 × 10¹⁹ of them. Where even that is too much, loops are counted length by
    length for ``seconds`` and the answer says how far it got.

    Parameters
    ----------
    m
        The map.
    through, delayed, max_length
        Which loops to count, as in :func:`find_loops`.
    seconds
        How long to count length by length where no exact count of everything fits; default 5.

    Returns
    -------
    LoopCounts
        Numbers by length and kind, and whether they are complete.

    Raises
    ------
    UnknownNameError
        If ``through`` names something that is not in the map.
    InvalidOptionError
        If another option has a value that is none.

    Notes
    -----
    Counts are sums over a frontier of the contracted map; see Theory in the documentation.

    Examples
    --------
    >>> names = [f"v{i}" for i in range(9)]
    >>> lm.count_loops(lm.SystemMap(links=[(u, v, "+") for u in names for v in names if u != v]))
    <LoopCounts: 125,664 loops, 125,664 R, lengths 2 to 9, complete>
    """
    check_limits(None, seconds)
    graph = loop_graph(m)
    asked = loop_filter(m, graph, through=through, delayed=delayed, max_length=max_length)
    try:
        return LoopCounts(tally(graph, asked))
    except TooLargeError as too_many:
        limit = FALLBACK_SECONDS if seconds is None else seconds
        counts, whole = _by_length(graph, asked, Budget(limit))
        if whole is None:
            return LoopCounts(counts)
        return LoopCounts(counts, False, whole, _why(whole, limit, too_many))


def _why(whole: int, seconds: float, too_many: TooLargeError) -> str:
    links = f"up to {counted(whole, 'link')}" if whole else "no length"
    time = f"{seconds:g} second{'' if seconds == 1 else 's'}"
    return (
        f"counted {links} in {time} (longer counts further); "
        f"all at once are too many to count: {too_many}"
    )


def _by_length(graph: LoopGraph, asked: LoopFilter, budget: Budget) -> tuple[Tally, int | None]:
    """Count to one length after the other until time is up; and the last length that is whole."""
    longest = len(set(map(graph.source.__getitem__, asked.ids)))
    longest = longest if asked.longest is None else min(longest, asked.longest)
    counts: Tally = {}
    for length in range(1, longest + 1):
        try:
            counts = bounded_tally(graph, asked, length, budget.for_length(length))
        except TimeIsUpError:
            return counts, length - 1
    return counts, None


def participation(m: SystemMap) -> Participation:
    """Count how many loops run through each link and variable, by kind, without listing them.

    Parameters
    ----------
    m
        The map.

    Returns
    -------
    Participation
        ``links`` and ``variables`` -> :class:`Kinds`; and from them, at once, what the totals
        would be ``without`` a link or with it ``flipped``.

    Raises
    ------
    TooLargeError
        If no exact count fits in memory.

    Examples
    --------
    >>> m = lm.SystemMap(links=[("A", "B", "+"), ("B", "A", "-"), ("B", "B", "+")])
    >>> seen = lm.participation(m)
    >>> seen.variables["B"]
    Kinds(reinforcing=1, balancing=1, undetermined=0)
    >>> seen.flipped(m.link("B", "A"))
    Kinds(reinforcing=2, balancing=0, undetermined=0)
    """
    graph = loop_graph(m)
    everything, by_link = loop_sums(graph, graph.looping()).by_link()
    nothing = Kinds()
    links = {link: by_link.get(i, nothing) for i, link in enumerate(graph.links)}
    sums = {name: [0, 0, 0] for name in m.variables}
    for link, kinds in links.items():
        for k, number in enumerate(kinds):
            sums[link.source][k] += number
    return Participation(links, {n: Kinds(*s) for n, s in sums.items()}, everything)
