from __future__ import annotations

import numpy as np
from hypothesis import given, settings

import loopmap as lm
from loopmap.layout import lay_out
from loopmap.layout.curves import trace
from loopmap.testing import maps


@settings(max_examples=25, deadline=None)
@given(maps())
def test_strokes_stand_across_their_own_link(m: lm.SystemMap) -> None:
    layout = lay_out(m)
    for route in layout.routes:
        if route.bars is None:
            continue
        line = trace(np.array([complex(*point) for point in route.points]), 64)
        at = complex(route.bars.x, route.bars.y)
        k = int(np.clip(abs(line - at).argmin(), 1, len(line) - 2))
        assert abs(line - at).min() < 0.3 * layout.font_size
        way = line[k + 1] - line[k - 1]
        turn = np.angle(way * np.exp(-1j * route.bars.angle))
        assert abs(turn) < 0.5
