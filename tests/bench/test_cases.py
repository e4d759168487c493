"""The counts the cases claim, held against brute force and against exact counting."""

from __future__ import annotations

from collections import Counter

import pytest

import loopmap as lm
from loopmap.bench import CASES
from loopmap.bench.cases import LADDER
from loopmap.testing import brute_force_loops

SINGLE = [case for case in CASES.values() if case.kinds is not None]
#: Few enough loops for brute force.
SMALL = [
    case.name for case in SINGLE
    if not case.large and sum(case.kinds().values()) < 3000 and case.name != "ring-10000"
    and not (case.name.startswith("planted") and int(case.name.split("-")[1]) > 100)
]  # fmt: skip


@pytest.mark.parametrize("name", SMALL)
def test_kinds_by_brute_force(name: str) -> None:
    (m,) = CASES[name].maps()
    found = Counter(loop.kind for loop in brute_force_loops(m))
    assert found == Counter({k: n for k, n in CASES[name].kinds().items() if n})


@pytest.mark.slow
@pytest.mark.parametrize("name", [case.name for case in SINGLE])
def test_kinds_by_exact_counting(name: str) -> None:
    case = CASES[name]
    (m,) = case.maps()
    counts = lm.count_loops(m)
    assert counts.total == sum(case.kinds().values())


def test_every_map_of_three_is_every_map() -> None:
    maps = list(CASES["every-map-of-3"].maps())
    shapes = {frozenset(link.key for link in m.links) for m in maps}
    assert len(maps) == len(shapes) == 2**9
    assert [len(m.links) for m in maps] == sorted(len(m.links) for m in maps)


def test_the_ladder_climbs_from_six_to_ten_thousand() -> None:
    assert min(LADDER) == 6
    assert max(LADDER) == 10_000
    for variables in (6, 300, 3000):
        (m,) = CASES[f"planted-{variables}"].maps()
        assert len(m.variables) == variables


def test_every_case_says_how_its_numbers_are_known() -> None:
    for case in CASES.values():
        assert case.source
        assert case.about
