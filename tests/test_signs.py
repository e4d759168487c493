"""One table of words for signs: each word has one meaning, whatever brackets and dashes it has."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import loopmap as lm
from loopmap.formats import FORMATS, loaded
from loopmap.interop.cells import read_sign
from loopmap.notation import read_text
from loopmap.signs import DEGREES, NOTATIONS, PAIRS, plain_sign, sign_of, sign_of_degree

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


def test_every_degree_leaves_the_sign_certain() -> None:
    for degree in DEGREES:
        for text, sign in (
            (f"{degree} increases", "+"), (f"Reduces {degree}", "-"), (f"{degree} +", "+"),
            (f"- ({degree})", "-"), (f"very {degree} negative influence", "-"),
        ):  # fmt: skip
            assert (sign_of(text), sign_of_degree(text)) == (None, sign), text
        assert sign_of_degree(degree) is None
    for other in ("strong s", "strongly drains", "strong link", "weak 1", "+", "increases", "high"):
        assert sign_of_degree(other) is None, other


@pytest.mark.parametrize(
    ("line", "notes"),
    [
        ("A -> B : strongly reduces", ["strongly reduces"]),
        ("A -> B: slightly reduces  # heard", ["slightly reduces"]),
        ("A -> B : weak - [note=heard; delay]", ["weak -; heard"]),
        ("A -- greatly reduces --> B", ["greatly reduces"]),
        ("A ->(strong -) B", ["strong -"]),
        ("graph LR\nA -->|strongly reduces| B", ["strongly reduces"]),
        ('A -> B\n    by Ann: slightly reduces "so they say"', ["slightly reduces"]),
        ("A -> B\n    by Ann: negative influence", [""]),
    ],
)
def test_the_notation_keeps_what_says_how_strongly(line: str, notes: list[str]) -> None:
    m = lm.parse(line)
    (link,) = m.links
    assert (link.polarity.sign, [claim.note for claim in link.claims]) == ("-", notes)
    if not line.startswith("graph"):
        assert lm.parse(lm.fmt(line)) == m
        degrees = [p for p in read_text(line).problems if p.rule == "degree"]
        assert len(degrees) == (notes != [""])


def test_words_glued_to_a_colon_are_signs_and_names_stay() -> None:
    assert lm.parse("A -> B: increases").links[0].polarity == "+"
    assert lm.parse("A -> Trend: up").names == ("A", "Trend: up")


def test_tables_keep_what_says_how_strongly() -> None:
    table = "from,to,type,note\nA,B,strongly increases,\nB,A,weak -,heard\n"
    m, problems = loaded(table.encode(), FORMATS["csv"], source="t.csv")
    assert [(k.polarity.sign, k.claims[0].note) for k in m.links] == [
        ("+", "strongly increases"), ("-", "weak -; heard"),
    ]  # fmt: skip
    assert [p.what for p in problems] == [
        "words say how strong a link is: its sign is read, and the words are its note (rows 2, 3)"
    ]
    frame = pd.DataFrame([["", "strong +"], ["-", ""]], ["A", "B"], ["A", "B"])
    matrix = lm.from_matrix(frame, rows="cause")
    assert [k.claims[0].note for k in matrix.links] == ["strong +", ""]
