"""How far apart two maps are: plain shares first, then the published ratios."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from loopmap.analysis.ratios import (
    Cell,
    Pair,
    Side,
    formula_4,
    formula_6,
    formula_12,
    markoczy_goldberg,
)
from loopmap.analysis.words import in_words, loops_caveat
from loopmap.errors import InvalidMapError
from loopmap.loops import Loop, Loops, find_loops
from loopmap.model import Link, LinkKey, SystemMap
from loopmap.model.reading import need_map
from loopmap.phrases import counted

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Distance", "distance"]

#: What each number of a :class:`Distance` says, in its order.
MEASURES = {
    "variables": "variables not shared, of all (1 − Jaccard)",
    "links": "causal links not shared, of all (1 − Jaccard)",
    "signs": "shared links with different signs, of those shared",
    "loops": "loops not shared, of all (1 − Jaccard)",
    "formula_4": "Langfield-Smith & Wirth 1992, formula 4 (signs)",
    "formula_6": "Langfield-Smith & Wirth 1992, formula 6 (signs, possible pairs only)",
    "formula_12": "Langfield-Smith & Wirth 1992, formula 12 (strengths)",
    "markoczy_goldberg": "Markóczy & Goldberg 1995, distance ratio",
    "element": "Schaffernicht & Groesser 2011, element distance (signs and delays)",
    "loop": "Schaffernicht & Groesser 2011, loop distance (mean of matched loops)",
    "model": "Schaffernicht & Groesser 2011, model distance (unmatched loops count 1)",
}


@dataclass(frozen=True, slots=True, repr=False)
class Distance:
    """How far apart two maps are; every number runs from 0 (the same) to 1.

    Parameters
    ----------
    variables, links
        The share of all that is not shared: 1 − Jaccard.
    signs
        The share of shared links to which the maps give different signs.
    loops
        As for variables and links.
    formula_4, formula_6, formula_12
        Langfield-Smith & Wirth (1992).
    markoczy_goldberg
        Markóczy & Goldberg (1995).
    element, loop, model
        Schaffernicht & Groesser (2011).
    caveats
        What stands behind the numbers: unsigned links, loops not looked at.

    Notes
    -----
    ``nan`` means that the number says nothing about these two maps: no pair of variables that
    could be linked, no shared link, no matched loop.
    """

    variables: float
    links: float
    signs: float
    loops: float
    formula_4: float
    formula_6: float
    formula_12: float
    markoczy_goldberg: float
    element: float
    loop: float
    model: float
    caveats: tuple[str, ...]

    def to_frame(self) -> pd.DataFrame:
        """Return a table, one row per number.

        Returns
        -------
        pandas.DataFrame
            Columns: ``measure`` (its name here), ``distance`` (float64, 0 to 1, or NaN) and
            ``about`` (what it says).
        """
        import pandas as pd

        rows = [(name, getattr(self, name), about) for name, about in MEASURES.items()]
        return pd.DataFrame(rows, columns=["measure", "distance", "about"])

    def __str__(self) -> str:
        """One line a number, with what it says."""
        lines = [f"{getattr(self, name):6.3f}  {about}" for name, about in MEASURES.items()]
        return "\n".join([*lines, *self.caveats])

    def _repr_mimebundle_(
        self, include: Iterable[str] | None = None, exclude: Iterable[str] | None = None
    ) -> dict[str, str]:
        """What a notebook shows: the words, not the short form."""
        return in_words(self, include, exclude)

    def __repr__(self) -> str:
        """``<Distance: variables 0.33, links 0.50, model 0.67>``."""
        return (
            f"<Distance: variables {self.variables:.2f}, links {self.links:.2f}, "
            f"model {self.model:.2f}>"
        )


def distance(
    a: SystemMap,
    b: SystemMap,
    *,
    scale: float | None = None,
    gamma: int = 1,
    delta: float = 0,
    at_most: int | None = 1_000,
) -> Distance:
    """Measure how far apart two maps are, by plain shares and by the published ratios.

    Parameters
    ----------
    a, b
        The maps, such as two perspectives of one map.
    scale
        The largest strength on the maps' scale, when strengths are to count (β; Langfield-Smith
        & Wirth use 3). Then every causal link needs one. ``None`` compares signs alone.
    gamma
        What a pair counts that only one map could have drawn, because the other lacks a variable:
        0 nothing, 1 one where it is drawn, 2 always one (Markóczy & Goldberg's γ).
    delta
        What a contradiction of signs counts on top (their δ).
    at_most
        Compare at most so many loops of each map, shortest first; the answer says when it does.

    Returns
    -------
    Distance
        All measures; print it, or call ``.to_frame()``.

    Raises
    ------
    InvalidMapError
        If ``scale`` is given and a link has no strength or one beyond it, or ``gamma`` is not
        0, 1 or 2.
    InvalidOptionError
        If ``at_most`` is no number of loops.

    Notes
    -----
    The published formulas know signed links only. Ours for the rest: an unknown or disputed link
    against a signed one is half of a contradiction, and parallel links between two variables are
    joined into one. Schaffernicht & Groesser's measures are known to us from a public
    re-implementation that cites their sections 3.3 to 3.5, not from the paper: strength 1 for a
    link without delay, 2 with one, in Markóczy & Goldberg's ratio; the distance of two loops is
    the mean of delay difference (0 or 1), polarity difference (0 or 1; one half where a loop is
    undetermined) and the element distance between the loops' variables. Loops are matched by
    identity first, then by the share of links in common, from 0.4 up.

    References
    ----------
    K. Langfield-Smith & A. Wirth (1992), J. Operational Research Society 43(12), 1135-1150.
    L. Markóczy & J. Goldberg (1995), J. Management 21(2), 305-333.
    M. Schaffernicht & S. N. Groesser (2011), European J. Operational Research 210(1), 57-67.

    Examples
    --------
    >>> a = lm.SystemMap(links=[("A", "B", "+"), ("B", "A", "-")])
    >>> b = lm.SystemMap(links=[("A", "B", "+"), ("B", "A", "+"), ("B", "C", "+")])
    >>> far = lm.distance(a, b)
    >>> far.variables == 1 / 3, far.signs == 1 / 2, far.markoczy_goldberg == 3 / 8
    (True, True, True)
    """
    need_map(a)
    need_map(b)
    if gamma not in (0, 1, 2):
        raise InvalidMapError(f"gamma is 0, 1 or 2, not {gamma!r}")
    keys_a, keys_b = ({x.key for x in m.causal_links} for m in (a, b))
    loops_a, loops_b = (find_loops(m, at_most=at_most) for m in (a, b))
    one, other = (_side(m, scale) for m in (a, b))
    slow, slower = (_delays_as_strengths(m) for m in (a, b))
    matched = _matched(loops_a, loops_b)
    gaps = [_loop_distance(x, y, slow, slower, gamma) for x, y in matched]
    unmatched = len(loops_a) + len(loops_b) - 2 * len(matched)
    shared = keys_a & keys_b
    contradicted = sum(_sign(a, key) is not _sign(b, key) for key in shared)
    beta = 1.0 if scale is None else float(scale)
    return Distance(
        _apart(a.variables, b.variables),
        _apart(keys_a, keys_b),
        contradicted / len(shared) if shared else float("nan"),
        _apart([x.id for x in loops_a], [x.id for x in loops_b]),
        formula_4(one, other),
        formula_6(one, other),
        formula_12(one, other, scale=beta),
        markoczy_goldberg(one, other, scale=beta, gamma=gamma, delta=delta),
        markoczy_goldberg(slow, slower, scale=2, gamma=gamma),
        statistics.fmean(gaps) if gaps else float("nan"),
        (sum(gaps) + unmatched) / (len(gaps) + unmatched) if gaps or unmatched else 0.0,
        _caveats((a, b), (loops_a, loops_b)),
    )


def _apart(a: Collection[object], b: Collection[object]) -> float:
    """1 − Jaccard; 0 for two empty sets."""
    either = {*a, *b}
    return (len(either) - len({*a} & {*b})) / len(either) if either else 0.0


def _sign(m: SystemMap, key: LinkKey) -> object:
    return m.link(key.source, key.target, kind=key.kind, route=key.route).polarity


def _between(m: SystemMap) -> dict[Pair, list[Link]]:
    """The causal links of each ordered pair: several where there are several routes."""
    found: dict[Pair, list[Link]] = {}
    for link in m.causal_links:
        found.setdefault((link.source, link.target), []).append(link)
    return found


def _side(m: SystemMap, scale: float | None) -> Side:
    cells = {
        pair: Cell(
            reduce(or_, (link.polarity for link in links)),
            1.0 if scale is None else statistics.median(_strength(x, scale) for x in links),
        )
        for pair, links in _between(m).items()
    }
    return Side(frozenset(m.variables), cells)


def _strength(link: Link, scale: float) -> float:
    if link.strength is None or not 0 < abs(link.strength) <= scale:
        given = "has no strength" if link.strength is None else f"has strength {link.strength:g}"
        raise InvalidMapError(
            f"the link {link.source!r} -> {link.target!r} {given}; with scale={scale:g} every link "
            f"needs one of at most {scale:g} and not 0; leave scale= out to compare signs alone"
        )
    return abs(link.strength)


def _delays_as_strengths(m: SystemMap) -> Side:
    cells = {
        pair: Cell(
            reduce(or_, (link.polarity for link in links)),
            2.0 if any(link.delayed for link in links) else 1.0,
        )
        for pair, links in _between(m).items()
    }
    return Side(frozenset(m.variables), cells)


def _matched(a: Loops, b: Loops) -> list[tuple[Loop, Loop]]:
    """Pairs of loops that correspond: the same loop, else the most links in common (from 0.4)."""
    by_id = {loop.id: loop for loop in b}
    pairs = [(loop, by_id[loop.id]) for loop in a if loop.id in by_id]
    same = {loop.id for loop, _ in pairs}
    rest_a, rest_b = ([x for x in loops if x.id not in same] for loops in (a, b))
    along: dict[LinkKey, list[int]] = {}
    for place, loop in enumerate(rest_b):
        for link in loop.links:
            along.setdefault(link.key, []).append(place)
    likeness = []
    for i, loop in enumerate(rest_a):
        common = Counter(j for link in loop.links for j in along.get(link.key, ()))
        for j, n in common.items():
            share = n / (len(loop) + len(rest_b[j]) - n)
            if share >= 0.4:
                # Ties by ids, whichever map comes first, so that the distance is symmetric.
                tie = tuple(sorted((loop.id, rest_b[j].id)))
                likeness.append((-share, tie, i, j))
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    for *_, i, j in sorted(likeness):
        if i not in taken_a and j not in taken_b:
            taken_a.add(i)
            taken_b.add(j)
            pairs.append((rest_a[i], rest_b[j]))
    return pairs


def _loop_distance(a: Loop, b: Loop, side_a: Side, side_b: Side, gamma: int) -> float:
    undetermined = "U" in (a.kind, b.kind)
    polarity = 0.0 if a.kind == b.kind else 0.5 if undetermined else 1.0
    element = markoczy_goldberg(
        side_a.within(frozenset(a.path)), side_b.within(frozenset(b.path)), scale=2, gamma=gamma
    )
    # A loop of one variable has no pair to compare: the other two parts stand alone.
    parts = [float(a.delayed != b.delayed), polarity, element]
    return statistics.fmean(part for part in parts if part == part)


def _caveats(maps: tuple[SystemMap, SystemMap], loops: tuple[Loops, Loops]) -> tuple[str, ...]:
    unsigned = sum(not link.polarity.is_known for m in maps for link in m.causal_links)
    said = [loops_caveat(found) for found in loops]
    if unsigned:
        said.append(
            f"{counted(unsigned, 'link')} without one plain sign: against a signed link "
            "this counts as half of a contradiction (ours; the formulas know signed links only)."
        )
    return tuple(dict.fromkeys(filter(None, said)))
