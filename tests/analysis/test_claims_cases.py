"""The shared cases about what a claim means."""

from __future__ import annotations

from pathlib import Path

import loopmap as lm
from loopmap.perspectives import agreement
from loopmap.scene.marks import Group, Text, walk
from loopmap.scene.marks import Path as Line


def texts(drawing: lm.Drawing) -> list[str]:
    return [mark.text for mark in walk(drawing.scene.marks) if isinstance(mark, Text)]


def dashes(drawing: lm.Drawing) -> set[tuple[float, ...]]:
    links = [
        mark
        for mark in walk(drawing.scene.marks)
        if isinstance(mark, Group) and mark.role == "link"
    ]
    return {line.dash for group in links for line in group.marks if isinstance(line, Line)}


def test_what_one_states_is_not_inferred(shared: Path) -> None:
    m = lm.read(shared / "cases/notation/stated_drawn_as_nobody_stated.loop")
    drawing = lm.draw(m, effort="fast")
    assert dashes(drawing) == {()}
    assert not [text for text in texts(drawing) if "inferred" in text]
    assert lm.robustness(m).links == {"": 2}
    assert not lm.on_evidence(m, "inferred").causal_links


def test_another_sign_on_the_record_is_told_and_changes_nobodys() -> None:
    m = lm.parse("""
        Backlog -> Stress : +
            by Health: -
        Stress -> Backlog : +
            by Police: +
    """)
    told = lm.compare_in_words(m)
    assert "  Backlog → Stress: + on the record | − Health" in told
    assert "  Health (1): Backlog -> (−) Stress" in told
    assert "contradict each other" not in told
    assert "H− (+)" in texts(lm.draw(m, by="perspective", effort="fast"))


def test_a_panel_shows_no_delay_that_its_agency_does_not_speak_of() -> None:
    m = lm.parse(
        "A -> B : + [delay]\n  by Health: +\nB -> A\n  by Health: +\n  by Police: + [delay]"
    )
    health, police = (
        {
            str(group.label): sum(isinstance(mark, Line) for mark in group.marks)
            for group in walk(panel.marks)
            if isinstance(group, Group) and group.role == "link"
        }
        for panel in walk(lm.draw_panels(m, effort="fast").scene.marks)
        if isinstance(panel, Group) and panel.role == "panel" and "alone:" in panel.label
    )
    assert health == {"A increases B": 2, "B increases A": 2}  # a line and its head, no strokes
    assert police == {"A increases B, after a delay": 5, "B increases A, after a delay": 5}


def test_the_key_of_panels_explains_what_each_of_them_shows() -> None:
    m = lm.parse("A -> B\n  by Police: +\n  by Health: - [inferred]\nB -> A\n  by Police: +")
    told = " ".join(texts(lm.draw_panels(m, effort="fast")))
    assert "they move opposite ways" in told
    assert "inferred: nobody has stated it yet" in told


def test_what_everybody_infers_is_dotted() -> None:
    m = lm.parse("A -> B\n  by Police: - [inferred]\n  by Health: - [inferred]\nB -> A : -")
    drawing = lm.draw(m, effort="fast")
    assert lm.SCREEN.dash_inferred
    assert len(dashes(drawing)) == 2
    assert [text for text in texts(drawing) if "inferred" in text]
    assert lm.robustness(m).links == {"inferred": 1, "": 1}


def test_a_delay_on_the_record_is_no_disagreement(shared: Path) -> None:
    m = lm.read(shared / "cases/notation/false_delay_disagreement.loop")
    assert [(a.verdict, set(a.slow)) for a in agreement(m)] == [
        ("record", set()),
        ("agreed", set()),
    ]
    assert "delay" not in lm.compare_in_words(m)
    assert set(lm.compare(m).delay) == {"no"}


def test_the_record_has_no_pills_and_no_panel(shared: Path) -> None:
    m = lm.read(shared / "cases/notation/false_delay_disagreement.loop")
    drawing = lm.draw(m, by="perspective", effort="fast")
    told = texts(drawing)
    assert "H P" in told
    assert "A" not in told
    assert "(author): 2 links" not in told
    assert "on the facilitator's record only: 1 link" in " ".join(told)
    assert "(author): 2 links" in texts(lm.draw(m, by="perspective", author=True, effort="fast"))
    heads = [panel.heading for panel in lm.draw_panels(m, effort="fast").panels]
    assert heads == ["Health alone", "Police alone"]
    heads = [panel.heading for panel in lm.draw_panels(m, author=True, effort="fast").panels]
    assert heads == ["Health alone", "Police alone", "(author) alone"]
