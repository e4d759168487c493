"""Positions by Graphviz: the ``dot`` program through pydot, or else the pygraphviz wheel.

Only the positions are taken; links, signs and badges are placed by the steps that follow.
The wheel brings no ``dot`` program and runs inside the process that calls it, so it gets a
process of its own, with a time limit.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib.util import find_spec
from typing import Any

import numpy as np

from loopmap.errors import LoopmapError, MissingExtraError
from loopmap.layout.layout_graph import LayoutGraph, Points

__all__ = ["GRAPHVIZ", "graphviz_places"]

#: The engines that are Graphviz's.
GRAPHVIZ = ("dot", "neato", "fdp", "sfdp", "circo", "twopi")

#: Graphviz counts in points and inches; an em is ten points to it.
_EM = 10.0
#: Seconds the wheel may take.
TIME_LIMIT = 120.0

_CHILD = """
import sys, pygraphviz
engine = sys.argv[1]
graph = pygraphviz.AGraph(string=sys.stdin.read())
sys.stdout.buffer.write(graph.draw(format="json", prog=engine))
"""


def graphviz_places(p: LayoutGraph, engine: str) -> Points:
    """Centres of the nodes in em, y down.

    Raises
    ------
    MissingExtraError
        If there is neither a ``dot`` program nor pygraphviz.
    LoopmapError
        If Graphviz fails, or the wheel takes longer than the time limit.
    """
    program = shutil.which("dot")
    if program is not None:
        answer = _by_program(p, engine, program)
    elif find_spec("pygraphviz") is not None:
        answer = _by_wheel(p, engine)
    else:
        raise MissingExtraError(
            f"the layout engine {engine!r} needs Graphviz, and there is no 'dot' program here: "
            'install Graphviz (on Debian: apt install graphviz), or pip install "loopmap[graphviz]"'
            ", or use the engine 'loops', which needs neither"
        )
    found = np.zeros(len(p.names), complex)
    for node in json.loads(answer).get("objects", ()):
        x, y = map(float, node["pos"].rstrip("!").split(",")[:2])
        found[int(node["name"])] = complex(x, -y) / _EM
    return found


def _graph(p: LayoutGraph, engine: str, overlap: str) -> Any:
    import pydot

    graph = pydot.Dot(
        graph_type="digraph",
        layout=engine,
        splines="none",  # our own routes follow; curved ones take Graphviz forever on loops
        overlap=overlap,
        sep="+14",
        nodesep="0.5",
        ranksep="0.7",
        start="1",
    )
    inch = _EM / 72
    for i, half in enumerate(p.half.tolist()):
        width, height = (f"{2 * side * inch:.4f}" for side in (half.real, half.imag))
        size = {"width": width, "height": height, "fixedsize": "true"}
        graph.add_node(pydot.Node(str(i), shape="box", label="", **size))  # type: ignore[arg-type]
    length = f"{14 * inch:.2f}"
    for a, b in p.ends.tolist():
        graph.add_edge(pydot.Edge(str(a), str(b), len=length))
    return graph


def _by_program(p: LayoutGraph, engine: str, program: str) -> bytes:
    graph = _graph(p, engine, "false")
    try:
        answer: bytes = graph.create(prog=[program, f"-K{engine}"], format="json")
    except (OSError, AssertionError) as error:
        raise LoopmapError(f"Graphviz could not lay out this map by {engine!r}: {error}") from error
    return answer


def _by_wheel(p: LayoutGraph, engine: str) -> bytes:
    # the wheel is built without GTS, which overlap=false needs
    text = _graph(p, engine, "vpsc").to_string()
    command = [sys.executable, "-c", _CHILD, engine]
    try:
        done = subprocess.run(
            command, input=text.encode(), capture_output=True, timeout=TIME_LIMIT, check=True
        )
    except subprocess.TimeoutExpired as error:
        raise LoopmapError(
            f"Graphviz took more than {TIME_LIMIT:g} s to lay out this map by {engine!r}; "
            "use the engine 'loops', or 'sfdp' for large maps"
        ) from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise LoopmapError(
            f"Graphviz could not lay out this map by {engine!r}: {' '.join(said)}"
        ) from error
    return done.stdout
