"""The text notation ``.loop``: one statement a line, written by people (docs/notation.md)."""

from __future__ import annotations

from loopmap.model import SystemMap
from loopmap.notation.building import read_text
from loopmap.notation.tidying import fmt
from loopmap.notation.writing import write_text

__all__ = ["fmt", "parse", "read_text", "write_text"]


def parse(text: str, *, source: str = "<text>") -> SystemMap:
    """Read a map from the text notation.

    Parameters
    ----------
    text
        One statement a line, such as ``A -> B : +``; see Notation in the documentation.
    source
        What to call the text in messages.

    Returns
    -------
    SystemMap
        After one ``LossWarning`` if something was guessed or looks wrong, such as a link
        without a sign; :func:`loopmap.reading` gives those findings one by one.

    Raises
    ------
    MapSyntaxError
        With all problems of the text at once: each has a line, a caret and a remedy.

    Examples
    --------
    >>> m = lm.parse('''
    ...     title: The hub
    ...     Backlog -> Stress -> Errors : +
    ...     Errors -> Backlog : + [delay]
    ... ''')
    >>> m
    <SystemMap 'The hub': 3 variables, 3 links>
    >>> m.link("Errors", "Backlog").delayed
    True
    """
    return read_text(text, source).warned(stacklevel=2)
