from __future__ import annotations

from hypothesis import given, settings

import loopmap as lm
from loopmap.layout import lay_out
from loopmap.layout.annotating.bounds import SIGN_RADIUS
from loopmap.testing import maps


@settings(max_examples=25, deadline=None)
@given(maps())
def test_the_bounds_hold_everything_and_are_tight(m: lm.SystemMap) -> None:
    layout = lay_out(m)
    left, top, right, bottom = layout.bounds
    contexts = [
        (b.x + a * b.width / 2, b.y + c * b.height / 2)
        for b in layout.boxes.values()
        for a in (-1, 1)
        for c in (-1, 1)
    ]
    contexts += [route.points[k] for route in layout.routes for k in (0, -1)]
    for x, y in contexts:
        assert left - 0.01 <= x <= right + 0.01
        assert top - 0.01 <= y <= bottom + 0.01
    if layout.boxes:
        reach = SIGN_RADIUS * layout.font_size
        assert min(x for x, _ in contexts) <= left + 20 * reach
