"""A map of one's own as a case: brute force counts its loops, so it should not be large."""

from __future__ import annotations

from loopmap.bench.cases import Case
from loopmap.formats import read

__all__ = ["case_of_file"]


def case_of_file(path: str) -> Case:
    """The case of a map file in any format that :func:`loopmap.read` knows."""
    m = read(path)
    return Case(path, m.title or path, "brute force", lambda: iter([m]), None)
