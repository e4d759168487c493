"""Quotes are held against the text they are said to come from."""

from __future__ import annotations

import pytest

import loopmap as lm

MAP = lm.SystemMap(
    links=[
        lm.Link("A", "B", claims=[lm.Claim("Police", "+", quote="they 'never' call - ever")]),
        lm.Link("B", "C", claims=[lm.Claim(None, "-", quote="Trust is low")]),
        lm.Link("C", "A", "+"),
    ]
)


@pytest.mark.parametrize(
    "text",
    [
        "they 'never' call - ever. Trust is low",
        "They say they ‘never’ call – ever.\n\n**Trust is\n   low**",
        "_they_ ’never‘ call — ever; Trust is\u00a0low",
    ],
)
def test_print_does_not_hide_the_words(text: str) -> None:
    assert lm.check_quotes(MAP, text) == ()


def test_other_words_are_found_out() -> None:
    found = lm.check_quotes(MAP, "They 'never' call - ever. trust is low.")
    assert [problem.where for problem in found] == ["A -> B, by Police", "B -> C, by the author"]
    assert {problem.rule for problem in found} == {"quote"}
    assert "'Trust is low'" in found[1].what


def test_an_empty_text_holds_nothing() -> None:
    assert len(lm.check_quotes(MAP, "")) == 2
    assert lm.check_quotes(lm.SystemMap(), "") == ()
