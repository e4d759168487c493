"""What keeps its place under another name."""

from __future__ import annotations

import loopmap as lm
from loopmap.analysis.renames import followed

M = lm.SystemMap(links=[("A", "B", "+"), ("B", "C", "+"), ("C", "A", "-")])


def test_one_name_for_one_with_the_same_links() -> None:
    one = lm.SystemMap(links=[("A", "B", "+")])
    assert followed(one, lm.SystemMap(links=[("A", "X", "+")])) == {"B": "X"}
    assert followed(lm.SystemMap(["A", "B"]), lm.SystemMap(["A", "Quite other"])) == {
        "B": "Quite other"
    }


def test_other_links_are_another_variable() -> None:
    assert followed(M, M.remove("B").add(lm.Link("New", "C", "+"), lm.Link("New", "A", "+"))) == {}
    assert followed(M, M.remove("B").add(lm.Element("New"))) == {}


def test_kinds_that_do_not_fit_are_not_followed() -> None:
    before = lm.SystemMap([lm.Element("Unlinked")])
    assert followed(before, lm.SystemMap([lm.Element("Police", "stakeholder")])) == {}


def test_two_for_one_are_not_guessed() -> None:
    one = lm.SystemMap(links=[("A", "B", "+")])
    two = lm.SystemMap(links=[("A", "X", "+"), ("A", "Y", "+")])
    assert followed(one, two) == {}
