"""Every row of FORMATS keeps what it says, says what it does not, and survives any bytes."""

from __future__ import annotations

import warnings
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import loopmap as lm
from loopmap.formats import FEATURES, FORMATS, Format, dumped, kept, loaded
from loopmap.testing import maps

BOTH_WAYS = [row for row in FORMATS.values() if row.load and row.dump]
READ = [row for row in FORMATS.values() if row.load]


def positions(m: lm.SystemMap) -> dict[str, object]:
    return {element.name: element.position for element in m.elements}


def options_of(row: Format) -> list[dict[str, bool]]:
    return [{}, *({option: True} for option, _ in row.options)]


@given(m=maps())
def test_a_round_trip_keeps_what_the_format_says(m: lm.SystemMap) -> None:
    for row in BOTH_WAYS:
        for options in options_of(row):
            keeps = row.keeps.union(*(dict(row.options)[option] for option in options))
            data, lost = dumped(m, row, **options)
            expected = kept(m, keeps)
            found = loaded(data, row, source="x").map
            assert found == expected, row.name
            assert positions(found) == positions(expected), row.name
            changed = expected != m or positions(expected) != positions(m)
            assert bool(lost) == changed, row.name


@pytest.mark.parametrize("row", FORMATS.values(), ids=lambda row: row.name)
def test_a_row_says_what_it_is(row: Format) -> None:
    assert row.keeps <= FEATURES.keys()
    assert row.about.endswith(".")
    assert all(suffix.startswith(".") and suffix == suffix.casefold() for suffix in row.suffixes)
    assert row.load or row.dump


def reads_or_explains(data: bytes, row: Format) -> None:
    """Any other error than these two would fail the test that calls this."""
    try:
        found = loaded(data, row, source="x").problems
    except lm.MapSyntaxError as error:
        found = error.problems
    assert all(problem.what for problem in found)


@pytest.mark.parametrize("row", READ, ids=lambda row: row.name)
@given(data=st.binary() | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_a_map_or_an_explained_error(row: Format, data: bytes) -> None:
    reads_or_explains(data, row)


@cache
def whole(row: Format) -> bytes:
    return dumped(lm.example("mash"), row)[0]


@pytest.mark.parametrize("row", BOTH_WAYS, ids=lambda row: row.name)
@given(data=st.data())
def test_damaged_files_are_a_map_or_an_explained_error(row: Format, data: st.DataObject) -> None:
    sound = whole(row)
    start = data.draw(st.integers(0, len(sound)))
    end = start + data.draw(st.integers(0, 3))
    reads_or_explains(sound[:start] + data.draw(st.binary(max_size=3)) + sound[end:], row)


@pytest.mark.parametrize("row", BOTH_WAYS, ids=lambda row: row.name)
def test_reading_and_writing_files(row: Format, tmp_path: Path) -> None:
    m = lm.SystemMap(links=[("Backlog", "Stress", "+"), ("Stress", "Backlog", "-")])
    file = tmp_path / f"map{row.suffixes[0].upper()}"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        lm.write(m, file)
        assert lm.read(file) == m
        assert lm.reading(str(file)) == (m, ())
