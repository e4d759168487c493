"""DOT: another program reads the same names, links and signs, whatever the names hold."""

from __future__ import annotations

import re
import shutil
import subprocess

import pydot
import pytest
from hypothesis import given, settings

import loopmap as lm
from loopmap.formats import FORMATS, dumped, loaded
from loopmap.testing import maps

DOT = FORMATS["dot"]


def plain(quoted: str) -> str:
    """What Graphviz shows for a quoted label."""
    inside = quoted[1:-1].replace('\\"', '"')
    return re.sub(r"\\(.)", r"\1", inside).replace("&amp;", "&")


@settings(max_examples=30)
@given(maps(max_variables=5, max_links=6))
def test_pydot_reads_what_is_written(m: lm.SystemMap) -> None:
    (graph,) = pydot.graph_from_dot_data(dumped(m, DOT)[0].decode())
    labels = {node.get_name(): plain(node.get("label")) for node in graph.get_nodes()}
    assert sorted(labels.values()) == list(m.names)
    edges = sorted(
        (
            labels[edge.get_source()],
            labels[edge.get_destination()],
            edge.get("polarity") or "unknown",
        )
        for edge in graph.get_edges()
    )
    assert edges == sorted((link.source, link.target, link.polarity.word) for link in m.links)


@pytest.mark.skipif(not shutil.which("dot"), reason="needs Graphviz' dot")
def test_graphviz_reads_awkward_names() -> None:
    names = ['a"b', "back\\", "\\N", "<b>", "&amp;", "a;b", "x -> y", "سلام", "{}|", "element 1"]
    m = lm.SystemMap(links=[(a, b, "-") for a, b in zip(names, names[1:] + names[:1], strict=True)])
    done = subprocess.run(
        ["dot", "-Tplain"], input=dumped(m, DOT)[0], capture_output=True, check=True
    )
    assert done.stderr == b""
    lines = done.stdout.decode().splitlines()
    assert (
        sum(line.startswith("node ") for line in lines)
        == sum(line.startswith("edge ") for line in lines)
        == len(names)
    )


def test_it_reads_well() -> None:
    m = lm.parse(
        "title: The hub\nBacklog [stock]\nBacklog -> Stress : - [delay]\nPolice holds Backlog\n"
    )
    data, lost = dumped(m, DOT)
    assert lost == ""
    assert (
        data.decode()
        == """digraph {
  label="The hub";
  labelloc="t";
  "Backlog" [label="Backlog", shape=box, kind=stock];
  "Police" [label="Police", shape=octagon, kind=stakeholder];
  "Stress" [label="Stress", shape=plaintext];
  "Backlog" -> "Stress" [label="− //", polarity=negative, delayed=true];
  "Police" -> "Backlog" [kind=holds, style=dashed];
}
"""
    )


def test_it_is_written_and_not_read() -> None:
    with pytest.raises(lm.UnknownFormatError, match="writes 'dot' but does not read it"):
        loaded(b"digraph {}", DOT, source="x.dot")
