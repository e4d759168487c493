"""Every rule of `check` finds what it is for, and nothing in a map that is well."""

from __future__ import annotations

import pytest
from hypothesis import given

import loopmap as lm
from loopmap import Claim, Element, Link, NamedLoop, SystemMap
from loopmap.checks import CHECKS
from loopmap.testing import maps

GOOD = SystemMap(links=[("Backlog", "Overtime", "+"), ("Overtime", "Backlog", "-")])

BAD = {
    "empty": (
        SystemMap(title="The hub"),
        "this map is empty; write what drives what: Cause -> Effect : +",
    ),
    "unsigned": (
        GOOD.add(Link("Overtime", "Errors")),
        "the link 'Overtime' -> 'Errors' has no sign; ask which way it works, and write + or -",
    ),
    "disputed": (
        GOOD.add(Link("Backlog", "Overtime", claims=[Claim("Police", "-")])),
        "the sign of 'Backlog' -> 'Overtime' is disputed (+ by the author; − by Police); "
        "talk about it, or tell two links apart with a route",
    ),
    "named-loop": (
        GOOD.add(NamedLoop("Spiral", ["Backlog", "Overtime"], "R")),
        "the loop 'Spiral' is claimed to be reinforcing but is balancing; "
        "look at the signs round it, or change the claimed kind",
    ),
    "near-duplicate": (
        GOOD.add(Link("Overtimes", "Backlog", "+")),
        "'Overtime' and 'Overtimes' are spelled almost alike; if they are one thing, give them one name",
    ),
    "unknown-name": (
        GOOD.replace(focal="Overtme"),
        "the map is about 'Overtme', which it does not have; did you mean 'Overtime'?",
    ),
    "lonely": (
        GOOD.add(Element("Morale")),
        "'Morale' has no link; link it to what drives it, or take it off the map",
    ),
    "no-loop": (
        SystemMap(links=[("A", "B", "+")]),
        "this map has no feedback loop; look for what the effects lead back to",
    ),
}


def test_a_map_that_is_well_has_no_problems() -> None:
    assert lm.check(GOOD) == ()


@pytest.mark.parametrize("rule", CHECKS)
def test_a_rule_finds_what_it_is_for(rule: str) -> None:
    m, message = BAD[rule]
    found = lm.check(m)
    assert [(problem.rule, str(problem)) for problem in found] == [(rule, message)]
    assert lm.check(m, rules=rule) == found
    assert set(found[0].subject) <= {*m.names, *m.focal}
    assert not lm.check(m, rules=[other for other in CHECKS if other != rule])


def test_somebody_who_says_nothing_is_a_note() -> None:
    (problem,) = lm.check(GOOD.add(Element("Fire service", "stakeholder")))
    assert (problem.rule, problem.severity) == ("lonely", "note")


def test_wants_may_be_unsigned_too_but_not_holds() -> None:
    wanted = GOOD.add(
        Link("Parents", "Backlog", kind="wants"), Link("Police", "Backlog", kind="holds")
    )
    assert [problem.what for problem in lm.check(wanted)] == [
        "the link 'Parents' wants 'Backlog' has no sign"
    ]


def test_an_unknown_rule_names_the_nearest() -> None:
    with pytest.raises(
        lm.UnknownNameError, match="there is no check 'lonly'; did you mean 'lonely'"
    ):
        lm.check(GOOD, rules="lonly")


@given(maps())
def test_any_map_can_be_checked(m: SystemMap) -> None:
    for problem in lm.check(m):
        assert problem.what
        assert problem.suggestion
        assert problem.rule in CHECKS
        assert problem.severity in ("warning", "note")
