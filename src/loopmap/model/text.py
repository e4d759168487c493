"""What a name or a note may hold: one line of text that every format and picture can carry."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from loopmap.errors import InvalidMapError, shown

#: The most characters of one text; longer ones would not come back from every format.
LONGEST_TEXT = 200_000

# Cc control characters, Cs lone surrogates (no UTF-8 for them), Zl and Zp line separators.
_REFUSED = frozenset({"Cc", "Cs", "Zl", "Zp"})


def is_refused(char: str) -> bool:
    """Whether no name, note or line may hold this character."""
    # U+FFFE and U+FFFF (in every plane) are not characters, and XML cannot hold them.
    return unicodedata.category(char) in _REFUSED or (ord(char) & 0xFFFE) == 0xFFFE


def one_line(text: str) -> str:
    r"""Turn line breaks, tabs and other control characters into single blanks; for readers.

    Examples
    --------
    >>> one_line("Share of\nbudget \x00")
    'Share of budget'
    """
    if text.isprintable():
        return text.strip()
    cleaned = "".join(" " if is_refused(char) else char for char in text)
    return " ".join(cleaned.split()) if cleaned != text else text.strip()


def checked_text(text: object, what: str) -> str:
    """Return ``text`` if it is one line of printable text, else raise.

    Raises
    ------
    InvalidMapError
        If ``text`` is no string, has more than :data:`LONGEST_TEXT` characters, or holds a line
        break or another control character.
    """
    if not isinstance(text, str):
        raise InvalidMapError(f"{what} is text, not {shown(text)}")
    if len(text) > LONGEST_TEXT:
        raise InvalidMapError(
            f"{what} {shown(text)} has {len(text):,} characters; a text has at most "
            f"{LONGEST_TEXT:,}: keep the rest in a file of its own, and its name here"
        )
    if not text.isprintable():  # the quick way out for nearly every name
        for char in text:
            if is_refused(char):
                raise InvalidMapError(
                    f"{what} {shown(text)} holds the control character U+{ord(char):04X}; "
                    "write it on one line, with blanks"
                )
    return text


def _is_plain(name: str) -> bool:
    """Whether a name needs no other look, as nearly all: what can be printed has no other blank."""
    return 0 < len(name) <= LONGEST_TEXT and name.isprintable() and " " not in (name[0], name[-1])


def checked_name(name: object, what: str) -> str:
    """Return ``name`` if it can name something: not empty, no blanks at its ends, one line.

    Raises
    ------
    InvalidMapError
        If it cannot.
    """
    if isinstance(name, str) and _is_plain(name):
        return name
    text = checked_text(name, what)
    if not text or text != text.strip():
        expected = "a name with no blanks at its ends" if text.strip() else "at least one letter"
        raise InvalidMapError(f"{what} {shown(text)} cannot be used; it needs {expected}")
    return text


def checked_set(texts: str | Iterable[str], what: str) -> tuple[str, ...]:
    """Return non-empty texts sorted, each once; a single string counts as one text."""
    if isinstance(texts, tuple) and not texts:
        return ()
    if isinstance(texts, str):
        texts = (texts,)
    if isinstance(texts, Mapping) or not isinstance(texts, Iterable):
        raise InvalidMapError(f"{what} is text, or several are a list of texts, not {shown(texts)}")
    stripped = {checked_text(text, what).strip() for text in texts}
    return tuple(sorted(stripped - {""}))
