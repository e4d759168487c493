"""Which way of listing answers a question, and what an interrupted one leaves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import loopmap as lm
from loopmap import testing
from loopmap.loops.listing import sorting, strategy, unordered
from loopmap.loops.listing.chunks import Chunk
from loopmap.loops.listing.unordered import all_loops

M = testing.random_map(2, variables=8, links=34, parallel=0.2)
ORACLE = testing.brute_force_loops(M)


def test_all_loops_are_listed_at_once_though_they_could_not_be_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In order, 366,404 loops took two minutes; at once, two seconds."""
    monkeypatch.setattr(strategy, "COUNT_STATES", 0)
    monkeypatch.setattr(strategy, "loops_in_order", None)
    for words in ({}, {"kind": "B"}, {"max_length": 4}, {"through": "v003"}):
        loops = lm.find_loops(M, at_most=None, **words)  # type: ignore[arg-type]
        fitting = [
            p
            for p in ORACLE
            if p.kind in words.get("kind", "RBU")
            and len(p) <= int(words.get("max_length", 99))
            and words.get("through", p.path[0]) in p.path
        ]
        assert list(loops) == fitting
        assert loops.complete
        assert loops.total == len(fitting)


@pytest.mark.parametrize("counted", [True, False])
@pytest.mark.parametrize("many", [0, 10**9])
def test_an_interrupted_list_keeps_the_shortest_found(
    counted: bool, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*args: object, **options: object) -> Iterator[Chunk]:
        yield from list(all_loops(*args, **options))[:6]  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(unordered, "CHUNK", 20)
    monkeypatch.setattr(sorting, "MANY", many)
    monkeypatch.setattr(strategy, "IMPATIENT", 30)
    monkeypatch.setattr(strategy, "all_loops", interrupted)
    if not counted:
        monkeypatch.setattr(strategy, "COUNT_STATES", 0)
    loops = lm.find_loops(M, at_most=None)
    assert len(loops) == 30
    assert not loops.complete
    assert loops.reason.startswith("interrupted after")
    assert "the shortest 30 are kept" in loops.reason
    assert loops.total == (len(ORACLE) if counted else None)
    lengths = [len(loop) for loop in loops]
    assert lengths == sorted(lengths)
    whole = loops.complete_to_length
    assert whole is not None
    assert {p for p in ORACLE if len(p) <= whole} <= set(loops)
