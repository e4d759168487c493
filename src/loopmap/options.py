"""The names that options take, for type checkers, and the one way to look such a name up.

What a name does stands in a table where it is done (``ENGINES``, ``STYLES``, ``LINK_KINDS`` …);
here a type checker reads which names there are. ``tests/test_options.py`` holds the two equal.
Words that people bring in their data are not here: signs have many spellings
(``loopmap.polarity.SPELLINGS``), and evidence grades may be any word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias, TypeVar

from loopmap.errors import InvalidOptionError, LoopmapError, did_you_mean, listed, shown

__all__ = [
    "By",
    "ClaimedKind",
    "Effort",
    "ElementKind",
    "Engine",
    "FormatName",
    "Legend",
    "LinkKindName",
    "LoopKind",
    "LoopLetter",
    "LoopWord",
    "MapTable",
    "Method",
    "PaperName",
    "Ranking",
    "StyleName",
    "Theme",
    "check_options",
    "choose",
]

# The map
ElementKind: TypeAlias = Literal["variable", "stock", "flow", "stakeholder"]
LinkKindName: TypeAlias = Literal["causal", "holds", "influences", "wants"]
ClaimedKind: TypeAlias = Literal["R", "B", ""]

# Loops
LoopLetter: TypeAlias = Literal["R", "B", "U"]
LoopWord: TypeAlias = Literal["reinforcing", "balancing", "undetermined"]
LoopKind: TypeAlias = LoopLetter | LoopWord
Method: TypeAlias = Literal["sils", "basis", "geodetic"]
Ranking: TypeAlias = Literal["length", "participation", "evidence"]

# Pictures
By: TypeAlias = Literal["sign", "perspective"]
Effort: TypeAlias = Literal["fast", "good", "poster"]
Engine: TypeAlias = Literal["loops", "given", "dot", "neato", "fdp", "sfdp", "circo", "twopi"]
Legend: TypeAlias = Literal["auto", "below", "right"]
PaperName: TypeAlias = Literal["A4", "A3", "A2", "A1", "A0"]
StyleName: TypeAlias = Literal["screen", "print", "wall", "mono", "dark"]
Theme: TypeAlias = Literal["auto", "light", "dark"]

# Files and tables
FormatName: TypeAlias = Literal["loop", "json", "csv", "tsv", "xlsx", "dot"]
MapTable: TypeAlias = Literal["links", "claims", "elements"]

Name = TypeVar("Name", bound=str)


def choose(
    value: object,
    known: Iterable[Name],
    what: str,
    *,
    error: type[LoopmapError] = InvalidOptionError,
) -> Name:
    """Give the name of ``known`` that ``value`` is.

    Parameters
    ----------
    value
        What somebody passed.
    known
        The names there are, such as the table of them.
    what
        The option, as it is called in the sentence.
    error
        What to raise.

    Raises
    ------
    InvalidOptionError
        Or another ``error``, if it is none of them.

    Examples
    --------
    >>> choose("wal", {"screen": 1, "wall": 2}, "style")
    Traceback (most recent call last):
    loopmap.errors.InvalidOptionError: style is 'screen' or 'wall', not 'wal'; did you mean 'wall'?
    """
    names = tuple(known)
    if isinstance(value, str) and value in names:
        return names[names.index(value)]
    raise error(
        f"{what} is {listed(names, 'or', at_most=12)}, not {shown(value)}"
        + did_you_mean(str(value), names)
    )


def check_options(given: Mapping[str, object], known: type) -> None:
    """Refuse an option that is not one of this ``TypedDict``.

    Raises
    ------
    InvalidOptionError
        With the nearest one.
    """
    for name in given:
        choose(name, known.__annotations__, "an option")
