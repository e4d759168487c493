"""What a loop is asked for by: its place, its label, its name, its id, in this order."""

from __future__ import annotations

import dataclasses
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


def wide(n: int = 7) -> lm.Loops:
    """All loops of a complete map with mixed signs: more than a table keeps as objects."""
    links = [(f"V{i}", f"V{j}", "+-?"[(i * j) % 3]) for i in range(n) for j in range(n) if i != j]
    named = lm.NamedLoop("Three", ["V0", "V1", "V2"])
    return lm.find_loops(lm.SystemMap(links=links, loops=[named]), at_most=None)


def test_every_label_finds_its_loop_without_the_others() -> None:
    loops = wide()
    for loop in loops:
        assert loops[loop.label] == loop
        assert loops[loop.label].label == loop.label
    counts = loops.by_kind()
    for missing in ("R0", f"R{counts['R'] + 1}", "B01", "R", "R-1", "R²", "X1", ""):
        with pytest.raises(lm.UnknownNameError, match=r"the loops here run from|did you mean"):
            loops[missing]
    assert loops["Three"].path == ("V0", "V1", "V2")
    assert loops[loops[40].id] == loops[40]


@pytest.mark.parametrize("kind", ["R", "B", "U"])
def test_the_loops_of_a_kind_keep_their_labels(kind: str) -> None:
    loops = wide()
    assert isinstance(loops.loops, lm.LoopTable)
    chosen = loops.of_kind(kind)  # type: ignore[arg-type]
    expected = [loop for loop in loops if loop.kind == kind]
    assert list(chosen) == expected
    assert [loop.label for loop in chosen] == [loop.label for loop in expected]
    assert [loop.name for loop in chosen] == [loop.name for loop in expected]
    assert len(chosen) == loops.by_kind()[kind]  # type: ignore[index]


def test_a_loop_of_a_table_knows_the_kind_its_links_multiply_to() -> None:
    for loop in wide(6):
        assert loop.kind == lm.Loop(loop.links).kind == loop.label[0]
        other = dataclasses.replace(loop, links=tuple(loop.links[:1]))
        assert other.kind == lm.Loop(other.links).kind


def test_columns_are_those_of_the_objects_and_cannot_be_written() -> None:
    for loops in (wide(6), lm.Loops(list(wide(6)))):
        assert loops.kinds.tolist() == [loop.kind for loop in loops]
        assert loops.lengths.tolist() == [len(loop) for loop in loops]
        assert loops.signs.tolist() == [{"R": 1, "B": -1, "U": 0}[k] for k in loops.kinds]
    table = wide(6)
    with pytest.raises(ValueError, match="read-only"):
        table.signs[0] = 1
    none = lm.find_loops(lm.SystemMap(links=[("A", "B", "+")]))
    assert none.signs.size == none.lengths.size == none.kinds.size == 0


def test_a_long_table_gives_the_same_loops_in_order_as_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loops = wide()
    one_by_one = [(p, p.label, p.name) for p in (loops[i] for i in range(len(loops)))]
    monkeypatch.setattr("loopmap.loops.table.KEPT", 3)
    monkeypatch.setattr("loopmap.loops.table._BLOCK", 5)
    assert [(p, p.label, p.name) for p in wide()] == one_by_one
