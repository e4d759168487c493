"""What a loop is asked for by: its place, its label, its name, its id, in this order."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

import loopmap as lm

#: R1 is A, B; somebody called it "R2".
CLASH = lm.SystemMap(
    links=[("A", "B", "+"), ("B", "A", "+"), ("C", "D", "+"), ("D", "C", "+")],
    loops=[lm.NamedLoop("R2", ["A", "B"], "R")],
)


def test_labels_go_before_names_and_the_clash_is_told() -> None:
    loops = lm.find_loops(CLASH)
    assert (loops[0].label, loops[0].name) == ("R1", "R2")
    with pytest.warns(UserWarning, match="'R2' is the label of one loop and the name of another"):
        assert loops["R2"] is loops[1]
    with pytest.warns(UserWarning, match="another, 'R1'; the label counts"):
        drawn = lm.draw(CLASH, highlight="R2", effort="fast")
    assert drawn.scene is not None
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert loops["R1"] is loops[0]
        assert loops[loops[1].id] is loops[1]


def test_a_list_of_loops_knows_names_too() -> None:
    loops = lm.find_loops(CLASH)
    plain = lm.Loops(list(loops))
    with pytest.warns(UserWarning, match="the label counts"):
        assert plain["R2"] == loops[1]


def test_numpy_counts_places_too() -> None:
    loops = lm.find_loops(CLASH)
    assert loops[np.int64(1)] == loops[1]
    with pytest.raises(lm.UnknownNameError, match="no loop is called 'R3'"):
        loops["R3"]
