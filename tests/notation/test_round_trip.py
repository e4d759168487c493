"""The notation holds every map exactly."""

from __future__ import annotations

import warnings

from hypothesis import given

from loopmap import SystemMap
from loopmap.notation import fmt, read_text, write_text
from loopmap.testing import maps


@given(maps())
def test_what_is_written_reads_back_the_same(m: SystemMap) -> None:
    assert read_text(write_text(m)).map == m


@given(maps())
def test_positions_are_written_when_asked_for_and_only_then(m: SystemMap) -> None:
    def places(of: SystemMap) -> list[tuple[float, float] | None]:
        return [element.position for element in of.elements]

    assert places(read_text(write_text(m, positions=True)).map) == places(m)
    assert not any(places(read_text(write_text(m)).map))


@given(maps())
def test_writing_is_tidy(m: SystemMap) -> None:
    text = write_text(m)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert fmt(text) == text
