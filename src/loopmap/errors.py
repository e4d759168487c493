"""Every error and warning loopmap raises, and the sentence they share.

::

    LoopmapError
    ├── UnknownNameError     (also KeyError)     a name that is not in the map
    ├── InvalidMapError      (also ValueError)   elements or links that contradict, or no map
    ├── MapSyntaxError       (also ValueError)   a text that cannot be read; .problems has all
    ├── InvalidOptionError   (also ValueError)   an option or value a call does not take
    ├── UnknownFormatError   (also ValueError)   a file ending or format we do not know
    ├── FileError            (also OSError)      a file that cannot be written; the old one is kept
    ├── TooLargeError                            no exact answer fits in time or memory
    └── MissingExtraError    (also ImportError)  an optional package or program is not there
    LossWarning              (a UserWarning)     what a format did not or will not keep

There is one class for each thing the caller would do differently. The house sentence is *what,
with the value in quotes — where — what was expected or the nearest match — what to do*.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

__all__ = [
    "FileError",
    "InvalidMapError",
    "InvalidOptionError",
    "LoopmapError",
    "LossWarning",
    "MapSyntaxError",
    "MissingExtraError",
    "Problem",
    "Severity",
    "TooLargeError",
    "UnknownFormatError",
    "UnknownNameError",
    "did_you_mean",
    "listed",
    "shown",
]


#: How much a finding weighs.
Severity: TypeAlias = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to look at: where, what, and what to do about it.

    Parameters
    ----------
    what
        The finding, in one clause, with values in quotes.
    where
        The file, ``line:column``, element or link it is about; may be empty.
    suggestion
        What to do about it; may be empty.
    severity
        ``"error"`` (cannot go on), ``"warning"`` (something was dropped, changed or guessed,
        or looks wrong) or ``"note"`` (worth knowing).
    rule
        A short name of the kind of finding, such as ``"unsigned"``; stable, for filtering.
    excerpt
        The line of the file with a caret under the place, or empty.
    subject
        The names of the elements it is about; may be empty.
    """

    what: str
    where: str = ""
    suggestion: str = ""
    severity: Severity = "warning"
    rule: str = ""
    excerpt: str = ""
    subject: tuple[str, ...] = ()

    def __str__(self) -> str:
        """``where: what; suggestion``, followed by the excerpt if there is one."""
        sentence = f"{self.where}: {self.what}" if self.where else self.what
        if self.suggestion:
            sentence += f"; {self.suggestion}"
        return f"{sentence}\n{self.excerpt}" if self.excerpt else sentence


class LoopmapError(Exception):
    """The base of every error that loopmap raises on purpose."""


class UnknownNameError(LoopmapError, KeyError):
    """A name that is not in the map."""

    def __str__(self) -> str:
        """The sentence itself; ``KeyError`` would show its repr."""
        return str(self.args[0]) if self.args else ""


class InvalidMapError(LoopmapError, ValueError):
    """Elements or links that contradict each other, or data that is no map."""


class MapSyntaxError(LoopmapError, ValueError):
    """A text or file that cannot be read as a map.

    Attributes
    ----------
    problems : tuple of Problem
        All problems of the file, in the order of its lines, warnings included.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        """Every problem on lines of its own."""
        return "\n".join(map(str, self.problems))


class InvalidOptionError(LoopmapError, ValueError):
    """An option that a call does not take, or a value that an option cannot have."""


class UnknownFormatError(LoopmapError, ValueError):
    """A file ending or format that loopmap does not know, or cannot read or write."""


class FileError(LoopmapError, OSError):
    """A file that cannot be written; what was there before is there still."""

    def __str__(self) -> str:
        """The sentence itself; ``OSError`` would show its number."""
        return str(self.args[0]) if self.args else ""


class TooLargeError(LoopmapError):
    """No exact answer fits in memory; the message has the numbers and what can be asked for."""


class MissingExtraError(LoopmapError, ImportError):
    """An optional package or program that this call needs is not installed."""


class LossWarning(UserWarning):
    """Something a format did not keep when reading, or will not keep when writing."""


_LONGEST_COMPARED = 200


def did_you_mean(name: str, known: Iterable[str], *, at_most: int = 3) -> str:
    """``"; did you mean 'Traffic volume'?"``, or an empty string when nothing is near.

    Examples
    --------
    >>> did_you_mean("Trafic volume", ["Congestion", "Traffic volume"])
    "; did you mean 'Traffic volume'?"
    >>> did_you_mean("zebra", ["Congestion"])
    ''
    """
    if len(name) > _LONGEST_COMPARED:  # difflib takes time in the square of the length
        return ""
    spelled = {k.casefold(): k for k in known if len(k) <= _LONGEST_COMPARED}
    near = difflib.get_close_matches(name.casefold(), spelled, n=at_most, cutoff=0.6)
    return f"; did you mean {listed([spelled[n] for n in near], 'or')}?" if near else ""


def listed(values: Sequence[object], conjunction: str = "and", *, at_most: int = 5) -> str:
    """Write values in a sentence, at most a handful.

    Examples
    --------
    >>> listed(["a", "b", "c"])
    "'a', 'b' and 'c'"
    >>> listed("abcdefg", at_most=3)
    "'a', 'b', 'c' and 4 more"
    """
    quoted = [shown(v) for v in values[:at_most]]
    if len(values) > at_most:
        return f"{', '.join(quoted)} and {len(values) - at_most} more"
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} {conjunction} {quoted[-1]}"


def shown(value: object, *, at_most: int = 60) -> str:
    """Put a value in quotes for a sentence, its middle left out where it is very long.

    Any object will do, also one that cannot show itself, such as a number of 5,000 digits.

    Examples
    --------
    >>> shown("Trafic volume"), shown("x" * 1000, at_most=12)
    ("'Trafic volume'", "'xxxxx…xxxxx'")
    """
    half = (at_most - 1) // 2
    if isinstance(value, str):
        return repr(value if len(value) <= at_most else f"{value[:half]}…{value[-half:]}")
    try:
        text = repr(value)
    except Exception:  # whatever a stranger's object raises
        text = f"<{type(value).__name__}>"
    return text if len(text) <= 4 * at_most else f"{text[:half]}…{text[-half:]}"
