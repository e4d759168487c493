"""What chats, word processors and spreadsheets put into the clipboard."""

from __future__ import annotations

import pytest

import loopmap as lm
from loopmap.notation import fmt, read_text, write_text

PLUS = "Stress -> Sickness : +"
COPIED = [
    "**Stress** → **Sickness** (+)", "1. **Stress → Sickness (+)**", "*Stress* -> _Sickness_ : **+**",
    "`Stress -> Sickness : +`", "> Stress -> Sickness : +", "Stress ➡️ Sickness ➕", "Stress ─+→ Sickness",
    "Stress ──▶ Sickness : +", "Stress \uf0e0 Sickness : +", "Stress → Sickness (positive)",
    "| From | To | Sign |\n|---|---|---|\n| Stress | **Sickness** | + |", "Stress\tSickness\tincreases",
    "From\tTo\tSign\nStress\tSickness\t+", "---\nStress -> Sickness : +\n***", "R1: Stress →(+) Sickness",
]  # fmt: skip


@pytest.mark.parametrize("text", COPIED)
def test_it_is_one_link(text: str) -> None:
    reading = read_text(text)
    assert reading.map == lm.parse(PLUS)
    assert {p.rule for p in reading.problems} <= {"pasted"}
    assert fmt(text).strip() == PLUS


def test_what_follows_a_sign_is_a_note() -> None:
    for text in ("Stress → Sickness (+): more of it", "Stress → Sickness (+) – more of it"):
        assert [c.note for c in read_text(text).map.link("Stress", "Sickness").claims] == [
            "more of it"
        ]


def test_a_loop_described_in_one_line() -> None:
    for text in (
        "R1 – Burnout: Stress → (+) Sickness → (+) Stress",
        "**R1 (Burnout):** Stress → (+) Sickness → (+) Stress",
    ):
        m = read_text(text).map
        [loop] = lm.find_loops(m)
        assert (loop.name, loop.kind, m.names) == ("Burnout", "R", ("Sickness", "Stress"))


@pytest.mark.parametrize("text", ["A\tB", "A\tB\t+\tyes", "| A | B | maybe |", "Stress à Sickness"])
def test_it_is_asked_about(text: str) -> None:
    with pytest.raises(lm.MapSyntaxError, match=r"row of a table|did you mean"):
        read_text(text)


@pytest.mark.parametrize(
    "name", ["**A**", "_a", "a_b", "`A`", "> A", "R1: A", "A (positive)", "A (strong +)", "A à B",
             "A ➕", "| A | B | + |", "---", "Police\ue000 \"x\"", "A ▶ B", "A (+): b", "a)"]
)  # fmt: skip
def test_such_names_are_written_so_that_they_read_back(name: str) -> None:
    for m in (lm.SystemMap([name]), lm.SystemMap(links=[(name, "B", "+"), ("B", name, "-")])):
        assert read_text(write_text(m)).map == m
        assert read_text(fmt(write_text(m))).map == m


def test_a_printed_loop_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(lm.MapSyntaxError, match="a sign at its arrow and another"):
        read_text("R1  A -> (+) B : -\nR2  A -> (+) B")
