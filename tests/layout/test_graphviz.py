from __future__ import annotations

import shutil

import pytest

import loopmap as lm
from loopmap.errors import MissingExtraError
from loopmap.layout import lay_out
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
