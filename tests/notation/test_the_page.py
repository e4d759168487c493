"""docs/notation.md: every example reads without a word, and every word of the grammar is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import loopmap as lm
from loopmap.notation import fmt, read_text
from loopmap.notation.grammar import ATTRIBUTES, FLAGS, HEADERS, VERBS
from loopmap.signs import sign_of

PAGE = (Path(__file__).parents[2] / "docs" / "notation.md").read_text("utf-8")
BLOCKS = re.findall(r"^```loop\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
SOUND = [block for block in BLOCKS if "wrong.loop" not in block]
EXAMPLES = "\n".join(SOUND)


@pytest.mark.parametrize("block", SOUND, ids=lambda block: block.splitlines()[0])
def test_an_example_reads_without_a_word(block: str) -> None:
    reading = read_text(block)
    assert reading.problems == ()
    assert read_text(fmt(block)) == reading


@pytest.mark.parametrize("word", [*HEADERS, "story"])
def test_every_header_has_an_example(word: str) -> None:
    assert f"{word}:" in EXAMPLES


@pytest.mark.parametrize("word", [*VERBS, *(f for flags in FLAGS.values() for f in flags)])
def test_every_word_is_on_the_page(word: str) -> None:
    assert re.search(rf"[`\[ ]{word}[`\]; ]", PAGE)


@pytest.mark.parametrize("key", sorted({key for keys in ATTRIBUTES.values() for key in keys}))
def test_every_key_is_on_the_page(key: str) -> None:
    assert f"{key}=" in PAGE


@pytest.mark.parametrize("sign", ["+", "-", "?", "+/-", "−", "–", "±", "s", "o"])
def test_the_signs_are_on_the_page(sign: str) -> None:
    assert sign_of(sign, in_texts=True)
    assert f"`{sign}`" in PAGE


def test_the_claims_of_the_page_hold() -> None:
    m = lm.parse("".join(block for block in SOUND if "by Police" in block))
    assert m.link("Sharing information", "Risk to a child").polarity is lm.Polarity.MIXED
    assert m.link("Sharing information", "Risk to a child").perspectives == (
        "Health",
        "Police",
        "Schools",
    )
    assert [claim.perspective for claim in m.link("Caseload", "Visits").claims] == [
        None,
        "Social care",
    ]
