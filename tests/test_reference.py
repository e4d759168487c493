"""The reference has every public name, once, under the question it answers."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import loopmap as lm

ROOT = Path(__file__).parents[1]


def test_every_public_name_answers_one_question() -> None:
    sys.path.insert(0, str(ROOT / "docs" / "_ext"))
    try:
        from questions import QUESTIONS
    finally:
        sys.path.pop(0)
    words = Counter(
        word for _, pages in QUESTIONS.values() for page in pages for word in page.split()
    )
    public = set(lm.__all__) - {"__version__"}
    assert public - words.keys() == set()
    assert {word for word in words if "." not in word} == public
    assert set(words.values()) == {1}


def test_the_citation_has_the_version() -> None:
    text = (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"version: {lm.__version__}\n" in text
    assert text.startswith("cff-version: 1.2.0\n")
