from __future__ import annotations

import json
import shutil

import pytest

import loopmap as lm
from loopmap.errors import MissingExtraError
from loopmap.layout import lay_out
from loopmap.layout.layout_graph import drawn_links, layout_graph
from loopmap.layout.measure import measure
from loopmap.layout.placing import graphviz

RING = [("A", "B", "+"), ("B", "C", "-"), ("C", "A", "+"), ("A", "A", "+")]


@pytest.mark.skipif(shutil.which("dot") is None, reason="needs the dot program of Graphviz")
@pytest.mark.parametrize("engine", graphviz.GRAPHVIZ)
def test_graphviz_places_nodes_and_we_do_the_rest(engine: str) -> None:
    layout = lay_out(lm.SystemMap(links=RING), engine=engine)
    assert layout.engine == engine
    places = {(round(box.x), round(box.y)) for box in layout.boxes.values()}
    assert len(places) == 3
    assert len(layout.routes) == 4
    assert layout.badges


def test_without_graphviz_the_error_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphviz.shutil, "which", lambda name: None)
    monkeypatch.setattr(graphviz, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"loopmap\[graphviz\].*'loops'"):
        lay_out(lm.SystemMap(links=RING), engine="dot")


def test_graphviz_counts_upwards_in_points_and_we_down_in_em(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer = {"objects": [{"name": "1", "pos": "30,40"}, {"name": "0", "pos": "-5,10!"}]}
    monkeypatch.setattr(graphviz.shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(graphviz, "_by_program", lambda *_: json.dumps(answer).encode())
    m = lm.SystemMap(links=[("A", "B", "+")])
    graph = layout_graph(measure(m, 10), drawn_links(m), (), 10)
    assert graphviz.graphviz_places(graph, "dot").tolist() == [-0.5 - 1j, 3 - 4j]


@pytest.mark.skipif(shutil.which("dot") is None, reason="needs the dot program of Graphviz")
def test_dot_draws_downwards() -> None:
    chain = lm.SystemMap(links=[("A", "B", "+"), ("B", "C", "+")])
    boxes = lay_out(chain, engine="dot").boxes
    assert boxes["A"].y < boxes["B"].y < boxes["C"].y
