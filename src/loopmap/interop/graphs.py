"""Maps to networkx graphs and back."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Set
from typing import TYPE_CHECKING, Any, cast

from loopmap.errors import InvalidMapError, Problem, shown
from loopmap.interop.cells import is_missing, read_delay, read_number, read_sign, text_of
from loopmap.model import (
    ELEMENT_KINDS,
    LINK_KINDS,
    Claim,
    Element,
    Link,
    LinkKey,
    Reading,
    SystemMap,
)
from loopmap.model.joining import with_undeclared
from loopmap.options import ElementKind, LinkKindName
from loopmap.polarity import Polarity

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["from_networkx", "to_networkx"]

_HEADERS = ("title", "subtitle", "author", "date", "about", "sources", "focal", "loops")
_SIGNS = ("sign", "polarity", "weight")


def to_networkx(m: SystemMap) -> nx.MultiDiGraph:
    """Make a networkx graph of a map; :func:`from_networkx` reads it back exactly.

    Parameters
    ----------
    m
        The map.

    Returns
    -------
    networkx.MultiDiGraph
        A node for each element, under its name, with ``kind``, ``notes``, ``tags`` and
        ``position``. An edge for each link, its key ``(kind, route)``, with ``sign`` (``"+"``,
        ``"-"``, ``"?"``, ``"+/-"``), ``delayed``, ``strength`` (a number or ``None``), ``kind``,
        ``route`` and ``claims``. What else the map holds is in ``G.graph``.

    Examples
    --------
    >>> G = lm.to_networkx(lm.SystemMap(links=[("A", "B", "+"), ("B", "A", "-")]))
    >>> list(G.edges(data="sign"))
    [('A', 'B', '+'), ('B', 'A', '-')]
    """
    import networkx as nx

    graph = nx.MultiDiGraph(**{part: getattr(m, part) for part in _HEADERS})
    for element in m.elements:
        graph.add_node(
            element.name,
            kind=element.kind,
            notes=element.notes,
            tags=element.tags,
            position=element.position,
        )
    for link in m.links:
        graph.add_edge(
            link.source,
            link.target,
            key=(link.kind, link.route),
            sign=link.polarity.sign,
            delayed=link.delayed,
            strength=link.strength,
            kind=link.kind,
            route=link.route,
            claims=link.claims,
        )
    return graph


def from_networkx(G: nx.Graph, sign: str | None = None) -> SystemMap:
    """Make a map of a directed networkx graph.

    Parameters
    ----------
    G
        A ``DiGraph`` or ``MultiDiGraph``. Nodes are named by their ``label`` if each has one of
        its own, else by themselves; their ``kind``, ``notes``, ``tags`` and ``position`` or
        ``pos`` are kept. Edges may carry ``delayed`` or ``delay``, ``strength``, ``kind``,
        ``route`` and ``claims``.
    sign
        The edge attribute that holds the sign; by default the first of ``sign``, ``polarity``
        and ``weight`` (the sign of a number) that an edge has.

    Returns
    -------
    SystemMap
        After one ``LossWarning`` if something was dropped or guessed.

    Raises
    ------
    InvalidMapError
        If the graph is not directed, two nodes would get one name, or a link joins what it may
        not join.

    Examples
    --------
    >>> import networkx as nx
    >>> G = nx.DiGraph()
    >>> G.add_edge("Backlog", "Stress", weight=0.8)
    >>> G.add_edge("Stress", "Backlog", weight=0.3)
    >>> lm.from_networkx(G).links
    (<Link Backlog -> Stress : +>, <Link Stress -> Backlog : +>)
    """
    if not G.is_directed():
        raise InvalidMapError(
            "this graph is not directed, so it does not say what drives what; pass a DiGraph"
        )
    names = _names(G)
    problems: list[Problem] = []
    links: list[Link] = []
    taken: set[LinkKey] = set()
    for source, target, data in G.edges(data=True):
        link = _apart(_link(names[source], names[target], data, sign, problems), taken, data)
        taken.add(link.key)
        links.append(link)
    asked = with_undeclared({}, links)
    elements = [
        _element(name, G.nodes[node], asked[name].kind if name in asked else "variable")
        for node, name in names.items()
    ]
    parts = {part: G.graph[part] for part in _HEADERS if part in G.graph}
    if "title" not in parts and G.graph.get("name"):
        parts["title"] = text_of(G.graph["name"])
    return Reading(SystemMap(elements, links, **parts), tuple(problems)).warned(stacklevel=2)


def _names(G: nx.Graph) -> dict[Hashable, str]:
    """Node -> name: its label where every node has one of its own, else the node itself."""
    labels = {node: text_of(data.get("label")) for node, data in G.nodes(data=True)}
    if not all(labels.values()) or len(set(labels.values())) < len(labels):
        labels = {node: text_of(node) for node in G.nodes}
    if len(set(labels.values())) < len(labels):
        seen: dict[str, Hashable] = {}
        for node, name in labels.items():
            if name in seen:
                raise InvalidMapError(
                    f"the nodes {seen[name]!r} and {node!r} would both be called {name!r}; "
                    "relabel one of them"
                )
            seen[name] = node
    return labels


def _link(
    source: str, target: str, data: Mapping[str, Any], sign: str | None, problems: list[Problem]
) -> Link:
    given = data.get("kind")
    kind = cast("LinkKindName", given) if given in LINK_KINDS else "causal"
    route = text_of(data.get("route"))
    claims = data.get("claims")
    if claims and all(isinstance(claim, Claim) for claim in claims):
        return Link(source, target, kind=kind, route=route, claims=claims)
    where = f"{source} -> {target}"
    polarity = Polarity.UNKNOWN
    if LINK_KINDS[kind].signed:
        polarity = _sign(data, (sign,) if sign else _SIGNS, where, problems)
    delay = next((data[name] for name in ("delayed", "delay") if name in data), False)
    delayed = read_delay("" if delay is False else text_of(delay))
    if delayed is None:
        problems.append(Problem(f"the delay {shown(delay)} is read as delayed", where))
    strength = data.get("strength", data.get("weight"))
    number = None if is_missing(strength) else read_number(text_of(strength))
    return Link(
        source, target, polarity, delayed=delayed is not False, strength=number, kind=kind,
        route=route,
    )  # fmt: skip


def _sign(
    data: Mapping[str, Any], names: tuple[str, ...], where: str, problems: list[Problem]
) -> Polarity:
    for name in names:
        if name in data:
            value = data[name]
            found = value if isinstance(value, Polarity) else read_sign(text_of(value))
            if found is None:
                what = f"the {name} {shown(data[name])} is read as ? (not known)"
                problems.append(Problem(what, where, rule="guessed"))
            return found or Polarity.UNKNOWN
    return Polarity.UNKNOWN


def _apart(link: Link, taken: Set[LinkKey], data: Mapping[str, Any]) -> Link:
    """Keep parallel edges apart: those without a route of their own get a number for one."""
    if link.key not in taken or "route" in data:
        return link
    number = 2
    while link.replace(route=str(number)).key in taken:
        number += 1
    return link.replace(route=str(number))


def _element(name: str, data: Mapping[str, Any], usual: ElementKind) -> Element:
    kind = data.get("kind")
    position = data.get("position", data.get("pos"))
    return Element(
        name,
        cast("ElementKind", kind) if kind in ELEMENT_KINDS else usual,
        tuple(_texts(data.get("notes", data.get("note")))),
        tuple(_texts(data.get("tags", data.get("tag")))),
        None if is_missing(position) else position,
    )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, list | tuple | set | frozenset):
        yield from map(text_of, value)
    else:
        yield text_of(value)
