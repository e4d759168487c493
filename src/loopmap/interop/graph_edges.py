"""Edges of a networkx graph to links."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from loopmap.errors import Problem, UnknownNameError, did_you_mean, listed, shown
from loopmap.interop.cells import is_container, read_number, text_of
from loopmap.interop.columns import COLUMNS, plain_name
from loopmap.interop.edge_list import read_edge_list
from loopmap.interop.graph_parts import EDGE_PARTS, edge_attributes, route_of, says
from loopmap.interop.table_report import TableReport
from loopmap.model import LINK_KINDS, Claim, Link, SystemMap
from loopmap.model.kinds import ARROW

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Edge", "edges_of", "read_links"]

#: Columns of the table that edges are read as, before their attributes.
_COLUMNS = {"source": "edge from", "target": "edge to", "route": "edge route",
            "source kind": "kind of its cause", "target kind": "kind of its effect"}  # fmt: skip
#: A key that a program made, not somebody: "7", "e12"; but "M6" is a road.
_NUMBERED = re.compile(r"[eE]?_?\d+")
_KNOWN = frozenset(plain_name(name) for names in COLUMNS.values() for name in names)
_WHOSE = frozenset(map(plain_name, COLUMNS["perspective"]))
#: More attributes than these are looked at only if their names are known.
_MOST_ATTRIBUTES = 40


class Edge(NamedTuple):
    """An edge with what it says, and the route that it names; ``None`` if it names none."""

    source: str
    target: str
    kind: str
    route: str | None
    data: Mapping[Any, Any]

    @property
    def between(self) -> tuple[str, str, str]:
        """What parallel edges share."""
        return self[:3]


def edges_of(G: nx.Graph, names: Mapping[Hashable, str]) -> list[Edge]:
    """Give the edges of a graph, with the names of their nodes."""
    if G.is_multigraph():
        return [_edge(names[a], names[b], key, data) for a, b, key, data in
                G.edges(keys=True, data=True)]  # fmt: skip
    return [_edge(names[a], names[b], None, data) for a, b, data in G.edges(data=True)]


def _edge(source: str, target: str, key: object, data: Mapping[Any, Any]) -> Edge:
    said = (text_of(data.get(part)) for part in ("kind", "type"))
    kind = next((text for text in said if text in LINK_KINDS), ARROW)
    route = None
    if "route" in data:
        route = text_of(data["route"])
    elif isinstance(key, str) and not _NUMBERED.fullmatch(key):
        route = route_of(text_of(key), kind)
    ours = {"id": None, "key": None, "route": None, "source": source, "target": target}
    kept = {name: value for name, value in data.items()
            if name not in ours or ours[name] not in (None, text_of(value))}  # fmt: skip
    return Edge(source, target, kind, route, kept)


def read_links(
    edges: Sequence[Edge], kinds: Mapping[str, str], sign: str | None, exact: SystemMap | None
) -> tuple[list[Link], tuple[Problem, ...]]:
    """Make links of edges, and tell what is dropped, changed or guessed.

    Parameters
    ----------
    edges
        The edges.
    kinds
        What the nodes say they are.
    sign
        The attribute that holds the sign, if the caller says so.
    exact
        The map that the graph was made of: an edge that says what it said then is the link it
        was then, with all its claims.

    Raises
    ------
    UnknownNameError
        If no edge has the attribute ``sign``.
    """
    _need_attribute(sign, edges)
    were = {link.key: link for link in exact.links} if exact and sign in (None, "sign") else {}
    links: list[Link] = []
    rest: list[tuple[Edge, Link | None]] = []
    report = TableReport("graph", column="edge attribute", called=lambda number:
                         f"{rest[number][0].source} -> {rest[number][0].target}")  # fmt: skip
    for edge in edges:
        was = were.get((*edge.between, edge.route or ""))  # type: ignore[call-overload]
        if was is not None and _says(edge, was):
            links.append(was)
            report.unread.update({text_of(name): None for name, value in edge.data.items()
                                  if name not in EDGE_PARTS and text_of(value)})  # fmt: skip
        else:
            rest.append((edge, was))
    if not rest:
        report.tell_unread()
        return links, report.problems()
    for number, (_, was) in enumerate(rest):
        if was is not None and _says_more(was):
            what = "edges that were changed are read as the graph says; who claimed what is lost"
            report.count(what, "changed", number)
    links += _read_as_table([edge for edge, _ in rest], kinds, sign, report)
    return links, tuple(p for p in report.problems() if p.rule != "ids")


def _says(edge: Edge, link: Link) -> bool:
    expected = {name: value for name, value in edge_attributes(link).items() if name != "route"}
    return says(edge.data, expected, EDGE_PARTS)


def _says_more(link: Link) -> bool:
    """Whether a link has claims that an edge cannot carry."""
    plain = Claim(None, link.polarity, link.delayed, link.strength)
    return link.claims != (plain,)


def _need_attribute(sign: str | None, edges: Sequence[Edge]) -> None:
    if sign is None or not edges or any(sign in edge.data for edge in edges):
        return
    there = sorted({text_of(name) for edge in edges for name in edge.data})
    hint = did_you_mean(text_of(sign), there) or (
        f"; edges have {listed(there, at_most=20)}" if there else "; edges have none"
    )
    raise UnknownNameError(f"no edge has the attribute {shown(sign)}{hint}")


def _read_as_table(
    edges: Sequence[Edge], kinds: Mapping[str, str], sign: str | None, report: TableReport
) -> tuple[Link, ...]:
    names = _attributes(edges, report)
    rows = []
    for edge, route in zip(edges, _routes(edges, names, report), strict=True):
        ends = (edge.source, edge.target)
        data = _plain(edge.data, report)
        rows.append([*ends, route, *(kinds.get(end, "") for end in ends), *map(data.get, names)])
    headers = [*_COLUMNS.values(), *map(text_of, names)]
    given = {**_COLUMNS, "sign": None if sign is None else text_of(sign)}
    reading = read_edge_list(headers, rows, where="graph", given=given, report=report)
    return reading.map.links


def _attributes(edges: Iterable[Edge], report: TableReport) -> list[Any]:
    """Give the names of the attributes that are read as columns."""
    names = dict.fromkeys(name for edge in edges for name in edge.data)
    kept: list[Any] = []
    for name in names:
        if len(kept) < _MOST_ATTRIBUTES or plain_name(text_of(name)) in _KNOWN:
            kept.append(name)
        else:
            report.unread.setdefault(text_of(name))
    return kept


def _plain(data: Mapping[Any, Any], report: TableReport) -> dict[Any, Any]:
    """Give what a cell can hold; the weight only where it is more than the size of the strength."""
    report.unread.update({text_of(n): None for n, value in data.items() if is_container(value)})
    plain = {name: value for name, value in data.items() if not is_container(value)}
    size, strength = (read_number(text_of(plain.get(part))) for part in ("weight", "strength"))
    if size is not None and strength is not None and size == abs(strength):
        del plain["weight"]
    return plain


def _routes(edges: Sequence[Edge], names: Iterable[Any], report: TableReport) -> list[str]:
    """Give every edge its route; one of several without a name gets a number for it.

    Parallel edges of which each says whose it is are claims of one link.
    """
    whose = [name for name in names if plain_name(text_of(name)) in _WHOSE]
    taken = {(*edge.between, edge.route) for edge in edges if edge.route is not None}
    counts: dict[tuple[str, str, str], int] = {}
    routes = []
    for number, edge in enumerate(edges):
        route = edge.route
        if route is None and any(text_of(edge.data.get(name)) for name in whose):
            route = ""
        if route is None:
            count = counts.get(edge.between, 0) + 1
            while (*edge.between, _numbered(count)) in taken:
                count += 1
            counts[edge.between], route = count, _numbered(count)
            if route:
                what = "parallel edges without a name get a number as their route"
                report.count(what, "guessed", number, "give them a 'route', or a text as key")
        routes.append(route)
    return routes


def _numbered(count: int) -> str:
    return "" if count == 1 else str(count)
