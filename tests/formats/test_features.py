"""What a format may leave out: each part can be counted, taken away, and nothing else with it."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings

import loopmap as lm
from loopmap.formats import FEATURES, losses
from loopmap.testing import maps

SAID = lm.Claim("Ann", "+", delayed=True, strength=2, evidence="B", quote="so")
FULL = lm.SystemMap(
    [lm.Element("Beds", kind="stock"), lm.Element("Council", kind="stakeholder"), "Idle"],
    [
        lm.Link("Beds", "Waits", claims=[SAID, lm.Claim("Bo", "-", strength=4)]),
        lm.Link("Council", "Beds", kind="holds"),
    ],
    title="Wards",
)


@given(maps(max_variables=4, max_links=6))
@settings(max_examples=settings().max_examples // 2)
def test_what_is_taken_away_is_gone(m: lm.SystemMap) -> None:
    for name, feature in FEATURES.items():
        less = feature.without(m)
        assert feature.count(less) == 0, name
        assert feature.count(m) or less == m, name


def test_a_plain_map_loses_nothing_and_a_full_one_what_it_holds() -> None:
    plain = lm.SystemMap(links=[("A", "B", "+")])
    assert losses(plain, frozenset()) == []
    assert losses(FULL, frozenset()) == [
        "1 title",
        "1 stakeholder",
        "1 quote",
        "1 evidence grade",
        "2 strengths",
        "1 delay",
        "2 separate claims",
        "1 stock or flow",
        "1 element without links",
    ]


def test_two_claims_of_the_author_are_more_than_one_link_shows() -> None:
    author = [lm.Claim(None, "+"), lm.Claim(None, "-")]
    m = lm.SystemMap(["A"], [lm.Link("A", "A", claims=author)])
    assert FEATURES["claims"].count(m) == 1
    assert losses(m, frozenset(FEATURES) - {"claims"}) == ["1 separate claim"]


def test_several_claims_become_one_with_what_the_picture_shows() -> None:
    (link,) = FEATURES["claims"].without(FULL).causal_links
    assert link.claims == (lm.Claim(None, "±", delayed=True, strength=3, evidence="B"),)


def test_stakeholders_stay_when_stocks_become_variables() -> None:
    less = FEATURES["kinds"].without(FULL)
    assert [(e.name, e.kind) for e in less.elements] == [
        ("Beds", "variable"),
        ("Council", "stakeholder"),
        ("Idle", "variable"),
        ("Waits", "variable"),
    ]


def test_a_workbook_keeps_how_lines_run(tmp_path: Path) -> None:
    curve = [(0, 0), (1.5, 2), (3, 4.25), (5, 6)]
    links = [
        lm.Link("A", 'B; "odd"', "+", curve=curve),
        lm.Link("A", 'B; "odd"', "-", route="by phone", curve=curve[::-1]),
        lm.Link("B", "A", "-"),
    ]
    m = lm.SystemMap(links=links)
    lm.write(m, tmp_path / "m.xlsx")
    back = lm.read(tmp_path / "m.xlsx")
    assert back == m
    assert [link.curve for link in back.links] == [link.curve for link in m.links]
