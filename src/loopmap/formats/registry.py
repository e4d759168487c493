"""Every format loopmap knows: one row each."""

from __future__ import annotations

from pathlib import PurePath

from loopmap.errors import UnknownFormatError, did_you_mean
from loopmap.formats import csv_file, dot_file, excel_file, json_file, notation_file
from loopmap.formats.format import Format

__all__ = ["FORMATS", "format_of"]

#: Name -> format. A new format is one file and its row here.
FORMATS: dict[str, Format] = {
    row.name: row
    for row in (
        notation_file.FORMAT,
        json_file.FORMAT,
        csv_file.CSV,
        csv_file.TSV,
        excel_file.FORMAT,
        dot_file.FORMAT,
    )
}


def format_of(path: str | PurePath, name: str | None = None, *, or_pass: str = "") -> Format:
    """Give the format called ``name``, or else the one whose ending ``path`` has.

    ``or_pass`` is the option of the caller by which a format can be named, if it has one.

    Raises
    ------
    UnknownFormatError
        If there is none.
    """
    if name is not None:
        if name in FORMATS:
            return FORMATS[name]
        known = ", ".join(FORMATS)
        raise UnknownFormatError(
            f"no format is called {name!r}" + (did_you_mean(name, FORMATS) or f"; known: {known}")
        )
    file = PurePath(path).name.casefold()
    endings = {ending: row for row in FORMATS.values() for ending in row.suffixes}
    for ending in sorted(endings, key=len, reverse=True):
        if file.endswith(ending):
            return endings[ending]
    raise UnknownFormatError(
        f"cannot tell the format of {str(path)!r} from its name; "
        f"known endings are {', '.join(endings)}" + (f" (or pass {or_pass})" if or_pass else "")
    )
