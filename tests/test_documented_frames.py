"""Every frame has the columns its docstring names, and the types; a column without one is text."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd
import pytest
from tests.test_docstrings import CALLS, sections

import loopmap as lm

M = lm.example("mash")
EDITED = M.remove(M.causal_links[0])
LOOPS = lm.find_loops(M, at_most=5)

#: What documents it -> frames it may be; ``to_frame`` tells of many.
FRAMES: dict[str, list[Callable[[], pd.DataFrame]]] = {
    "analysis.boundaries.Boundary.to_frame": [lambda: lm.boundary(M, at_most=5).to_frame()],
    "analysis.differences.Diff.to_frame": [lambda: lm.diff(M, EDITED, at_most=5).to_frame()],
    "analysis.distances.Distance.to_frame": [lambda: lm.distance(M, EDITED, at_most=5).to_frame()],
    "analysis.ranking.RankedLoops.to_frame": [lambda: lm.rank_loops(M, LOOPS).to_frame()],
    "analysis.robustness.Robustness.to_frame": [lambda: lm.robustness(M, at_most=5).to_frame()],
    "analysis.sharing.SharedLoops.to_frame": [lambda: lm.shared_loops(M, at_most=5).to_frame()],
    "compare": [lambda: lm.compare(M).drop(columns=list(M.perspectives))],
    "examples": [lm.examples],
    "most_decisive": [lambda: lm.most_decisive(M)],
    "places": [lm.places],
    "to_frame": [
        lambda: lm.to_frame(M, "links"),
        lambda: lm.to_frame(M, "claims"),
        lambda: lm.to_frame(M, "elements"),
        lambda: lm.to_frame(LOOPS),
        lambda: lm.to_frame(lm.count_loops(M)),
        lambda: lm.to_frame(lm.participation(M), "elements"),
    ],
}
TYPES = ("bool", "int64", "Int64", "float64")


@pytest.mark.parametrize("name", FRAMES)
def test_columns_and_types_are_those_described(name: str) -> None:
    told = sections(CALLS[name])["Returns"]
    types = set()
    for frame in (make() for make in FRAMES[name]):
        assert len(frame)
        assert [c for c in frame if f"``{c}``" not in told] == []
        types |= {str(t) for t in frame.dtypes if str(t) in TYPES}
    assert types == {word for word in TYPES if re.search(rf"\b{word}\b", told)}


def test_no_frame_is_forgotten() -> None:
    given = {
        name for name, call in CALLS.items() if "DataFrame" in str(call.__annotations__["return"])
    }
    assert given - {"analysis.boundaries.Boundary.handovers"} == FRAMES.keys()
