"""Counting, membership and sampling against listing, closed forms and published numbers."""

from __future__ import annotations

import os
import tracemalloc
from collections import Counter
from itertools import pairwise
from math import comb, factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

import loopmap as lm
from loopmap import testing
from loopmap.loops.components import rows
from loopmap.loops.counting.loop_sums import loop_sums
from loopmap.loops.counting.polynomials import packed, unpacked
from loopmap.loops.graph import loop_graph
from loopmap.loops.kernel import compiled

FULL = os.environ.get("LOOPMAP_TEST_PROFILE") == "full"
ORACLE_MAPS = int(os.environ.get("LOOPMAP_ORACLE_MAPS", 10_000 if FULL else 1_000))


def small_map(seed: int) -> lm.SystemMap:
    size = seed % 8 + 1
    return testing.random_map(seed, variables=size, links=size * (1 + seed // 8 % 3))


def as_counts(loops: tuple[lm.Loop, ...]) -> dict[int, lm.Kinds]:
    found: dict[int, Counter[str]] = {}
    for loop in loops:
        found.setdefault(len(loop), Counter())[loop.kind] += 1
    return {n: lm.Kinds(*(c[k] for k in "RBU")) for n, c in found.items()}


# LOOPMAP_ORACLE_MAPS=100000 python -m pytest tests/loops/test_count.py -k "of_the_list or of_it"
@pytest.mark.parametrize("start", range(0, ORACLE_MAPS, 1_000))
def test_counts_and_membership_are_those_of_the_list(start: int) -> None:
    for seed in range(start, min(start + 1_000, ORACLE_MAPS)):
        m = small_map(seed)
        loops = testing.brute_force_loops(m)
        assert dict(lm.count_loops(m)) == as_counts(loops), seed
        seen = lm.participation(m)
        kinds = {link: Counter() for link in m.causal_links}
        variables = {name: Counter() for name in m.variables}
        for loop in loops:
            for link in loop.links:
                kinds[link][loop.kind] += 1
                variables[link.source][loop.kind] += 1
        assert seen.links == {k: lm.Kinds(*(c[x] for x in "RBU")) for k, c in kinds.items()}, seed
        assert seen.variables == {k: (c["R"], c["B"], c["U"]) for k, c in variables.items()}
        assert seen.kinds == lm.count_loops(m).kinds


@pytest.mark.parametrize("start", range(0, ORACLE_MAPS // 4, 1_000))
def test_samples_are_loops_of_it_and_even(start: int) -> None:
    """Chi-square over all maps: expected the degrees of freedom, variance 2 f (n - 1) / n a map."""
    square = freedom = variance = 0.0
    for seed in range(start, min(start + 1_000, ORACLE_MAPS // 4)):
        m = small_map(seed)
        loops = testing.brute_force_loops(m)
        if not 1 < len(loops) < 60:
            continue
        n = 3 * len(loops)
        drawn = Counter(lm.sample_loops(m, n, seed=seed))
        assert set(drawn) <= set(loops), seed
        square += sum((drawn[loop] - 3) ** 2 / 3 for loop in loops)
        freedom += len(loops) - 1
        variance += 2 * (len(loops) - 1) * (n - 1) / n
    assert abs(square - freedom) < 5 * variance**0.5


@given(testing.maps())
def test_counts_of_any_map(m: lm.SystemMap) -> None:
    counts = lm.count_loops(m)
    assert dict(counts) == as_counts(testing.brute_force_loops(m))
    assert counts.complete
    assert counts.total == counts.reinforcing + counts.balancing + counts.undetermined


def test_larger_maps_count_as_they_list() -> None:
    for seed in range(500 if FULL else 40):
        m = testing.random_map(seed, variables=10 + seed % 31, links=int(1.9 * (10 + seed % 31)))
        assert dict(lm.count_loops(m)) == as_counts(tuple(lm.find_loops(m, at_most=None)))


def test_questions_are_counted_by_inclusion_and_exclusion() -> None:
    for seed in range(40):
        m = testing.random_map(seed, variables=7, links=20)
        m = m.add(lm.Link("Police", "v001", kind="holds"), lm.Link("Police", "v004", kind="holds"))
        link = m.causal_links[seed % len(m.causal_links)]
        for through in (
            "v000",
            ["v000", "v003"],
            link,
            [link, "v002"],
            "Police",
            ["Police", "v005"],
        ):
            for delayed in (None, True, False):
                loops = lm.find_loops(m, through=through, delayed=delayed, max_length=5)
                counts = lm.count_loops(m, through=through, delayed=delayed, max_length=5)
                assert dict(counts) == as_counts(tuple(loops))


def complete(n: int) -> lm.SystemMap:
    return lm.SystemMap(
        links=[(f"v{u:02}", f"v{v:02}", "+") for u in range(n) for v in range(n) if u != v]
    )


@pytest.mark.parametrize("n", [2, 3, 5, 8, 11, 16])
def test_complete_maps(n: int) -> None:
    counts = lm.count_loops(complete(n))
    expected = {k: comb(n, k) * factorial(k - 1) for k in range(2, n + 1)}
    assert {length: kinds.total for length, kinds in counts} == expected


def grid(n: int) -> lm.SystemMap:
    cells = [(i, j) for i in range(n) for j in range(n)]
    return lm.SystemMap(
        links=[
            (f"{a}{b}", f"{c}{d}", "+")
            for a, b in cells
            for c, d in cells
            if abs(a - c) + abs(b - d) == 1
        ]
    )


@pytest.mark.parametrize(
    ("n", "undirected"),
    [(2, 1), (3, 13), (4, 213), (5, 9_349), (6, 1_222_363), (7, 487_150_371)],
)
def test_grids(n: int, undirected: int) -> None:
    """OEIS A140517: cycles of the n × n grid; each runs both ways, each side is a loop of two."""
    sides = 2 * n * (n - 1)
    assert lm.count_loops(grid(n)).total == 2 * undirected + sides


@pytest.mark.slow
@pytest.mark.parametrize(
    ("n", "undirected"), [(9, 2_318_527_339_461_265), (10, 27_359_264_067_916_806_101)]
)
def test_grids_of_more_than_64_bits(n: int, undirected: int) -> None:
    """OEIS A140517 again; by kind and by link they are as many as by length."""
    m = grid(n)
    link = lm.Link("00", "10", "-")
    m = m.remove(m.link("00", "10")).add(link)
    total = 2 * undirected + 2 * n * (n - 1)
    seen = lm.participation(m)
    assert seen.kinds.total == total
    assert seen.kinds.balancing == seen.links[link].total
    graph = loop_graph(m)
    assert loop_sums(graph, graph.looping()).kinds() == seen.kinds
    if compiled("counting.frontier") is not None:  # some minutes without
        assert lm.count_loops(m).kinds == seen.kinds


def test_no_recursion_and_no_overflow() -> None:
    ring = lm.SystemMap(links=[(f"v{i}", f"v{(i + 1) % 3000}", "-") for i in range(3000)])
    assert dict(lm.count_loops(ring)) == {3000: (1, 0, 0)}
    pairs = lm.SystemMap(
        links=[
            lm.Link(f"v{i}", f"v{(i + 1) % 80}", sign, route=sign)
            for i in range(80)
            for sign in "+-"
        ]
    )
    assert dict(lm.count_loops(pairs)) == {80: (2**79, 2**79, 0)}
    assert lm.participation(pairs).links[pairs.causal_links[0]].total == 2**79


def test_taking_away_and_flipping_a_link() -> None:
    for seed in range(60):
        m = testing.random_map(seed, variables=7, links=16)
        seen = lm.participation(m)
        for link in m.causal_links:
            assert seen.without(link) == lm.count_loops(m.remove(link)).kinds
            if not link.polarity.is_known:
                with pytest.raises(ValueError, match="no known sign"):
                    seen.flipped(link)
                continue
            other = "-" if link.polarity is lm.Polarity.POSITIVE else "+"
            turned = m.remove(link).add(lm.Link(link.source, link.target, other, route=link.route))
            assert seen.flipped(link) == lm.count_loops(turned).kinds


def chi_square(m: lm.SystemMap, n: int) -> float:
    loops = testing.brute_force_loops(m)
    drawn = Counter(lm.sample_loops(m, n, seed=1))
    assert set(drawn) <= set(loops)
    expected = n / len(loops)
    return sum((drawn[k] - expected) ** 2 / expected for k in loops) / (len(loops) - 1)


@pytest.mark.parametrize("seed", [3, 4, 5, 6])
def test_samples_are_uniform(seed: int) -> None:
    m = testing.random_map(seed, variables=8, links=22, parallel=0.3)
    freedom = len(testing.brute_force_loops(m)) - 1
    assert freedom > 5
    # chi-square over its degrees of freedom: mean 1, standard deviation sqrt(2 / freedom)
    assert abs(chi_square(m, 8_000) - 1) < 5 * (2 / freedom) ** 0.5


def test_samples_repeat_by_seed_and_may_be_none() -> None:
    m = testing.random_map(4, variables=12, links=30)
    assert lm.sample_loops(m, 9, seed=2) == lm.sample_loops(m, 9, seed=2)
    assert lm.sample_loops(m, 9, seed=2) != lm.sample_loops(m, 9, seed=3)
    assert lm.sample_loops(lm.SystemMap(["A"]), 3) == ()
    assert lm.sample_loops(m, 0) == ()
    with pytest.raises(lm.InvalidOptionError, match="how many loops"):
        lm.sample_loops(m, -1)


@given(st.lists(st.integers(-1000, 1000), max_size=20))
def test_unpacking_undoes_packing(digits: list[int]) -> None:
    while digits and not digits[-1]:
        digits.pop()
    assert unpacked(packed(digits, 16), 16) == digits


@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=15),
    st.integers(-1, 6),
)
def test_rows_run_through_variables_with_one_way_in_and_one_on(
    pairs: list[tuple[int, int]], keep: int
) -> None:
    found = list(rows(pairs, keep))
    assert sorted(place for row in found for place in row) == list(range(len(pairs)))
    ins, outs = Counter(v for _, v in pairs), Counter(u for u, _ in pairs)
    inner = [pairs[place][1] for row in found for place in row[:-1]]
    assert inner == [pairs[place][0] for row in found for place in row[1:]]
    assert all(ins[v] == outs[v] == 1 and v != keep for v in inner)
    rings = [row for row in found if pairs[row[0]][0] == pairs[row[-1]][1]]
    joined = {v for v, n in ins.items() if n == outs[v] == 1 and v != keep} - set(inner)
    assert joined <= {pairs[row[0]][0] for row in rings}, "nothing that can be joined is left"


def test_one_long_loop_is_counted_and_listed_in_little_memory() -> None:
    ring = [f"v{i:05}" for i in range(6_000)]
    m = lm.SystemMap(links=[*pairwise(ring), (ring[-1], ring[0], "-")])
    tracemalloc.start()
    try:
        (loop,) = lm.find_loops(m)
        assert lm.count_loops(m).lengths == (6_000,) == (len(loop),)
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()
