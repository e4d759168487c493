"""Named loops are claims: confirmed, wrong kind, broken or undecided."""

from __future__ import annotations

import pytest

import loopmap as lm

M = lm.SystemMap(
    links=[
        ("A", "B", "+"), ("B", "A", "-"), ("B", "C", "+"), ("C", "A"),
        lm.Link("A", "C", claims=[lm.Claim("Ann", "+"), lm.Claim("Bo", "-")]),
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("path", "kind", "verdict", "words"),
    [
        ("AB", "B", "confirmed", "balancing"),
        ("BA", "", "confirmed", "balancing"),
        ("AB", "R", "wrong kind", "claimed to be reinforcing but is balancing"),
        ("ABC", "R", "undecided", "the sign of 'C' -> 'A' is unknown"),
        ("AC", "B", "undecided", "'A' -> 'C' is disputed and the sign of 'C' -> 'A' is unknown"),
        ("CB", "R", "broken", "needs the link 'C' -> 'B'"),
        (("A", "Bx"), "R", "broken", "runs through 'Bx'"),
    ],
)
def test_verdicts(path: str, kind: str, verdict: str, words: str) -> None:
    m = M.add(lm.NamedLoop("Spiral", list(path), kind))
    (finding,) = lm.check_named_loops(m)
    assert finding.verdict == verdict
    assert words in finding.what
    assert bool(finding.suggestion) == (verdict != "confirmed")
    assert bool(finding.loops) == (verdict != "broken")


def test_hints() -> None:
    m = M.add(
        lm.NamedLoop("a", ["C", "B"]), lm.NamedLoop("b", ["A", "Backlogg"]), lm.Element("Backlog")
    )
    broken, unknown = sorted(lm.check_named_loops(m), key=lambda f: f.named.name)
    assert "the map has 'B' -> 'C', the other way" in broken.suggestion
    assert unknown.suggestion == "did you mean 'Backlog'?"


def test_parallel_links_may_confirm_either_way() -> None:
    m = lm.SystemMap(
        links=[lm.Link("A", "B", "+"), lm.Link("A", "B", "-", route="slow"), ("B", "A", "+")],
        loops=[lm.NamedLoop("up", ["A", "B"], "R"), lm.NamedLoop("down", ["A", "B"], "B")],
    )
    assert {f.verdict for f in lm.check_named_loops(m)} == {"confirmed"}
    assert all(len(f.loops) == 2 for f in lm.check_named_loops(m))


def test_a_path_of_very_many_routes_is_decided_step_by_step() -> None:
    names = [f"s{i:02}" for i in range(30)]
    links = [
        lm.Link(u, v, "+", route=route)
        for u, v in zip(names, [*names[1:], names[0]], strict=True)
        for route in ("a", "b")
    ]
    for sign, verdict in (("+", "wrong kind"), ("-", "confirmed"), ("?", "undecided")):
        last = lm.Link("s29", "s00", sign, route="c")
        m = lm.SystemMap(links=[*links, last], loops=[lm.NamedLoop("Ring", names, "B")])
        (finding,) = lm.check_named_loops(m)
        assert finding.verdict == verdict
        assert len(finding.loops) == 100


def test_links_are_looked_through_once_however_many_loops_are_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked = 0
    whole = lm.SystemMap.causal_links.fget  # type: ignore[attr-defined]

    def counted(m: lm.SystemMap) -> tuple[lm.Link, ...]:
        nonlocal looked
        looked += 1
        return whole(m)  # type: ignore[no-any-return]

    named = [lm.NamedLoop(f"Loop {i}", ["A", "B", f"C{i}"]) for i in range(50)]
    links = [("A", "B", "+"), *(("B", f"C{i}", "+") for i in range(50))]
    m = lm.SystemMap(links=links, loops=named)
    monkeypatch.setattr(lm.SystemMap, "causal_links", property(counted))
    assert {found.verdict for found in lm.check_named_loops(m)} == {"broken"}
    assert looked == 1
