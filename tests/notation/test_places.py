"""The block ``places:`` at the end of a text: read, written, followed, left alone."""

from __future__ import annotations

import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

import loopmap as lm
from loopmap.notation import fmt, read_text, write_text
from loopmap.notation.place_block import without_block
from loopmap.testing import maps

TEXT = """\
title: The hub

Backlog -> Stress : +   # heard twice
Stress -> Backlog : +

places:
    # made by loopmap
    Backlog [at=120.5,40]
    Stress [at=300,-40]
    Backlog -> Stress [along=140,40 180,20 240,10 280,-40]
"""


def placed(m: lm.SystemMap) -> dict[str, tuple[float, float] | None]:
    return {e.name: e.position for e in m.elements}


def test_the_block_places_names_and_lines() -> None:
    m = lm.parse(TEXT)
    assert placed(m) == {"Backlog": (120.5, 40.0), "Stress": (300.0, -40.0)}
    curve = m.link("Backlog", "Stress").curve
    assert curve == ((140, 40), (180, 20), (240, 10), (280, -40))
    assert m.link("Stress", "Backlog").curve == ()
    assert m == lm.parse(without_block(TEXT))


def test_the_block_makes_no_variable_and_no_claim() -> None:
    reading = read_text(TEXT + "    Gone [at=1,2]\n    Backlog -> Gone [along=1,1 2,2 3,3 4,4]\n")
    assert reading.map.names == ("Backlog", "Stress")
    assert len(reading.map.links) == 2
    (told,) = reading.problems
    assert told.severity == "note"
    assert "'Gone'" in told.what


def test_what_people_add_below_the_block_counts() -> None:
    m = lm.parse(TEXT + "Stress -> Mistakes : +\n    by Police: +\n")
    assert m.link("Stress", "Mistakes").perspectives == ("Police",)
    assert placed(m)["Backlog"] == (120.5, 40.0)
    assert placed(m)["Mistakes"] is None


def test_a_place_follows_a_renamed_variable() -> None:
    m = lm.parse(TEXT.replace("Stress :", "Strain :").replace("Stress -> B", "Strain -> B", 1))
    assert placed(m) == {"Backlog": (120.5, 40.0), "Strain": (300.0, -40.0)}
    assert m.link("Backlog", "Strain").curve


def test_what_a_person_wrote_beside_a_name_comes_before_the_block() -> None:
    assert placed(lm.parse("Backlog [at=1,2]\n" + TEXT))["Backlog"] == (1.0, 2.0)


@pytest.mark.parametrize(
    "line",
    [
        "Backlog",
        "Backlog [stock]",
        "Backlog -> Stress",
        "Backlog -> Stress : +",
        "Backlog -> Stress [along=1,2]",
        "Backlog -> Stress [along=1,2 3,4 5,6 7,x]",
        "Backlog [at=1]",
        "A -> B -> C [along=1,1 2,2 3,3 4,4]",
        "title: no",
    ],
)
def test_a_line_that_places_nothing_is_an_error_with_its_place(line: str) -> None:
    with pytest.raises(lm.MapSyntaxError) as caught:
        lm.parse(f"{TEXT}    {line}\n")
    (problem,) = caught.value.problems
    assert problem.where.split(":")[1] == "11"


def test_setting_out_keeps_the_block() -> None:
    assert fmt(TEXT).endswith(TEXT[TEXT.index("places:") :])
    assert fmt(fmt(TEXT)) == fmt(TEXT)
    assert lm.parse(fmt(TEXT)).link("Backlog", "Stress").curve


def test_a_text_without_its_block_is_the_rest_as_it_was() -> None:
    assert without_block(TEXT) == TEXT[: TEXT.index("\nplaces:")]
    assert without_block("A -> B : +\n\n\n") == "A -> B : +\n"
    below = "A -> B : +\n\nplaces:\n    A [at=1,2]\n\nB -> A : -\n"
    assert without_block(below) == "A -> B : +\n\n\nB -> A : -\n"


@given(maps(max_variables=5, max_links=8), st.data())
def test_places_come_back_to_the_last_digit(m: lm.SystemMap, data: st.DataObject) -> None:
    number = st.floats(-2000, 2000)
    point = st.tuples(number, number)
    drawn = [link for link in m.links if link.kind in ("causal", "influences")]
    kept = m.replace(
        links=[
            link.replace(curve=data.draw(st.lists(point, min_size=4, max_size=4)))
            if link in drawn
            else link
            for link in m.links
        ]
    )
    text = write_text(kept)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        back = read_text(text).map
    assert back == kept
    assert placed(back) == placed(kept)
    assert [link.curve for link in back.links] == [link.curve for link in kept.links]
    assert write_text(back) == text
