"""Loop finders the bench knows, and how to name others.

A finder takes a map and gives loops, one after another: each a :class:`~loopmap.Loop`, a sequence
of names, or a mapping with ``path`` and, if it knows it, ``kind`` (``"R"``, ``"B"``, ``"U"`` or the
word). If what it returns has an attribute ``complete``, that is taken as what it says of itself.
"""

from __future__ import annotations

import importlib
import json
import shlex
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from loopmap.bench.stable_random import StableRandom
from loopmap.errors import MissingExtraError, UnknownNameError, did_you_mean, listed
from loopmap.loops import Loop, find_loops
from loopmap.model import SystemMap
from loopmap.model.named_loops import rotated

__all__ = ["FINDERS", "Found", "Row", "find_finder"]

Found = Loop | Sequence[str] | Mapping[str, Any]
Finder = Callable[[SystemMap], Iterable[Found]]


@dataclass(frozen=True)
class Row:
    """A finder the bench knows: what it is, which package it needs, and the function."""

    about: str
    package: str
    find: Finder


@dataclass(frozen=True)
class Answer:
    """Loops together with what the finder says about them."""

    loops: Iterable[Found]
    complete: bool | None = None

    def __iter__(self) -> Iterator[Found]:
        return iter(self.loops)


def _loopmap(m: SystemMap) -> Iterable[Found]:
    return find_loops(m, at_most=None)


def _networkx(m: SystemMap) -> Iterable[Found]:
    import networkx as nx

    # Without backends: the bench compares networkx itself, not loopmap behind it.
    graph = nx.DiGraph([(link.source, link.target) for link in m.causal_links])
    found: Iterable[Found] = nx.simple_cycles(graph, backend="networkx")
    return found


def _networkx_recursive(m: SystemMap) -> Iterable[Found]:
    import networkx as nx

    graph = nx.DiGraph([(link.source, link.target) for link in m.causal_links])
    found: Iterable[Found] = nx.recursive_simple_cycles(graph, backend="networkx")
    return found


def _igraph(m: SystemMap) -> Iterable[Found]:
    import igraph

    names, links = _numbered(m)
    graph = igraph.Graph(n=len(names), edges=links, directed=True)
    return ([names[i] for i in cycle] for cycle in graph.simple_cycles())


def _rustworkx(m: SystemMap) -> Iterable[Found]:
    import rustworkx

    names, links = _numbered(m)
    graph = rustworkx.PyDiGraph()
    graph.add_nodes_from(range(len(names)))
    graph.add_edges_from_no_data(links)
    return ([names[i] for i in cycle] for cycle in rustworkx.simple_cycles(graph))


def _random_walk(m: SystemMap, *, walks: int = 500) -> Iterable[Found]:
    """Walk at random until a variable comes again; what lies between is a loop."""
    leaving: dict[str, list[str]] = {}
    for link in m.causal_links:
        leaving.setdefault(link.source, []).append(link.target)
    random, starts, found = StableRandom("walk"), sorted(leaving), set()
    for _ in range(walks if starts else 0):
        here, met, path = random.one_of(starts), {}, []  # type: ignore[var-annotated]
        while here not in met and here in leaving:
            met[here] = len(path)
            path.append(here)
            here = random.one_of(leaving[here])
        if here in met:
            found.add(rotated(tuple(path[met[here] :])))
    return sorted(found)


def _numbered(m: SystemMap) -> tuple[list[str], list[tuple[int, int]]]:
    names = list(m.variables)
    number = {name: i for i, name in enumerate(names)}
    return names, [(number[link.source], number[link.target]) for link in m.causal_links]


#: Finder -> what it is. A new one needs no row here: name it ``module:function``.
FINDERS: dict[str, Row] = {
    "loopmap": Row("loopmap.find_loops, all loops", "loopmap", _loopmap),
    "networkx": Row("simple_cycles (Johnson 1975)", "networkx", _networkx),
    "networkx-recursive": Row("recursive_simple_cycles", "networkx", _networkx_recursive),
    "igraph": Row("Graph.simple_cycles", "igraph", _igraph),
    "rustworkx": Row("simple_cycles (Johnson 1975)", "rustworkx", _rustworkx),
    "random-walk": Row("500 random walks, as an R package does", "loopmap", _random_walk),
}


def find_finder(name: str) -> Finder:
    """The finder of this name.

    Parameters
    ----------
    name
        A name of ``FINDERS``, ``"module:function"``, or ``"command: …"``: a program that is
        given the map as JSON (``{"links": [{"source", "target", "sign", "delayed", "route"}]}``)
        and answers with JSON (``{"loops": [{"path": […], "kind": "R"}], "complete": true}``).

    Raises
    ------
    UnknownNameError
        If there is none.
    MissingExtraError
        If its package is not installed.
    """
    if name.startswith("command:"):
        return _command(shlex.split(name.removeprefix("command:")))
    if ":" in name:
        return _imported(name)
    if name not in FINDERS:
        raise UnknownNameError(
            f"there is no loop finder {name!r}{did_you_mean(name, FINDERS)}; finders are "
            f"{listed(tuple(FINDERS), 'or', at_most=9)}, 'module:function' or 'command: program'"
        )
    row = FINDERS[name]
    try:
        importlib.import_module(row.package)
    except ImportError as error:
        raise MissingExtraError(
            f"the finder {name!r} needs the package {row.package}: pip install {row.package}"
        ) from error
    return row.find


def _imported(name: str) -> Finder:
    module, _, function = name.partition(":")
    try:
        found = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError, ValueError) as error:
        raise UnknownNameError(
            f"the finder {name!r} cannot be imported ({error}); it is 'module:function', and the "
            "module must be in the folder you are in, or installed"
        ) from error
    if not callable(found):
        raise UnknownNameError(f"the finder {name!r} is no function but {found!r}")
    taken: Finder = found
    return taken


def _command(words: list[str]) -> Finder:
    def find(m: SystemMap) -> Iterable[Found]:
        asked = {
            "links": [
                {
                    "source": link.source,
                    "target": link.target,
                    "sign": link.polarity.sign,
                    "delayed": link.delayed,
                    "route": link.route,
                }
                for link in m.causal_links
            ]
        }
        run = subprocess.run(
            words, input=json.dumps(asked), capture_output=True, text=True, check=True
        )
        answer = json.loads(run.stdout)
        if isinstance(answer, list):
            return Answer(answer)
        return Answer(answer["loops"], answer.get("complete"))

    return find
