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


def through_a_dispute(loops: int) -> list[str]:
    said = [lm.Claim("Ann", "+"), lm.Claim("Bo", "-")]
    back = [(("B", f"x{i}", "+"), (f"x{i}", "A", "+")) for i in range(loops)]
    links = [lm.Link("A", "B", claims=said), *(link for pair in back for link in pair)]
    return lm.compare_in_words(lm.SystemMap(links=links)).splitlines()


def test_up_to_four_loops_are_named_and_more_are_counted() -> None:
    start = "      it decides whether "
    assert f"{start}U1, U2, U3 and U4 reinforce or balance" in through_a_dispute(4)
    assert f"{start}5 loops reinforce or balance" in through_a_dispute(5)


def test_up_to_four_disputes_stand_in_the_sentence() -> None:
    ann = lm.SystemMap(links=[("A", x, "+") for x in "BCDEF"])
    bo = lm.SystemMap(links=[("A", x, "-") for x in "BCDEF"])
    about = ", ".join(f"what A does to {x}" for x in "BCDE")
    assert told(Ann=ann, Bo=bo)[1] == (
        f"They disagree about 5 of the 5 links that more than one of them drew: {about} and 1 more."
    )


def test_loops_they_read_differently_are_cut_and_say_so() -> None:
    ann = lm.SystemMap(links=[(a, b, "+") for x in "BCD" for a, b in (("A", x), (x, "A"))])
    bo = lm.SystemMap(
        links=[(a, b, s) for x in "BCD" for a, b, s in (("A", x, "-"), (x, "A", "+"))]
    )
    text = lm.compare_in_words(lm.merge({"Ann": ann, "Bo": bo}), at_most=2).split("\n\n")
    (block,) = (block for block in text if block.startswith("Loops they read differently"))
    lines = block.splitlines()
    assert len(lines) == 4
    assert lines[1].endswith(": balancing for Bo, reinforcing for Ann")
    assert lines[3] == "  … and 1 more loop"


def test_agreement_and_loops_with_other_open_signs_are_counted_in_words() -> None:
    ann = lm.SystemMap(links=[("A", "B", "+"), ("B", "A", "?")])
    assert told(Ann=ann, Bo=ann)[1] == (
        "They contradict each other nowhere: 2 links were drawn by more than one of them, "
        "none with opposite signs."
    )
    bo = lm.SystemMap(links=[("A", "B", "-")])
    assert "      1 loop runs along it, with other open signs" in told(Ann=ann, Bo=bo)


def test_how_many_attributions_are_marked() -> None:
    said = [lm.Claim(who, "+", basis="illustrative") for who in ("Ann", "Bo")]
    m = lm.SystemMap(links=[lm.Link("A", "B", claims=[*said, lm.Claim("Cy", "+")])])
    assert (
        lm.compare_in_words(m)
        .splitlines()[-1]
        .endswith(": 2 of 3 attributions are marked 'illustrative'.")
    )
