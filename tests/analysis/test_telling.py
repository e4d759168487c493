"""What the command line says: the disagreement in one sentence, and nothing made up."""

from __future__ import annotations

from hypothesis import given, settings

import loopmap as lm
from loopmap.testing import maps

POLICE = lm.SystemMap(
    links=[
        ("Risk", "Referrals", "+"),
        ("Referrals", "Backlog", "+"),
        lm.Link("Backlog", "Risk", "+", delayed=True),
    ]
)
HEALTH = lm.SystemMap(links=[("Risk", "Referrals", "-"), ("Backlog", "Risk", "+")])


def told(**given: lm.SystemMap) -> list[str]:
    return lm.compare_in_words(lm.merge(given)).splitlines()


def test_one_disagreement_is_one_sentence() -> None:
    text = told(Police=POLICE, Health=HEALTH)
    assert text[:3] == [
        "2 perspectives on 3 links: Health drew 2, Police drew 3.",
        "They disagree about one link: Health says that Risk reduces Referrals, "
        "Police that it increases it.",
        "3 of 3 variables are linked by more than one of them; most often Backlog, by 2.",
    ]
    assert "      it decides whether U1 reinforces or balances" in text
    assert "  Backlog → Risk: Police says it takes time; Health says nothing of that" in text
    assert "  Police (1): Referrals -> (+) Backlog" in text


def test_several_disagreements_are_counted_and_named() -> None:
    other = lm.SystemMap(links=[("Risk", "Referrals", "-"), ("Referrals", "Backlog", "-")])
    text = told(Police=POLICE, Health=other)
    assert text[1] == (
        "They disagree about 2 of the 2 links that more than one of them drew: "
        "what Referrals does to Backlog and what Risk does to Referrals."
    )


def test_quotes_stand_by_the_contradiction() -> None:
    said = [lm.Claim("Ann", "+", quote="it always does"), lm.Claim("Bo", "-")]
    text = lm.compare_in_words(lm.SystemMap(links=[lm.Link("A", "B", claims=said)]))
    assert '      Ann: "it always does"' in text
    assert "no loop runs along it" in text


def test_silence_is_no_disagreement() -> None:
    text = "\n".join(told(Police=POLICE, Schools=lm.SystemMap(links=[("A", "B", "-")])))
    assert "They neither agree nor disagree" in text
    assert "contradict each other" not in text.replace("Where they contradict", "")


def test_one_voice_has_nobody_to_compare_with() -> None:
    assert told(Police=POLICE)[0] == "3 links, all by Police: there is nobody to compare with."
    assert lm.compare_in_words(lm.SystemMap()).startswith("0 links, all by nobody")


def test_attribution_that_is_only_illustrative_is_said() -> None:
    said = [lm.Claim("Ann", "+", basis="illustrative")]
    text = lm.compare_in_words(lm.SystemMap(links=[lm.Link("A", "B", claims=said)]))
    assert "1 of 1 attributions is marked 'illustrative'" in text


def test_long_lists_say_what_they_leave_out() -> None:
    links = [(f"v{i}", f"v{i + 1}", "+") for i in range(20)]
    both = {"A": lm.SystemMap(links=links), "B": lm.SystemMap(links=links)}
    text = lm.compare_in_words(lm.merge(both))
    assert "What they share (20 links)" in text
    assert "  … and 8 more links" in text
    assert "more links" not in lm.compare_in_words(lm.merge(both), at_most=None)


@given(maps(max_variables=4, max_links=8))
@settings(max_examples=settings().max_examples // 2)
def test_any_map_can_be_told(m: lm.SystemMap) -> None:
    text = lm.compare_in_words(m)
    conflicts = int((lm.compare(m).verdict == "conflict").sum())
    assert ("They disagree about" in text) == bool(conflicts)


def test_every_part_has_its_heading_and_says_how_many() -> None:
    ann = lm.SystemMap(links=[("A", x, "+") for x in "BCDE"] + [("Trafic volume", "A", "+")])
    bo = lm.SystemMap(links=[("A", "B", "+"), ("Traffic volume", "A", "+")])
    m = lm.merge({"Ann": ann, "Bo": bo}).add(lm.Link("F", "A", "+"), lm.Link("F", "B", "-"))
    text = lm.compare_in_words(m)
    assert "\nOn the facilitator's record only, with nobody named (2 links)\n" in text
    assert "\nNames that may mean one thing (nothing was joined; merge(…, same=) does it)\n" in text
    assert text.count("; and 1 more\n") == 1  # Ann alone drew four links, of which three are shown
    whole = lm.compare_in_words(m, at_most=None)
    assert "more" not in whole.replace("more than one", "")
    slow = told(Police=POLICE, Health=HEALTH)
    assert "Where some see a delay (silence about it is not disagreement)" in slow
