"""The counting engines agree with each other on totals, shares, lengths and draws."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given

import loopmap as lm
from loopmap import testing
from loopmap.loops.budget import Budget
from loopmap.loops.counting import engines as choice
from loopmap.loops.counting.bounded import bounded_counts
from loopmap.loops.counting.contraction import contracted
from loopmap.loops.counting.elimination_order import beam_search, elimination_order
from loopmap.loops.counting.engines import LoopDag
from loopmap.loops.counting.frontier import frontier_dag, plans
from loopmap.loops.counting.frontier_numpy import PRIMES, ArrayDag, array_dag
from loopmap.loops.counting.loop_sums import loop_sums
from loopmap.loops.counting.polynomials import unpacked
from loopmap.loops.counting.subsets import SubsetDag
from loopmap.loops.graph import loop_graph
from loopmap.loops.kernel import SWITCH, compiled

Pairs = list[tuple[int, int]]


def cores(number: int, **sizes: int) -> list[Pairs]:
    found = []
    for seed in range(number):
        graph = loop_graph(testing.random_map(seed, **sizes))
        found += [list(block) for block in contracted(graph, graph.looping()).blocks]
    return found


CORES = cores(40, variables=7, links=24) + cores(12, variables=11, links=40)


def engines(pairs: Pairs) -> list[LoopDag]:
    """Every engine there is here; the compiled one last, where it is built."""
    order = elimination_order(pairs)[2]
    counting = compiled("counting.frontier")
    return [
        frontier_dag(pairs, order),
        array_dag(pairs, order),
        SubsetDag(pairs),
        *([] if counting is None else [counting.CompiledDag(*plans(pairs, order))]),
    ]


@pytest.mark.parametrize("size", [1, 5, 10**9, 10**30, 10**200])
def test_totals_and_shares(size: int) -> None:
    pick = random.Random(size)
    for pairs in CORES:
        weight = [*(pick.randint(-size, size) for _ in pairs), 1]
        plain, *others = engines(pairs)
        for dag in others:
            assert dag.total(weight) == plain.total(weight)
            assert dag.shares(weight) == plain.shares(weight)


@pytest.mark.parametrize("terms", [1, 3])
def test_totals_by_length(terms: int) -> None:
    pick = random.Random(terms)
    for pairs in CORES:
        digit = 40
        weight = [
            *(sum(pick.randint(1, 3) << digit * (k + 1) for k in range(terms)) for _ in pairs),
            1,
        ]
        plain, *others = engines(pairs)
        for dag in others:
            assert dag.packed(weight, digit) == plain.total(weight)


def test_as_many_moduli_as_totals_need(monkeypatch: pytest.MonkeyPatch) -> None:
    """The remainders of totals near and beyond 2^64 are put together exactly."""
    pairs = max(CORES, key=len)
    plain, arrays, _, *compiled = engines(pairs)
    assert isinstance(arrays, ArrayDag)
    for bits in range(1, 60):
        for dag in (arrays, *compiled):
            weight = [*(1 << bits for _ in pairs), 1]
            assert dag.total(weight) == plain.total(weight)
            weight = [*(-(1 << bits) if i % 3 else 1 << bits for i in range(len(pairs))), 1]
            assert dag.total(weight) == plain.total(weight)
    assert all(pow(2, prime - 1, prime) == 1 for prime in PRIMES)


def test_draws_are_in_proportion() -> None:
    pairs = CORES[3]
    pick = random.Random(1)
    weight = [*(pick.randint(1, 3) for _ in pairs), 1]
    by_hand = loops_by_hand(pairs, weight)
    for dag in engines(pairs):
        draw = dag.sampler(weight)
        drawn = Counter(frozenset(draw(pick.randrange)) for _ in range(6_000))
        assert set(drawn) <= set(by_hand)
        total = sum(by_hand.values())
        assert total == dag.total(weight)
        square = sum(
            (drawn[k] - 6_000 * w / total) ** 2 / (6_000 * w / total) for k, w in by_hand.items()
        )
        freedom = len(by_hand) - 1
        assert abs(square / freedom - 1) < 5 * (2 / freedom) ** 0.5


def loops_by_hand(pairs: Pairs, weight: Sequence[int]) -> dict[frozenset[int], int]:
    m = lm.SystemMap(links=[(f"v{u:03}", f"v{v:03}", "+") for u, v in pairs])
    number = {(f"v{u:03}", f"v{v:03}"): k for k, (u, v) in enumerate(pairs)}
    found = {}
    for loop in testing.brute_force_loops(m):
        used = frozenset(number[k.source, k.target] for k in loop.links)
        product = 1
        for k in used:
            product *= weight[k]
        found[used] = product
    return found


@pytest.mark.parametrize("engine", ["dictionaries", "arrays", "dense"])
def test_public_answers_do_not_depend_on_the_engine(
    engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    maps = [testing.random_map(seed, variables=9, links=30, parallel=0.2) for seed in range(60)]
    before = [(dict(lm.count_loops(m)), lm.participation(m)) for m in maps]
    monkeypatch.setenv(SWITCH, "1")
    monkeypatch.setattr(choice, "PLAIN_STATES", 10**9 if engine == "dictionaries" else 0)
    monkeypatch.setattr(choice, "SUBSET_STEP", 10**9 if engine == "dense" else 0)
    assert [(dict(lm.count_loops(m)), lm.participation(m)) for m in maps] == before
    for m in maps[:5]:
        loops = set(testing.brute_force_loops(m))
        assert set(lm.sample_loops(m, 50)) <= loops


def test_without_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    m = testing.random_map(3, variables=11, links=60)
    before = lm.count_loops(m)
    monkeypatch.setenv(SWITCH, "1")
    monkeypatch.setattr(choice, "_has_numpy", lambda: False)
    monkeypatch.setattr(choice, "PLAIN_STATES", 0)
    assert lm.count_loops(m) == before


def test_what_is_too_large_says_so_with_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "PLAIN_STATES", 0)
    for room in ("MOST_COMPILED", "MOST_ARRAYS", "MOST_PLAIN"):
        monkeypatch.setattr(choice, room, 10)
    names = [f"v{i:02}" for i in range(24)]
    m = lm.SystemMap(links=[(u, v, "+") for u in names for v in names if u != v])
    with pytest.raises(lm.TooLargeError, match="core of 24 variables and 552 links"):
        lm.participation(m)
    counts = lm.count_loops(m, seconds=0.2)
    assert not counts.complete
    assert "24 variables" in counts.reason
    assert counts.complete_to_length is not None
    assert counts.by_length[2].total == 24 * 23 // 2


@pytest.mark.parametrize("pure", ["", "1"])
def test_length_by_length_where_nothing_else_fits(
    pure: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here it gets to the end, so the answers are the same and complete."""
    maps = [testing.random_map(seed, variables=9, links=30, parallel=0.2) for seed in range(40)]
    questions = [{}, {"max_length": 4}, {"through": ["v000", "v003"]}, {"delayed": True}]
    before = [lm.count_loops(m, **asked) for m in maps for asked in questions]
    for room in ("MOST_COMPILED", "MOST_ARRAYS", "MOST_PLAIN"):
        monkeypatch.setattr(choice, room, -1)
    monkeypatch.setattr(choice, "SUBSET_STEP", 0)
    monkeypatch.setattr(choice, "SUBSET_STEP_COMPILED", 0)
    monkeypatch.setenv(SWITCH, pure)
    monkeypatch.setattr("loopmap.loops.count.FALLBACK_SECONDS", 60)
    assert [lm.count_loops(m, **asked) for m in maps for asked in questions] == before


def test_giving_up_takes_no_time_and_says_so() -> None:
    """Loops of one and two links are counted in any case: that is linear."""
    m = testing.random_map(1, variables=150, links=600, parallel=0)
    counts = lm.count_loops(m, seconds=0)
    assert (counts.complete, counts.complete_to_length) == (False, 2)
    assert counts.total == len(lm.find_loops(m, max_length=2)) > 0
    assert counts.reason.startswith("counted up to 2 links in 0 seconds")
    assert "a core of 120 variables and 531 links" in counts.reason


@pytest.mark.parametrize("pure", ["", "1"])
def test_loops_up_to_a_length(pure: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where parallel links make one loop of variables very many loops."""
    monkeypatch.setenv(SWITCH, pure)
    for seed in range(60):
        graph = loop_graph(testing.random_map(seed, variables=8, links=22, parallel=0.3))
        every = loop_sums(graph, graph.looping()).by_length()
        for longest in (1, 2, 3, 6, 9):
            found = bounded_counts(graph, graph.looping(), longest, Budget(None))
            assert found == {n: kinds for n, kinds in every.items() if n <= longest}
    ends = [(f"v{i:02}", f"v{(i + 1) % 30:02}") for i in range(30)]
    ring = loop_graph(
        lm.SystemMap(links=[lm.Link(u, v, s, route=s) for u, v in ends for s in "+-?"])
    )
    assert bounded_counts(ring, ring.looping(), 29, Budget(None)) == {}
    assert bounded_counts(ring, ring.looping(), 30, Budget(None)) == {
        30: (2**29, 2**29, 3**30 - 2**30)
    }


def test_unpacking_reads_negative_digits() -> None:
    assert unpacked(-5, 8) == [-5]
    assert unpacked((1 << 16) - 1, 8) == [-1, 0, 1]


@pytest.mark.skipif(
    compiled("counting.frontier") is None, reason="the compiled engine is not built here"
)
@given(testing.maps())
def test_compiled_and_pure_answers_are_the_same(m: lm.SystemMap) -> None:
    compiled = dict(lm.count_loops(m)), lm.participation(m)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SWITCH, "1")
        assert (dict(lm.count_loops(m)), lm.participation(m)) == compiled


@pytest.mark.skipif(
    compiled("counting.frontier") is None, reason="the compiled engine is not built here"
)
@pytest.mark.parametrize("most", [1, 3, 40])
def test_the_compiled_search_finds_the_same_orders(most: int) -> None:
    for pairs in [*CORES, *cores(3, variables=90, links=230)]:
        variables = sorted({end for pair in pairs for end in pair})
        number = {v: i for i, v in enumerate(variables)}
        into, out = [0] * len(variables), [0] * len(variables)
        for u, v in pairs:
            out[number[u]] |= 1 << number[v]
            into[number[v]] |= 1 << number[u]
        found = compiled("counting.elimination_order").OrderSearch(into, out).beam(most)
        assert found == beam_search(into, out, most)


@pytest.mark.skipif(
    compiled("counting.frontier") is None, reason="the compiled engine is not built here"
)
@pytest.mark.parametrize("size", [1, 10**6, 10**9, 4 * 10**18])
def test_totals_without_keeping_the_dag(size: int) -> None:
    """Also where values grow by a word or two on the way."""
    pick = random.Random(size)
    for pairs in CORES:
        order = elimination_order(pairs)[2]
        largest = [*(pick.randint(0, size) for _ in pairs), 1]
        signed = [pick.choice((-1, 0, 1)) * w for w in largest[:-1]] + [1]
        smaller = [pick.randint(0, w) for w in largest[:-1]] + [1]
        weights = [largest, signed, smaller]
        plain = frontier_dag(pairs, order)
        expected = [plain.total(weight) for weight in weights]
        steps = plans(pairs, order)
        products = [
            w[a] * w[b]
            for w in weights
            for step in steps[0]
            for _, a in step.ins
            for _, b in step.outs
        ]
        if max(products, default=0) >> 62:
            with pytest.raises(OverflowError, match="62 bits"):
                compiled("counting.frontier").streamed_totals(*steps, weights, 10**6)
        else:
            assert compiled("counting.frontier").streamed_totals(*steps, weights, 10**6) == expected
    with pytest.raises(OverflowError, match="more than 3 states at once"):
        compiled("counting.frontier").streamed_totals(*steps, [[1] * len(largest)], 3)


def test_kinds_do_not_depend_on_keeping_the_dag(monkeypatch: pytest.MonkeyPatch) -> None:
    graphs = [loop_graph(testing.random_map(seed, variables=11, links=40)) for seed in range(30)]
    before = [loop_sums(g, g.looping()).kinds() for g in graphs]
    monkeypatch.setattr(choice, "STREAM_ABOVE", 0)
    assert [loop_sums(g, g.looping()).kinds() for g in graphs] == before
    assert [loop_sums(g, g.looping()).by_link()[0] for g in graphs] == before
