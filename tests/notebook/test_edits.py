"""What the live map's messages do to the map; no browser needed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import loopmap as lm
from loopmap.notebook.edits import EDITS, edited, find, new_name
from loopmap.notebook.payload import facts, key
from loopmap.testing import maps

TWO = lm.SystemMap(links=[("Backlog", "Stress", "+"), ("Stress", "Backlog", "+")])


def of(name: str) -> str:
    return key(TWO.element(name))


def test_every_kind_of_edit() -> None:
    moved, _ = edited(TWO, {"do": "move", "key": of("Stress"), "x": 3, "y": 4.5})
    assert moved == TWO
    assert moved.element("Stress").position == (3, 4.5)
    added, made = edited(TWO, {"do": "add", "x": 0, "y": 0})
    assert find(added, made) == lm.Element("New variable")
    assert new_name(added) == "New variable 2"
    renamed, made = edited(TWO, {"do": "rename", "key": of("Stress"), "name": " Time  pressure "})
    assert renamed == TWO.rename({"Stress": "Time pressure"})
    assert find(renamed, made).name == "Time pressure"
    gone, _ = edited(TWO, {"do": "remove", "key": key(TWO.link("Stress", "Backlog"))})
    assert gone == TWO.remove(TWO.link("Stress", "Backlog"))
    linked, made = edited(added, {"do": "link", "source": of("Stress"), "target": of("Stress")})
    assert find(linked, made) == lm.Link("Stress", "Stress")
    signed, _ = edited(
        TWO,
        {"do": "claim", "key": key(TWO.links[0]), "claim": 0, "polarity": "mixed", "delayed": True},
    )
    assert signed.links[0] == lm.Link("Backlog", "Stress", "+/-", delayed=True)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ({"do": "dance"}, "cannot 'dance'"),
        ({}, "cannot None"),
        ({"do": "move", "key": "var-nobody", "x": 0, "y": 0}, "'var-nobody'"),
        ({"do": "move", "key": of("Stress"), "x": float("nan"), "y": 0}, "two numbers"),
        ({"do": "move", "key": of("Stress"), "x": "3", "y": 0}, "two numbers"),
        ({"do": "move", "key": key(TWO.links[0]), "x": 0, "y": 0}, "is a link"),
        ({"do": "rename", "key": of("Stress"), "name": "Backlog"}, "already something called"),
        ({"do": "rename", "key": of("Stress"), "name": ""}, "at least one letter"),
        ({"do": "link", "source": of("Stress"), "target": of("Backlog")}, "already a link"),
        ({"do": "claim", "key": key(TWO.links[0]), "claim": 7}, "there is no 7"),
        ({"do": "claim", "key": key(TWO.links[0]), "polarity": "x"}, "not 'x'"),
        ({"do": "claim", "key": of("Stress")}, "is a variable"),
        ({"do": "claim", "key": key(TWO.links[0]), "claim": 0.0}, "there is no 0.0"),
        ({"do": "claim", "key": key(TWO.links[0]), "claim": False}, "there is no False"),
        ({"do": "claim", "key": key(TWO.links[0]), "claim": 10**5000}, "there is no <int>"),
        ({"do": "move", "key": of("Stress"), "x": 0, "y": 10**400}, "two numbers"),
        ({"do": "move", "key": of("Stress"), "x": 10**5000, "y": 0}, "two numbers"),
        ({"do": "rename", "key": of("Stress"), "name": 10**5000}, "a name is text, not <int>"),
        ({"do": "add", "x": 0, "y": 0, "name": ["x"]}, "a name is text"),
        ({"do": 10**5000}, "the live map cannot <int>"),
        ({"do": ["move"]}, "the live map cannot"),
    ],
)
def test_what_cannot_be_done(message: dict[str, Any], said: str) -> None:
    with pytest.raises(lm.LoopmapError, match=said):
        edited(TWO, message)


JUNK = st.one_of(
    *(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    st.sampled_from([10**400, 10**5000, 0.0, [], {}, [1], "\ud800"]),
)


@given(
    maps(), st.sampled_from([*EDITS, "x"]), st.dictionaries(st.text(max_size=3), JUNK), st.data()
)
def test_any_message_makes_a_map_or_an_error(
    m: lm.SystemMap, what: str, rest: dict[str, Any], data: st.DataObject
) -> None:
    keys = st.sampled_from([key(t) for t in (*m.elements, *m.links)] or ["x"]) | JUNK
    parts = {part: data.draw(keys) for part in ("key", "source", "target")}
    parts |= {part: data.draw(JUNK) for part in ("name", "polarity", "delayed", "claim", "x", "y")}
    try:
        new, made = edited(m, {**rest, **parts, "do": what})
    except lm.LoopmapError:
        return
    assert isinstance(new, lm.SystemMap)
    assert made == "" or find(new, made)


@given(maps(max_variables=6))
def test_facts_are_plain_values_that_tell_every_loop(m: lm.SystemMap) -> None:
    loops = lm.find_loops(m)
    told = json.loads(json.dumps(facts(m, loops, lm.story_loops(m).loops)))
    assert sorted(loop["story"] for loop in told["loops"]) == list(range(len(loops)))
    for loop, row in zip(loops, told["loops"], strict=True):
        path = [told["names"][told["links"][i]["source"]] for i in row["links"]]
        assert tuple(path) == loop.path
        assert set(row["whole"]) == set(loop.by_perspective)
    named = [row["story"] for row in told["loops"] if row["name"]]
    assert sorted(named) == list(range(len(named)))


def test_an_incomplete_list_of_loops_says_so() -> None:
    more = TWO.add(lm.Link("Stress", "Stress", "+"))
    loops = lm.find_loops(more, at_most=1)
    assert "complete to length" in facts(more, loops, ())["note"]


# -- the widget in Python -------------------------------------------------------------------------


def test_map_and_selection_are_values_to_read_and_set() -> None:
    w = lm.widget(TWO)
    assert w.map == TWO
    assert all(element.position for element in w.map.elements)
    for wanted, value in [
        ("Stress", TWO.element("Stress")),
        ("R1", lm.find_loops(TWO)[0]),
        (("Backlog", "Stress"), TWO.link("Backlog", "Stress")),
        (TWO.link("Backlog", "Stress"), TWO.link("Backlog", "Stress")),
        (None, None),
    ]:
        w.selection = wanted
        assert w.selection == value
    with pytest.raises(lm.UnknownNameError, match="no loop is called 'R2'"):
        w.selection = "R2"
    seen: list[lm.SystemMap] = []
    w.observe(lambda change: seen.append(change["new"]), "map")
    w.selection = "Stress"
    w.map = w.map.remove("Stress")
    assert w.selection is None
    assert seen == [TWO.remove("Stress")]
    assert len(w.loops) == 0
    w.undo()
    assert w.map == TWO == seen[-1]
    w.redo()
    w.redo()  # nothing left: nothing happens
    assert w.map == TWO.remove("Stress")
    with pytest.raises(lm.InvalidMapError, match="not 'TWO'"):
        w.map = "TWO"
    assert w.map == TWO.remove("Stress")


def test_a_map_that_differs_only_in_positions_is_shown() -> None:
    w = lm.widget(TWO)
    picture = w.picture
    w._do({"do": "move", "key": of("Stress"), "x": 900, "y": 700})
    assert w.picture != picture
    assert w.map.element("Stress").position == (900, 700)


def test_a_change_of_sign_moves_nothing() -> None:
    w = lm.widget(TWO)
    boxes, loops = w.picture["boxes"], w.loops
    w._do({"do": "claim", "key": key(TWO.links[0]), "claim": 0, "polarity": "negative"})
    assert w.picture["boxes"] == boxes
    assert [loop.kind for loop in (*loops, *w.loops)] == ["R", "B"]
    assert "reduces" in w.facts["links"][0]["verb"]


@pytest.mark.parametrize("message", [[], "undo", None, 3, {"do": ["undo"]}], ids=repr)
def test_a_message_that_is_none_is_answered(message: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[dict[str, str]] = []
    w = lm.widget(TWO)
    monkeypatch.setattr(w, "send", told.append)
    w._heard(None, message, None)
    assert "problem" in told[0]
    assert w.map == TWO


def test_a_saved_cell_shows_without_a_kernel() -> None:
    w = lm.widget(TWO)
    data, _ = w._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert "data:image/svg+xml;base64," in data["text/html"]
    assert data["image/svg+xml"].startswith("<svg")
    assert "Backlog" in data["text/plain"]


def test_options_are_checked() -> None:
    with pytest.raises(lm.InvalidOptionError, match="did you mean 'dark'"):
        lm.widget(TWO, theme="drak")
    with pytest.raises(lm.InvalidOptionError, match="a layout engine is"):
        lm.widget(TWO, layout="spiral")
