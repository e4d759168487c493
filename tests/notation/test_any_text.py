"""Whatever stands in a file: a map, or one error that says where and what to do."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loopmap import MapSyntaxError, Reading
from loopmap.example_maps import EXAMPLES, example_text
from loopmap.notation import read_text

#: Pieces that lines are made of, to be put together in every wrong way.
PIECES = (
    "A", "Backlog", " ", "  ", "\t", "->", "-->", "<->", "→", ":", ": +", " : -", "?", "+/-", "[", "]", "[delay]",
    "[stock; note=x]", "strength=", "at=1,2", ";", "=", ",", '"', '\\"', "“", "”", "#", " # ", "by ", "    by Police: +",
    "\n", "\r\n", "\r", "loop R ", 'loop "x": ', "story:", "    story: s", "title:", "focus: ", " holds ", " wants ",
    "kind=wants", "kind=", "\x00", "\ufeff", "\u2028", "\ud800", "\u202e", "e\u0301", "漢", "9" * 30, "nan", "1e999",
)  # fmt: skip


def reads_or_explains(text: str) -> None:
    lines = text.count("\n") + text.count("\r") + 1
    try:
        reading = read_text(text, "x.loop")
    except MapSyntaxError as error:
        problems = error.problems
        assert any(problem.severity == "error" for problem in problems)
    else:
        assert isinstance(reading, Reading)
        problems = reading.problems
    for problem in problems:
        name, line, column = problem.where.split(":")
        assert name == "x.loop"
        assert 1 <= int(line) <= lines
        assert int(column) >= 1
        assert problem.what
        assert problem.suggestion
        assert problem.rule
        assert problem.excerpt.splitlines()[1].strip() == "^"


@given(st.text())
@example("\x00")
@example("\ufeff")
@example("\ud800 -> B : +")
def test_any_text(text: str) -> None:
    reads_or_explains(text)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_pieces_of_the_notation_in_any_order(text: str) -> None:
    reads_or_explains(text)


@given(st.sampled_from(EXAMPLES), st.data())
def test_damaged_files(name: str, data: st.DataObject) -> None:
    text = example_text(name)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 5)))
        text = text[:start] + data.draw(st.sampled_from(PIECES)) + text[end:]
    reads_or_explains(text)


LONG = 10_000_000


@pytest.mark.parametrize(
    "text",
    [
        "x" * LONG,
        "A -> " * (LONG // 5) + "B : +",
        '"' + "\\" * LONG,
        ":" * LONG,
        " " * LONG + "A",
        "\x00" * LONG,
        "\n" * (LONG // 100),
    ],
    ids=["one name", "chain", "backslashes", "colons", "blanks", "NULs", "empty lines"],
)
def test_a_line_of_ten_megabytes(text: str) -> None:
    reads_or_explains(text)


@pytest.mark.parametrize(
    "piece", ["-", "<", ":", ": ", " [", "[;", '"', "\\", " #", "a ", "“", "by ", "=", " , ", "->"]
)
@pytest.mark.parametrize(
    "start", ["", "A -> B : + [note=", 'loop R "x": ', "A -> B : +\n    by P: ", "title: "]
)
def test_time_grows_with_the_line_and_not_with_its_square(start: str, piece: str) -> None:
    # At 900,000 characters anything quadratic would run for hours.
    reads_or_explains(start + piece * (900_000 // len(piece)))


def test_an_empty_text_is_an_empty_map() -> None:
    assert read_text("") == read_text("# nothing\n\n") == (read_text("").map, ())
    assert read_text("").map.elements == ()
