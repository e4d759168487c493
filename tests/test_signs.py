"""One table of words for signs: each word has one meaning, whatever brackets and dashes it has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import loopmap as lm
from loopmap.interop.cells import read_sign
from loopmap.signs import NOTATIONS, PAIRS, plain_sign, sign_of

WORDS = [
    (word, sign, row) for row in NOTATIONS for sign, words in row.words.items() for word in words
]


def test_a_word_stands_in_one_notation_and_is_found_as_it_stands() -> None:
    words = [word for word, _, _ in WORDS]
    assert len(words) == len(set(words))
    for word, sign, row in WORDS:
        assert sign_of(word) == sign_of(word.upper()) == sign_of(f" ({word}) ") == sign, word
        assert (sign_of(word, in_texts=True) is not None) is row.in_texts
        assert str(read_sign(word)).replace("−", "-").replace("±", "+/-") == sign


@pytest.mark.parametrize(
    ("sign", "words"),
    [
        ("+", "＋|（＋）|[+]|{+}|'+'|“+”|⁺|➕|⬆️|Increases|PROMOTES|raises|positive influence|pos|s|+1|+ (positive)"),
        ("-", "－|(–)|—|−|‑|➖|lowers|Reduces|inhibits|negative effect|-ve|opposite|-1|down|−1"),
        ("+/-", "±|＋／－|+/−|Both|- and +|positive and negative|mixed"),
        ("?", "?|？|No effect|n/a|not known|0|"),
    ],
)  # fmt: skip
def test_signs_as_people_type_them(sign: str, words: str) -> None:
    assert {word: sign_of(word) for word in words.split("|")} == dict.fromkeys(
        words.split("|"), sign
    )


def test_what_needs_judgement_is_no_sign() -> None:
    for word in ("drains", "relieves", "maybe", "x", "->", "yes", "()", "negative (+)", "2", "A -"):
        assert sign_of(word) is None, word
    assert [sign_of(pair) for pair in PAIRS] == [None, None, "+/-", "+/-"]


def test_the_notation_reads_every_word_but_numbers() -> None:
    for word, sign, row in WORDS:
        if row.in_texts:
            assert lm.parse(f"A -> B : {word}").links[0].polarity.sign == sign, word
    assert lm.parse("A -> Trend: up").names == ("A", "Trend: up")
    with pytest.raises(lm.MapSyntaxError):
        lm.parse("A -> Phase : 1")


@given(st.text(max_size=70))
def test_any_text_has_a_plain_form_or_stays(text: str) -> None:
    assert sign_of(text) == sign_of(plain_sign(text)) or sign_of(text) in (None, "?")
