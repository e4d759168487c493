"""Scoring tells right from wrong, and honest from silent."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

import loopmap as lm
from loopmap.bench import Score, judge
from loopmap.testing import brute_force_loops, maps

TWO = lm.parse("A -> B : +\nB -> A : - [route=x]\nB -> A : + [route=y]\nB -> B : +")


@settings(max_examples=50)
@given(maps(kinds=False, max_variables=5, max_links=9))
def test_the_oracle_scores_full_marks(m: lm.SystemMap) -> None:
    loops = brute_force_loops(m)
    assert judge(m, loops) == (len(loops), 0, len(loops), len(loops))
    assert judge(m, loops + loops) == (len(loops), len(loops), len(loops), len(loops))
    assert judge(m, [loop.path for loop in loops]) == (len(loops), 0, 0, 0)


def test_what_is_no_loop_is_wrong() -> None:
    wrong = [["A"], ["A", "B", "A"], [], ["C"], ["B", "C"], {"path": []}]
    assert judge(TWO, wrong) == (0, len(wrong), 0, 0)
    strange = lm.Loop((lm.Link("A", "B", "-"), lm.Link("B", "A", "-", route="x")))
    assert judge(TWO, [strange])[:2] == (0, 1)


def test_a_path_may_come_as_often_as_there_are_routes() -> None:
    assert judge(TWO, [["A", "B"], ["B", "A"], ["A", "B"]]) == (2, 1, 0, 0)


def test_kinds_are_judged_as_letters_or_words() -> None:
    given_kinds = [{"path": ["B"], "kind": "R"}, {"path": ["A", "B"], "kind": "undetermined"}]
    assert judge(TWO, given_kinds) == (2, 0, 2, 1)


@pytest.mark.parametrize(
    ("found", "said", "honesty"),
    [(3, True, "right"), (3, None, "nothing to say"), (3, False, "too modest"),
     (2, False, "right"), (2, None, "silent"), (2, True, "false")],
)  # fmt: skip
def test_honesty(found: int, said: bool | None, honesty: str) -> None:
    score = Score()
    score.add(TWO, brute_force_loops(TWO)[:found], 3, said)
    assert score.honesty == honesty
    assert score.recall == found / 3
    assert bool(score.first_failure) == (found < 3)


def test_one_silence_among_many_answers_is_silence() -> None:
    score = Score()
    score.add(TWO, brute_force_loops(TWO), 3, True)
    score.add(TWO, brute_force_loops(TWO)[:1], 3, None)
    assert score.honesty == "silent"
    assert score.sign_accuracy == 1.0
    assert score.precision == 1.0
