"""Loops in order of what matters: how short they are, how much runs through them, how well known.

No weights are needed, and none invented: every loop comes with the number it was ranked by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, overload

from loopmap.analysis.robustness import grade_order, grade_word, weakest_grade
from loopmap.analysis.words import in_words, loops_caveat
from loopmap.loops import Loop, Loops, find_loops, participation
from loopmap.model import SystemMap
from loopmap.options import Ranking, choose
from loopmap.phrases import counted
from loopmap.words import path_line

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["RANKINGS", "RankedLoop", "RankedLoops", "rank_loops"]


@dataclass(frozen=True, slots=True)
class RankedLoop:
    """A loop, its place in a ranking, and why it has it.

    Parameters
    ----------
    rank
        1 for the first; loops that are alike share a rank, and the next is further on (1, 2, 2, 4).
    loop
        The loop, labelled as in the list that was ranked.
    because
        What it was ranked by, in words with numbers.
    """

    rank: int
    loop: Loop
    because: str


@dataclass(frozen=True, slots=True, repr=False)
class RankedLoops(Sequence[RankedLoop]):
    """Loops in the order of a ranking.

    Parameters
    ----------
    ranked
        The loops with their ranks, best first.
    by
        What they are ranked by.
    loops
        The list that was ranked, which says whether it is complete.
    """

    ranked: tuple[RankedLoop, ...]
    by: Ranking
    loops: Loops

    @overload
    def __getitem__(self, which: int) -> RankedLoop: ...
    @overload
    def __getitem__(self, which: slice) -> tuple[RankedLoop, ...]: ...
    def __getitem__(self, which: int | slice) -> RankedLoop | tuple[RankedLoop, ...]:
        """One ranked loop by its place, or a slice of them."""
        return self.ranked[which]

    def __len__(self) -> int:
        """How many loops were ranked."""
        return len(self.ranked)

    def __iter__(self) -> Iterator[RankedLoop]:
        """Iterate over the ranked loops, best first."""
        return iter(self.ranked)

    def to_frame(self) -> pd.DataFrame:
        """Return a table, one row per loop, best first.

        Returns
        -------
        pandas.DataFrame
            Columns: ``rank`` (int64), ``label``, ``name``, ``kind``, ``length`` (int64: links),
            ``because``, ``path`` (in one line).
        """
        import pandas as pd

        rows = [
            (r.rank, p.label, p.name, p.kind, len(p), r.because, path_line(p.links))
            for r, p in ((r, r.loop) for r in self.ranked)
        ]
        columns = ["rank", "label", "name", "kind", "length", "because", "path"]
        return pd.DataFrame(rows, columns=columns)

    def __str__(self) -> str:
        """The first ten in words, and how complete the list is."""
        lines = [f"{counted(len(self), 'loop')} by {self.by}."]
        for r in self.ranked[:10]:
            name = f" {r.loop.name}" if r.loop.name else ""
            lines.append(f"{r.rank:>4}  {r.loop.label}{name}: {r.because}")
        if len(self) > 10:
            lines.append(f"  and {len(self) - 10:,} more.")
        return "\n".join(filter(None, [*lines, loops_caveat(self.loops)]))

    def _repr_mimebundle_(
        self, include: Iterable[str] | None = None, exclude: Iterable[str] | None = None
    ) -> dict[str, str]:
        """What a notebook shows: the words, not the short form."""
        return in_words(self, include, exclude)

    def __repr__(self) -> str:
        """``<RankedLoops: 22 loops by participation>``."""
        state = "" if self.loops.complete else ", not all"
        return f"<RankedLoops: {counted(len(self), 'loop')} by {self.by}{state}>"


#: What a loop is ranked by, smallest first, and how that is said.
Judged = tuple[Any, str]
Judge = Callable[[Loop], Judged]


def _by_length(m: SystemMap) -> Judge:
    return lambda loop: (len(loop), counted(len(loop), "link"))


def _by_participation(m: SystemMap) -> Judge:
    seen = participation(m)
    all_loops = counted(seen.kinds.total, "loop")

    def judge(loop: Loop) -> Judged:
        mean = Fraction(sum(seen.links[link].total for link in loop.links), len(loop))
        return -mean, f"on average {float(mean):,.1f} of {all_loops} run along a link of it"

    return judge


def _by_evidence(m: SystemMap) -> Judge:
    def judge(loop: Loop) -> Judged:
        grade = weakest_grade(loop)
        many = sum(link.evidence == grade for link in loop.links)
        said = f"weakest evidence {grade_word(grade)}, on {many} of {counted(len(loop), 'link')}"
        return (grade_order(grade), many), said

    return judge


#: Name of a ranking -> what judges the loops of a map.
RANKINGS: dict[Ranking, Callable[[SystemMap], Judge]] = {
    "length": _by_length,
    "participation": _by_participation,
    "evidence": _by_evidence,
}


def rank_loops(m: SystemMap, loops: Loops | None = None, *, by: Ranking = "length") -> RankedLoops:
    """Put the loops of a map in order, and say of each why it is where it is.

    Parameters
    ----------
    m
        The map.
    loops
        The loops to rank, as :func:`find_loops` gives them; default: ``find_loops(m)``, so the
        10,000 shortest.
    by
        ``"length"``: fewest links first. ``"participation"``: first the loops whose links carry
        most loops of the map, on average over their links, so that long loops are not better for
        being long. ``"evidence"``: first the loops whose weakest link is best known (``stated``,
        ``ends``, ``inferred``, a grade of the map's own, none), then those with fewest such links:
        no chain is stronger than its weakest link.

    Returns
    -------
    RankedLoops
        Best first, with ranks and reasons; print it, or call ``.to_frame()``. Loops that are alike
        share a rank and stay in the order of ``loops``: shortest first, then by names.

    Raises
    ------
    InvalidOptionError
        If ``by`` is no ranking.
    TooLargeError
        If loops cannot be counted exactly, by participation.

    Notes
    -----
    Participation counts all loops of the map exactly (:func:`participation`), also those that are
    not in ``loops``. A ranking is a reading aid: which loop drives behaviour cannot be read off a
    map without equations (B. Güneralp, *System Dynamics Review* 22 (2006) 263-289).

    Examples
    --------
    >>> links = [("A", "B", "+"), ("B", "A", "-"), ("B", "C", "+"), ("C", "A", "+")]
    >>> m = lm.SystemMap(links=[*links, ("C", "C", "+")])
    >>> print(lm.rank_loops(m, by="participation"))
    3 loops by participation.
       1  B1: on average 1.5 of 3 loops run along a link of it
       2  R2: on average 1.3 of 3 loops run along a link of it
       3  R1: on average 1.0 of 3 loops run along a link of it
    """
    judging = RANKINGS[choose(by, RANKINGS, "by")]
    given = find_loops(m) if loops is None else loops
    judge = judging(m)
    judged = [(*judge(loop), loop) for loop in given]
    judged.sort(key=lambda entry: entry[0])  # stable: those alike stay in their order
    ranked: list[RankedLoop] = []
    before: object = None
    for place, (worth, because, loop) in enumerate(judged, 1):
        rank = ranked[-1].rank if ranked and worth == before else place
        ranked.append(RankedLoop(rank, loop, because))
        before = worth
    return RankedLoops(tuple(ranked), by, given)
