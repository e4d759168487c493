"""What enough people share."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import loopmap as lm
from loopmap.testing import maps


def agreed(signs: str, at_least: float = 2, **weights: float) -> str:
    said = [lm.Claim(who, sign) for who, sign in zip("ABCDEF", signs, strict=False)]
    m = lm.SystemMap(links=[lm.Link("x", "y", claims=said)])
    links = lm.consensus(m, at_least=at_least, weights=weights or None).links
    return str(links[0].polarity) if links else "none"


@pytest.mark.parametrize(
    ("signs", "result"),
    [
        ("+", "none"),
        ("++", "+"),
        ("++-", "+"),
        ("++--", "±"),
        ("+-", "±"),  # two see a link and contradict each other: in dispute
        ("+?", "?"),  # two see a link, only one gives it a sign
        ("??", "?"),
        ("+-?", "±"),
        ("±+", "+"),
    ],
)
def test_two_of_them(signs: str, result: str) -> None:
    assert agreed(signs) == result


def test_weights() -> None:
    third = dict.fromkeys("ABC", 1 / 3)
    assert agreed("+++", 1, **third) == "+"
    assert agreed("+++", 1.01, **third) == "none"
    assert agreed("+-", 2, A=2) == "+"
    assert agreed("+", 2, A=2) == "+"
    assert agreed("-", 1, A=0) == "none"


def test_what_cannot_be_is_refused() -> None:
    m = lm.SystemMap(links=[lm.Link("x", "y", claims=[lm.Claim("Police", "+")])])
    with pytest.raises(lm.UnknownNameError, match=r"'Polce'.*did you mean 'Police'"):
        lm.consensus(m, weights={"Polce": 1})
    with pytest.raises(lm.InvalidMapError, match=r"^at_least is a number.*not -1"):
        lm.consensus(m, at_least=-1)
    with pytest.raises(lm.InvalidMapError, match=r"^the weight of 'Police' is .* nan"):
        lm.consensus(m, weights={"Police": float("nan")})


@given(maps(), st.integers(0, 4))
@settings(max_examples=settings().max_examples // 2)
def test_asking_for_more_never_adds(m: lm.SystemMap, k: int) -> None:
    less, more = lm.consensus(m, at_least=k), lm.consensus(m, at_least=k + 1)
    assert {x.key for x in more.links} <= {x.key for x in less.links}
    assert less.names == m.names
    for link in less.links:
        whole = m.link(link.source, link.target, kind=link.kind, route=link.route)
        assert set(link.claims) <= set(whole.claims)


def test_the_record_counts_unless_it_is_kept_apart() -> None:
    said = [lm.Claim("Ann", "+"), lm.Claim(None, "+")]
    m = lm.SystemMap(links=[lm.Link("A", "B", claims=said), ("B", "A", "+")])
    assert len(lm.consensus(m, at_least=2).links) == 1
    assert not lm.consensus(m, at_least=2, author=False).links
    assert len(lm.consensus(m, at_least=1, author=False).links) == 1
    assert len(lm.consensus(m.perspective("Ann"), at_least=1, author=False).links) == 1
    only = lm.SystemMap(links=[("A", "B", "+")])
    assert lm.consensus(only, at_least=1, author=False) == only


@given(maps())
@settings(max_examples=settings().max_examples // 2)
def test_one_is_enough_means_everything(m: lm.SystemMap) -> None:
    assert lm.consensus(m, at_least=1) == m


def test_two_are_enough_unless_somebody_says_otherwise() -> None:
    for signs in ("+", "++", "+++", "+-?"):
        said = [lm.Claim(who, sign) for who, sign in zip("ABC", signs, strict=False)]
        m = lm.SystemMap(links=[lm.Link("x", "y", claims=said)])
        assert lm.consensus(m) == lm.consensus(m, at_least=2)
