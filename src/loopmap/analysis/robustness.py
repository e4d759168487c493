"""How far the loops can be trusted: uncertain signs, weak evidence.

A loop's label is the parity of its negative links. If each sign is right with probability p,
independently, the label stays with probability ½ (1 + Π (2p − 1)): the piling-up identity.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loopmap.analysis.words import in_words, loops_caveat
from loopmap.errors import InvalidMapError, UnknownNameError, did_you_mean, listed
from loopmap.loops import Loop, Loops, find_loops
from loopmap.model import EVIDENCE, SystemMap
from loopmap.model.reading import need_map
from loopmap.phrases import counted, named
from loopmap.words import path_line

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Robustness",
    "grade_order",
    "grade_word",
    "keeps_label",
    "on_evidence",
    "robustness",
    "weakest_grade",
]


def keeps_label(probabilities: Iterable[float]) -> float:
    """Return the probability that a loop keeps its label: ½ (1 + Π (2p − 1)).

    Parameters
    ----------
    probabilities
        For each link, the probability that its sign is as drawn.

    Examples
    --------
    >>> round(keeps_label([0.9] * 4), 4)
    0.7048
    """
    return (1 + math.prod(2 * p - 1 for p in probabilities)) / 2


@dataclass(frozen=True, slots=True, repr=False)
class Robustness:
    """What the loops rest on.

    Parameters
    ----------
    loops
        The loops of the map, which say how complete this answer is.
    links
        How many causal links have each evidence grade, strongest first; ``""`` is no grade.
    left
        How many of the loops are left when only links of the grades so far are kept: a cut after
        each grade, strongest first.
    stays
        Per loop, the probability that it keeps its label; ``None`` where no probabilities were
        given or the loop is undetermined.
    """

    loops: Loops
    links: Mapping[str, int]
    left: Mapping[str, int]
    stays: tuple[float | None, ...]

    def to_frame(self) -> pd.DataFrame:
        """Return a table of the loops.

        Returns
        -------
        pandas.DataFrame
            One row per loop. Columns: ``label``, ``name``, ``kind``, ``length`` (int64: links),
            ``weakest`` (the weakest evidence grade among its links), ``weak_links`` (int64: how
            many links have it), ``stays`` (float64: probability that it keeps its label; NaN if
            unknown), ``path`` (in one line).
        """
        import pandas as pd

        rows = []
        for loop, stays in zip(self.loops, self.stays, strict=True):
            weakest = weakest_grade(loop)
            weak = sum(link.evidence == weakest for link in loop.links)
            probability = float("nan") if stays is None else stays
            rows.append(
                (
                    loop.label,
                    loop.name,
                    loop.kind,
                    len(loop),
                    weakest,
                    weak,
                    probability,
                    path_line(loop.links),
                )
            )
        columns = ["label", "name", "kind", "length", "weakest", "weak_links", "stays", "path"]
        return pd.DataFrame(rows, columns=columns)

    def __str__(self) -> str:
        """The answer in words."""
        links = counted(sum(self.links.values()), "link")
        lines = [f"{counted(len(self.loops), 'loop')} on {links}."]
        kept: list[str] = []
        for grade, n in self.left.items():
            kept.append(grade_word(grade))
            closes = f"{counted(n, 'loop')} close{'s' * (n == 1)}" if n else "no loop closes"
            lines.append(
                f"  Keeping only links graded {named(kept)} ({self._links_to(grade)}): {closes}."
            )
        known = [
            (stays, loop.label)
            for stays, loop in zip(self.stays, self.loops, strict=True)
            if stays is not None
        ]
        if known:
            (worst, weak), (best, strong) = min(known), max(known)
            lines.append(
                f"  With the probabilities given, {weak} keeps its label with {worst:.2f}, "
                f"{strong} with {best:.2f}; 0.5 is a coin."
            )
        return "\n".join(filter(None, [*lines, loops_caveat(self.loops)]))

    def _links_to(self, grade: str) -> str:
        grades = list(self.links)
        upto = grades[: grades.index(grade) + 1]
        return counted(sum(self.links[g] for g in upto), "link")

    def _repr_mimebundle_(
        self, include: Iterable[str] | None = None, exclude: Iterable[str] | None = None
    ) -> dict[str, str]:
        """What a notebook shows: the words, not the short form."""
        return in_words(self, include, exclude)

    def __repr__(self) -> str:
        """``<Robustness: 22 loops; by evidence: stated 0, ends 0, inferred 22>``."""
        left = ", ".join(f"{grade_word(grade)} {n}" for grade, n in self.left.items())
        return (
            f"<Robustness: {counted(len(self.loops), 'loop')}; left by evidence: {left or 'none'}>"
        )


def robustness(
    m: SystemMap,
    *,
    probabilities: Mapping[str, float] | None = None,
    at_most: int | None = 10_000,
) -> Robustness:
    """Say what the loops rest on: evidence, and how likely their labels are to stay.

    Parameters
    ----------
    m
        The map.
    probabilities
        For each evidence grade of the map, the probability that a sign of that grade is as drawn
        (``""`` for links without a grade). None is invented: without them the answer has no
        probabilities. A workshop may agree on, say,
        ``{"stated": 0.95, "ends": 0.85, "inferred": 0.7}``.
    at_most
        Look at so many loops, shortest first; the answer is marked when this leaves some out.

    Returns
    -------
    Robustness
        Print it, or call ``.to_frame()``.

    Raises
    ------
    InvalidMapError
        If a grade of a link on a loop has no probability, or one is not between 0 and 1.
    InvalidOptionError
        If ``at_most`` is no number of loops.

    Notes
    -----
    Links are taken to be right or wrong independently. Loops share links, so the probabilities of
    several loops do not multiply.

    Examples
    --------
    >>> said = [lm.Claim(None, "+", evidence="stated")], [lm.Claim(None, "+", evidence="inferred")]
    >>> m = lm.SystemMap(
    ...     links=[lm.Link("A", "B", claims=said[0]), lm.Link("B", "A", claims=said[1])]
    ... )
    >>> print(lm.robustness(m, probabilities={"stated": 0.9, "inferred": 0.6}))
    1 loop on 2 links.
      Keeping only links graded stated (1 link): no loop closes.
      Keeping only links graded stated and inferred (2 links): 1 loop closes.
      With the probabilities given, R1 keeps its label with 0.58, R1 with 0.58; 0.5 is a coin.
    """
    loops = find_loops(m, at_most=at_most)
    links = Counter(link.evidence for link in m.causal_links)
    grades = sorted(links, key=grade_order)
    weakest = Counter(grade_order(weakest_grade(loop)) for loop in loops)
    left = {g: sum(n for rank, n in weakest.items() if rank <= grade_order(g)) for g in grades}
    if probabilities is not None:
        _check(probabilities, loops)
    stays = tuple(
        None
        if probabilities is None or loop.kind == "U"
        else keeps_label(probabilities[link.evidence] for link in loop.links)
        for loop in loops
    )
    return Robustness(loops, {g: links[g] for g in grades}, left, stays)


def grade_order(grade: str) -> tuple[int, str]:
    """Strongest evidence first; words of the map's own after ours; no grade last."""
    place = EVIDENCE.index(grade) if grade in EVIDENCE else len(EVIDENCE) + (not grade)
    return place, grade


def weakest_grade(loop: Loop) -> str:
    """The weakest evidence grade among the links of a loop."""
    return max((link.evidence for link in loop.links), key=grade_order)


def grade_word(grade: str) -> str:
    """A grade as people call it."""
    return grade or "ungraded"


def _check(probabilities: Mapping[str, float], loops: Loops) -> None:
    for grade, p in probabilities.items():
        if not (isinstance(p, int | float) and 0 <= p <= 1):
            raise InvalidMapError(f"the probability of {grade!r} is between 0 and 1, not {p!r}")
    used = {link.evidence for loop in loops for link in loop.links}
    missing = sorted(used - probabilities.keys(), key=grade_order)
    if missing:
        raise InvalidMapError(
            f"no probability is given for links graded {listed(missing)} (in probabilities=); "
            "give one for every grade on a loop, loopmap invents none"
        )


def on_evidence(m: SystemMap, *grades: str) -> SystemMap:
    """Return the map with only the causal links of these evidence grades.

    Parameters
    ----------
    m
        The map.
    *grades
        Such as ``"stated"``; a link counts with the strongest grade among its claims, and with
        ``""`` where they have none.

    Returns
    -------
    SystemMap
        All elements, the links of these grades, and every link that cannot be in a loop.

    Raises
    ------
    UnknownNameError
        If no causal link of the map has this grade and it is none of ours.

    Examples
    --------
    >>> said = [lm.Claim("Police", "+", evidence="stated")]
    >>> m = lm.SystemMap(links=[lm.Link("A", "B", claims=said), ("B", "A", "+")])
    >>> lm.on_evidence(m, "stated").links
    (<Link A -> B : + by Police>,)
    """
    need_map(m)
    known = {*EVIDENCE, *(link.evidence for link in m.causal_links)}
    for grade in grades:
        if grade not in known:
            raise UnknownNameError(
                f"no link of this map is graded {grade!r}" + did_you_mean(grade, known - {""})
            )
    return m.replace(
        links=[link for link in m.links if not link.is_causal or link.evidence in grades]
    )
