from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from loopmap.layout.placing.pack import pack


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.floats(1, 30), st.floats(1, 20), st.booleans()), min_size=1, max_size=9)
)
def test_packed_parts_do_not_meet(parts: list[tuple[float, float, bool]]) -> None:
    low = np.array([complex(-a, -b) for a, b, _ in parts])
    shift = pack(low, -low, [single for _, _, single in parts])
    for i, (a, b, _) in enumerate(parts):
        for j, (c, d, _) in enumerate(parts[:i]):
            away = shift[i] - shift[j]
            assert abs(away.real) >= a + c or abs(away.imag) >= b + d
