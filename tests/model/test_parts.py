"""Elements, claims, links and named loops: what they accept, keep and refuse, in the house style."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable

import pytest
from hypothesis import given

import loopmap as lm
from loopmap import Claim, Element, Link, NamedLoop, Polarity
from loopmap.model import LINK_KINDS
from loopmap.notation import write_text
from loopmap.testing import claims, names


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Element(""), "the element name '' cannot be used; it needs at least one letter"),
        (lambda: Element("   "), "the element name '   ' cannot be used; it needs at least one letter"),
        (lambda: Element(" A"), "the element name ' A' cannot be used; it needs a name with no blanks at its ends"),
        (lambda: Element("A\nB"), r"the element name 'A\nB' holds the control character U+000A; write it on one line, with blanks"),
        (lambda: Element("A\x00"), r"the element name 'A\x00' holds the control character U+0000; write it on one line"),
        (lambda: Element("A\u2028B"), "U+2028"),
        (lambda: Element("\ud800"), "U+D800"),
        (lambda: Element("a\ufffe"), "U+FFFE"),
        (lambda: Element(5), "the element name is text, not 5"),
        (lambda: Element("A", "stok"), "'A' cannot be a 'stok'; an element is a 'variable', 'stock', 'flow' or 'stakeholder'; did you mean 'stock'?"),
        (lambda: Element("A", position=(1,)), "the position of 'A' is two numbers (x, y), not (1,)"),
        (lambda: Element("A", position=(1, float("nan"))), "the position of 'A' is two numbers"),
        (lambda: Element("A", position=(10**400, 0)), "the position of 'A' is two numbers"),
        (lambda: Claim(""), "the perspective '' cannot be used"),
        (lambda: Claim("Police", "x"), "a link's sign is +, -, ? or +/-, not 'x'"),
        (lambda: Claim(strength=float("inf")), "a strength is a finite number, not inf"),
        (lambda: Claim(strength="much"), "a strength is a finite number, not 'much'"),
        (lambda: Claim(quote="a\tb"), "the quote of a claim 'a\\tb' holds the control character U+0009"),
        (lambda: Link("A", "B", "x"), "a link's sign is +, -, ? or +/-, not 'x'"),
        (lambda: Link("A", ""), "the target of a link '' cannot be used"),
        (lambda: Link("A", "B", kind="hold"), "the link 'A' -> 'B' cannot be 'hold'; a link is 'causal', 'holds', 'influences' or 'wants'; did you mean 'holds'?"),
        (lambda: Link("A", "B", "+", kind="holds"), "'A' holds 'B' has no sign, not '+'; leave the sign out"),
        (lambda: Link("A", "B", claims=[]), "the link 'A' -> 'B' has no claim; a link needs at least one"),
        (lambda: Link("A", "B", "+", claims=[Claim()]), "the link 'A' -> 'B' takes its sign, delay and strength from its claims"),
        (lambda: NamedLoop("x", []), "the loop 'x' is empty; list the names it runs through"),
        (lambda: NamedLoop("x", ["A", "B", "A"]), "the loop 'x' meets 'A' twice; a loop meets each name once (do not repeat the first name at the end)"),
        (lambda: NamedLoop("x", "AB"), "the path of loop 'x' is a list of names, not 'AB'"),
        (lambda: NamedLoop("x", ["A"], "U"), "the loop 'x' is claimed as 'R', 'B' or '', not 'U'"),
    ],
)  # fmt: skip
def test_what_is_refused_and_the_sentence(make: Callable[[], object], message: str) -> None:
    with pytest.raises(lm.InvalidMapError) as caught:
        make()
    assert message in str(caught.value)


def test_texts_are_kept_sorted_and_once() -> None:
    element = Element("A", notes=["b", " a ", "b", ""], tags="goal")
    assert (element.notes, element.tags) == (("a", "b"), ("goal",))


def test_a_position_is_presentation() -> None:
    assert Element("A", position=(1, 2)) == Element("A")
    assert hash(Element("A", position=(1, 2))) == hash(Element("A"))


@given(names(), names())
def test_a_link_is_made_of_its_claims(a: str, b: str) -> None:
    said = [Claim("Police", "-", strength=1), Claim("Health", "+", True, 4), Claim(None, "?")]
    link = Link(a, b, claims=said)
    assert link == Link(a, b, claims=[*reversed(said), said[0]])
    assert link.polarity is Polarity.MIXED
    assert link.delayed
    assert link.strength == 2.5
    assert link.perspectives == ("Health", "Police")
    assert link.replace(claims=said[:1]).polarity is Polarity.NEGATIVE
    assert link.key == (a, b, "causal", "")


@given(claims())
def test_claims_survive_pickling_and_copying(claim: Claim) -> None:
    assert pickle.loads(pickle.dumps(claim)) == copy.deepcopy(claim) == claim


@pytest.mark.parametrize(
    ("grades", "strongest"),
    [
        (["inferred", "stated"], "stated"),
        (["hearsay", "ends"], "ends"),
        (["b", "a", ""], "a"),
        ([""], ""),
    ],
)
def test_the_strongest_evidence_counts(grades: list[str], strongest: str) -> None:
    assert Link("A", "B", claims=[Claim(evidence=grade) for grade in grades]).evidence == strongest


def test_a_named_loop_may_start_anywhere() -> None:
    assert NamedLoop("x", list("BCA")).key == NamedLoop("y", list("CAB")).key == ("A", "B", "C")


def test_the_table_of_kinds_says_what_loops() -> None:
    assert [kind for kind, row in LINK_KINDS.items() if row.loops] == ["causal"]
    assert [kind for kind, row in LINK_KINDS.items() if not row.signed] == ["holds"]


def test_a_text_no_format_could_carry_is_refused() -> None:
    longest = "x" * 200_000
    m = lm.SystemMap([lm.Element("A", notes=[longest])], [lm.Link("A", "B", "+")], about=longest)
    assert lm.parse(write_text(m)) == m
    for make in (
        lambda: lm.Element("A", notes=[longest + "x"]),
        lambda: lm.Claim(quote=longest + "x"),
        lambda: lm.SystemMap(about=longest + "x"),
    ):
        with pytest.raises(lm.InvalidMapError, match="200,001 characters"):
            make()


def test_what_is_given_is_kept() -> None:
    """Each argument ends where its name says, also beside others."""
    link = lm.Link("A", "B", "+", delayed=True, strength=0.5)
    assert [(c.polarity, c.delayed, c.strength) for c in link.claims] == [
        (lm.Polarity.POSITIVE, True, 0.5)
    ]
    loop = lm.NamedLoop("Spiral", ["A", "B"], story=" Round and round. ")
    assert loop.story == "Round and round."
    with pytest.raises(lm.InvalidMapError, match="the name of a loop"):
        lm.NamedLoop("two\nlines", ["A", "B"])
    with pytest.raises(lm.InvalidMapError, match="focal variable"):
        lm.SystemMap(["A"], focal=["two\nlines"])


@pytest.mark.parametrize("point", [(-0.0, 1.0), (1.0, -0.0), (-0.0, -0.0)])
def test_no_place_is_at_minus_nothing(point: tuple[float, float]) -> None:
    position = lm.Element("A", position=point).position
    assert position == point
    assert "-0" not in str(position)


def test_a_perspective_has_the_elements_its_links_need() -> None:
    m = lm.SystemMap(
        [lm.Element("A", notes="start"), lm.Element("Z", notes="nobody's")],
        [lm.Link("A", "B", claims=[lm.Claim("Ann", "+")]), lm.Link("B", "Z", "+")],
    )
    seen = m.perspective("Ann")
    assert seen.names == ("A", "B")
    assert seen.element("A").notes == ("start",)


def test_a_missing_link_is_named_with_its_route_only_where_there_is_one() -> None:
    m = lm.SystemMap(links=[("A", "B", "+")])
    with pytest.raises(lm.UnknownNameError) as plain:
        m.link("B", "A")
    assert "by route" not in str(plain.value)
    with pytest.raises(lm.UnknownNameError, match="by route 'x'"):
        m.link("B", "A", route="x")
