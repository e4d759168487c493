"""Bytes to text, saying so where the encoding had to be guessed."""

from __future__ import annotations

import codecs

from loopmap.errors import Problem

__all__ = ["decoded"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),  # what Excel calls Unicode text
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decoded(data: bytes, source: str) -> tuple[str, tuple[Problem, ...]]:
    """Decode a file, and say what was guessed.

    UTF-8 with or without a byte order mark, UTF-16 with one; anything else is read as
    Windows-1252, which old spreadsheets write, with a warning.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace")
            return text, _replaced(text, source)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    what = "this file is not UTF-8 text; it is read as Windows-1252, which is a guess"
    remedy = "save it as UTF-8 if names look wrong"
    problem = Problem(what, f"{source}:{line}", remedy, rule="encoding")
    return data.decode("cp1252", errors="replace"), (problem,)


def _replaced(text: str, source: str) -> tuple[Problem, ...]:
    if "\ufffd" not in text:
        return ()
    what = "some bytes of this file are no text; they are read as \ufffd"
    return (Problem(what, source, "save it as UTF-8", rule="encoding"),)
