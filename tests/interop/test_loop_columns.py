"""Loops in columns say what loops as objects say, in one schema at every size."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given

import loopmap as lm
from loopmap.loops import LoopTable
from loopmap.testing import maps


@given(maps())
def test_a_table_and_a_list_give_one_frame(m: lm.SystemMap) -> None:
    loops = lm.find_loops(m, at_most=None)
    pd.testing.assert_frame_equal(lm.to_frame(loops), lm.to_frame(list(loops)))


@given(maps())
def test_arrow_columns_say_the_same(m: lm.SystemMap) -> None:
    pytest.importorskip("pyarrow", reason="Arrow columns need pyarrow, which is not installed")
    loops = lm.find_loops(m, at_most=None)
    plain, arrow = lm.to_frame(loops), lm.to_frame(loops, arrow=True)
    assert list(arrow) == list(plain)
    for name in arrow:
        ours = arrow[name].to_list()
        assert [tuple(v) if name in ("path", "signs", "routes") else v for v in ours] == plain[
            name
        ].to_list()
        assert "arrow" in str(arrow[name].dtype)


def test_named_loops_keep_their_names() -> None:
    loops = lm.find_loops(lm.example("mash"))
    assert lm.to_frame(loops)["name"].to_list() == [loop.name for loop in loops]


def test_one_schema_at_every_size() -> None:
    m = lm.SystemMap(links=[(f"V{i}", f"V{j}", "+") for i in range(9) for j in range(9) if i != j])
    loops = lm.find_loops(m, at_most=None)
    assert isinstance(loops.loops, LoopTable)
    assert len(loops) == 125_664  # K9: the sum of 9!/(k (9 - k)!) for k from 2 to 9
    many, few = lm.to_frame(loops), lm.to_frame(lm.find_loops(m, at_most=10))
    pd.testing.assert_frame_equal(many[:10], few)
    assert many["id"].is_unique


def test_only_tables_have_arrow_columns() -> None:
    with pytest.raises(lm.InvalidOptionError, match="find_loops"):
        lm.to_frame(list(lm.find_loops(lm.example("mash"))), arrow=True)
