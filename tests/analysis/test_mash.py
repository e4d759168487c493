"""The figures of the MASH example: METHODS sections 7.3, 8 and 10.1 of the project's reference."""

from __future__ import annotations

import pytest

import loopmap as lm


@pytest.fixture(scope="module")
def mash() -> lm.SystemMap:
    return lm.example("mash")


def test_17_of_22_loops_appear_only_on_merging(mash: lm.SystemMap) -> None:
    found = lm.shared_loops(mash)
    assert len(found.loops) == 22
    assert (len(found), len(found.alone)) == (17, 5)
    assert found.coalition_sizes == {1: 5, 2: 7, 3: 6, 4: 4}
    assert repr(found) == "<SharedLoops: 17 of 22 loops seen by nobody alone>"


def test_11_of_38_links_and_16_of_22_loops_cross_a_boundary(mash: lm.SystemMap) -> None:
    found = lm.boundary(mash)
    assert (len(found.crossing), len(mash.causal_links)) == (11, 38)
    assert (len(found.crossing_loops), len(found.loops)) == (16, 22)
    assert not found.unknown


def test_the_output_says_that_the_attribution_is_illustrative(mash: lm.SystemMap) -> None:
    assert "11 of 38 links cross" in lm.compare_in_words(mash)
    for told in (lm.shared_loops(mash), lm.boundary(mash), lm.compare_in_words(mash)):
        assert "marked 'illustrative'" in str(told)


def test_nothing_closes_on_what_the_report_states(mash: lm.SystemMap) -> None:
    found = lm.robustness(mash)
    assert dict(found.links) == {"stated": 14, "ends": 11, "inferred": 13}
    assert dict(found.left) == {"stated": 0, "ends": 0, "inferred": 22}
    assert len(lm.find_loops(lm.on_evidence(mash, "stated", "ends"))) == 0
    assert "graded stated (14 links): no loop closes" in str(found)
    weak = found.to_frame().weak_links.value_counts()
    assert (weak[1], weak[2]) == (9, 13)


def test_labels_with_the_example_probabilities(mash: lm.SystemMap) -> None:
    given = {"stated": 0.95, "ends": 0.85, "inferred": 0.7}
    stays = [p for p in lm.robustness(mash, probabilities=given).stays if p is not None]
    assert len(stays) == 22
    assert round(max(stays), 2) == 0.68
    assert sum(round(p, 2) == 0.68 for p in stays) == 2
    assert round(min(stays), 2) == 0.52


def test_the_link_that_decides_most(mash: lm.SystemMap) -> None:
    top = lm.most_decisive(mash).iloc[0]
    assert (top.source, top.target, top.loops) == ("Bottlenecks", "MASH performance", 15)


def test_removal_leaves_what_is_published(mash: lm.SystemMap) -> None:
    """Bottlenecks → performance: 22 to 7; performance → blame: 22 to 10."""
    for ends, left in (
        (("Bottlenecks", "MASH performance"), 7),
        (("MASH performance", "Blame between agencies"), 10),
    ):
        without = mash.remove(mash.link(*ends))
        assert len(lm.find_loops(without)) == left
        lost = [c for c in lm.diff(mash, without).changes if c.thing == "loop"]
        assert len(lost) == 22 - left


def test_every_perspective_merged_is_the_map_again(mash: lm.SystemMap) -> None:
    parts = [mash.perspective(who) for who in mash.perspectives]
    whole = lm.merge(parts)
    assert [x.key for x in whole.causal_links] == [x.key for x in mash.causal_links]
    assert len(lm.shared_loops(whole)) == 17


def test_it_contradicts_itself_nowhere(mash: lm.SystemMap) -> None:
    verdicts = lm.compare(mash).verdict.map(lambda v: v.split()[0]).value_counts()
    assert dict(verdicts) == {"only": 32, "agreed": 6}
