"""Write where names stand and lines run into the file of a map, and leave the rest as it is."""

from __future__ import annotations

import os

from loopmap.errors import UnknownFormatError
from loopmap.formats import write
from loopmap.formats.files import PathLike, read_bytes, remember, write_bytes
from loopmap.formats.registry import format_of
from loopmap.model import SystemMap
from loopmap.notation.place_block import without_block
from loopmap.notation.writing import places_block

__all__ = ["keep_places"]


def keep_places(path: PathLike, m: SystemMap) -> None:
    """Put the places of a map into the file it was read from.

    A ``.loop`` file keeps its text, comments and order; only its block ``places:``, at its end, is
    written anew. A format that keeps places is written whole.

    Raises
    ------
    UnknownFormatError
        If the format of the file keeps no places.
    FileError
        If the file cannot be read or written; it is then as it was.
    """
    name = os.fspath(path)
    found = format_of(name)
    if found.name != "loop":
        if found.dump is None or "positions" not in found.keeps:
            raise UnknownFormatError(
                f"{name!r} keeps no places; write the map as .loop first: "
                f"loopmap convert {name} {os.path.splitext(name)[0]}.loop"
            )
        write(m, path, overwrite=True)
        return
    old = read_bytes(path)
    text = old.decode("utf-8-sig")
    ends = "\r\n" if "\r\n" in text else "\n"
    rest = without_block(text.replace("\r\n", "\n"))
    block = "\n".join(places_block(m))
    new = (f"{rest}\n{block}\n" if block else rest).replace("\n", ends)
    mark = b"\xef\xbb\xbf" if old.startswith(b"\xef\xbb\xbf") else b""
    data = mark + new.encode()
    write_bytes(path, data)
    remember(path, data)
