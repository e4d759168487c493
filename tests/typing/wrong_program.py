"""Every line marked ``wrong`` must be refused by mypy and by pyright, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import loopmap as lm

if TYPE_CHECKING:  # to be read, not run
    m = lm.example("mash")
    lm.draw(m, style="scren")  # wrong
    lm.draw(m, layout="dott")  # wrong
    lm.draw(m, by="persepctive")  # wrong
    lm.draw(m, effort="best")  # wrong
    lm.draw(m, legend="above")  # wrong
    lm.draw(m, hihglight="R1")  # wrong
    lm.draw(m).save("mash.pdf", paper="A7")  # wrong
    lm.draw_panels(m, hihglight="R1")  # wrong
    lm.draw_loops(m, style="scren")  # wrong
    lm.draw_loops(m, loops="all")  # wrong
    lm.draw_diff(m, m, layuot="dot")  # wrong
    lm.draw_before_after(m, m, seed="1")  # wrong
    lm.find_loops(m, kind="X")  # wrong
    lm.find_loops(m).of_kind("reinforced")  # wrong
    lm.loop_tables(m, kind="X")  # wrong
    lm.independent_loops(m, method="silts")  # wrong
    lm.rank_loops(m, by="lenght")  # wrong
    lm.to_frame(m, "link")  # wrong
    lm.to_frame(m, arrow=True)  # wrong
    lm.to_frame(lm.find_loops(m), "links")  # wrong
    lm.read("mash.x", format="jsn")  # wrong
    lm.write(m, "mash.x", format="excel")  # wrong
    lm.Element("Police", "agency")  # wrong
    lm.Link("Police", "Stress", kind="owns")  # wrong
    m.link("A", "B", kind="owns")  # wrong
    lm.NamedLoop("Spiral", ["A", "B"], kind="X")  # wrong
    lm.draw_places(style="scren")  # wrong
    lm.widget(m, theme="drak")  # wrong
    print(lm.nothing_of_this_name)  # wrong
    lm.draw(m, style="screen")
