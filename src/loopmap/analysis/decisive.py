"""Which link's sign decides most loops."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from loopmap.analysis.words import loops_caveat
from loopmap.loops import find_loops
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
        Look at so many loops, shortest first. ``.attrs["complete"]`` says whether these were all,
        ``.attrs["caveat"]`` says it in words.

    Returns
    -------
    pandas.DataFrame
        One row per causal link on a loop, the one that decides most loops first. Columns:
        ``source``, ``target``, ``route``, ``sign``, ``evidence``, ``loops`` (how many run along
        it, and are lost if it goes), ``reinforcing`` and ``balancing`` (how many would become the
        other), ``undetermined``, ``settles`` (undetermined loops in which this is the only open
        sign).

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

    loops = find_loops(m, at_most=at_most)
    through: dict[Link, Counter[str]] = {}
    for loop in loops:
        unsettled = [link for link in loop.links if not link.polarity.is_known]
        for link in loop.links:
            through.setdefault(link, Counter())[loop.kind] += 1
        if len(unsettled) == 1:
            through[unsettled[0]]["settles"] += 1
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
        for link, kinds in through.items()
    ]
    columns = [
        "source", "target", "route", "sign", "evidence", "loops", "reinforcing", "balancing",
        "undetermined", "settles",
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    # Most loops first; among equals an open sign before a known one, then by name.
    order = ["loops", "settles", "source", "target", "route"]
    table = table.sort_values(order, ascending=[False, False, True, True, True], ignore_index=True)
    table.attrs.update(complete=loops.complete, caveat=loops_caveat(loops))
    return table
