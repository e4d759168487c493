from __future__ import annotations

import numpy as np
from hypothesis import given, settings

import loopmap as lm
from loopmap.layout import lay_out
from loopmap.layout.annotating.bounds import SIGN_RADIUS
from loopmap.testing import maps


@settings(max_examples=25, deadline=None)
@given(maps())
def test_no_sign_lies_on_a_name_or_on_another_sign(m: lm.SystemMap) -> None:
    layout = lay_out(m)
    reach = SIGN_RADIUS * layout.font_size
    signs = [complex(*route.sign) for route in layout.routes]
    for i, sign in enumerate(signs):
        for box in layout.boxes.values():
            away = sign - complex(box.x, box.y)
            assert abs(away.real) > box.width / 2 + reach * 0.8 or (
                abs(away.imag) > box.height / 2 + reach * 0.8
            )
        for other in signs[:i]:
            assert max(abs((sign - other).real), abs((sign - other).imag)) > reach


def test_signs_sit_near_the_heads_of_their_links() -> None:
    for route in lay_out(lm.example("hurdles")).routes:
        away = abs(complex(*route.sign) - complex(*route.points[-1]))
        chord = abs(complex(*route.points[0]) - complex(*route.points[-1]))
        assert away < max(0.6 * chord, 60)
    assert np.isfinite(away)
