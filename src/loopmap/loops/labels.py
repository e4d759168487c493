"""What loops are called: labels R1, B2, U1 by their place, and the names people gave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from loopmap.loops.graph import LoopGraph
from loopmap.loops.loop import Loop
from loopmap.loops.table import LETTERS
from loopmap.model import SystemMap

__all__ = ["labelled", "loop_names"]


def labelled(
    m: SystemMap,
    graph: LoopGraph,
    loops: Sequence[Sequence[int]],
    *,
    among: Sequence[Sequence[int]] | None = None,
) -> list[Loop]:
    """Make loops of link numbers, with labels and the names people gave.

    Labels are R1, R2 …, B1 …, U1 … by place in ``among`` (default: in ``loops``); loops that are
    not there are counted apart, with a star: R*1.
    """
    place: dict[tuple[int, ...], str] = {}
    count: Counter[str] = Counter()
    for ids in loops if among is None else among:
        letter = LETTERS[graph.product(ids)]
        count[letter] += 1
        place[tuple(ids)] = f"{letter}{count[letter]}"
    called = loop_names(m)
    made = []
    for ids in loops:
        links = tuple(graph.links[i] for i in ids)
        label = place.get(tuple(ids))
        if label is None:
            starred = f"{LETTERS[graph.product(ids)]}*"
            count[starred] += 1
            label = f"{starred}{count[starred]}"
        name = called.get(tuple(link.source for link in links), "") if called else ""
        made.append(Loop(links, label, name))
    return made


def loop_names(m: SystemMap) -> dict[tuple[str, ...], str]:
    """What people call the loop along each path; several names are joined by a stroke."""
    called: dict[tuple[str, ...], list[str]] = {}
    for named in m.loops:
        names = called.setdefault(named.key, [])
        if named.name not in names:
            names.append(named.name)
    return {path: " / ".join(names) for path, names in called.items()}
