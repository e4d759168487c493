"""``independent_loops``: a spanning few that stand for all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from loopmap.loops.choosing.bases import circuit_basis, geodetic_loops, shortest_independent
from loopmap.loops.choosing.chosen_loops import ChosenLoops, chosen_loops, first_loops
from loopmap.loops.graph import LoopGraph, loop_graph
from loopmap.model import SystemMap
from loopmap.options import Method, choose

__all__ = ["independent_loops"]

Loop = tuple[int, ...]

#: Name of a method -> what it does; the words go into the answer.
METHODS: dict[Method, tuple[str, Callable[[LoopGraph, Sequence[int]], list[Loop]]]] = {
    "sils": ("shortest independent loop set", shortest_independent),
    "basis": ("minimum circuit basis", circuit_basis),
    "geodetic": ("geodetic loops", lambda graph, ids: geodetic_loops(graph, ids)[0]),
}


def independent_loops(m: SystemMap, *, method: Method = "sils") -> ChosenLoops:
    """Choose loops that stand for all: a spanning set, in order of length.

    Parameters
    ----------
    m
        The map.
    method
        ``"sils"``: Oliva's shortest independent loop set, which covers every link that lies on
        a loop but need not span all independent loops. ``"basis"``: a minimum circuit basis,
        which spans them all with the least total length. ``"geodetic"``: all loops on which
        some two variables are joined both ways by shortest paths.

    Returns
    -------
    ChosenLoops
        With all loops, the cycle rank, and how much of it the chosen ones span.

    Raises
    ------
    InvalidOptionError
        If the method is not known.

    Notes
    -----
    R. Oliva, *System Dynamics Review* 20 (2004) 313-336; C. E. Kampmann, *System Dynamics
    Review* 28 (2012) 370-395; P. M. Gleiss, J. Leydold and P. F. Stadler, *Discussiones
    Mathematicae Graph Theory* 23 (2003) 241-260.

    Examples
    --------
    >>> m = lm.SystemMap(links=[("A", "B", "+"), ("B", "A", "+"), ("B", "B", "-")])
    >>> print(lm.independent_loops(m).summary)  # doctest: +NORMALIZE_WHITESPACE
    2 of 2 loops (shortest independent loop set); they span 2 of 2 independent loops and cover
    3 of 3 links that lie on loops
    """
    words, chosen = METHODS[choose(method, METHODS, "method")]
    graph = loop_graph(m)
    ids = graph.looping()
    return chosen_loops(m, graph, first_loops(graph, ids), chosen(graph, ids), words)
