"""What reading a file gives: the map, and what was dropped, changed or guessed on the way."""

from __future__ import annotations

import warnings
from typing import NamedTuple

from loopmap.errors import InvalidMapError, LossWarning, Problem
from loopmap.model.system_map import SystemMap

__all__ = ["Reading"]


#: What people hand over in place of a map -> what makes a map of it.
_INSTEAD = {
    "networkx": "lm.from_networkx(…)",
    "pandas": "lm.from_frame(…)",
    "polars": "lm.from_frame(…)",
    "pyarrow": "lm.from_frame(…)",
    "str": "lm.parse(…), or lm.read(…) of a file",
    "PosixPath": "lm.read(…)",
    "WindowsPath": "lm.read(…)",
    "Reading": "the map of it: m, problems = lm.reading(…)",
}


def need_map(m: object) -> None:
    """Refuse what is no map, and say what makes one of it.

    Raises
    ------
    InvalidMapError
        If ``m`` is no :class:`SystemMap`.

    Examples
    --------
    >>> need_map("A -> B : +")
    Traceback (most recent call last):
    loopmap.errors.InvalidMapError: this is a str, not a map; pass lm.parse(…), or lm.read(…) of a file
    """  # noqa: E501
    if isinstance(m, SystemMap):
        return
    kinds = type(m).__mro__  # a class of somebody's own is told by what it is made of
    words = [word for kind in kinds for word in (kind.__name__, kind.__module__.partition(".")[0])]
    instead = next((_INSTEAD[word] for word in words if word in _INSTEAD), "")
    hint = f"; pass {instead}" if instead else ""
    raise InvalidMapError(f"this is a {type(m).__name__}, not a map{hint}")


class Reading(NamedTuple):
    """A map that was read, and everything worth knowing about how it was read.

    Parameters
    ----------
    map
        The map.
    problems
        What the reader dropped, changed or guessed, and what looks wrong, in the file's order.

    Examples
    --------
    >>> reading = lm.Reading(lm.SystemMap(links=[("Backlog", "Stress", "+")]))
    >>> reading.map, reading.problems
    (<SystemMap: 2 variables, 1 link>, ())
    """

    map: SystemMap
    problems: tuple[Problem, ...] = ()

    def warned(self, *, stacklevel: int = 2, at_most: int = 5) -> SystemMap:
        """Return the map, after one ``LossWarning`` if there is more to tell than notes.

        Parameters
        ----------
        stacklevel
            Whose line the warning names: 1 the caller of this, 2 whoever called that.
        at_most
            Tell so many problems; the rest is counted.

        Returns
        -------
        SystemMap
            The map that was read.

        Warns
        -----
        LossWarning
            What was dropped, changed or guessed.
        """
        found = [problem for problem in self.problems if problem.severity != "note"]
        if found:
            lines = [str(problem) for problem in found[:at_most]]
            if more := len(found) - len(lines):
                lines.append(f"… and {more:,} more; lm.reading() gives them all")
            warnings.warn("\n".join(lines), LossWarning, stacklevel=stacklevel + 1)
        return self.map
