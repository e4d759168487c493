"""Loops nobody sees alone: the coalition is the smallest, and readings stand apart."""

from __future__ import annotations

from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

import loopmap as lm
from loopmap.analysis.sharing import smallest_cover, who_would_do
from loopmap.testing import maps


@given(
    st.dictionaries(st.sampled_from("ABCDEFG"), st.integers(1, 255), min_size=1),
)
def test_the_coalition_is_smallest(holders: dict[str, int]) -> None:
    whole = 0
    for bits in holders.values():
        whole |= bits
    found = smallest_cover(holders, whole)
    covers = [
        group
        for size in range(1, len(holders) + 1)
        for group in combinations(sorted(holders), size)
        if _joined(holders, group) == whole
    ]
    assert found in covers
    assert len(found) == len(covers[0])


def _joined(holders: dict[str, int], group: tuple[str, ...]) -> int:
    joined = 0
    for who in group:
        joined |= holders[who]
    return joined


def test_forty_people_round_a_long_loop() -> None:
    """Nobody holds more than two links in a row: at least half as many people as links."""
    n = 30
    holders = {f"P{i:02}": (1 << i % n) | (1 << (i + 1) % n) for i in range(40)}
    assert len(smallest_cover(holders, (1 << n) - 1)) == n // 2


def test_joining_first_is_not_asking_each() -> None:
    """DESIGN section 3: Ann draws + +, Bo − −; both see R, the join is undetermined."""
    ann = lm.SystemMap(links=[("A", "B", "+"), ("B", "A", "+")])
    bo = lm.SystemMap(links=[("A", "B", "-"), ("B", "A", "-")])
    found = lm.shared_loops(lm.merge({"Ann": ann, "Bo": bo}))
    assert len(found) == 0
    (one,) = found.alone
    assert one.loop.kind == "U"
    assert one.readings == {"Ann": "R", "Bo": "R"}
    assert one.contradicted
    assert not one.disputed


def test_people_who_read_one_loop_differently_dispute_it() -> None:
    ann = lm.SystemMap(links=[("A", "B", "+"), ("B", "A", "+")])
    bo = lm.SystemMap(links=[("A", "B", "-"), ("B", "A", "+")])
    (one,) = lm.shared_loops(lm.merge({"Ann": ann, "Bo": bo})).alone
    assert one.readings == {"Ann": "R", "Bo": "B"}
    assert one.disputed


def test_the_author_is_a_voice_where_asked_or_where_nobody_else_speaks() -> None:
    claims = [lm.Claim("Ann", "+"), lm.Claim(None, "+")]
    m = lm.SystemMap(links=[lm.Link("A", "B", claims=claims), ("B", "A", "+")])
    found = lm.shared_loops(m)
    assert not found
    assert not found.alone
    (one,) = found.on_record
    assert (one.coalition, one.parts, one.recorded) == (("Ann",), {"Ann": 1}, 1)
    assert "1 loop runs over links on the facilitator's record only" in str(found)
    assert list(found.to_frame().recorded) == [1]
    (one,) = lm.shared_loops(m, author=True).alone
    assert one.coalition == ("(author)",)
    only = lm.SystemMap(links=[("A", "B", "+"), ("B", "A", "+")])
    assert lm.shared_loops(only).alone[0].coalition == ("(author)",)


def test_a_loop_over_the_record_is_not_one_that_a_coalition_sees() -> None:
    ann, bo = [lm.Claim("Ann", "+")], [lm.Claim("Bo", "+")]
    links = [lm.Link("A", "B", claims=ann), lm.Link("B", "C", claims=bo), lm.Link("C", "A", "+")]
    found = lm.shared_loops(lm.SystemMap(links=links))
    assert (found.shared, found.alone) == ((), ())
    assert found.on_record[0].coalition == ("Ann", "Bo")
    assert str(found).splitlines()[0] == "0 of 1 loop are seen by nobody alone."


def test_the_record_above_by_lines_is_nobody_in_a_coalition() -> None:
    m = lm.parse("""
        Backlog -> Stress : +
            by Police: +
        Stress -> Backlog : +
            by Health: +
    """)
    (one,) = lm.shared_loops(m)
    assert one.coalition == ("Health", "Police")
    assert not lm.shared_loops(m, author=True)


def test_a_coalition_names_whoever_would_do() -> None:
    police = lm.SystemMap(links=[("Backlog", "Stress", "+"), ("Stress", "Leave", "+")])
    care = lm.SystemMap(links=[("Leave", "Backlog", "+")])
    both = {"Police": police, "Social care": care, "Hospital": care}
    (one,) = lm.shared_loops(lm.merge(both))
    assert one.coalition == ("Hospital", "Police")
    assert one.either == (("Hospital", "Social care"), ("Police",))
    assert one.needs == "Police and either Hospital or Social care"
    told = str(lm.shared_loops(lm.merge(both)))
    assert "R1: needs Police and either Hospital or Social care\n" in told
    frame = lm.shared_loops(lm.merge(both)).to_frame()
    assert frame.coalition[0] == "Hospital or Social care, Police"


@given(st.dictionaries(st.sampled_from("ABCDEFG"), st.integers(1, 31), min_size=1))
def test_every_choice_of_those_who_would_do_is_a_smallest_coalition(
    holders: dict[str, int],
) -> None:
    whole = _joined(holders, tuple(holders))
    cover = smallest_cover(holders, whole)
    either = who_would_do(cover, holders, whole)
    assert [who in place for who, place in zip(cover, either, strict=True)] == [True] * len(cover)
    assert len({who for place in either for who in place}) == sum(map(len, either))
    assert all(_joined(holders, choice) == whole for choice in product(*either))
    if len(cover) == 1:
        assert set(either[0]) == {who for who, bits in holders.items() if bits == whole}


def test_the_answer_says_when_it_is_not_whole() -> None:
    links = [(a, b, "+") for a in "ABCDE" for b in "ABCDE" if a != b]
    m = lm.merge({"Ann": lm.SystemMap(links=links[::2]), "Bo": lm.SystemMap(links=links[1::2])})
    found = lm.shared_loops(m, at_most=3)
    assert "Not all loops were looked at" in str(found)
    assert "not all" in repr(found)
    assert lm.shared_loops(m).caveats == ()


@given(maps(max_variables=5, max_links=10))
@settings(max_examples=settings().max_examples // 2)
def test_a_loop_is_shared_exactly_if_no_perspective_finds_it(m: lm.SystemMap) -> None:
    found = lm.shared_loops(m)
    assert len(found) + len(found.alone) + len(found.on_record) == len(found.loops)
    people = {who for link in m.causal_links for who in link.perspectives}
    seen = {loop.id for who in people for loop in lm.find_loops(m.perspective(who))}
    authored = m.replace(
        links=[
            x.replace(claims=own)
            for x in m.links
            if (own := [c for c in x.claims if c.perspective is None])
        ]
    )
    also = {loop.id for loop in lm.find_loops(authored)}
    voiced = lm.shared_loops(m, author=True)
    assert {s.loop.id for s in voiced.alone} == (seen | also) & {loop.id for loop in found.loops}
    assert not voiced.on_record
    if not people:
        assert found == voiced
        return
    assert {s.loop.id for s in found.alone} == seen & {loop.id for loop in found.loops}
    assert not seen & {s.loop.id for s in found}
    for s in (*found, *found.on_record):
        assert bool(s.recorded) == any(not link.perspectives for link in s.loop.links)
    assert len(found.to_frame()) == len(found.loops)
    for s in (*found.alone, *found.shared):
        by = s.loop.by_perspective
        assert {who: kind for who, kind in s.readings.items() if who in by} == by


@given(maps(max_variables=4, max_links=8), maps(max_variables=4, max_links=8))
@settings(max_examples=settings().max_examples // 2)
def test_adding_a_perspective_never_removes_a_loop(a: lm.SystemMap, b: lm.SystemMap) -> None:
    try:
        together = lm.merge({"Ann": a, "Bo": b})
    except lm.InvalidMapError:
        return
    alone = {loop.id for loop in lm.find_loops(a)}
    assert alone <= {loop.id for loop in lm.find_loops(together)}


@given(maps(max_variables=5, max_links=10))
@settings(max_examples=settings().max_examples // 2)
def test_one_person_shares_nothing(m: lm.SystemMap) -> None:
    own = m.replace(links=[x.replace(claims=[lm.Claim("Ann", x.polarity)]) for x in m.causal_links])
    assert len(lm.shared_loops(own)) == 0
