"""Loops as Arrow columns say what loops as objects say."""

from __future__ import annotations

import pytest
from hypothesis import given

import loopmap as lm
from loopmap.testing import maps

pytest.importorskip("pyarrow", reason="Arrow columns need pyarrow, which is not installed")


@given(maps())
def test_both_ways_say_the_same(m: lm.SystemMap) -> None:
    loops = lm.find_loops(m, at_most=None)
    plain, arrow = lm.to_frame(loops), lm.to_frame(loops, arrow=True)
    assert list(arrow) == [name for name in plain if name != "id"]
    for name in arrow:
        ours = arrow[name].to_list()
        assert [tuple(v) if name in ("path", "signs") else v for v in ours] == plain[name].to_list()


def test_named_loops_keep_their_names() -> None:
    loops = lm.find_loops(lm.example("mash"))
    assert lm.to_frame(loops, arrow=True)["name"].to_list() == [loop.name for loop in loops]


def test_many_loops_come_as_arrow_by_themselves() -> None:
    m = lm.SystemMap(links=[(f"V{i}", f"V{j}", "+") for i in range(9) for j in range(9) if i != j])
    loops = lm.find_loops(m, at_most=None)
    assert len(loops) == 125_664  # K9: the sum of 9!/(k (9 - k)!) for k from 2 to 9
    assert "arrow" in str(lm.to_frame(loops)["path"].dtype)


def test_only_tables_have_columns() -> None:
    with pytest.raises(lm.InvalidOptionError, match="find_loops"):
        lm.to_frame(list(lm.find_loops(lm.example("mash"))), arrow=True)
