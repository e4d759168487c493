"""The algebra of signs: both whole tables, and its laws over all triples."""

from __future__ import annotations

from functools import reduce
from operator import mul, or_

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loopmap import InvalidMapError, Polarity
from loopmap.testing import polarities

ALL = tuple(Polarity.of(sign) for sign in ("+", "-", "?", "±"))
TRIPLES = [(a, b, c) for a in ALL for b in ALL for c in ALL]

# The two tables of the definition, rows and columns in the order + − ? ±.
ALONG = {"+": "+-?±", "-": "-+?±", "?": "????", "±": "±±?±"}
ACROSS = {"+": "+±+±", "-": "±--±", "?": "+-?±", "±": "±±±±"}


@pytest.mark.parametrize(("table", "joined"), [(ALONG, mul), (ACROSS, or_)])
def test_the_whole_table(table: dict[str, str], joined: object) -> None:
    for left, row in table.items():
        for right, product in zip("+-?±", row, strict=True):
            assert joined(Polarity.of(left), Polarity.of(right)) is Polarity.of(product)  # type: ignore[operator]


@pytest.mark.parametrize("joined", [mul, or_])
def test_both_are_associative_and_commutative(joined: object) -> None:
    for a, b, c in TRIPLES:
        assert joined(a, b) is joined(b, a)  # type: ignore[operator]
        assert joined(joined(a, b), c) is joined(a, joined(b, c))  # type: ignore[operator]


def test_walking_distributes_over_joining_and_each_has_a_neutral_sign() -> None:
    for a, b, c in TRIPLES:
        assert a * (b | c) is (a * b) | (a * c)
        assert a * Polarity.POSITIVE is a
        assert a | Polarity.UNKNOWN is a
        assert a | a is a


@given(st.lists(polarities(), min_size=1), st.randoms(use_true_random=False))
def test_the_order_of_links_does_not_matter(signs: list[Polarity], random: object) -> None:
    turned = list(signs)
    random.shuffle(turned)  # type: ignore[attr-defined]
    assert reduce(mul, signs) is reduce(mul, turned)
    assert reduce(or_, signs) is reduce(or_, turned)


@given(st.lists(polarities(unknown=False, mixed=False), min_size=1))
def test_an_even_number_of_negatives_is_positive(signs: list[Polarity]) -> None:
    even = signs.count(Polarity.NEGATIVE) % 2 == 0
    assert reduce(mul, signs) is (Polarity.POSITIVE if even else Polarity.NEGATIVE)


def test_joining_first_is_not_asking_each() -> None:
    """Ann draws + +, Bo − −: each sees a reinforcing loop, and the join is undetermined."""
    ann, bo = (Polarity.POSITIVE, Polarity.POSITIVE), (Polarity.NEGATIVE, Polarity.NEGATIVE)
    assert reduce(mul, ann) is reduce(mul, bo) is Polarity.POSITIVE
    assert reduce(mul, (a | b for a, b in zip(ann, bo, strict=True))) is Polarity.MIXED


@pytest.mark.parametrize("polarity", ALL)
def test_every_way_to_write_it_reads_back(polarity: Polarity) -> None:
    for spelling in (str(polarity), polarity.sign, polarity.word, polarity.word.upper(), polarity):
        assert Polarity.of(spelling) is polarity
    assert polarity.is_known is (polarity.sign in "+-")


def test_spellings() -> None:
    assert Polarity.of(None) is Polarity.of("") is Polarity.UNKNOWN
    assert Polarity.of(1) is Polarity.of("+1") is Polarity.POSITIVE
    assert Polarity.of(" – ") is Polarity.of(-1) is Polarity.NEGATIVE
    assert Polarity.of("Increases") is Polarity.of("（＋）") is Polarity.POSITIVE
    assert Polarity.of("both") is Polarity.MIXED


@pytest.mark.parametrize("wrong", ["x", "++", "2", "->", "yes"])
def test_anything_else_is_refused_in_a_sentence(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"a link's sign is \+, -, \? or \+/-, not "):
        Polarity.of(wrong)


def test_only_signs_walk_and_join() -> None:
    with pytest.raises(TypeError):
        Polarity.POSITIVE * 2


@pytest.mark.parametrize("polarity", ALL)
def test_a_polarity_equals_what_people_write_or_refuses(polarity: Polarity) -> None:
    """``link.polarity == "+"`` filters links in many a notebook; it must not be silently false."""
    assert [other for other in ("+", "-", "?", "+/-") if polarity == other] == [polarity.sign]
    assert [other for other in ("+", "-", "?", "+/-") if polarity != other] != [polarity.sign]
    assert polarity == str(polarity) == polarity
    assert polarity == polarity.word
    assert polarity in {polarity.sign}
    assert {polarity.sign: "found"}[polarity] == "found"  # type: ignore[index]
    with pytest.raises(InvalidMapError, match=r"a link's sign is \+, -, \? or \+/-, not 'plus it'"):
        polarity == "plus it"  # noqa: B015
    assert polarity is not None
    assert polarity != 17


def test_what_cannot_say_its_text_is_refused() -> None:
    with pytest.raises(InvalidMapError, match="not <int>"):
        Polarity.of(10**5000)


@pytest.mark.parametrize("a", list(Polarity))
@pytest.mark.parametrize("b", list(Polarity))
def test_a_polarity_equals_itself_alone(a: Polarity, b: Polarity) -> None:
    assert (a == b) is (a is b)
    assert (a != b) is (a is not b)
    assert (a == b.sign) is (a is b)
