"""Maps to networkx graphs and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loopmap.interop.graph_parts import (
    EXACT,
    edge_attributes,
    edge_key,
    exact_text,
    node_attributes,
)
from loopmap.interop.graph_reader import read_graph
from loopmap.model import SystemMap
from loopmap.model.reading import need_map

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["from_networkx", "to_networkx"]


def to_networkx(m: SystemMap) -> nx.MultiDiGraph:
    """Make a networkx graph of a map; :func:`from_networkx` reads it back exactly.

    Parameters
    ----------
    m
        The map.

    Returns
    -------
    networkx.MultiDiGraph
        Every attribute is a text, a number or a truth value, and left out where nobody said
        anything, so that each of networkx's writers takes it.

        *Nodes*, one for each element, under its name: ``kind``; ``notes`` and ``tags`` (joined by
        "; "); ``x`` and ``y`` where somebody placed it (map units, y down).

        *Edges*, one for each link, under its kind as key, or kind and route
        (``"causal: by bus"``): ``sign`` (``"+"``, ``"-"``, ``"?"``, ``"+/-"``), ``delayed``,
        ``kind``, ``route``, ``strength``, and ``weight``, the size of the strength, which
        networkx's algorithms look for; they count 1 where there is none.

        *The graph*: ``name``, the map's title, and ``loopmap``, the whole map as one line of
        JSON. It holds what attributes cannot: who claims what, quotes, named loops, the lines
        above the map. GraphML, GML, node-link and Cytoscape files keep it; GEXF and Pajek files
        have no room for it.

    Raises
    ------
    InvalidMapError
        If ``m`` is no map.

    Examples
    --------
    >>> G = lm.to_networkx(lm.SystemMap(links=[("A", "B", "+"), ("B", "A", "-")]))
    >>> list(G.edges(data="sign"))
    [('A', 'B', '+'), ('B', 'A', '-')]

    Where networkx's own drawing wants places (y up):

    >>> pos = {name: (at["x"], -at["y"]) for name, at in G.nodes(data=True) if "x" in at}
    """
    import networkx as nx

    need_map(m)
    named = {"name": m.title} if m.title else {}
    graph = nx.MultiDiGraph(**named, **{EXACT: exact_text(m)})
    for element in m.elements:
        graph.add_node(element.name, **node_attributes(element))
    for link in m.links:
        graph.add_edge(link.source, link.target, key=edge_key(link), **edge_attributes(link))
    return graph


def from_networkx(G: nx.Graph, sign: str | None = None) -> SystemMap:
    """Make a map of a directed networkx graph.

    Parameters
    ----------
    G
        A ``DiGraph`` or ``MultiDiGraph``. Nodes are named by their ``label`` if each has one of
        its own, else by themselves; their ``kind``, ``notes``, ``tags`` and ``pos``,
        ``position`` or ``x`` and ``y`` are kept. Edge attributes are found by the names people
        give them and by what is in them, as the columns of a table are
        (``loopmap.interop.COLUMNS``): ``sign``, ``polarity``, a ``label`` that is ``"+"``,
        ``delay``, ``strength``, ``weight``, ``kind``, ``perspective``, ``quote`` and more.
        Numbers without a minus anywhere are strengths, not plus signs.
    sign
        The edge attribute that holds the sign, if it is not found by itself.

    Returns
    -------
    SystemMap
        After one ``LossWarning`` if something was dropped, changed or guessed; it names every
        attribute that is not read.

        Parallel edges are links of their own. An edge's ``route``, or a text as its key, names
        its route; others get the routes "2", "3" … and you are told. Parallel edges that say
        whose they are (``perspective``) are claims of one link.

        In a graph made by :func:`to_networkx`, nodes and edges that say what they said then are
        the elements and links they were, with all claims. What was added, changed or taken away
        in the graph is added, changed or taken away in the map; a changed edge loses who
        claimed what, and you are told.

    Raises
    ------
    InvalidMapError
        If it is no graph, or not directed; two nodes would get one name; or an element or a
        link cannot be what the graph says.
    UnknownNameError
        If no edge has the attribute ``sign``.
    MapSyntaxError
        If it is far too large.

    Examples
    --------
    >>> import networkx as nx
    >>> G = nx.DiGraph()
    >>> G.add_edge("Backlog", "Stress", label="+", weight=0.8)
    >>> G.add_edge("Stress", "Backlog", label="-")
    >>> m = lm.from_networkx(G)
    >>> m.links
    (<Link Backlog -> Stress : +>, <Link Stress -> Backlog : −>)
    >>> m.link("Backlog", "Stress").strength
    0.8
    """
    return read_graph(G, sign).warned(stacklevel=2, at_most=100)
