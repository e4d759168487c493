"""Signs of a whole column: what one cell leaves open, the others often decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from loopmap.interop.cells import read_number, read_sign
from loopmap.polarity import Polarity
from loopmap.signs import GRADED, PAIRS, plain_sign, sign_of, sign_of_degree

__all__ = ["SignColumn", "Told", "holds_signs", "looks_like_signs", "read_signs"]

#: Words for which a row is told, though they are read: they may mean that there is no link.
_NO_LINK = frozenset(["no effect", "no influence", "no impact", "no change"])


class Told(NamedTuple):
    """Something to say about some cells: what, what to do, its rule, and which cells."""

    what: str
    remedy: str
    rule: str
    cells: frozenset[str]


class SignColumn(NamedTuple):
    """What the cells of a column mean, and what there is to say about it."""

    signs: dict[str, Polarity]
    told: tuple[Told, ...]
    #: Cells that also say how strongly, in words: the claim keeps them as its note.
    degrees: frozenset[str] = frozenset()


def holds_signs(cells: Mapping[str, int]) -> bool:
    """Whether a column holds signs that can be nothing else, or numbers of both signs."""
    numbers = [number for number in map(read_number, cells) if number is not None]
    if any(number < 0 for number in numbers):
        return True
    letters = plus = 0
    for cell, times in cells.items():
        if _is_certain(cell) or _is_pair(cell) or _is_graded(cell):
            if len(plain_sign(cell)) > 1 or not cell.strip().isalpha():
                return True
            letters += times
        elif cell.strip().startswith(("+", "＋")) and read_number(cell) is not None:
            plus += 1
    return plus > 0 or 2 * letters > sum(cells.values())


def looks_like_signs(cells: Mapping[str, int]) -> bool:
    """Whether nearly all cells of a column are signs that can be nothing else."""
    signs = sum(times for cell, times in cells.items() if _is_certain(cell) or _is_pair(cell))
    return signs > 0 and 10 * signs >= 8 * sum(cells.values())


def _is_certain(cell: str) -> bool:
    return bool(sign_of(cell, in_texts=True, certain=True) or sign_of_degree(cell))


def _is_pair(cell: str) -> bool:
    return plain_sign(cell) in PAIRS


def _is_graded(cell: str) -> bool:
    """``H+``, ``+VH``, ``+++``: what is read as a sign and is neither a word nor a number."""
    return read_sign(cell) is not None and sign_of(cell) is None and read_number(cell) is None


def read_signs(cells: Iterable[str], *, sure: bool = False) -> SignColumn:
    """Read the cells of one column; those left out are no signs.

    Parameters
    ----------
    cells
        The texts that stand there.
    sure
        Whether the caller says that these are signs, so that 3 is a plus.

    Examples
    --------
    >>> from loopmap.interop.sign_columns import read_signs
    >>> {cell: str(sign) for cell, sign in read_signs(["++", "--"]).signs.items()}
    {'++': '+', '--': '+'}
    >>> {cell: str(sign) for cell, sign in read_signs(["+", "-", "--"]).signs.items()}
    {'+': '+', '-': '−', '--': '−'}
    """
    plain = {cell: plain_sign(cell) for cell in cells}
    pairs = {cell: text for cell, text in plain.items() if text in PAIRS}
    told = []
    signs: dict[str, Polarity] = {}
    unsigned = not sure and not _has_sign(plain)
    sizes = unsigned and any(read_number(text) not in (None, 0, 1) for text in plain.values())
    for cell in plain:
        sign = read_sign(cell)
        if sizes and read_number(cell) is not None:
            sign = Polarity.UNKNOWN  # how strong, not which sign
        if sign is not None:
            signs[cell] = sign
    if pairs:
        meaning, said = _pairs(pairs, set(plain.values()))
        signs.update({cell: Polarity.of(meaning[text]) for cell, text in pairs.items()})
        told.append(said)
    told += _doubtful(plain, unsigned)
    degrees = frozenset(cell for cell in plain if sign_of_degree(cell))
    if degrees:
        told.append(Told("words say how strong a link is: its sign is read, and the words are its "
                         "note", "write a number in a column 'strength' to count with",
                         "guessed", degrees))  # fmt: skip
    return SignColumn(signs, tuple(told), degrees)


def _has_sign(plain: Mapping[str, str]) -> bool:
    """Whether some cell writes a sign, so that bare numbers beside it are signed too."""
    return any(
        _is_certain(text) or text.startswith(("-", "+")) or _is_graded(text)
        for text in plain.values()
        if text
    )


def _doubtful(plain: Mapping[str, str], unsigned: bool) -> list[Told]:
    told = []
    sizes = frozenset(c for c, t in plain.items() if read_number(t) not in (None, 0, 1))
    zeros = frozenset(c for c, t in plain.items() if read_number(t) == 0)
    ones = any(read_number(t) == 1 for t in plain.values())
    if unsigned and sizes:
        told.append(Told("numbers without a sign anywhere say how strong, not which sign: "
                         "read as ?", "write + or - before them", "unsigned", sizes))  # fmt: skip
    elif unsigned and zeros and ones:
        told.append(Told("0 may be a minus or no effect; it is read as ? (not known)",
                         "write + and -", "guessed", zeros))  # fmt: skip
    none = frozenset(cell for cell, text in plain.items() if text in _NO_LINK)
    if none:
        told.append(Told("rows say that there is no effect; their links are kept with the sign ?",
                         "delete the rows if there is no link", "guessed", none))  # fmt: skip
    return told


def _pairs(pairs: Mapping[str, str], there: set[str]) -> tuple[dict[str, str], Told]:
    """Decide what pairs of signs mean, from what else stands in their column."""
    cells, kinds = frozenset(pairs), set(pairs.values())
    has_plus, has_minus = "+" in there, "-" in there
    mixed = bool(kinds & {"+-", "-+"})
    if not has_plus and not has_minus and (len(kinds) > 1 or (kinds == {"++"})):
        return PAIRS, Told("pairs of signs are read as Kumu's: ++ and -- same direction (+), +- "
                           "and -+ opposite (-)", "write + or - if they mean something else",
                           "guessed", cells)  # fmt: skip
    if not mixed and (has_minus or kinds == {"++"} or {"+++", "---"} & there):
        return GRADED, Told("++ and -- are read as strong + and -", "write the strength in a "
                            "column of its own", "guessed", cells)  # fmt: skip
    if mixed and not kinds & {"--", "++"} and (has_plus or has_minus):
        either = dict.fromkeys(("+-", "-+"), "+/-")
        return either, Told("+- is read as either sign", "write + or - if it is Kumu's pair",
                            "guessed", cells)  # fmt: skip
    asked = {**dict.fromkeys(PAIRS, "?"), "++": "+"}
    open_ = frozenset(cell for cell, text in pairs.items() if text != "++")
    names = " and ".join(sorted({pairs[cell] for cell in open_}))
    return asked, Told(f"{names} may be Kumu's pair or a sign of its own; read as ? (not known)",
                       "write + or -", "guessed", open_)  # fmt: skip
