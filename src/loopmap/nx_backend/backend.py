"""The functions networkx calls, and the graph it hands them."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, ClassVar

from loopmap.loops.budget import Budget
from loopmap.loops.filters import LoopFilter
from loopmap.loops.graph import LoopGraph
from loopmap.loops.listing.strategy import find

__all__ = ["BackendInterface", "CycleGraph"]

#: What this backend answers, and nothing else.
ANSWERS = ("simple_cycles",)
#: So many cycles are searched for at first; and all at once, if there are no more than that.
FIRST, AT_ONCE = 4000, 2_000_000
#: Where there are more, so many times as many as were wanted so far.
GROWTH = 4
#: From so many nodes on it pays to list every cycle here.
WIDE = 40


@dataclass(frozen=True, slots=True)
class CycleGraph:
    """A directed networkx graph as the loop engine sees it; parallel edges count once.

    Parameters
    ----------
    nodes
        The nodes in the graph's own order; ``source`` and ``target`` are places in it.
    source, target
        One entry an edge.
    """

    __networkx_backend__: ClassVar[str] = "loopmap"

    nodes: tuple[Hashable, ...]
    source: tuple[int, ...]
    target: tuple[int, ...]

    def is_directed(self) -> bool:
        """Always true: other graphs are left to networkx."""
        return True

    def is_multigraph(self) -> bool:
        """Always false: cycles are told apart by their nodes, as networkx does."""
        return False

    def __len__(self) -> int:
        """The number of nodes."""
        return len(self.nodes)


def simple_cycles(G: CycleGraph, length_bound: int | None = None) -> Iterator[list[Hashable]]:
    """Yield the cycles of a directed graph, shortest first.

    Parameters
    ----------
    G
        The graph, as :meth:`BackendInterface.convert_from_nx` makes it.
    length_bound
        The longest cycles wanted, in edges, or ``None`` for all.

    Raises
    ------
    ValueError
        If ``length_bound`` is negative, as networkx does.

    Examples
    --------
    >>> import networkx as nx
    >>> G = nx.DiGraph(["ab", "bc", "ca", "ba"])
    >>> list(simple_cycles(BackendInterface.convert_from_nx(G)))
    [['a', 'b'], ['a', 'b', 'c']]
    """
    if length_bound is not None and length_bound < 0:
        raise ValueError("length bound must be non-negative")
    if length_bound == 0:
        return
    edges = len(G.source)
    graph = LoopGraph((), (), G.source, G.target, (0,) * edges, (False,) * edges)
    asked = LoopFilter(tuple(graph.looping(range(edges))), longest=length_bound)
    nodes = [G.nodes[i] for i in graph.source]
    seen, wanted = 0, FIRST
    while True:
        found = find(graph, asked, wanted, Budget(None))
        if found.reason.startswith("interrupted"):
            raise KeyboardInterrupt
        yield from map(list, islice(found.loops.along(nodes), seen, None))
        if not found.reason:
            return
        seen = len(found.loops)
        few = found.total is not None and found.total <= AT_ONCE
        wanted = AT_ONCE if few else GROWTH * seen


class BackendInterface:
    """What networkx asks of a backend (``networkx.backends`` entry point)."""

    simple_cycles = staticmethod(simple_cycles)

    @staticmethod
    def convert_from_nx(graph: Any, **_: Any) -> CycleGraph:
        """Number the nodes; attributes do not matter for cycles."""
        nodes = tuple(graph)
        number = {node: i for i, node in enumerate(nodes)}
        # in order of the nodes, because cycles of one length are sorted by their edges
        ends = sorted((number[u], number[v]) for u, heads in graph.adj.items() for v in heads)
        source, target = zip(*ends, strict=True) if ends else ((), ())
        return CycleGraph(nodes, source, target)

    @staticmethod
    def convert_to_nx(result: Any, **_: Any) -> Any:
        """Give lists as they are, and a graph back as a ``DiGraph``."""
        if not isinstance(result, CycleGraph):
            return result
        import networkx as nx

        G = nx.DiGraph()
        G.add_nodes_from(result.nodes)
        ends = zip(result.source, result.target, strict=True)
        G.add_edges_from((result.nodes[u], result.nodes[v]) for u, v in ends)
        return G

    @staticmethod
    def can_run(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool | str:
        """Answer true, or why not: directed graphs and the functions listed only."""
        if name not in ANSWERS:
            return f"loopmap answers {', '.join(ANSWERS)} only"
        graph = args[0] if args else kwargs["G"]
        return True if graph.is_directed() else "loopmap answers for directed graphs only"

    @staticmethod
    def should_run(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool | str:
        """Whether it pays; looked at only when networkx chooses, not with ``backend=``.

        Measured: up to ten times quicker for short cycles of wide graphs, two to three times for
        every cycle of a graph like a drawn map, no quicker where there are few.
        """
        graph = args[0] if args else kwargs["G"]
        bound = args[1] if len(args) > 1 else kwargs.get("length_bound")
        if bound is None:
            return True if len(graph) >= WIDE else "networkx is quicker on small graphs"
        return True if len(graph) >= 4 * bound else "networkx is quicker on small graphs"
