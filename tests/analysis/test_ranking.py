"""Ranking loops: orders, ties, reasons."""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from io import StringIO
from itertools import pairwise

import pytest
from click.testing import CliRunner
from hypothesis import given

import loopmap as lm
from loopmap import testing
from loopmap.analysis import RANKINGS
from loopmap.cli.loops import command


def grades(*links: tuple[str, str, str]) -> lm.SystemMap:
    return lm.SystemMap(
        links=[lm.Link(u, v, claims=[lm.Claim(None, "+", evidence=g)]) for u, v, g in links]
    )


@given(testing.maps())
def test_a_ranking_is_the_same_loops_in_order(m: lm.SystemMap) -> None:
    loops = lm.find_loops(m)
    for by in RANKINGS:
        ranked = lm.rank_loops(m, loops, by=by)
        assert sorted(r.loop.label for r in ranked) == sorted(p.label for p in loops)
        ranks = [r.rank for r in ranked]
        assert ranks == sorted(ranks)
        for place, r in enumerate(ranked, 1):
            assert r.rank == ranks.index(r.rank) + 1 <= place
        assert [*lm.rank_loops(m, by=by)] == [*ranked]
        where = {loop.label: i for i, loop in enumerate(loops)}
        for a, b in pairwise(ranked):
            if a.rank == b.rank:  # alike: as they were
                assert where[a.loop.label] < where[b.loop.label]


@given(testing.maps())
def test_orders_are_those_of_the_definitions(m: lm.SystemMap) -> None:
    oracle = testing.brute_force_loops(m)
    short = [len(r.loop) for r in lm.rank_loops(m)]
    assert short == sorted(short)

    def carried(loop: lm.Loop) -> Fraction:
        return Fraction(sum(link in p.links for link in loop.links for p in oracle), len(loop))

    means = [carried(r.loop) for r in lm.rank_loops(m, by="participation")]
    assert means == sorted(means, reverse=True)
    order = ["stated", "ends", "inferred", ""]

    def floor(loop: lm.Loop) -> tuple[int, int]:
        places = [order.index(link.evidence) for link in loop.links]
        return max(places), places.count(max(places))

    floors = [floor(r.loop) for r in lm.rank_loops(m, by="evidence")]
    assert floors == sorted(floors)


def test_evidence() -> None:
    m = grades(
        ("A", "B", "stated"), ("B", "A", "inferred"), ("C", "D", "inferred"), ("D", "C", "inferred"),
        ("E", "F", "stated"), ("F", "E", "stated"), ("G", "H", "heard"), ("H", "G", "stated"),
        ("I", "J", ""), ("J", "I", "stated"),
    )  # fmt: skip
    ranked = lm.rank_loops(m, by="evidence")
    assert [(r.rank, r.loop.path[0]) for r in ranked] == [
        (1, "E"), (2, "A"), (3, "C"), (4, "G"), (5, "I"),
    ]  # fmt: skip
    assert ranked[1].because == "weakest evidence inferred, on 1 of 2 links"
    assert ranked[4].because == "weakest evidence ungraded, on 1 of 2 links"


def test_loops_alike_share_a_rank() -> None:
    m = lm.SystemMap(links=[(u, v, "+") for a in "ABC" for u, v in ((a, a + "x"), (a + "x", a))])
    ranked = lm.rank_loops(m.add(lm.Link("A", "A", "-")))
    assert [r.rank for r in ranked] == [1, 2, 2, 2]
    assert [r.loop.label for r in ranked] == ["B1", "R1", "R2", "R3"]
    assert ranked[1:3][0].because == "2 links"


def test_a_ranking_of_some_loops_says_so() -> None:
    m = lm.example("mash")
    ranked = lm.rank_loops(m, lm.find_loops(m, at_most=5), by="participation")
    assert len(ranked) == 5
    assert "of 22 loops run along" in ranked[0].because
    assert "Not all loops were looked at: stopped after 5 loops" in str(ranked)
    assert repr(ranked) == "<RankedLoops: 5 loops by participation, not all>"
    frame = ranked.to_frame()
    assert list(frame["rank"]) == [r.rank for r in ranked]


def test_an_unknown_ranking() -> None:
    with pytest.raises(lm.InvalidOptionError, match="did you mean 'evidence'"):
        lm.rank_loops(lm.example("mash"), by="evidense")


def test_on_the_command_line() -> None:
    ranked = lm.rank_loops(lm.example("mash"), by="participation")
    run = CliRunner().invoke
    said = json.loads(run(command, ["mash", "--sort", "participation", "--json"]).output)
    assert [loop["id"] for loop in said["loops"]] == [r.loop.id for r in ranked]
    assert said["loops"][0]["because"] == f"1. {ranked[0].because}"
    table = run(command, ["mash", "--sort", "participation", "--csv"]).output
    rows = list(csv.DictReader(StringIO(table)))
    assert [row["label"] for row in rows] == [r.loop.label for r in ranked]
    words = run(command, ["mash", "--sort", "evidence"]).output
    assert "1. weakest evidence inferred, on 1 of 2 links" in words
    assert "because" not in run(command, ["mash", "--csv"]).output
