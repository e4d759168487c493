"""Hypothesis strategies for maps and their parts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any, TypeVar

from hypothesis import strategies as st

from loopmap.errors import InvalidOptionError
from loopmap.model import (
    ELEMENT_KINDS,
    EVIDENCE,
    LINK_KINDS,
    Claim,
    Element,
    Link,
    NamedLoop,
    SystemMap,
)
from loopmap.model.text import one_line
from loopmap.options import LinkKindName
from loopmap.polarity import Polarity

__all__ = [
    "any_links",
    "claims",
    "elements",
    "links",
    "maps",
    "named_loops",
    "names",
    "perspectives",
    "polarities",
    "texts",
    "views",
]

T = TypeVar("T")

#: Names that notations and formats like to trip over.
AWKWARD_NAMES = (
    "A -> B", "Cost: total", "x : +", "Issue #3", "# start", '"quoted"', "[stock]", "a; b=c",
    "by Police", "loop R: x", "title: y", "Police holds x", "</text><script>", "&amp;", "-", "+",
    "?", "=SUM(A1)", "a, b", "'", "\\", "é", "e\u0301", "سلام", "漢字", "👩‍👩‍👧", "%d {x}", "true",
)  # fmt: skip

# Strategies without a reason to differ are made once: making them takes longer than drawing.

#: Who makes claims, unless a test says otherwise.
PEOPLE = ("Health", "Police", "Schools")


@cache
def texts(min_size: int = 0, max_size: int = 20) -> st.SearchStrategy[str]:
    """One line of any text the model accepts, with no blanks at its ends."""
    anything = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])
    text = st.text(anything, min_size=min_size, max_size=max_size).map(one_line)
    return text.filter(lambda t: len(t) >= min_size)


@cache
def names(*, awkward: bool = True) -> st.SearchStrategy[str]:
    """Names of elements: plain words mostly, and awkward ones often enough unless refused."""
    words = st.text("ABCDEFGHab ", min_size=1, max_size=6).map(str.strip).filter(bool)
    if not awkward:
        return words
    return st.one_of(words, words, st.sampled_from(AWKWARD_NAMES), texts(min_size=1))


@cache
def polarities(*, unknown: bool = True, mixed: bool = True) -> st.SearchStrategy[Polarity]:
    """Signs: ``+`` and ``−``, and unless refused ``?`` and ``±``."""
    signs = [Polarity.POSITIVE, Polarity.NEGATIVE]
    signs += [Polarity.UNKNOWN] * unknown + [Polarity.MIXED] * mixed
    return st.sampled_from(signs)


def perspectives(
    people: Sequence[str] = PEOPLE, *, author: bool = True
) -> st.SearchStrategy[str | None]:
    """Who makes a claim: one of ``people``, and unless refused the map's author (``None``)."""
    return st.none() | st.sampled_from(people) if author else st.sampled_from(people)


@cache
def claims(
    people: st.SearchStrategy[str | None] | None = None,
    *,
    signs: st.SearchStrategy[Polarity] | None = None,
    signed: bool = True,
) -> st.SearchStrategy[Claim]:
    """Claims: two in three plain, one in three with everything a claim can carry.

    Parameters
    ----------
    people
        Who makes them; :func:`perspectives` by default.
    signs
        Their signs; :func:`polarities` by default.
    signed
        ``False`` for a kind of link on which a sign says nothing.
    """
    signs = polarities() if signs is None else signs
    strength = st.none() | st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 6))
    said = {
        "perspective": perspectives() if people is None else people,
        "polarity": signs if signed else st.just(Polarity.UNKNOWN),
        "delayed": st.booleans(),
    }
    plain = st.builds(Claim, **said)
    full = st.builds(
        Claim,
        **said,
        strength=strength,
        evidence=st.sampled_from(["", *EVIDENCE]),
        basis=st.sampled_from(["", "illustrative"]),
        quote=texts(),
        source=texts(),
        note=texts(),
    )
    return st.one_of(plain, plain, full)


def links(
    sources: st.SearchStrategy[str],
    targets: st.SearchStrategy[str] | None = None,
    *,
    kind: LinkKindName = "causal",
    signs: st.SearchStrategy[Polarity] | None = None,
    people: st.SearchStrategy[str | None] | None = None,
) -> st.SearchStrategy[Link]:
    """Links of one kind, from names of ``sources`` to names of ``targets`` (else the same)."""
    said = claims(people, signs=signs, signed=LINK_KINDS[kind].signed)
    return st.builds(
        Link,
        sources,
        sources if targets is None else targets,
        kind=st.just(kind),
        route=st.sampled_from(["", "", "", "via price", "by phone"]),
        claims=st.lists(said, min_size=1, max_size=3),
    )


def any_links() -> st.SearchStrategy[Link]:
    """Links of every kind between any names."""
    return st.one_of([links(names(), kind=kind) for kind in LINK_KINDS])


def elements(called: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Element]:
    """Elements of every kind, variables most often, with notes, tags and positions."""
    called = names() if called is None else called
    return st.tuples(called, _beside_names()).map(lambda drawn: Element(drawn[0], *drawn[1]))


@cache
def _beside_names() -> st.SearchStrategy[tuple[Any, ...]]:
    """What an element has beside its name."""
    return st.tuples(
        st.sampled_from(("variable", "variable", *ELEMENT_KINDS)),
        st.lists(texts(), max_size=2),
        st.lists(st.sampled_from(["driver", "outcome", "a b", "x;y]"]), max_size=2),
        st.none() | st.tuples(st.integers(-500, 500), st.integers(-500, 500)),
    )


@cache
def _headers() -> st.SearchStrategy[dict[str, str]]:
    parts = ("title", "subtitle", "author", "date", "about")
    return st.fixed_dictionaries({part: texts() for part in parts})


def named_loops(steps: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[NamedLoop]:
    """Loops that somebody named, whether or not they are there."""
    path = st.lists(names() if steps is None else steps, unique=True, min_size=1, max_size=4)
    return st.builds(NamedLoop, names(), path, st.sampled_from(["R", "B", ""]), texts())


@st.composite
def maps(
    draw: st.DrawFn,
    *,
    min_variables: int = 0,
    max_variables: int = 8,
    max_links: int = 16,
    signs: st.SearchStrategy[Polarity] | None = None,
    people: st.SearchStrategy[str | None] | None = None,
    connectivity: str = "any",
    kinds: bool = True,
    awkward: bool = True,
) -> SystemMap:
    """Whole maps: every kind of element and link, awkward names, named loops, header lines.

    Parameters
    ----------
    min_variables, max_variables
        How many elements are drawn (with ``kinds=False``: how many variables).
    max_links
        How many links are drawn at most, besides those that ``connectivity`` asks for.
    signs
        The signs of links; :func:`polarities` by default, with ``?`` and ``±``.
    people
        Who makes the claims; :func:`perspectives` by default.
    connectivity
        ``"any"``; ``"connected"`` joins all quantities, whichever way the links point;
        ``"strong"`` puts a ring through all of them, so that each reaches each.
    kinds
        ``False`` for variables and causal links only.
    awkward
        ``False`` for plain names only.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(maps(connectivity="strong", min_variables=3, kinds=False))
    ... def test_everything_is_on_a_loop(map):
    ...     assert {link.target for link in map.causal_links} == set(map.variables)
    >>> test_everything_is_on_a_loop()
    """
    if connectivity not in ("any", "connected", "strong"):
        raise InvalidOptionError(
            f"connectivity is 'any', 'connected' or 'strong', not {connectivity!r}"
        )
    some_names = names(awkward=awkward)
    called = draw(_many(some_names, max_variables, at_least=min_variables, unique=True))
    if kinds:
        made = [Element(name, *draw(_beside_names())) for name in called]
    else:
        made = [Element(name) for name in called]
    return SystemMap(
        made,
        draw(_links_between(made, max_links, signs, people))
        + draw(_joining(made, connectivity, claims(people, signs=signs))),
        draw(st.lists(named_loops(st.sampled_from(called)), max_size=2)) if called else [],
        sources=draw(st.lists(texts(), max_size=2)),
        focal=draw(st.lists(st.sampled_from(called), max_size=2)) if called else (),
        **draw(_headers()),
    )


def _links_between(
    elements: list[Element],
    at_most: int,
    signs: st.SearchStrategy[Polarity] | None,
    people: st.SearchStrategy[str | None] | None,
) -> st.SearchStrategy[list[Link]]:
    """Links that these elements can have: a kind first, then two ends that it may join."""
    feasible = [
        links(st.sampled_from(starts), st.sampled_from(ends), kind=kind, signs=signs, people=people)
        for kind, row in LINK_KINDS.items()
        if (starts := [e.name for e in elements if e.kind in row.starts])
        and (ends := [e.name for e in elements if e.kind in row.ends])
    ]
    if not feasible:
        return st.just([])
    causal_first = feasible[:1] * 3 + feasible  # three quarters of the links can make loops
    return _many(st.one_of(causal_first), at_most)


def _joining(
    elements: list[Element], connectivity: str, said: st.SearchStrategy[Claim]
) -> st.SearchStrategy[list[Link]]:
    """Links that join all quantities: a chain of links either way, or a ring."""
    quantities = [element.name for element in elements if element.is_quantity]
    steps = [] if connectivity == "any" else list(pairwise(quantities))
    if connectivity == "strong" and len(quantities) > 1:
        steps.append((quantities[-1], quantities[0]))
    both_ways = connectivity == "connected"
    made = [
        st.builds(_link, st.sampled_from([step, step[::-1]] if both_ways else [step]), said)
        for step in steps
    ]
    return st.tuples(*made).map(list)


def _link(ends: tuple[str, str], claim: Claim) -> Link:
    return Link(*ends, claims=[claim])


def _many(
    things: st.SearchStrategy[T], at_most: int, *, at_least: int = 0, unique: bool = False
) -> st.SearchStrategy[list[T]]:
    """Lists of every length up to ``at_most`` alike; left alone, Hypothesis prefers short ones."""
    sizes = st.integers(at_least, max(at_least, at_most))
    return sizes.flatmap(lambda n: st.lists(things, min_size=n, max_size=n, unique=unique))


def views(
    people: Sequence[str] = PEOPLE, *, max_variables: int = 6, max_links: int = 6
) -> st.SearchStrategy[dict[str, SystemMap]]:
    """What several people each drew, as name -> map: the same variables, links of their own.

    Every claim in a map is made by its own person, so that merging the maps keeps everything.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(views(["Ann", "Bo"]))
    ... def test_nobody_speaks_for_another(drawn):
    ...     assert set(drawn["Ann"].perspectives) <= {"Ann"}
    >>> test_nobody_speaks_for_another()
    """

    def of_one(person: str, ends: st.SearchStrategy[str]) -> st.SearchStrategy[SystemMap]:
        own = links(ends, people=st.just(person))
        return st.lists(own, max_size=max_links).map(lambda drawn: SystemMap(links=drawn))

    def of_all(called: list[str]) -> st.SearchStrategy[dict[str, SystemMap]]:
        ends = st.sampled_from(called)
        return st.fixed_dictionaries({person: of_one(person, ends) for person in people})

    variables = st.lists(names(), unique=True, min_size=1, max_size=max_variables)
    return variables.flatmap(of_all)
