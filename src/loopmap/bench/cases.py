"""The cases: loops counted by formula, by publication, by how they were made, or by brute force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import product

from loopmap.bench import closed
from loopmap.bench.planted import Planted, planted_map
from loopmap.bench.published import PUBLISHED, published_map
from loopmap.model import Link, SystemMap

__all__ = ["CASES", "LADDER", "Case"]


@dataclass(frozen=True)
class Case:
    """One or many maps, and what is known about their loops.

    Parameters
    ----------
    name, about
        What it is called and what it is.
    source
        How its numbers are known.
    maps
        Makes the maps, in an order in which the first that fails is the simplest.
    kinds
        Gives how many loops of each kind (``"R"``, ``"B"``, ``"U"``) there are in all; ``None``
        where brute force counts them while scoring.
    large
        Whether it is left out unless asked for.
    """

    name: str
    about: str
    source: str
    maps: Callable[[], Iterator[SystemMap]]
    kinds: Callable[[], dict[str, int]] | None
    large: bool = False


#: Rung of the ladder -> variables, reinforcing and balancing loops, parts, tangle, unknown.
LADDER = {
    6: (2, 1, 1, 3, 0.0),
    12: (3, 2, 1, 4, 0.0),
    25: (7, 5, 2, 6, 0.05),
    50: (18, 12, 3, 10, 0.05),
    100: (60, 40, 4, 24, 0.1),
    300: (250, 150, 8, 48, 0.1),
    1000: (900, 600, 20, 64, 0.1),
    3000: (3000, 2000, 60, 96, 0.1),
    10000: (9000, 6000, 200, 128, 0.1),
}


@cache
def _planted(variables: int) -> Planted:
    r, b, parts, tangle, unknown = LADDER[variables]
    return planted_map(
        variables=variables,
        reinforcing=r,
        balancing=b,
        parts=parts,
        tangle=tangle,
        unknown=unknown,
        seed=variables,
    )


def _planted_kinds(variables: int) -> dict[str, int]:
    return dict(Counter(loop.kind for loop in _planted(variables).loops))


def _rung(variables: int) -> Case:
    r, b, _, _, unknown = LADDER[variables]
    return Case(
        f"planted-{variables}",
        f"{r + b:,} loops planted in {variables:,} variables, {unknown:.0%} of the signs unknown",
        "known from how the map was made",
        lambda: iter([_planted(variables).map]),
        partial(_planted_kinds, variables),
        large=variables > 3000,
    )


def _one(
    name: str,
    about: str,
    source: str,
    make: Callable[[], SystemMap],
    kinds: dict[str, int],
    *,
    large: bool = False,
) -> Case:
    return Case(name, about, source, lambda: iter([make()]), lambda: kinds, large)


def _all_maps(variables: int, *, self_links: bool) -> Iterator[SystemMap]:
    """Every map of so many variables, those with few links first; every third link negative."""
    names = [chr(ord("A") + i) for i in range(variables)]
    pairs = [(a, b) for a in names for b in names if self_links or a != b]
    every = sorted(product((0, 1), repeat=len(pairs)), key=sum)
    for chosen in every:
        links = [pair for pair, on in zip(pairs, chosen, strict=True) if on]
        yield SystemMap(
            names, [Link(a, b, "-" if i % 3 == 2 else "+") for i, (a, b) in enumerate(links)]
        )


def _closed() -> Iterator[Case]:
    for n in range(2, 12):
        yield _one(
            f"complete-{n}",
            f"{n} variables that all drive each other",
            "Σ C(n, k) (k−1)!, k = 2 … n",
            partial(closed.complete, n),
            closed.complete_kinds(n),
            large=n > 9,
        )
    half = 2**11
    yield _one(
        "ring-24-shortcuts-12",
        "a ring of 24 with twelve shortcuts",
        "2^shortcuts",
        partial(closed.ring, 24, 12),
        {"R": half, "B": half},
    )
    yield _one(
        "ring-10000", "one loop of 10,000 variables", "one",
        partial(closed.ring, 10_000), {"R": 1},
    )  # fmt: skip
    yield _one(
        "skipping-ring-20", "a ring of 20 in which each also drives the one after the next",
        "the 20th Lucas number", partial(closed.skipping_ring, 20), {"R": 15127},
    )  # fmt: skip
    for n, cycles in ((3, 13), (4, 213), (5, 9349)):
        edges = 2 * n * (n - 1)
        yield _one(
            f"grid-{n}-{n}",
            f"a grid of {n} by {n}, both ways",
            f"2 × {cycles:,} (OEIS A140517) + {edges} pairs",
            partial(closed.grid, n, n),
            {"R": 2 * cycles + edges},
        )
    for bits, total in ((3, 19), (4, 179)):
        yield _one(
            f"de-bruijn-{bits}",
            f"the binary De Bruijn graph of {bits}-bit words, with its two self-links",
            f"{total} by brute force; 2^(2^(n−1)−n) of them run through all words (De Bruijn 1946)",
            partial(closed.de_bruijn, bits),
            {"R": total},
        )
    yield _one(
        "diamonds-10-10",
        "two chains of ten diamonds that share a variable: a trap for searches that do not block",
        "2^10 + 2^10",
        partial(closed.chain_of_diamonds, 10, 10),
        {"R": 2**11},
    )


def _every() -> Iterator[Case]:
    for name, (about, source, _, kinds) in PUBLISHED.items():
        yield _one(name, about, source, partial(published_map, name), kinds)
    for variables, self_links in ((3, True), (4, False)):
        yield Case(
            f"every-map-of-{variables}",
            f"every map of {variables} variables"
            + (", self-links included" if self_links else " without self-links"),
            "brute force on each",
            partial(_all_maps, variables, self_links=self_links),
            None,
        )
    yield from _closed()
    yield from map(_rung, LADDER)


#: Name -> case, the published and the small ones first.
CASES: dict[str, Case] = {case.name: case for case in _every()}
