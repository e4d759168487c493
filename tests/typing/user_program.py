"""What an analyst, an enabler and a researcher write; type checkers must have no question."""

from __future__ import annotations

from pathlib import Path
from typing import assert_type

import loopmap as lm


def analyst(file: Path) -> None:
    m = lm.read(file)
    loops = lm.find_loops(m, kind="R", max_length=6, through=m.links[0])
    assert_type(loops, lm.Loops)
    assert_type(loops[0], lm.Loop)
    assert_type(loops["R1"], lm.Loop)
    assert_type(loops[:3], tuple[lm.Loop, ...])
    lm.find_loops(m, kind="balancing")
    lm.independent_loops(m, method="basis")
    for ranked in lm.rank_loops(m, loops, by="evidence"):
        print(ranked.rank, ranked.loop.label, ranked.because)
    frame = lm.to_frame(m, "claims")
    print(len(frame), len(lm.to_frame(loops, arrow=False)))
    lm.write(m, file.with_suffix(".tsv"), format="tsv")


def enabler(people: dict[str, lm.SystemMap]) -> None:
    together = lm.merge(people)
    picture = lm.draw(together, style="wall", layout="loops", effort="poster", legend="right")
    assert_type(picture, lm.Drawing)
    assert_type(picture.save("wall.pdf", paper="A1"), Path)
    lm.draw(together, style=lm.PRINT, near=picture, highlight="R1", by="perspective")
    lm.draw_panels(together, who=["Police"], style="mono", near=picture, author=True)
    lm.draw_loops(together, of="story", title=False)
    old, new = people.values()
    lm.draw_diff(old, new, style="dark", loops=None)
    lm.draw_before_after(old, new, seed=3)


def researcher(rows: list[tuple[str, str, str]]) -> lm.SystemMap:
    m = lm.SystemMap(links=rows)  # signs from data stay texts
    m = m.add(lm.Element("Police", "stakeholder"), lm.Link("Police", "Stress", kind="holds"))
    assert_type(m.link("A", "B").polarity, lm.Polarity)
    assert_type(lm.count_loops(m).total, int)
    try:
        lm.find_loops(m, at_most=-1)
    except lm.InvalidOptionError as error:
        print(error)
    for problem in lm.check(m):
        if problem.severity == "error":
            print(problem.where, problem.what)
    return m
