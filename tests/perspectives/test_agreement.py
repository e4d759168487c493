"""Who says what: silence is not disagreement, an unsigned claim contradicts nobody."""

from __future__ import annotations

from hypothesis import given, settings

import loopmap as lm
from loopmap.perspectives import agreement
from loopmap.testing import maps


def told(**signs: str) -> lm.SystemMap:
    said = [lm.Claim(who, sign) for who, sign in signs.items()]
    return lm.SystemMap(links=[lm.Link("A", "B", claims=said)])


def verdict(**signs: str) -> str:
    return str(lm.compare(told(**signs)).verdict[0])


def test_verdicts() -> None:
    assert verdict(Ann="+", Bo="+") == "agreed"
    assert verdict(Ann="+", Bo="-") == "conflict"
    assert verdict(Ann="+", Bo="?") == "agreed"
    assert verdict(Ann="?", Bo="?") == "agreed"
    assert verdict(Ann="+") == "only Ann"
    assert verdict(Ann="±", Bo="+") == "conflict"
    assert verdict(Ann="±", Bo="±") == "agreed"
    assert verdict(Ann="±") == "only Ann"


def test_the_table_counts_and_keeps_silence_apart() -> None:
    m = lm.merge(
        {
            "Police": lm.SystemMap(links=[("A", "B", "+"), ("B", "C", "+")]),
            "Health": lm.SystemMap(links=[("A", "B", "-")]),
            "Schools": lm.SystemMap(links=[("A", "B", "+"), ("C", "A", "?")]),
        }
    )
    row = lm.compare(m).iloc[0]
    assert (row.Health, row.Police, row.Schools) == ("-", "+", "+")
    assert (row.plus, row.minus, row.unknown, row.silent) == (2, 1, 0, 0)
    assert row.agreement == 2 / 3
    assert row.coverage == 1
    row = lm.compare(m).iloc[1]
    assert (row.Health, row.Police, row.Schools, row.verdict) == ("", "+", "", "only Police")
    assert (row.silent, row.agreement) == (2, 1)
    assert lm.compare(m).iloc[2].agreement != lm.compare(m).iloc[2].agreement  # nobody signs it


def test_silence_about_delay_and_strength_is_no_disagreement() -> None:
    said = [
        lm.Claim("Ann", "+", delayed=True, strength=3),
        lm.Claim("Bo", "+", strength=1),
        lm.Claim("Cy", "+"),
        lm.Claim(None, "+", delayed=True, strength=9),
    ]
    row = lm.compare(lm.SystemMap(links=[lm.Link("A", "B", claims=said)])).iloc[0]
    assert (row.verdict, row.delay, row.strength_range) == ("agreed", "some", 2)
    row = lm.compare(lm.SystemMap(links=[lm.Link("A", "B", claims=said[2:])])).iloc[0]
    assert (row.verdict, row.delay) == ("only Cy", "no")
    assert row.strength_range != row.strength_range
    row = lm.compare(lm.SystemMap(links=[lm.Link("A", "B", claims=said[:1])])).iloc[0]
    assert row.delay == "yes"


def test_the_record_is_kept_apart_from_what_people_say() -> None:
    said = [lm.Claim("Ann", "-"), lm.Claim(None, "+")]
    m = lm.SystemMap(links=[lm.Link("A", "B", claims=said), ("B", "A", "+")])
    one, two = agreement(m)
    assert (one.signs, one.record, one.verdict, one.record_differs) == (
        {"Ann": lm.Polarity.NEGATIVE}, lm.Polarity.POSITIVE, "only", True,
    )  # fmt: skip
    assert (two.signs, two.record, two.verdict, two.silent) == (
        {}, lm.Polarity.POSITIVE, "record", 1,
    )  # fmt: skip
    table = lm.compare(m)
    assert list(table.verdict) == ["only Ann", "record"]
    assert list(table["(author)"]) == ["+", "+"]
    assert list(table.coverage) == [1, 0]
    assert list(table.plus + table.minus) == [1, 0]
    table = lm.compare(m, author=True)
    assert list(table.verdict) == ["conflict", "only (author)"]
    assert list(table.columns[3:5]) == ["Ann", "(author)"]


def test_two_claims_of_one_person_are_one_voice() -> None:
    said = [lm.Claim("Ann", "+"), lm.Claim("Ann", "-"), lm.Claim(None, "+")]
    found = agreement(lm.SystemMap(links=[lm.Link("A", "B", claims=said)]), author=True)[0]
    assert found.signs == {"Ann": lm.Polarity.MIXED, None: lm.Polarity.POSITIVE}
    assert found.verdict == "conflict"


def test_names_that_collide_with_columns_do_not_break_the_table() -> None:
    said = [lm.Claim("source", "+"), lm.Claim("(author)", "-"), lm.Claim(None, "+")]
    table = lm.compare(lm.SystemMap(links=[lm.Link("A", "B", claims=said)]))
    assert list(table.columns[3:6]) == ["(author)", "source", "((author))"]
    assert len(table) == 1


def test_an_empty_map_has_an_empty_table() -> None:
    assert len(lm.compare(lm.SystemMap())) == 0


@given(maps())
@settings(max_examples=settings().max_examples // 2)
def test_one_row_a_causal_link_and_everybody_counted_once(m: lm.SystemMap) -> None:
    table = lm.compare(m)
    assert len(table) == len(m.causal_links)
    people = {c.perspective for x in m.causal_links for c in x.claims}
    for found in agreement(m, author=True):
        assert len(found.signs) + found.silent == len(people)
        joined = lm.Polarity.UNKNOWN
        for sign in found.signs.values():
            joined |= sign
        assert joined is found.link.polarity
        assert (found.verdict == "only") == (len(found.signs) == 1)


def test_a_record_is_a_column_of_its_own_and_nobody_else_speaks_it() -> None:
    said = [lm.Claim("Ann", "-"), lm.Claim(None, "+")]
    m = lm.SystemMap(links=[lm.Link("A", "B", claims=said)])
    row = lm.compare(m).iloc[0]
    assert (row["Ann"], row["(author)"]) == ("-", "+")
    assert "(author)" not in lm.compare(told(Ann="+", Bo="-")).columns
