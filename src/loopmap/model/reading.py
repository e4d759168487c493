"""What reading a file gives: the map, and what was dropped, changed or guessed on the way."""

from __future__ import annotations

import warnings
from typing import NamedTuple

from loopmap.errors import LossWarning, Problem
from loopmap.model.system_map import SystemMap

__all__ = ["Reading"]


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
    >>> reading = Reading(SystemMap(links=[("Backlog", "Stress", "+")]))
    >>> reading.map, reading.problems
    (<SystemMap: 2 variables, 1 link>, ())
    """

    map: SystemMap
    problems: tuple[Problem, ...] = ()

    def warned(self, *, stacklevel: int = 2) -> SystemMap:
        """Return the map, after one ``LossWarning`` if there are problems of that weight."""
        found = [problem for problem in self.problems if problem.severity != "note"]
        if found:
            lines = [str(problem) for problem in found[:_AT_MOST]]
            if more := len(found) - len(lines):
                lines.append(f"… and {more:,} more; lm.reading() gives them all")
            warnings.warn("\n".join(lines), LossWarning, stacklevel=stacklevel + 1)
        return self.map


_AT_MOST = 5
