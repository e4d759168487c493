"""Every way of listing gives the same loops: in order, all at once, in columns, by roots."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

import loopmap as lm
from loopmap import testing
from loopmap.loops import kernel
from loopmap.loops.budget import Budget
from loopmap.loops.filters import LoopFilter
from loopmap.loops.graph import LoopGraph, loop_graph
from loopmap.loops.listing import root_search, sorting, strategy, unordered
from loopmap.loops.listing.bounded import bounded_loops
from loopmap.loops.listing.by_length import loops_in_order
from loopmap.loops.listing.chunks import Chunk
from loopmap.loops.listing.ordered_search import OrderedSearch
from loopmap.loops.listing.sorting import LoopSorter, decoded
from loopmap.loops.listing.unordered import all_loops
from loopmap.loops.table import LoopTable

SIGNS = {1: 1, 0: 0, 255: -1}


def some_map(seed: int) -> lm.SystemMap:
    size = 1 + seed % 9
    return testing.random_map(seed, variables=size, links=size * (1 + seed // 9 % 4), parallel=0.3)


def oracle(m: lm.SystemMap, graph: LoopGraph) -> list[tuple[int, ...]]:
    number = {link: i for i, link in enumerate(graph.links)}
    return [tuple(number[k] for k in p.links) for p in testing.brute_force_loops(m)]


def in_order(graph: LoopGraph, chunks: Iterable[Chunk]) -> list[tuple[int, ...]]:
    found = []
    for chunk in chunks:
        loops = list(decoded(chunk))
        assert [graph.product(loop) for loop in loops] == [SIGNS[x] for x in chunk.signs]
        found += map(graph.canonical, loops)
    return sorted(found, key=graph.order)


@pytest.mark.parametrize("sizes", [(512, 24, 60_000), (1, 24, 60_000), (3, 2, 5), (512, 0, 0)])
def test_listing_all_at_once(sizes: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, size in zip(("BLOCK", "DEEP", "REMEMBERED"), sizes, strict=True):
        monkeypatch.setattr(root_search, name, size)
    monkeypatch.setattr(unordered, "CHUNK", 7)
    for seed in range(120):
        m = some_map(seed)
        graph = loop_graph(m)
        assert in_order(graph, all_loops(graph, graph.looping(), Budget(None))) == oracle(m, graph)


def test_listing_by_roots() -> None:
    for seed in range(120):
        m = some_map(seed)
        graph = loop_graph(m)
        roots = [v for v in range(len(graph.names)) if (seed >> v) & 1]
        expected = [p for p in oracle(m, graph) if set(graph.path(p)) & set(roots)]
        ids = graph.looping()
        along = LoopFilter(tuple(ids), (frozenset(roots),))
        assert in_order(graph, all_loops(graph, ids, Budget(None), roots=roots)) == expected
        assert list(loops_in_order(graph, along, Budget(None))) == expected


@pytest.mark.parametrize("few", [0, 10, 4000])
@pytest.mark.parametrize("patience", [256, 0])
def test_listing_in_order(patience: int, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the compiled search gives up at once, or after a few rungs."""
    monkeypatch.setattr("loopmap.loops.listing.by_length.FEW", few)
    monkeypatch.setattr("loopmap.loops.listing.by_length.MOST_AT_ONCE", few)
    monkeypatch.setattr("loopmap.loops.listing.ordered_search.PATIENCE", patience)
    for seed in range(120):
        m = some_map(seed)
        graph = loop_graph(m)
        expected = oracle(m, graph)
        asked = LoopFilter(tuple(graph.looping()))
        assert list(loops_in_order(graph, asked, Budget(None))) == expected
        lengths = sorted({len(loop) for loop in expected})
        assert list(loops_in_order(graph, asked, Budget(None), lengths=lengths)) == expected


@pytest.mark.parametrize("patience", [256, 0])
@pytest.mark.parametrize("groups", [3, 1])
def test_what_was_asked_for_is_searched_for_in_order(
    patience: int, groups: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a kind, with a delay, through variables: alone and together, length after length."""
    monkeypatch.setattr("loopmap.loops.listing.ordered_search.PATIENCE", patience)
    monkeypatch.setattr("loopmap.loops.listing.ordered_search.GROUPS", groups)
    met = 0
    for seed in range(90):
        m = some_map(seed)
        graph = loop_graph(m)
        some = tuple(frozenset(v for v in range(9) if (seed * k >> v) & 1) for k in (3, 5, 7))
        for product in (None, 1, -1, 0):
            asked = LoopFilter(
                tuple(graph.looping()), some[: seed % 4], product, (None, True)[seed // 4 % 2]
            )
            fitting = [
                p
                for p in oracle(m, graph)
                if all(set(graph.path(p)) & group for group in asked.groups)
                and product in (None, graph.product(p))
                and (not asked.delayed or any(graph.delayed[i] for i in p))
            ]
            search = OrderedSearch(graph, asked, Budget(None))
            assert [p for n in range(1, 10) for p in search.layer(n)] == fitting
            met += len(fitting)
    assert met > 3_000


@pytest.mark.parametrize(
    ("many", "spare", "block"),
    [
        (10**9, 10**9, 10**9),
        (0, 10**9, 10**9),
        (0, 0, 1),
        (0, 0, 40),
        (7, 0, 10**9),
    ],
)
def test_columns_sort_as_lists_do(
    many: int, spare: int, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many fit into a block, and whatever was let go on the way."""
    monkeypatch.setattr(sorting, "MANY", many)
    monkeypatch.setattr(sorting, "SPARE", spare)
    monkeypatch.setattr(sorting, "BLOCK", block)
    monkeypatch.setattr(unordered, "CHUNK", 5)
    for seed in range(80):
        m = some_map(seed)
        graph = loop_graph(m)
        chunks = list(all_loops(graph, graph.looping(), Budget(None)))
        expected = oracle(m, graph)
        for asked in (
            LoopFilter(()), LoopFilter((), longest=3), LoopFilter((), product=-1),
            LoopFilter((), delayed=True), LoopFilter((), (frozenset([0]), frozenset([1, 2]))),
        ):  # fmt: skip
            fitting = [p for p in expected if asked.fits_all(graph, p)]
            if len(asked.groups) == 2:
                fitting = [p for p in fitting if 0 in graph.path(p)]
            sorter = LoopSorter(graph, asked, 9)
            for chunk in chunks:
                sorter.add(chunk)
            assert sorter.has(9) == (len(fitting) >= 9)
            table = sorter.table()
            assert [tuple(table.numbers(i)) for i in range(len(table))] == fitting[:9]
            assert list(table.signs) == [graph.product(p) for p in fitting[:9]]


@pytest.mark.parametrize("pure", ["", "1"])
def test_listing_up_to_a_length(pure: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(kernel.SWITCH, pure)
    monkeypatch.setattr("loopmap.loops.listing.bounded.CHUNK", 7)
    for seed in range(120):
        m = some_map(seed)
        graph = loop_graph(m)
        longest = 1 + seed % 6
        roots = None if seed % 3 else [v for v in range(len(graph.names)) if (seed >> v) & 1]
        chunks = bounded_loops(graph, graph.looping(), longest, Budget(None), roots=roots)
        assert in_order(graph, chunks) == [
            p
            for p in oracle(m, graph)
            if len(p) <= longest and (roots is None or set(graph.path(p)) & set(roots))
        ]


def test_the_compiled_search_gives_up_in_a_maze(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loopmap.loops.listing.bounded.PATIENCE", 2)
    for seed in range(60):
        m = some_map(seed)
        graph = loop_graph(m)
        chunks = bounded_loops(graph, graph.looping(), 5, Budget(None))
        assert in_order(graph, chunks) == [p for p in oracle(m, graph) if len(p) <= 5]


@pytest.mark.parametrize(("dearer", "at_once"), [(10**9, 0), (0, 10**9), (0, 0)])
@pytest.mark.parametrize("many", [0, 10**9])
def test_find_loops_whichever_way(
    dearer: int, at_once: int, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strategy, "DEARER", dearer)
    monkeypatch.setattr(strategy, "AT_ONCE", at_once)
    monkeypatch.setattr(sorting, "MANY", many)
    for seed in range(50):
        m = some_map(seed)
        expected = testing.brute_force_loops(m)
        for at_most in (0, 1, 4, None):
            for kind in (None, "B"):
                fitting = [p for p in expected if kind in (None, p.kind)]
                loops = lm.find_loops(m, at_most=at_most, kind=kind, max_length=6)
                fitting = [p for p in fitting if len(p) <= 6]
                assert list(loops) == fitting[:at_most]
                assert loops.total == len(fitting)
                if not loops.complete:
                    assert loops.complete_to_length == len(fitting[len(loops)]) - 1


def test_without_a_count_the_answer_is_as_honest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strategy, "COUNT_STATES", 0)
    m = testing.random_map(5, variables=8, links=28, parallel=0.2)
    expected = testing.brute_force_loops(m)
    loops = lm.find_loops(m, at_most=20)
    assert list(loops) == list(expected[:20])
    assert (loops.complete, loops.total) == (False, None)
    assert loops.complete_to_length == len(expected[20]) - 1
    assert lm.find_loops(m).complete


def test_loops_of_more_than_255_links() -> None:
    """Lengths that do not fit into a byte, on a ring whose variables cannot be contracted."""
    n = 300
    links = []
    for i in range(n):
        a, b = f"v{i:03}", f"v{(i + 1) % n:03}"
        links += [lm.Link(a, b, "-"), lm.Link(b, a, "+")]
    m = lm.SystemMap(links=links)
    loops = lm.find_loops(m)
    assert [len(loop) for loop in loops] == [2] * n + [n, n]
    assert loops.complete
    graph = loop_graph(m)
    listed = in_order(graph, all_loops(graph, graph.looping(), Budget(None)))
    assert [graph.path(p) for p in listed] == [
        tuple(int(name[1:]) for name in loop.path) for loop in loops
    ]


def test_a_long_ring_is_quick_and_flat() -> None:
    n = 50_000
    graph = LoopGraph(
        tuple(map(str, range(n))), (), tuple(range(n)), (*range(1, n), 0), (1,) * n, (False,) * n
    )
    (chunk,) = all_loops(graph, range(n), Budget(None))
    assert list(chunk.lengths) == [n]
    assert graph.canonical(next(decoded(chunk))) == tuple(range(n))


def test_interrupting_leaves_a_marked_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    m = testing.random_map(5, variables=8, links=28)

    def interrupted(*args: object, **options: object) -> Iterable[object]:
        yield from list(all_loops(*args, **options))[:1]  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(unordered, "CHUNK", 30)
    monkeypatch.setattr(strategy, "all_loops", interrupted)
    loops = lm.find_loops(m, at_most=None)
    expected = testing.brute_force_loops(m)
    assert not loops.complete
    assert loops.reason == "interrupted"
    assert loops.total == len(expected)
    assert 0 < len(loops) < len(expected)
    assert loops.complete_to_length is not None
    assert {p for p in expected if len(p) <= loops.complete_to_length} <= set(loops)


def test_a_table_is_a_sequence_of_loops() -> None:
    m = testing.random_map(5, variables=8, links=28)
    loops = lm.find_loops(m)
    table = loops.loops
    assert isinstance(table, LoopTable)
    assert table[-1] == table[len(table) - 1] == loops[-1]
    assert table[2:5] == tuple(table)[2:5]
    assert table == list(table)
    assert table.kinds() == {k: len(loops.of_kind(k)) for k in "RBU"}
    assert table[3] is table[3]
    with pytest.raises(IndexError, match="there are"):
        table[len(table)]


def test_tables_come_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unordered, "CHUNK", 10)
    monkeypatch.setattr("loopmap.loops.listing.bounded.CHUNK", 10)
    monkeypatch.setattr("loopmap.loops.find.TABLE", 10)
    m = testing.random_map(5, variables=8, links=28, parallel=0.2)
    expected = testing.brute_force_loops(m)
    tables = lm.loop_tables(m)
    first = next(tables)
    assert 0 < len(first) < len(expected)
    rest = [loop for table in tables for loop in table]
    assert {*first, *rest} == set(expected)
    assert len(first) + len(rest) == len(expected)
    short = [p for table in lm.loop_tables(m, max_length=4, kind="B") for p in table]
    assert sorted(p.id for p in short) == sorted(
        p.id for p in expected if len(p) <= 4 and p.kind == "B"
    )
