"""Several names in one cell: where they are certain to be several, and where that is asked."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

__all__ = [
    "DITTO", "as_one_name", "as_one_text", "list_cell", "list_in", "names_in", "one_text",
    "spelled_in",
]  # fmt: skip

_PARTS = re.compile(r"\s*\|\s*|\s*(?<!&amp)(?<!&lt)(?<!&gt)(?<!&#39)(?<!&quot);\s*")
_COMMAS = re.compile(r"\s*[,，、]\s*(?:and\s+)?")
_BULLET = re.compile(r"^\s*(?:[-–•*·▪‣◦]|\(?\d{1,3}[.)])\s+")
#: Longer texts round a semicolon are a sentence, not a list.
_LONGEST_PART = 40
#: What stands in a cell for "as above".
DITTO = frozenset(["〃", "''", '"', "”", "ditto", "do.", "″", "as above"])
_ODD = re.compile(r'[|;]|^"')


def as_one_name(text: str, known: Container[str] = ()) -> str:
    """Put a name in quotation marks where a cell would be read as several names.

    Examples
    --------
    >>> from loopmap.interop.cell_lists import as_one_name, names_in
    >>> as_one_name("A|B"), names_in(as_one_name("A|B"), ())
    ('"A|B"', (['A|B'], ''))
    """
    is_odd = _ODD.search(text) or text.casefold() in DITTO or names_in(text, known)[1]
    return _quoted(text) if is_odd else text


def as_one_text(text: str) -> str:
    """Put a text in quotation marks where a cell would be read as the one above.

    Examples
    --------
    >>> as_one_text("Ditto"), one_text(as_one_text("Ditto")), as_one_text("Police")
    ('"Ditto"', 'Ditto', 'Police')
    """
    return _quoted(text) if _is_ditto(text) else text


def one_text(cell: str) -> str:
    """Take off the quotation marks that :func:`as_one_text` put round a text."""
    inside = spelled_in(cell)
    return inside if inside is not None and _is_ditto(inside) else cell


def _is_ditto(text: str | None) -> bool:
    """Whether it is a ditto mark, or one in quotation marks: those are put round it once more."""
    while text is not None:
        if text.casefold() in DITTO:
            return True
        text = spelled_in(text)
    return False


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def spelled_in(text: str) -> str | None:
    """Give the name that stands in quotation marks in a cell, or ``None``.

    Only marks that are needed are taken off: a name may be in quotation marks of its own.
    """
    inside = text[1:-1]
    if len(text) < 3 or text[0] != '"' or text[-1] != '"' or '"' in inside.replace('""', ""):
        return None
    name = inside.replace('""', '"').strip()
    return name or None


def names_in(text: str, known: Container[str]) -> tuple[list[str], str]:
    """Give the names in a cell, and what parted them: ``|``, ``;``, a comma, lines, or nothing.

    Parameters
    ----------
    text
        What stands in the cell, line breaks and all.
    known
        Folded names that stand alone elsewhere: a comma, or a line break without bullets, parts
        names only if all of them do.
    """
    quoted = spelled_in(text)
    if quoted is not None:
        return [quoted], ""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > 1:
        bare = [_BULLET.sub("", line).strip() for line in lines]
        bulleted = all(map(_BULLET.match, lines))
        if bulleted or all(name.casefold() in known for name in bare):
            return [name for name in bare if name], "a new line"
    if "|" in text or ";" in text:
        parts = [part for part in _PARTS.split(text.strip()) if part]
        as_list = "|" in text or max(map(len, parts), default=0) <= _LONGEST_PART
        if len(parts) > 1 and (as_list or all(part.casefold() in known for part in parts)):
            return parts, "|" if "|" in text else ";"
    if "," in text or "，" in text or "、" in text:
        parts = [part.strip() for part in _COMMAS.split(text) if part.strip()]
        if len(parts) > 1 and all(part.casefold() in known for part in parts):
            return parts, ","
    return [text], ""


def list_cell(texts: Iterable[str], marks: re.Pattern[str] | None) -> str:
    r"""Put several texts into one cell, a line for each; :func:`list_in` reads them back.

    ``marks`` is what parts texts in a line when people type them; ``None`` where nothing does.

    Examples
    --------
    >>> import re
    >>> from loopmap.interop.cell_lists import list_cell, list_in
    >>> list_cell(["A", "B;C"], re.compile(";"))
    'A\n"B;C"'
    >>> list_in('A; B\n"B;C"', re.compile(" *; *"))
    ['A', 'B', 'B;C']
    """
    return "\n".join(
        '"' + text.replace('"', '""') + '"'
        if marks is not None and (text.startswith('"') or marks.search(text))
        else text
        for text in texts
    )


def list_in(cell: str, marks: re.Pattern[str] | None) -> list[str]:
    """Give the texts in a cell that holds a list, line by line and parted by ``marks``."""
    found: list[str] = []
    for line in map(str.strip, cell.splitlines()):
        quoted = spelled_in(line) if marks is not None else None
        if quoted is not None:
            found.append(quoted)
        else:
            found += [line] if marks is None else marks.split(line)
    return [text for text in found if text]
