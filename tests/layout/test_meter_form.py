from __future__ import annotations

import loopmap as lm
from loopmap.layout import lay_out
from loopmap.layout.meter_form import geometry


def test_the_neutral_form_holds_everything_drawn() -> None:
    m = lm.SystemMap(links=[lm.Link("A", "B", "+", delayed=True), ("B", "A", "-"), ("A", "A", "+")])
    layout = lay_out(m)
    form = geometry(layout, [["A", "B"]], name="x")
    assert [node["id"] for node in form["nodes"]] == ["A", "B"]
    assert [(e["source"], e["target"]) for e in form["edges"]] == [("A", "B"), ("B", "A")]
    kinds = [label["kind"] for label in form["labels"]]
    assert (kinds.count("polarity"), kinds.count("delay")) == (2, 1)
    assert kinds.count("loop") == len(layout.badges)
