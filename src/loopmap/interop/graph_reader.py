"""Reads networkx graphs: what is as :func:`~loopmap.to_networkx` left it, and everything else."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

from loopmap.errors import InvalidMapError, listed, shown
from loopmap.interop.cells import text_of
from loopmap.interop.graph_edges import edges_of, read_links
from loopmap.interop.graph_nodes import kind_of, read_elements
from loopmap.interop.graph_parts import EXACT, exact_map, texts_of
from loopmap.interop.json_parts import HEADERS
from loopmap.interop.table_report import TableReport
from loopmap.model import Reading, SystemMap
from loopmap.model.joining import with_undeclared

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["read_graph"]

#: What networkx's readers put beside what was there: none of it says anything of a map.
_READERS_OWN = ("node_default", "edge_default", "mode", "id")


def read_graph(G: nx.Graph, sign: str | None = None) -> Reading:
    """Read a graph; see :func:`~loopmap.from_networkx`."""
    _need_directed(G)
    names = _names(G)
    report = TableReport("graph", column="graph attribute")
    exact = _exact(G.graph, report)
    headers = _headers(G.graph, exact, set(names.values()), report)
    nodes = [(name, G.nodes[node]) for node, name in names.items()]
    kinds = {name: text for name, data in nodes if (text := kind_of(data))}
    links, told = read_links(edges_of(G, names), kinds, sign, exact)
    usual = {name: element.kind for name, element in with_undeclared({}, links).items()}
    elements, said = read_elements(nodes, usual, exact)
    problems = (*report.problems(), *said, *told)
    return Reading(SystemMap(elements, links, **headers), problems)


def _need_directed(G: Any) -> None:
    if not all(hasattr(G, part) for part in ("is_directed", "nodes", "edges", "graph")):
        raise InvalidMapError(f"this is a {type(G).__name__}, not a networkx graph")
    if not G.is_directed():
        raise InvalidMapError(
            "this graph is not directed, so it does not say what drives what; build it as a "
            "DiGraph, or pass G.to_directed() if every edge works both ways"
        )


def _names(G: nx.Graph) -> dict[Hashable, str]:
    """Node -> name: its label where every node has one of its own, else the node itself."""
    labels = {node: text_of(data.get("label")) for node, data in G.nodes(data=True)}
    if not all(labels.values()) or len(set(labels.values())) < len(labels):
        labels = {node: text_of(node) for node in G.nodes}
    seen: dict[str, Hashable] = {}
    for node, name in labels.items():
        if name in seen:
            raise InvalidMapError(
                f"the nodes {shown(seen[name])} and {shown(node)} would both be called "
                f"{shown(name)}; relabel one of them"
            )
        seen[name] = node
    return labels


def _exact(graph: Mapping[Any, Any], report: TableReport) -> SystemMap | None:
    """Give the map that the graph was made of, if it says so."""
    if EXACT not in graph:
        return None
    exact = exact_map(graph[EXACT])
    if exact is None:
        what = f"the graph attribute {EXACT!r} is not the text that to_networkx writes"
        report.say(f"{what}, and is not read", "dropped")
    return exact


def _tell_new_names(gone: list[str], new: list[str], report: TableReport) -> None:
    """Tell that nodes may have been relabelled: their claims cannot follow."""
    if gone and new:
        what = f"the nodes {listed(gone)} are gone and {listed(new)} are new"
        remedy = "to keep claims when you rename, rename in the map: m.rename({old: new})"
        report.say(what, "changed", remedy)


def _headers(
    graph: Mapping[Any, Any], exact: SystemMap | None, names: set[str], report: TableReport
) -> dict[str, Any]:
    """Give the title and what else stands above a map; what the graph says now comes first."""
    found: dict[str, Any] = {}
    if exact is not None:
        found = {part: getattr(exact, part) for part in HEADERS}
        gone = set(exact.names) - names
        _tell_new_names(sorted(gone), sorted(names - set(exact.names)), report)
        found["focal"] = [name for name in exact.focal if name not in gone]
        found["loops"] = exact.loops
    if title := text_of(graph.get("name")):
        found["title"] = title
    for part, value in graph.items():
        if part in ("sources", "focal"):
            found[part] = texts_of(value)
        elif part in HEADERS and isinstance(value, str):
            found[part] = text_of(value)
        elif part not in ("name", EXACT, *_READERS_OWN) and text_of(value):
            report.unread.setdefault(text_of(part))
    report.tell_unread()
    return found
