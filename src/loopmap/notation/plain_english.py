"""Sentences such as *Stress causes sickness*: no link until somebody draws the arrow.

What a sentence means is guessed for a suggestion only; it is never read as one.
"""

from __future__ import annotations

import re

__all__ = ["as_link", "is_sentence"]

_PLUS = (
    "causes|cause|leads to|lead to|results in|result in|drives|drive|creates|create|produces"
    "|triggers|trigger|feeds|fuels|brings about|brings|means|mean|makes|make|contributes to"
    "|increases|raises|promotes|strengthens|encourages|worsens|supports|boosts|adds to|builds"
    "|generates|improves|enables"
)
_MINUS = (
    "decreases|reduces|lowers|inhibits|weakens|prevents|suppresses|discourages|cuts|limits"
    "|undermines|relieves|erodes|hinders|slows|stops|damages|drains"
)
# à is what Word's arrow turns into when it is pasted without its font
_OPEN = "affects|affect|impacts|changes|shapes|depends on|à"
_MORE = r"(?:more|higher|greater|increased|increasing|rising|better|longer)"
_LESS = r"(?:less|fewer|lower|reduced|decreased|decreasing|falling|worse|shorter)"
_SENTENCE = re.compile(
    rf"\s*(?:(?P<up>{_MORE})\s+|(?P<down>{_LESS})\s+)?(?P<cause>\S.*?)\s+"
    rf"(?:(?P<plus>{_PLUS})|(?P<minus>{_MINUS})|(?P<open>{_OPEN}))\s+"
    rf"(?:(?P<more>{_MORE})\s+|(?P<fewer>{_LESS})\s+)?(?P<effect>\S.*?)\s*\.?\s*",
    re.IGNORECASE,
)


def is_sentence(line: str) -> bool:
    """Whether a line without an arrow says that something does something to something else."""
    return len(line) < 300 and bool(_SENTENCE.fullmatch(line)) and not re.search(r"[:\[\]#]", line)


def as_link(line: str) -> str:
    """The link a sentence probably means.

    Examples
    --------
    >>> as_link("Stress causes Sickness"), as_link("More stress means less sleep")
    ('Stress -> Sickness : +', 'Stress -> Sleep : -')
    """
    match = _SENTENCE.fullmatch(line)
    assert match
    flips = bool(match["minus"]) + bool(match["down"]) + bool(match["fewer"])
    sign = "?" if match["open"] else "+-"[flips % 2]
    return f"{_name(match['cause'])} -> {_name(match['effect'])} : {sign}"


def _name(words: str) -> str:
    words = words.strip(" .")
    return words[:1].upper() + words[1:]
