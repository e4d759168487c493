"""Cells: signs, delays and numbers as tables write them, and text no spreadsheet runs."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from loopmap import Polarity
from loopmap.interop.cells import (
    is_missing,
    read_delay,
    read_number,
    read_sign,
    text_of,
)

SIGNS = {
    Polarity.POSITIVE: "+ ＋ ++ 1 +1 0.7 positive Positive POSITIVE same s S increases INCREASES plus H+ M+ +VH +L +ve",
    Polarity.NEGATIVE: "- − – -- -1 -0,7 negative NEGATIVE opposite o O decreases DECREASES minus H- M- L- −M -ve",
    Polarity.UNKNOWN: "? 0 0.0 none NEUTRAL unknown #N/A",
    Polarity.MIXED: "± +/- +- -+ both mixed disputed",
}


@pytest.mark.parametrize(("sign", "words"), SIGNS.items(), ids=lambda value: str(value)[:8])
def test_signs_seen_in_the_wild(sign: Polarity, words: str) -> None:
    for word in words.split():
        assert read_sign(word) is sign, word


def test_longer_signs_and_what_is_none() -> None:
    assert read_sign("Positive influence") is Polarity.POSITIVE
    assert read_sign("- 1") is Polarity.NEGATIVE
    assert read_sign("") is Polarity.UNKNOWN
    assert [read_sign(word) for word in ("maybe", "A", "->", "1_0", "nan", "inf")] == [None] * 6


def test_delays() -> None:
    assert all(read_delay(yes) is True for yes in ("yes", "TRUE", "1", "x", "//", "delayed", "2.5"))
    assert all(read_delay(no) is False for no in ("", "no", "False", "0", "none", "0.0"))
    assert read_delay("soon") is None


def test_numbers_and_empty_cells() -> None:
    assert [read_number(text) for text in ("0,5", "−2", "- 1", "1e3", "x", "1_0", "nan")] == [
        0.5,
        -2,
        -1,
        1000,
        None,
        None,
        None,
    ]
    assert all(map(is_missing, (None, math.nan, pd.NA, pd.NaT)))
    assert not any(map(is_missing, ("", 0, False)))
    assert [text_of(cell) for cell in (None, 3.0, 3.5, True, " a\nb ")] == [
        "",
        "3",
        "3.5",
        "True",
        "a b",
    ]
