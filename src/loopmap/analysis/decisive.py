"""Which link's sign decides most loops."""

from __future__ import annotations

import contextlib
from collections import Counter
from typing import TYPE_CHECKING

from loopmap.analysis.words import loops_caveat
from loopmap.errors import TooLargeError
from loopmap.loops import find_loops, participation
from loopmap.model import Link, SystemMap

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["most_decisive"]


def most_decisive(m: SystemMap, *, at_most: int | None = 10_000) -> pd.DataFrame:
    """Rank the causal links by how many loops their sign decides.

    Turning one sign around turns every loop through that link, from reinforcing to balancing or
    back, and no other. Settling an unknown or disputed sign decides the loops in which it is the
    only open one.

    Parameters
    ----------
    m
        The map.
    at_most
        List so many loops; beyond that they are counted without listing. Where even that cannot
        be done, the table is of the shortest: ``.attrs["complete"]`` says so, and
        ``.attrs["caveat"]`` in words.

    Returns
    -------
    pandas.DataFrame
        One row per causal link on a loop, the one that decides most loops first. Columns:
        ``source``, ``target``, ``route``, ``sign``, ``evidence``, ``loops`` (how many run along
        it, and are lost if it goes), ``reinforcing`` and ``balancing`` (how many would become the
        other), ``undetermined``, ``settles`` (undetermined loops in which this is the only open
        sign). All from ``loops`` on are int64.

    Raises
    ------
    InvalidOptionError
        If ``at_most`` is no number of loops.

    Examples
    --------
    >>> m = lm.SystemMap(links=[("A", "B", "+"), ("B", "A", "?"), ("B", "B", "-")])
    >>> print(lm.most_decisive(m)[["source", "target", "sign", "loops", "settles"]].to_string())
      source target sign  loops  settles
    0      B      A    ?      1        1
    1      A      B    +      1        0
    2      B      B    -      1        0
    """
    import pandas as pd

    counts, complete, caveat = _counts(m, at_most)
    rows = [
        (
            link.source,
            link.target,
            link.route,
            link.polarity.sign,
            link.evidence,
            kinds["R"] + kinds["B"] + kinds["U"],
            *(kinds[kind] for kind in ("R", "B", "U", "settles")),
        )
        for link, kinds in counts.items()
    ]
    columns = [
        "source", "target", "route", "sign", "evidence", "loops", "reinforcing", "balancing",
        "undetermined", "settles",
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    # Most loops first; among equals an open sign before a known one, then by name.
    order = ["loops", "settles", "source", "target", "route"]
    table = table.sort_values(order, ascending=[False, False, True, True, True], ignore_index=True)
    table.attrs.update(complete=complete, caveat=caveat)
    return table


def _counts(m: SystemMap, at_most: int | None) -> tuple[dict[Link, Counter[str]], bool, str]:
    """Loops through each link by kind, and those it settles: counted, else listed."""
    loops = find_loops(m, at_most=at_most)
    if not loops.complete:
        with contextlib.suppress(TooLargeError):
            return _counted(m), True, ""
    through: dict[Link, Counter[str]] = {}
    for loop in loops:
        unsettled = [link for link in loop.links if not link.polarity.is_known]
        for link in loop.links:
            through.setdefault(link, Counter())[loop.kind] += 1
        if len(unsettled) == 1:
            through[unsettled[0]]["settles"] += 1
    return through, loops.complete, loops_caveat(loops)


def _counted(m: SystemMap) -> dict[Link, Counter[str]]:
    """The same without listing the loops: exact however many there are."""
    through = {
        link: Counter(R=kinds.reinforcing, B=kinds.balancing, U=kinds.undetermined)
        for link, kinds in participation(m).links.items()
        if sum(kinds)
    }
    unsettled = [link for link in through if not link.polarity.is_known]
    for link in unsettled:
        others = [other for other in unsettled if other is not link]
        through[link]["settles"] = sum(participation(m.remove(*others)).links[link])
    return through
