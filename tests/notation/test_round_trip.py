"""The notation holds every map exactly."""

from __future__ import annotations

import warnings

from hypothesis import given

from loopmap import SystemMap
from loopmap.notation import fmt, read_text, write_text
from loopmap.testing import maps


def places(m: SystemMap) -> list[tuple[float, float] | None]:
    return [element.position for element in m.elements]


@given(maps())
def test_what_is_written_reads_back_the_same(m: SystemMap) -> None:
    text = write_text(m)
    bare = read_text(write_text(m, positions=False)).map
    assert bare == m
    assert all(place is None for place in places(bare))
    placed = read_text(text).map
    assert placed == m
    assert places(placed) == places(m)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert fmt(text) == text
