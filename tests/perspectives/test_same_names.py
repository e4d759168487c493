"""Names that look alike are found; names that merely resemble each other are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import loopmap as lm
from loopmap.perspectives.same_names import _key, _one_letter_apart


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Trafic volume", "Traffic volume"),
        ("Backlog", "backlog"),
        ("Backlogs", "Backlog"),
        ("Agencies", "Agency"),
        ("Bus passes", "Bus pass"),
        ("Volume of traffic", "Traffic volume"),
        ("Carer's stress", "Carers stress"),
        ("Café visits", "Cafe visits"),
        ("Job-security", "Job security"),
        ("Recieved calls", "Received calls"),
    ],
)
def test_alike(a: str, b: str) -> None:
    assert lm.likely_same([lm.SystemMap([a]), lm.SystemMap([b])])


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Cost", "Coat"),
        ("Ward 1 beds", "Ward 2 beds"),
        ("Supply", "Demand"),
        ("Births", "Deaths"),
        ("Stress", "Distress"),
        ("Status", "State"),
        ("+", "-"),
        ("漢", "字"),
        ("Team A", "Team B"),
    ],
)
def test_not_alike(a: str, b: str) -> None:
    assert not lm.likely_same([lm.SystemMap([a]), lm.SystemMap([b])])


def test_the_commoner_name_stays() -> None:
    spelled = ["Delays", "Delay", "Delay", "delay"]
    assert lm.likely_same([lm.SystemMap([name]) for name in spelled]) == {
        "Delays": "Delay",
        "delay": "Delay",
    }


@given(st.lists(st.text("abAB s1", min_size=1, max_size=9).map(str.strip).filter(bool), max_size=9))
def test_quick_search_finds_what_comparing_all_pairs_finds(names: list[str]) -> None:
    maps = [lm.SystemMap([name]) for name in names]
    found = lm.likely_same(maps)
    near = {
        name
        for name in set(names)
        for other in set(names) - {name}
        if _one_letter_apart(_key(name), _key(other))
    }
    assert set(found) <= near
    assert not set(found) & set(found.values())
    # Whoever is near to somebody is either replaced, or stands near somebody who is.
    for name in near - set(found):
        assert any(_one_letter_apart(_key(name), _key(other)) for other in set(names) & set(found))
    for name, other in found.items():
        assert _one_letter_apart(_key(name), _key(other))


@pytest.mark.parametrize(
    "other",
    [
        "1. Trust",
        "• Trust",
        "(2) Trust",
        "Tru\u00adst",
        "Tr\u200dust",
        "\u0422rust",
        "Trust\ufeff",
        "- Trust",
    ],
)
def test_what_is_not_seen_makes_no_other_name(other: str) -> None:
    m = lm.SystemMap([other], [("Trust", "Morale", "+")])
    assert lm.likely_same(m) == {other: "Trust"} or lm.likely_same(m) == {"Trust": other}
    assert any(p.rule == "near-duplicate" for p in lm.check(m))


def edits(a: str) -> set[str]:
    """All words one edit away, of letters that are neither digit nor blank."""
    found = set()
    for i in range(len(a) + 1):
        found |= {a[:i] + c + a[i:] for c in "abc"}
        if i < len(a) and a[i].isalpha():
            found |= {a[:i] + a[i + 1 :], *(a[:i] + c + a[i + 1 :] for c in "abc")}
        if i + 1 < len(a) and a[i : i + 2].isalpha():
            found.add(a[:i] + a[i + 1] + a[i] + a[i + 2 :])
    return found


@given(st.text("abc1", min_size=7, max_size=9), st.data())
def test_one_letter_apart_is_one_edit(a: str, data: st.DataObject) -> None:
    b = data.draw(st.sampled_from(sorted(edits(a))) | st.text("abc1", min_size=7, max_size=9))
    assert _one_letter_apart(a, b) == (a == b or b in edits(a))
    assert _one_letter_apart(b, a) == _one_letter_apart(a, b)


@pytest.mark.parametrize(
    ("a", "b"), [("wards 1x", "wards 2x"), ("1 wards", "2 wards"), ("redbeds", "red beds")]
)
def test_a_digit_or_a_blank_is_no_letter(a: str, b: str) -> None:
    assert not _one_letter_apart(a, b)


@pytest.mark.parametrize("word", ["passes", "wishes", "churches", "boxes"])
def test_endings_of_plurals(word: str) -> None:
    assert _key(word) == word[:-2]


def test_of_several_names_the_one_used_most_is_suggested() -> None:
    spelled = ["Backlogs", "Backlogx", "Backlogx", "Backlogx", "Backloga", "Backloga", "Backlog"]
    found = lm.likely_same([lm.SystemMap([name]) for name in spelled])
    assert set(found.values()) == {"Backlogx"}


@pytest.mark.parametrize("word", ["ties", "pies", "dies"])
def test_short_words_keep_their_stem(word: str) -> None:
    assert _key(word) == word[:-1]


def test_of_two_look_alikes_the_commoner_is_suggested() -> None:
    spelled = ["Management", "Nanagemend", "Nanagemend", "Nanagement"]
    found = lm.likely_same([lm.SystemMap([name]) for name in spelled])
    assert found == {"Nanagement": "Nanagemend"}
