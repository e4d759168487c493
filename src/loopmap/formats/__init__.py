"""Maps from files and to files; every format is a row of ``FORMATS``."""

from __future__ import annotations

import os
import warnings
from typing import Any

from loopmap.errors import (
    FileError,
    InvalidOptionError,
    LossWarning,
    UnknownFormatError,
    did_you_mean,
)
from loopmap.formats.files import PathLike, changed_since, read_bytes, remember, write_bytes
from loopmap.formats.format import EVERYTHING, FEATURES, Format, kept, losses
from loopmap.formats.registry import FORMATS, format_of
from loopmap.model import Reading, SystemMap
from loopmap.model.reading import need_map
from loopmap.options import FormatName

__all__ = [
    "EVERYTHING",
    "FEATURES",
    "FORMATS",
    "Format",
    "dumped",
    "format_of",
    "kept",
    "loaded",
    "losses",
    "read",
    "reading",
    "write",
    "write_bytes",
]


def reading(
    path: PathLike, *, format: FormatName | None = None, diagram: str | None = None
) -> Reading:
    """Read a map from a file, and what was dropped, changed or guessed on the way.

    Parameters
    ----------
    path
        A file whose ending tells its format.
    format
        The name of a format in ``FORMATS``, if the ending does not tell.
    diagram
        Which map to read, where a table or workbook holds several.

    Returns
    -------
    Reading
        The ``map`` and its ``problems``, in the file's order; nothing is warned of.

    Raises
    ------
    MapSyntaxError
        With all problems of the file at once, if it cannot be read as a map.
    UnknownFormatError
        If neither the ending nor ``format`` tells the format, or loopmap only writes it.
    MissingExtraError
        If it is a workbook (``.xlsx``), and openpyxl is not installed.
    OSError
        If the file cannot be opened.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "hub.loop"
    >>> lm.write(lm.SystemMap(links=[("Backlog", "Stress", "?")]), file)
    >>> m, problems = lm.reading(file)
    >>> m, problems
    (<SystemMap: 2 variables, 1 link>, ())
    """
    found = format_of(os.fspath(path), format, or_pass="format=")
    data = read_bytes(path)
    remember(path, data)
    return loaded(data, found, source=os.fspath(path), diagram=diagram)


def loaded(data: bytes, format: Format, *, source: str, diagram: str | None = None) -> Reading:
    """Read a map from the bytes of a file; ``source`` names them in messages."""
    if format.load is None:
        raise UnknownFormatError(
            f"loopmap writes {format.name!r} but does not read it: {source!r}; "
            f"it reads {', '.join(name for name, row in FORMATS.items() if row.load)}"
        )
    if diagram is None:
        return format.load(data, source)
    if format.name not in _SEVERAL:
        raise UnknownFormatError(
            f"the format {format.name!r} holds one map, so there is no diagram {diagram!r} to "
            f"choose; diagram= is for {', '.join(_SEVERAL)}"
        )
    return format.load(data, source, diagram=diagram)


#: Formats whose files may hold several maps.
_SEVERAL = ("csv", "tsv", "xlsx")


def read(
    path: PathLike, *, format: FormatName | None = None, diagram: str | None = None
) -> SystemMap:
    """Read a map from a file of any known format.

    Parameters
    ----------
    path
        A file whose ending tells its format.
    format
        The name of a format in ``FORMATS``, if the ending does not tell.
    diagram
        Which map to read, where a table or workbook holds several.

    Returns
    -------
    SystemMap
        After one ``LossWarning`` if something was dropped, changed or guessed;
        :func:`loopmap.reading` gives those findings one by one.

    Raises
    ------
    MapSyntaxError
        With all problems of the file at once, if it cannot be read as a map.
    UnknownFormatError
        If neither the ending nor ``format`` tells the format, or loopmap only writes it.
    MissingExtraError
        If it is a workbook (``.xlsx``), and openpyxl is not installed.
    OSError
        If the file cannot be opened.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "hub.loop"
    >>> lm.write(lm.SystemMap(links=[("Backlog", "Stress", "+")]), file)
    >>> lm.read(file)
    <SystemMap: 2 variables, 1 link>
    """
    return reading(path, format=format, diagram=diagram).warned(stacklevel=2)


def write(
    m: SystemMap,
    path: PathLike,
    *,
    format: FormatName | None = None,
    overwrite: bool | None = None,
    **options: Any,
) -> None:
    """Write a map to a file, and warn of what the format does not keep.

    The file is replaced whole: whoever reads it sees the old map or the new one, and what was
    there stays until the new one is on the disk.

    Parameters
    ----------
    m
        The map.
    path
        Where to; the ending tells the format.
    format
        The name of a format in ``FORMATS``, if the ending does not tell.
    overwrite
        Whether to replace a file that is there. ``None`` replaces it unless somebody changed it
        after this session read or wrote it; ``False`` never, ``True`` always.
    **options
        What the format takes beside the map: ``positions=False`` makes ``.loop`` leave out where
        names stand and lines run.

    Warns
    -----
    LossWarning
        Naming what the format will not keep, and how many of it.

    Raises
    ------
    UnknownFormatError
        If neither the ending nor ``format`` tells the format, or loopmap only reads it.
    InvalidOptionError
        If the format does not take such an option.
    FileError
        If the file cannot be written or is not to be overwritten; it is then as it was.
    MissingExtraError
        If it is a workbook (``.xlsx``), and openpyxl is not installed.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "hub.loop"
    >>> lm.write(lm.SystemMap(links=[("Backlog", "Stress", "+")], title="The hub"), file)
    >>> print(file.read_text())
    title: The hub
    <BLANKLINE>
    Backlog -> Stress : +
    <BLANKLINE>
    """
    need_map(m)
    name = os.fspath(path)
    found = format_of(name, format, or_pass="format=")
    data, lost = dumped(m, found, **options)
    if overwrite is None and changed_since(path):
        raise FileError(
            f"somebody changed the file {name!r} after it was read or written here, and it "
            "was kept; read it again, choose another name, or overwrite=True"
        )
    if lost:
        warnings.warn(f"{name} will not keep {lost}", LossWarning, stacklevel=2)
    write_bytes(path, data, overwrite=overwrite is not False)
    remember(path, data)


def dumped(m: SystemMap, format: Format, **options: Any) -> tuple[bytes, str]:
    """Give the bytes of a file that holds the map, and in words what they do not keep."""
    if format.dump is None:
        raise UnknownFormatError(
            f"loopmap reads {format.name!r} but does not write it; "
            f"it writes {', '.join(name for name, row in FORMATS.items() if row.dump)}"
        )
    keeps = format.keeps
    known = dict(format.options)
    for option, value in options.items():
        if option not in known:
            raise InvalidOptionError(
                f"the format {format.name!r} takes no option {option!r}"
                + (did_you_mean(option, known) or f"; it takes {', '.join(known) or 'none'}")
            )
        if not value:
            keeps -= known[option]
    lost = losses(m, keeps)
    sentence = f"{', '.join(lost[:-1])} and {lost[-1]}" if len(lost) > 1 else "".join(lost)
    return format.dump(m, **options), sentence
