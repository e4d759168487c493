"""``independent_loops``: a spanning few that stand for all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from loopmap.loops.choosing.bases import circuit_basis, geodetic_loops
from loopmap.loops.choosing.chosen_loops import ChosenLoops, chosen_loops, first_loops
from loopmap.loops.choosing.shortest_independent import shortest_independent
from loopmap.loops.graph import LoopGraph, loop_graph
from loopmap.model import SystemMap
from loopmap.options import Method, choose

__all__ = ["independent_loops"]

Loop = tuple[int, ...]

#: Chooses loops; and the length up to which the choice is exact (``None``: every length).
Choice = Callable[[LoopGraph, Sequence[int]], tuple[list[Loop], int | None]]
#: Name of a method -> what it does; the words go into the answer.
METHODS: dict[Method, tuple[str, Choice]] = {
    "sils": ("shortest independent loop set", shortest_independent),
    "basis": ("minimum circuit basis", lambda graph, ids: (circuit_basis(graph, ids), None)),
    "geodetic": ("geodetic loops", geodetic_loops),
}
#: What a method does instead where more loops share a length than can be compared.
INSTEAD: dict[Method, str] = {
    "sils": "from {} links on a loop for each link, not always the one of all that adds fewest",
    "geodetic": "whole up to {} links, of the longer ones only some",
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

        Where more loops share a length than can be compared, the ``method`` of the answer says
        from which length on it chose for each link by itself, or listed some only.

    Returns
    -------
    ChosenLoops
        With all loops, the cycle rank, and how much of it the chosen ones span.

    Raises
    ------
    InvalidOptionError
        If the method is not known.
    TooLargeError
        If the map is too large for the method; the message says which takes more.

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
    loops, exact_to = chosen(graph, ids)
    if exact_to is not None:
        length = exact_to + 1 if method == "sils" else exact_to
        words = f"{words}, {INSTEAD[method].format(length)}"
    return chosen_loops(m, graph, first_loops(graph, ids), loops, words)
