"""``story_loops``: the few loops to talk about, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from loopmap.errors import InvalidOptionError, TooLargeError
from loopmap.loops.choosing.chosen_loops import ChosenLoops, chosen_loops, first_loops
from loopmap.loops.choosing.shortest_independent import shortest_independent
from loopmap.loops.filters import is_count
from loopmap.loops.graph import LoopGraph, loop_graph
from loopmap.model import SystemMap
from loopmap.model.reading import need_map

__all__ = ["story_loops"]

Loop = tuple[int, ...]
#: Stories are told with loops among the shortest so many, and the shortest through each link.
POOL = 3_000


def story_loops(
    m: SystemMap,
    *,
    at_most: int = 7,
    focal: str | Iterable[str] | None = None,
    max_length: int | None = None,
) -> ChosenLoops:
    """Choose the few loops to talk about: as few as cover the most links, in reading order.

    Of the links that lie on loops, as many as possible are covered by at most ``at_most``
    loops; among choices that cover as many, fewer loops are better, then shorter ones. The
    first loop told runs through a focal variable if there is one, each next one shares most
    with what has been told. Maximal coverage is a hard problem: the choice is greedy, improved
    by exchanges, and the same every time.

    Parameters
    ----------
    m
        The map.
    at_most
        The most loops to choose.
    focal
        The variable, or variables, the story is about: some chosen loop runs through each that
        lies on a loop at all. Default: the map's own ``focal``.
    max_length
        Only choose loops of at most this many links: shorter loops are easier to tell, and
        cover less.

    Returns
    -------
    ChosenLoops
        The loops in reading order, and what they cover.

    Raises
    ------
    UnknownNameError
        If a focal name is not in the map.
    InvalidOptionError
        If ``at_most`` or ``max_length`` is no such number.

    Examples
    --------
    >>> links = [("A", "B", "+"), ("B", "A", "+"), ("B", "C", "-"), ("C", "B", "+")]
    >>> story = lm.story_loops(lm.SystemMap(links=links))
    >>> [loop.label for loop in story], story.covered, story.coverable
    (['R1', 'B1'], 4, 4)
    """
    need_map(m)
    if not is_count(at_most, 0):
        raise InvalidOptionError(f"at_most is a number of loops, not {at_most!r}")
    if max_length is not None and not is_count(max_length, 1):
        raise InvalidOptionError(f"max_length is a number of links from 1 up, not {max_length!r}")
    names = m.focal if focal is None else (focal,) if isinstance(focal, str) else tuple(focal)
    if focal is not None:
        for name in names:
            m.element(name)
    graph = loop_graph(m)
    ids = graph.looping()
    first = first_loops(graph, ids)
    pool = first
    if len(first) > POOL:
        pool = sorted({*first[:POOL], *_independent(graph, ids)}, key=graph.order)
    if max_length is not None:
        pool = [loop for loop in pool if len(loop) <= max_length]
    wanted = [graph.names.index(name) for name in names if name in graph.names]
    chosen = _fewest(graph, pool, at_most, wanted)
    told = _reading_order(graph, chosen, wanted)
    return chosen_loops(m, graph, first, told, "story")


def _independent(graph: LoopGraph, ids: Sequence[int]) -> list[Loop]:
    """The shortest independent loops, as far as the map is not too large for them."""
    try:
        return shortest_independent(graph, ids)[0]
    except TooLargeError:
        return []


def _fewest(graph: LoopGraph, pool: list[Loop], at_most: int, focal: list[int]) -> list[Loop]:
    """As few loops as cover the most links, with a loop through each focal variable if any."""
    marks = [sum(1 << i for i in loop) for loop in pool]
    must: list[int] = []
    for v in focal[:at_most]:
        if not any(v in graph.path(pool[k]) for k in must):
            through = [k for k, loop in enumerate(pool) if v in graph.path(loop)]
            if through:
                must.append(min(through, key=lambda k: (-marks[k].bit_count(), k)))
    best = must
    for size in range(len(must) + 1, at_most + 1):
        grown = _exchanged(pool, marks, _grown(marks, best, size), must)
        if _cover(marks, grown) <= _cover(marks, best):
            break
        best = grown
    return [pool[k] for k in best]


def _cover(marks: Sequence[int], chosen: Iterable[int]) -> int:
    return _union(marks, chosen).bit_count()


def _union(marks: Sequence[int], chosen: Iterable[int]) -> int:
    union = 0
    for k in chosen:
        union |= marks[k]
    return union


def _grown(marks: Sequence[int], chosen: list[int], size: int) -> list[int]:
    """Add whatever covers most, until there are so many; ties go to the shortest, first."""
    chosen = list(chosen)
    while len(chosen) < size:
        seen = _union(marks, chosen)
        gains = (((mark & ~seen).bit_count(), -k) for k, mark in enumerate(marks))
        gain, k = max(gains, default=(0, 0))
        if not gain:
            break
        chosen.append(-k)
    return chosen


def _exchanged(
    pool: Sequence[Loop], marks: Sequence[int], chosen: list[int], must: list[int]
) -> list[int]:
    """Exchange single loops while that covers more, or as much with shorter loops."""
    chosen = list(chosen)
    better = True
    while better:
        better = False
        for place in range(len(must), len(chosen)):
            rest = _union(marks, chosen[:place] + chosen[place + 1 :])
            held = chosen[place]

            def gain(k: int, rest: int = rest) -> tuple[int, int]:
                return (marks[k] | rest).bit_count(), -len(pool[k])

            best = max(range(len(marks)), key=gain)
            if gain(best) > gain(held):
                chosen[place] = best
                better = True
    return chosen


def _reading_order(graph: LoopGraph, chosen: list[Loop], focal: list[int]) -> list[Loop]:
    """First a short loop through the focus, then always what shares most with what was told."""
    waiting = sorted(chosen, key=graph.order)
    told: list[Loop] = []
    links: set[int] = set()
    variables: set[int] = set(focal)
    while waiting:
        following = max(
            waiting,
            key=lambda loop: (
                len(links.intersection(loop)),
                len(variables.intersection(graph.path(loop))),
                -waiting.index(loop),
            ),
        )
        waiting.remove(following)
        told.append(following)
        links.update(following)
        variables.update(graph.path(following))
    return told
