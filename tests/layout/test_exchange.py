"""A layout as text: the same back, and nothing but one error from a stranger's."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import loopmap as lm
from loopmap.layout import lay_out, layout_from_text, layout_text
from loopmap.testing import maps

M = lm.SystemMap(links=[("A", "B", "+"), lm.Link("B", "A", "-", delayed=True)])


@given(maps(max_variables=4, max_links=6))
def test_a_layout_comes_back_whole(m: lm.SystemMap) -> None:
    layout = lay_out(m, effort="fast", stakeholders=True)
    back = layout_from_text(layout_text(layout), "x.svg")
    assert (back.boxes, back.routes, back.badges) == (layout.boxes, layout.routes, layout.badges)
    assert (back.bounds, back.font_size) == (layout.bounds, layout.font_size)


WHOLE = json.loads(layout_text(lay_out(M)))
VALUES = st.one_of(
    st.none(), st.booleans(), st.floats(), st.text(max_size=3), st.lists(st.integers(), max_size=3),
    st.just({}), st.just(10**400), st.just([[1, 2]]),
)  # fmt: skip


@given(st.data())
def test_a_broken_one_gives_one_error(data: st.DataObject) -> None:
    whole = json.loads(json.dumps(WHOLE))
    part = data.draw(st.sampled_from(sorted(whole)))
    inside = whole[part]
    if isinstance(inside, list) and inside and data.draw(st.booleans()):
        inside[data.draw(st.integers(0, len(inside) - 1))] = data.draw(VALUES)
    elif isinstance(inside, dict) and data.draw(st.booleans()):
        inside[data.draw(st.sampled_from(["A", "new"]))] = data.draw(VALUES)
    else:
        whole[part] = data.draw(VALUES)
    text = json.dumps(whole)
    try:
        layout = layout_from_text(text, "x.svg")
    except lm.FileError:
        return
    lay_out(M, near=layout)


@pytest.mark.parametrize("text", ["", "{", "[]", "1", "[" * 100_000, '{"loopmap-layout": 9}'])
def test_what_is_no_layout_is_refused(text: str) -> None:
    with pytest.raises(lm.FileError, match="save the picture again"):
        layout_from_text(text, "x.svg")
