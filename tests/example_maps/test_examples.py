"""The twelve example maps: what they must give, and that they keep to their sources."""

from __future__ import annotations

import json
import warnings
from itertools import combinations
from pathlib import Path

import pytest

import loopmap as lm
from loopmap.example_maps import EXAMPLES, example_text
from loopmap.example_maps.places import EXAMPLE_PLACES, WHY_NO_EXAMPLE

FACTS = Path(__file__).parents[2] / ".." / "shared" / "places"
needs_facts = pytest.mark.skipif(
    not FACTS.is_dir(), reason=f"SKIPPED: the facts to compare with are not at {FACTS}"
)

#: Loops by kind, and the links by evidence, as the facts give them.
EXPECTED = {
    "mash": ({"R": 16, "B": 6}, (14, 11, 13)),
    "plymouth": ({"R": 9, "B": 2}, (11, 3, 9)),
    "calderdale": ({"R": 3}, (4, 2, 4)),
    "cheshire_west": ({"R": 4}, (4, 1, 5)),
    "dudley": ({"R": 2}, (4, 0, 4)),
    "food": ({"B": 2}, (4, 3, 4)),
    "gloucestershire": ({"R": 2}, (3, 1, 5)),
    "hurdles": ({"R": 4}, (9, 2, 3)),
    "kent": ({"R": 3}, (3, 1, 5)),
    "solihull": ({"R": 1}, (4, 1, 1)),
    "torbay": ({"R": 2}, (4, 1, 2)),
    "wiltshire": ({"R": 3}, (3, 2, 4)),
}


def facts(name: str) -> dict:
    return json.loads((FACTS / f"{name}.json").read_text("utf-8"))


def test_there_are_twelve() -> None:
    assert set(EXAMPLES) == set(EXPECTED)


@pytest.mark.parametrize("name", EXAMPLES)
def test_loops_are_as_expected(name: str) -> None:
    loops = lm.find_loops(lm.example(name))
    kinds, _ = EXPECTED[name]
    assert loops.complete
    assert {kind: len(loops.of_kind(kind)) for kind in "RBU" if loops.of_kind(kind)} == kinds


@pytest.mark.parametrize("name", EXAMPLES)
def test_opens_without_a_word_of_warning(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        m = lm.parse(example_text(name))
    assert m == lm.example(name)
    assert lm.fmt(example_text(name)) == example_text(name)


@pytest.mark.parametrize("name", EXAMPLES)
def test_says_on_its_face_that_it_is_a_reconstruction(name: str) -> None:
    m = lm.example(name)
    assert "reconstruction" in m.subtitle.casefold()
    assert m.about.startswith("A RECONSTRUCTION")
    assert m.title
    assert any("The Revolution will be Improvised Part II" in source for source in m.sources)
    assert all(link.evidence in ("stated", "ends", "inferred") for link in m.causal_links)


@pytest.mark.parametrize("name", EXAMPLES)
def test_named_loops_are_confirmed_and_their_stories_ours(name: str) -> None:
    m = lm.example(name)
    assert m.loops
    assert all(loop.story.startswith("Our reading: ") for loop in m.loops)
    assert {finding.verdict for finding in lm.check_named_loops(m)} == {"confirmed"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_quote_stands_exactly_where_something_was_said(name: str) -> None:
    for link in lm.example(name).causal_links:
        for claim in link.claims:
            assert bool(claim.quote) == (claim.evidence != "inferred")


def test_silent_partners_stay_silent() -> None:
    m = lm.example("mash")
    silent = {"Fire service", "Probation service", "Education", "Adult social care"}
    assert silent <= set(m.stakeholders)
    assert not silent & set(m.perspectives)
    assert not [link for link in m.links if link.source in silent]


def test_no_mash_loop_closes_on_what_the_report_says() -> None:
    for loop in lm.find_loops(lm.example("mash")):
        assert any(link.evidence == "inferred" for link in loop.links)


def test_one_loop_of_all_is_fully_stated() -> None:
    stated = [
        (name, set(loop.path))
        for name in EXAMPLES
        for loop in lm.find_loops(lm.example(name))
        if all(link.evidence == "stated" for link in loop.links)
    ]
    assert stated == [("hurdles", {"Scepticism of senior leaders", "Senior support"})]


@needs_facts
@pytest.mark.parametrize("name", EXAMPLES)
def test_keeps_to_the_facts(name: str) -> None:
    given, m = facts(name), lm.example(name)
    called = {variable["id"]: variable["label"] for variable in given["variables"]}
    assert set(m.variables) == set(called.values())
    tags = {"exogenous": ("driver",), "outcome": ("outcome",)}
    for variable in given["variables"]:
        assert m.element(variable["label"]).tags == tags.get(variable["kind"], ())
    assert len(m.causal_links) == len(given["links"])
    for said in given["links"]:
        link = m.link(called[said["source"]], called[said["target"]])
        held_by = said.get("held_by") or []
        assert len(link.claims) == max(1, len(held_by))
        assert len(link.perspectives) == len(held_by)
        for claim in link.claims:
            assert claim.polarity == lm.Polarity.of(said["sign"])
            assert claim.delayed == bool(said["delay"])
            assert claim.evidence == said["support"]
            assert claim.basis == (said.get("holder_basis") or "")
            assert claim.quote == (said["quote"] or "").replace("**", "")
            assert claim.note == (said.get("note") or "")
    held = sum(len(variable.get("held_by") or []) for variable in given["variables"])
    assert sum(link.kind == "holds" for link in m.links) == held


@needs_facts
def test_mash_stakeholders_are_those_of_the_facts() -> None:
    given, m = facts("mash"), lm.example("mash")
    called = {person["id"]: person["label"] for person in given["stakeholders"]}
    assert set(m.stakeholders) == set(called.values())
    labels = {variable["id"]: variable["label"] for variable in given["variables"]}
    for said in given["links"]:
        link = m.link(labels[said["source"]], labels[said["target"]])
        assert set(link.perspectives) == {called[who] for who in said["held_by"]}
    for variable in given["variables"]:
        for who in variable["held_by"]:
            assert m.link(called[who], variable["label"], kind="holds")


@needs_facts
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_quote_stands_in_the_report(name: str) -> None:
    report = (FACTS / "report.txt").read_text("utf-8")
    assert lm.check_quotes(lm.example(name), report) == ()


def test_the_table() -> None:
    table = lm.examples()
    assert list(table.columns) == [
        "name", "place", "title", "variables", "links", "stakeholders", "loops",
        "R", "B", "U", "stated", "ends", "inferred",
    ]  # fmt: skip
    for row in table.itertuples():
        kinds, evidence = EXPECTED[row.name]
        assert {"R": 0, "B": 0, "U": 0, **kinds} == {"R": row.R, "B": row.B, "U": row.U}
        assert (row.stated, row.ends, row.inferred) == evidence
        assert row.links == sum(evidence)
    assert table.set_index("name").place["food"] == "Wirral and Cornwall"
    assert table.set_index("name").place["hurdles"] == "(across places)"


def test_names_are_read_kindly() -> None:
    assert lm.example("Cheshire West") == lm.example("cheshire_west.loop")


def test_an_unknown_name_is_told_what_there_is() -> None:
    with pytest.raises(lm.UnknownNameError) as error:
        lm.example("mesh")
    assert str(error.value).startswith("there is no example 'mesh'; did you mean 'mash'")
    assert all(repr(name) in str(error.value) for name in EXAMPLES)


@pytest.mark.parametrize("place", WHY_NO_EXAMPLE)
def test_a_place_without_an_example_says_why(place: str) -> None:
    assert not any(place in places for places in EXAMPLE_PLACES.values())
    with pytest.raises(lm.UnknownNameError, match="too thin for a map"):
        lm.example(place)


@pytest.mark.parametrize("name", EXAMPLES)
def test_draws_with_no_box_over_another(name: str) -> None:
    boxes = lm.draw(lm.example(name)).layout.boxes
    assert len(boxes) >= len(lm.example(name).variables)
    for (first, a), (second, b) in combinations(boxes.items(), 2):
        apart = abs(a.x - b.x) >= (a.width + b.width) / 2
        above = abs(a.y - b.y) >= (a.height + b.height) / 2
        assert apart or above, f"{first!r} overlaps {second!r}"
