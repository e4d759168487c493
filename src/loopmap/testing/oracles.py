"""Slow but certain: what cleverer ways are checked against."""

from __future__ import annotations

from collections.abc import Iterator

from loopmap.loops import Loop
from loopmap.model import Link, SystemMap

__all__ = ["brute_force_loops"]


def brute_force_loops(m: SystemMap) -> tuple[Loop, ...]:
    """All loops of a small map, by trying every walk; for checking cleverer ways.

    Shortest first, then by the names round the loop, then by routes; without labels and names.

    Examples
    --------
    >>> from loopmap import SystemMap
    >>> brute_force_loops(SystemMap(links=[("A", "B", "+"), ("B", "A", "-"), ("B", "B", "+")]))
    (<Loop R: B>, <Loop B: A, B>)
    """
    leaving: dict[str, list[Link]] = {}
    for link in m.links:
        if link.is_causal:
            leaving.setdefault(link.source, []).append(link)

    def walks(start: str, walked: tuple[Link, ...]) -> Iterator[tuple[Link, ...]]:
        here = walked[-1].target if walked else start
        for link in leaving.get(here, ()):
            if link.target == start:
                yield (*walked, link)
            elif link.target > start and all(link.target != w.target for w in walked):
                yield from walks(start, (*walked, link))

    found = [Loop(walk) for start in sorted(leaving) for walk in walks(start, ())]
    routes = {loop: tuple(link.route for link in loop.links) for loop in found}
    return tuple(sorted(found, key=lambda loop: (len(loop), loop.path, routes[loop])))
