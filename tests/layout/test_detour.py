from __future__ import annotations

import numpy as np

import loopmap as lm
from loopmap.layout.curves import trace
from loopmap.layout.geometry import outside
from loopmap.layout.layout_graph import LayoutGraph, drawn_links, layout_graph
from loopmap.layout.measure import measure
from loopmap.layout.routing.detour import detour
from loopmap.layout.routing.router import Router


def test_a_link_through_text_goes_round_it() -> None:
    m = lm.SystemMap(["M1", "M2", "M3"], [("A", "B", "+")])
    p = layout_graph(measure(m, 10), drawn_links(m), (), 10)
    at = {"A": 0, "B": 60, "M1": 20, "M2": 30, "M3": 40}
    x = np.array([complex(at[name], 0) for name in p.names])
    half = p.half.copy()
    half[2:] = 3 + 20j  # tall walls, which no single arc clears
    half[2] = 3 + 1j
    wall = LayoutGraph(p.names, half, p.keys, p.ends, p.loops, p.delayed, p.signed)
    router = Router(wall, x)
    detour(router)
    line = trace(router.curves()[0], 48)
    assert router.detours
    assert outside(line[:, None] - x[2:], half[2:]).min() > 0


def test_whoever_goes_round_one_box_goes_round_the_next() -> None:
    m = lm.SystemMap(["M1", "M2", "M3"], [("A", "B", "+")])
    p = layout_graph(measure(m, 10), drawn_links(m), (), 10)
    at = {"A": 0, "B": 80, "M1": 40, "M2": 40 + 18j, "M3": 40 - 18j}
    x = np.array([complex(at[name]) for name in p.names])
    half = p.half.copy()
    half[2:] = 12 + 6j
    half[2] = 3 + 11j  # the wall; the others stand at its ends
    router = Router(LayoutGraph(p.names, half, p.keys, p.ends, p.loops, p.delayed, p.signed), x)
    detour(router)
    line = trace(router.curves()[0], 48)
    assert outside(line[:, None] - x[2:], half[2:]).min() > 0
