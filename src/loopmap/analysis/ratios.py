"""The published distance formulas between two signed maps, on plain tables of numbers.

Each side is what one map may draw (its listed variables) and what it draws (a cell per ordered
pair). Sources: Langfield-Smith & Wirth (1992), J. Operational Research Society 43, 1135-1150;
Markóczy & Goldberg (1995), J. Management 21, 305-333; both as computed by Kumbure et al. (2023),
Expert Systems with Applications, whose published numbers the tests reproduce as far as their data
is public.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from loopmap.polarity import Polarity

__all__ = ["Cell", "Side", "formula_4", "formula_6", "formula_12", "markoczy_goldberg"]

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one map says of one ordered pair: a sign, and how strongly (more than 0)."""

    polarity: Polarity
    strength: float = 1.0

    @property
    def unit(self) -> Cell:
        """The sign alone."""
        return Cell(self.polarity)

    @property
    def number(self) -> float:
        """The strength with its sign; only for ``+`` and ``−``."""
        return self.strength if self.polarity is Polarity.POSITIVE else -self.strength


@dataclass(frozen=True, slots=True)
class Side:
    """One map as the formulas see it: the variables it lists, and a cell for each pair it links."""

    variables: frozenset[str]
    cells: Mapping[Pair, Cell]

    def within(self, variables: frozenset[str]) -> Side:
        """The part of it between these variables."""
        cells = {pair: cell for pair, cell in self.cells.items() if variables.issuperset(pair)}
        return Side(self.variables & variables, cells)


def _gap(a: Cell | None, b: Cell | None) -> float:
    """|a − b|. Where a sign is not plain the formulas are silent; ours: half of a contradiction.

    An unknown or disputed link against a signed one counts as its strength (the largest of both);
    against nothing as its own; two that are unknown alike, or disputed alike, differ in nothing.
    """
    if a is None or b is None:
        present = a or b
        return present.strength if present else 0.0
    if a.polarity.is_known and b.polarity.is_known:
        return abs(a.number - b.number)
    if a.polarity is b.polarity:
        return abs(a.strength - b.strength)
    return max(a.strength, b.strength)


def _opposed(a: Cell | None, b: Cell | None) -> bool:
    known = a is not None and b is not None and a.polarity.is_known and b.polarity.is_known
    return known and a.polarity is not b.polarity  # type: ignore[union-attr]


def _pairs(a: Side, b: Side) -> list[Pair]:
    """The pairs somebody links, without self-links, which these formulas leave out."""
    return [pair for pair in sorted({*a.cells, *b.cells}) if pair[0] != pair[1]]


def _counts(a: Side, b: Side) -> tuple[int, int, int]:
    """How many variables both list, and how many only one or only the other."""
    common = len(a.variables & b.variables)
    return common, len(a.variables) - common, len(b.variables) - common


def _ratio(difference: float, most: float) -> float:
    return difference / most if most else float("nan")


def _sign_difference(a: Side, b: Side) -> float:
    gaps = 0.0
    for pair in _pairs(a, b):
        one, other = a.cells.get(pair), b.cells.get(pair)
        gaps += _gap(one and one.unit, other and other.unit)
    return gaps


def formula_4(a: Side, b: Side) -> float:
    """Langfield-Smith & Wirth's formula 4: sign differences over all pairs of variables."""
    p = len(a.variables | b.variables)
    return _ratio(_sign_difference(a, b), 2 * (p * p - p))


def formula_6(a: Side, b: Side) -> float:
    """Langfield-Smith & Wirth's formula 6: formula 4 over the pairs somebody could have drawn."""
    common, only_a, only_b = _counts(a, b)
    most = 2 * common**2 + 2 * common * (only_a + only_b) + only_a**2 + only_b**2
    return _ratio(_sign_difference(a, b), most - (2 * common + only_a + only_b))


def formula_12(a: Side, b: Side, *, scale: float = 3) -> float:
    """Langfield-Smith & Wirth's formula 12: strengths count where both list both variables.

    ``scale`` is the largest strength; theirs is 3.
    """
    common = a.variables & b.variables
    gaps = 0.0
    for pair in _pairs(a, b):
        one, other = a.cells.get(pair), b.cells.get(pair)
        if not common.issuperset(pair):
            one, other = one and one.unit, other and other.unit
        gaps += _gap(one, other)
    n, only_a, only_b = _counts(a, b)
    most = 2 * scale * n**2 + 2 * n * (only_a + only_b) + only_a**2 + only_b**2
    return _ratio(gaps, most - (2 * scale * n + only_a + only_b))


def markoczy_goldberg(
    a: Side,
    b: Side,
    *,
    scale: float = 1,
    alpha: int = 1,
    gamma: int = 1,
    delta: float = 0,
    signs: int = 2,
) -> float:
    """Markóczy & Goldberg's distance ratio.

    Parameters
    ----------
    a, b
        The two maps.
    scale
        β: the largest strength.
    alpha
        1 where nothing drives itself, 0 where self-links count.
    gamma
        What a pair counts that only one map could have drawn: 0 nothing, 1 one where it did
        draw it, 2 always one.
    delta
        What a contradiction of signs counts on top.
    signs
        ε: how many polarities there are: 2, or 1 where signs are not considered.
    """
    outside, extra = min(gamma, 1), signs * scale + delta
    difference = 0.0
    for pair in {*a.cells, *b.cells} if alpha == 0 else _pairs(a, b):
        one, other = a.cells.get(pair), b.cells.get(pair)
        mine, theirs = a.variables.issuperset(pair), b.variables.issuperset(pair)
        if _opposed(one, other):
            difference += _gap(one, other) + delta
        elif mine != theirs:
            difference += outside
        else:
            difference += _gap(one, other)
    common, only_a, only_b = _counts(a, b)
    pairs_of_one = 2 * common * (only_a + only_b) + only_a**2 + only_b**2
    if gamma == 2:
        difference += _undrawn_by_either(a, b, alpha)
    most = extra * common**2 + outside * pairs_of_one
    return _ratio(difference, most - alpha * (extra * common + outside * (only_a + only_b)))


def _undrawn_by_either(a: Side, b: Side, alpha: int) -> int:
    """How many pairs only one map could have drawn, and nobody did."""
    common, only_a, only_b = _counts(a, b)
    possible = 2 * common * (only_a + only_b) + only_a**2 + only_b**2
    possible -= alpha * (only_a + only_b)
    drawn = sum(
        a.variables.issuperset(pair) != b.variables.issuperset(pair)
        for pair in {*a.cells, *b.cells}
        if alpha == 0 or pair[0] != pair[1]
    )
    return possible - drawn
