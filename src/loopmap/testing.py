"""Hypothesis strategies for maps and their parts, and slow but certain oracles.

Nothing heavy is imported here but Hypothesis itself, which ``loopmap[testing]`` installs.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import TypeVar

from hypothesis import strategies as st

from loopmap.loops import Loop
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
from loopmap.polarity import Polarity

__all__ = [
    "brute_force_loops",
    "claims",
    "links",
    "maps",
    "names",
    "polarities",
    "random_map",
    "texts",
]

T = TypeVar("T")

#: Names that notations and formats like to trip over.
AWKWARD_NAMES = (
    "A -> B", "Cost: total", "x : +", "Issue #3", "# start", '"quoted"', "[stock]", "a; b=c",
    "by Police", "loop R: x", "title: y", "Police holds x", "</text><script>", "&amp;", "-", "+",
    "?", "=SUM(A1)", "a, b", "'", "\\", "é", "e\u0301", "سلام", "漢字", "👩‍👩‍👧", "%d {x}", "true",
)  # fmt: skip


def texts(min_size: int = 0, max_size: int = 20) -> st.SearchStrategy[str]:
    """One line of any text the model accepts, with no blanks at its ends."""
    anything = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])
    text = st.text(anything, min_size=min_size, max_size=max_size).map(one_line)
    return text.filter(lambda t: len(t) >= min_size)


def names() -> st.SearchStrategy[str]:
    """Names of elements: plain words mostly, awkward ones often enough."""
    words = st.text("ABCDEFGHab ", min_size=1, max_size=6).map(str.strip).filter(bool)
    return st.one_of(words, words, st.sampled_from(AWKWARD_NAMES), texts(min_size=1))


def polarities(*, unknown: bool = True, mixed: bool = True) -> st.SearchStrategy[Polarity]:
    """Signs: ``+`` and ``−``, and unless refused ``?`` and ``±``."""
    signs = [Polarity.POSITIVE, Polarity.NEGATIVE]
    signs += [Polarity.UNKNOWN] * unknown + [Polarity.MIXED] * mixed
    return st.sampled_from(signs)


def claims(
    people: st.SearchStrategy[str] | None = None, *, signed: bool = True
) -> st.SearchStrategy[Claim]:
    """Claims by the author and by some people, with everything a claim can carry."""
    who = st.none() | (people if people is not None else st.sampled_from(["Police", "Health"]))
    strength = st.none() | st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 6))
    return st.builds(
        Claim,
        perspective=who,
        polarity=polarities() if signed else st.just(Polarity.UNKNOWN),
        delayed=st.booleans(),
        strength=strength,
        evidence=st.sampled_from(["", *EVIDENCE]),
        basis=st.sampled_from(["", "illustrative"]),
        quote=texts(),
        source=texts(),
        note=texts(),
    )


def links(
    sources: st.SearchStrategy[str],
    targets: st.SearchStrategy[str] | None = None,
    *,
    kind: str = "causal",
) -> st.SearchStrategy[Link]:
    """Links of one kind, from names of ``sources`` to names of ``targets`` (else the same)."""
    said = claims(signed=LINK_KINDS[kind].signed)
    return st.builds(
        Link,
        sources,
        sources if targets is None else targets,
        kind=st.just(kind),
        route=st.sampled_from(["", "", "", "via price", "by phone"]),
        claims=st.lists(said, min_size=1, max_size=3),
    )


def _links_between(elements: list[Element], at_most: int) -> st.SearchStrategy[list[Link]]:
    """Links that these elements can have: a kind first, then two ends that it may join."""
    feasible = [
        links(st.sampled_from(starts), st.sampled_from(ends), kind=kind)
        for kind, row in LINK_KINDS.items()
        if (starts := [e.name for e in elements if e.kind in row.starts])
        and (ends := [e.name for e in elements if e.kind in row.ends])
    ]
    if not feasible:
        return st.just([])
    causal_first = feasible[:1] * 3 + feasible  # three quarters of the links can make loops
    return _many(st.one_of(causal_first), at_most)


def _many(things: st.SearchStrategy[T], at_most: int) -> st.SearchStrategy[list[T]]:
    """Lists of every length up to ``at_most`` alike; left alone, Hypothesis prefers short ones."""
    return st.integers(0, at_most).flatmap(lambda n: st.lists(things, min_size=n, max_size=n))


@st.composite
def maps(draw: st.DrawFn, *, max_variables: int = 8, max_links: int = 16) -> SystemMap:
    """Whole maps: every kind of element and link, awkward names, named loops, header lines."""
    called = draw(_many(names(), max_variables).map(lambda found: list(dict.fromkeys(found))))
    elements = [
        Element(
            name,
            draw(st.sampled_from(("variable", "variable", *ELEMENT_KINDS))),
            draw(st.lists(texts(), max_size=2)),
            draw(st.lists(st.sampled_from(["driver", "outcome", "a b", "x;y]"]), max_size=2)),
            draw(st.none() | st.tuples(st.integers(-500, 500), st.integers(-500, 500))),
        )
        for name in called
    ]
    named: list[NamedLoop] = []
    found = draw(_links_between(elements, max_links))
    if elements:
        path = st.lists(st.sampled_from(called), unique=True, min_size=1, max_size=4)
        kind = st.sampled_from(["R", "B", ""])
        loop = st.builds(NamedLoop, names(), path, kind, texts())
        named = draw(st.lists(loop, max_size=2))
    header = st.fixed_dictionaries(
        {part: texts() for part in ("title", "subtitle", "author", "date", "about")}
    )
    return SystemMap(
        elements,
        found,
        named,
        sources=draw(st.lists(texts(), max_size=2)),
        focal=draw(st.lists(st.sampled_from(called), max_size=2)) if called else (),
        **draw(header),
    )


def brute_force_loops(m: SystemMap) -> tuple[Loop, ...]:
    """All loops of a small map, by trying every walk; for checking cleverer ways.

    Shortest first, then by the names round the loop, then by routes; without labels and names.

    Examples
    --------
    >>> from loopmap import SystemMap
    >>> brute_force_loops(SystemMap(links=[("A", "B", "+"), ("B", "A", "-"), ("B", "B", "+")]))
    (<Loop R: B>, <Loop B: A, B>)
    """
    leaving: dict[str, list[Link]] = {}
    for link in m.links:
        if link.kind == "causal":
            leaving.setdefault(link.source, []).append(link)

    def walks(start: str, walked: tuple[Link, ...]) -> Iterator[tuple[Link, ...]]:
        here = walked[-1].target if walked else start
        for link in leaving.get(here, ()):
            if link.target == start:
                yield (*walked, link)
            elif link.target > start and all(link.target != w.target for w in walked):
                yield from walks(start, (*walked, link))

    found = [Loop(walk) for start in sorted(leaving) for walk in walks(start, ())]
    routes = {loop: tuple(link.route for link in loop.links) for loop in found}
    return tuple(sorted(found, key=lambda loop: (len(loop), loop.path, routes[loop])))


def random_map(
    seed: int,
    *,
    variables: int = 8,
    links: int = 14,
    parallel: float = 0.1,
    self_links: bool = True,
) -> SystemMap:
    """A random map of plain names, quick to make; the same for the same arguments.

    Parameters
    ----------
    seed
        Any whole number.
    variables, links
        How many variables, and about how many causal links.
    parallel
        The share of links that get a second route beside them.
    self_links
        Whether a variable may drive itself.

    Examples
    --------
    >>> random_map(1, variables=4, links=6) == random_map(1, variables=4, links=6)
    True
    """
    pick = random.Random(repr(("loopmap", seed, variables, links, parallel)))
    called = [f"v{i:03d}" for i in range(variables)]
    made = []
    for _ in range(links):
        source, target = pick.choice(called), pick.choice(called)
        if source == target and not self_links:
            continue
        routes = ["", "via b"] if pick.random() < parallel else [""]
        for route in routes:
            sign = pick.choice(["+", "+", "+", "-", "-", "-", "?", "+/-"])
            made.append(Link(source, target, sign, route=route, delayed=pick.random() < 0.2))
    return SystemMap(called, {link.key: link for link in made}.values())
