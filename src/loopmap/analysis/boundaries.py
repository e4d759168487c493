"""Where the map crosses from one agency to another.

A causal link crosses a boundary when nobody holds both its ends. It is what Wolstenholme (2003,
System Dynamics Review 19(1) 7-26) calls the organisational boundary, made countable.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loopmap.analysis.words import attribution_caveat, in_words, loops_caveat
from loopmap.loops import Loop, Loops, find_loops
from loopmap.model import Link, SystemMap
from loopmap.model.reading import need_map
from loopmap.phrases import counted, named
from loopmap.polarity import Polarity
from loopmap.words import link_line

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Boundary", "boundary"]


@dataclass(frozen=True, slots=True, repr=False)
class Boundary:
    """Which links and loops cross from one agency to another.

    Parameters
    ----------
    holders
        Each variable and who holds it, sorted; variables that nobody holds are not listed.
    crossing
        The causal links whose ends are held by different agencies, with none in common.
    inside
        The causal links whose ends share a holder.
    unknown
        The causal links with an end that nobody is said to hold: they count as neither.
    crossing_loops
        The loops with at least one crossing link.
    loops
        All loops of the map, which says how complete this answer is.
    caveats
        Sentences to be read with the answer; printed with it.
    """

    holders: dict[str, tuple[str, ...]]
    crossing: tuple[Link, ...]
    inside: tuple[Link, ...]
    unknown: tuple[Link, ...]
    crossing_loops: tuple[Loop, ...]
    loops: Loops
    caveats: tuple[str, ...]

    def to_frame(self) -> pd.DataFrame:
        """Return the crossing links as a table.

        Returns
        -------
        pandas.DataFrame
            One row per crossing link. Columns: ``source``, ``target``, ``route``, ``sign``,
            ``delayed`` (bool), ``from`` (who holds the source), ``to`` (who holds the target),
            ``loops`` (int64: how many of the loops run along it).
        """
        import pandas as pd

        through = _loops_through(self.crossing_loops)
        rows = [
            (
                link.source,
                link.target,
                link.route,
                link.polarity.sign,
                link.delayed,
                ", ".join(self.holders[link.source]),
                ", ".join(self.holders[link.target]),
                through[link],
            )
            for link in self.crossing
        ]
        columns = ["source", "target", "route", "sign", "delayed", "from", "to", "loops"]
        return pd.DataFrame(rows, columns=columns)

    def handovers(self, *, sign: str | Polarity | None = None) -> pd.DataFrame:
        """Return the hand-over matrix: how many crossing links lead from whom to whom.

        Parameters
        ----------
        sign
            Count only links of this sign (``"+"``, ``"-"``, ``"?"`` or ``"+/-"``).

        Returns
        -------
        pandas.DataFrame
            A square table of counts (int64), row = who holds the source, column = who holds the
            target. A link between two variables with several holders counts once for each pair.

        Raises
        ------
        InvalidMapError
            If ``sign`` is none.
        """
        import pandas as pd

        wanted = None if sign is None else Polarity.of(sign)
        agencies = sorted({who for held in self.holders.values() for who in held})
        counts = {source: dict.fromkeys(agencies, 0) for source in agencies}
        for link in self.crossing:
            if wanted in (None, link.polarity):
                for source in self.holders[link.source]:
                    for target in self.holders[link.target]:
                        counts[source][target] += 1
        table = pd.DataFrame.from_dict(counts, orient="index", columns=agencies)
        return table.rename_axis(index="from", columns="to")

    def __str__(self) -> str:
        """The answer in words, one line a crossing link."""
        links = len(self.crossing) + len(self.inside) + len(self.unknown)
        lines = [
            f"{len(self.crossing):,} of {counted(links, 'link')} "
            f"cross{'es' * (len(self.crossing) == 1)} from one agency to another; "
            f"{len(self.crossing_loops):,} of {counted(len(self.loops), 'loop')} "
            f"cross{'es' * (len(self.crossing_loops) == 1)} at least once."
        ]
        for link in self.crossing:
            lines.append(
                f"  {link_line(link)}: "
                f"{named(self.holders[link.source])} → {named(self.holders[link.target])}"
            )
        if self.unknown:
            lines.append(
                f"{counted(len(self.unknown), 'link')} could not be judged: "
                "nobody is said to hold one of the ends."
            )
        return "\n".join([*lines, *self.caveats])

    def _repr_mimebundle_(
        self, include: Iterable[str] | None = None, exclude: Iterable[str] | None = None
    ) -> dict[str, str]:
        """What a notebook shows: the words, not the short form."""
        return in_words(self, include, exclude)

    def __repr__(self) -> str:
        """``<Boundary: 11 of 38 links and 16 of 22 loops cross>``."""
        links = len(self.crossing) + len(self.inside) + len(self.unknown)
        return (
            f"<Boundary: {len(self.crossing):,} of {counted(links, 'link')} and "
            f"{len(self.crossing_loops):,} of {counted(len(self.loops), 'loop')} cross>"
        )


def boundary(m: SystemMap, *, at_most: int | None = 10_000) -> Boundary:
    """Find the links and loops that cross from one agency to another.

    Parameters
    ----------
    m
        A map with ``holds`` links, which say who answers for which variable.
    at_most
        Look at so many loops, shortest first; ``None`` looks at all. The answer is marked when
        this leaves some out.

    Returns
    -------
    Boundary
        Crossing links and loops; print it, or call ``.to_frame()`` and ``.handovers()``.

    Raises
    ------
    InvalidOptionError
        If ``at_most`` is no number of loops.

    Examples
    --------
    >>> holds = [("Police", "Backlog"), ("Schools", "Referrals")]
    >>> m = lm.SystemMap(links=[("Referrals", "Backlog", "+")]).add(
    ...     *(lm.Link(who, what, kind="holds") for who, what in holds)
    ... )
    >>> print(lm.boundary(m))
    1 of 1 link crosses from one agency to another; 0 of 0 loops cross at least once.
      Referrals -> (+) Backlog: Schools → Police
    """
    need_map(m)
    held: dict[str, set[str]] = defaultdict(set)
    for link in m.links:
        if link.kind == "holds":
            held[link.target].add(link.source)
    sides: dict[str, list[Link]] = {"crossing": [], "inside": [], "unknown": []}
    for link in m.causal_links:
        source, target = held.get(link.source, set()), held.get(link.target, set())
        known = source and target
        side = "unknown" if not known else "inside" if source & target else "crossing"
        sides[side].append(link)
    loops = find_loops(m, at_most=at_most)
    over = set(sides["crossing"])
    caveats = (attribution_caveat(m), loops_caveat(loops))
    return Boundary(
        {name: tuple(sorted(held[name])) for name in sorted(held)},
        tuple(sides["crossing"]),
        tuple(sides["inside"]),
        tuple(sides["unknown"]),
        tuple(loop for loop in loops if not over.isdisjoint(loop.links)),
        loops,
        tuple(filter(None, caveats)),
    )


def _loops_through(loops: tuple[Loop, ...]) -> dict[Link, int]:
    through: dict[Link, int] = defaultdict(int)
    for loop in loops:
        for link in loop.links:
            through[link] += 1
    return through
