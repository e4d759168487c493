"""The ruler: widths against the font file itself, and breaking that loses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loopmap.fonts import graphemes, is_right_to_left, line_height, text_width, wrap
from loopmap.testing import texts

LABELS = (
    "Backlog", "Mutual understanding between agencies", "Share of the budget spent on prevention",
    "Waiting time (weeks)", "Überlastung", "Épuisement du personnel", "Доверие", "Εμπιστοσύνη",
)  # fmt: skip


def unbroken(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("bold", [False, True])
def test_widths_agree_with_the_font(bold: bool) -> None:
    import matplotlib
    from fontTools.ttLib import TTFont

    file = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    font = TTFont(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / file)
    cmap, widths = font.getBestCmap(), font["hmtx"].metrics
    for label in LABELS:
        real = sum(widths[cmap[ord(char)]][0] for char in label) / font["head"].unitsPerEm
        assert text_width(label, 10, bold=bold) == pytest.approx(10 * real)


def test_widths_agree_with_shaped_text() -> None:
    """With kerning and all, as matplotlib draws it: within 2.5 %."""
    from matplotlib.font_manager import FontProperties, findfont
    from matplotlib.ft2font import FT2Font

    font = FT2Font(findfont(FontProperties(family="DejaVu Sans")))
    font.set_size(100, 72)
    for label in LABELS:
        font.set_text(label, 0.0)
        assert text_width(label, 100) == pytest.approx(font.get_width_height()[0] / 64, rel=0.025)


def test_every_sign_has_a_width() -> None:
    assert text_width("漢字", 10) == 20
    assert text_width("e\u0301", 10) == text_width("e", 10)
    assert text_width("\u200f\u00ad", 10) == 0
    assert text_width("\U0001f469", 10) == 10  # an emoji DejaVu lacks
    assert text_width("", 10) == 0


@given(texts(), texts())
def test_width_adds_up_and_scales(a: str, b: str) -> None:
    assert text_width(a + b, 10) == pytest.approx(text_width(a, 10) + text_width(b, 10))
    assert text_width(a, 20) == pytest.approx(2 * text_width(a, 10))
    assert text_width(a, 10) >= 0


def test_line_height_clears_the_font() -> None:
    assert line_height(10) >= 10 * 1.164  # DejaVu's ascent + descent


@given(texts(max_size=120), st.booleans())
def test_wrapping_loses_nothing(text: str, bold: bool) -> None:
    lines = wrap(text, 10, bold=bold)
    assert unbroken("".join(lines)) == unbroken(text)
    assert 1 <= len(lines) <= 8
    assert all(lines) or lines == ("",)


@given(st.lists(texts(min_size=1, max_size=12), max_size=12), st.floats(30, 300))
def test_wrapping_to_a_width_keeps_to_it(words: list[str], width: float) -> None:
    text = " ".join(words)
    lines = wrap(text, 10, width=width)
    assert unbroken("".join(lines)) == unbroken(text)
    for line in lines:
        assert text_width(line, 10) <= width + 1e-6 or len(graphemes(line)) == 1


def test_labels_break_where_people_would() -> None:
    assert wrap("Backlog", 10) == ("Backlog",)
    assert wrap("Trust between agencies", 10) == ("Trust between", "agencies")
    assert wrap("Completeness of the joined-up picture", 10) == (
        "Completeness of the", "joined-up picture",
    )  # fmt: skip
    assert wrap("Multi-agency", 10, width=40) == ("Multi-", "agency")


def test_a_long_word_breaks_between_letters() -> None:
    word = "Donaudampfschifffahrtsgesellschaftskapitänswitwe"
    lines = wrap(word, 10)
    assert len(lines) > 1
    assert "".join(lines) == word
    accented = "e\u0301" * 80
    assert all(line.startswith("e") for line in wrap(accented, 10))


def test_chinese_breaks_anywhere_but_before_a_full_stop() -> None:
    lines = wrap("跨部门信息共享程度不足导致的重复评估工作量。", 10)
    assert len(lines) > 1
    assert not any(line.startswith("。") for line in lines)


def test_direction() -> None:
    assert is_right_to_left("الثقة بين الوكالات")
    assert is_right_to_left("(אמון)")
    assert not is_right_to_left("123")


def test_a_text_of_many_words_is_quick_and_whole() -> None:
    text = "word " * 600
    assert unbroken("".join(wrap(text, 10))) == unbroken(text)
    assert unbroken("".join(wrap(text, 10, width=200))) == unbroken(text)
