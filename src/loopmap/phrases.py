"""Phrases that every sentence shares: a number with its noun, names in a row."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["counted", "named"]


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun.

    Examples
    --------
    >>> counted(1, "loop"), counted(2_000, "agency", "agencies")
    ('1 loop', '2,000 agencies')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def named(people: Iterable[str], conjunction: str = "and") -> str:
    """Names in a sentence: ``Health``, ``Health and Police``, ``Health, Police and Schools``.

    Examples
    --------
    >>> named(["Health", "Police", "Schools"]), named(["Hospital", "Social care"], "or")
    ('Health, Police and Schools', 'Hospital or Social care')
    """
    *most, last = [*people] or ["nobody"]
    return f"{', '.join(most)} {conjunction} {last}" if most else last
