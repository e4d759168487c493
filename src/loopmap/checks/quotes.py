"""Whether the words quoted in a map stand in the text they are said to come from."""

from __future__ import annotations

from loopmap.errors import Problem
from loopmap.model import SystemMap
from loopmap.model.reading import need_map

__all__ = ["check_quotes"]

# What print and word processors do to the same words: quotation marks, dashes, emphasis.
_SAME = str.maketrans({
    "‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"',
    "–": "-", "—": "-", "−": "-", "‑": "-", "\u00ad": None, "*": None, "_": None,
})  # fmt: skip


def check_quotes(m: SystemMap, text: str) -> tuple[Problem, ...]:
    r"""Say which quotes of a map do not stand in a text, word for word.

    Quotation marks and dashes of every shape, ``*`` and ``_`` of emphasis, and the way the lines
    are broken make no difference; letters and their case do.

    Parameters
    ----------
    m
        The map; the quotes are those of the claims about its links, of every kind.
    text
        The text they should stand in: a report, an interview.

    Returns
    -------
    tuple of Problem
        One for each quote that is not there, in the order of the links; empty if all are.

    Examples
    --------
    >>> m = lm.parse('''
    ...     Blame -> Trust
    ...         by Police: - "they 'never' call back"
    ... ''')
    >>> lm.check_quotes(m, "The sergeant said: they ‘never’\ncall back.")
    ()
    >>> print(*lm.check_quotes(m, "Nobody said anything."))
    Blame -> Trust, by Police: the quote "they 'never' call back" is not in the text; quote the very words, or leave them out
    """  # noqa: E501
    need_map(m)
    plain = _plain(text)
    return tuple(
        Problem(
            what=f"the quote {claim.quote!r} is not in the text",
            where=f"{link.source} -> {link.target}, by {claim.perspective or 'the author'}",
            suggestion="quote the very words, or leave them out",
            severity="error",
            rule="quote",
        )
        for link in m.links
        for claim in link.claims
        if claim.quote and _plain(claim.quote) not in plain
    )


def _plain(text: str) -> str:
    return " ".join(text.translate(_SAME).split())
