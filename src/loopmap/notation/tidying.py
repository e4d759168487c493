"""A text set out evenly: the same statements and comments in the same order."""

from __future__ import annotations

from loopmap.notation.building import read_text
from loopmap.notation.spelling import spell
from loopmap.notation.statements import Line, read_lines

__all__ = ["fmt"]


def fmt(text: str, *, source: str = "<text>") -> str:
    """Set out a text of the notation evenly, keeping its statements, comments and their order.

    Blanks, signs, quotation marks and brackets are written one way; ``by`` and ``story`` lines
    are indented by four; several empty lines become one.

    Parameters
    ----------
    text
        One statement a line, such as ``A -> B : +``; see Notation in the documentation.
    source
        What to call the text in messages.

    Returns
    -------
    str
        It says the same: reading it gives an equal map. It ends with a line break.

    Raises
    ------
    MapSyntaxError
        If the text cannot be read; nothing is guessed.

    Examples
    --------
    >>> print(lm.fmt("Backlog-->Stress:–   # heard twice"))
    Backlog -> Stress : -  # heard twice
    <BLANKLINE>
    """
    read_text(text, source)
    tidied: list[str] = []
    for line in read_lines(text):
        written = _tidied(line)
        if written or (tidied and tidied[-1]):
            tidied.append(written)
    return "\n".join(tidied).rstrip("\n") + "\n"


def _tidied(line: Line) -> str:
    said = "" if line.statement is None else spell(line.statement)
    text = "  ".join(filter(None, (said, line.comment)))
    return text if line.is_main or not text else f"    {text}"
