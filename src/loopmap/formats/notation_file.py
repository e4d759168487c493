"""``.loop``: the text notation, written by people."""

from __future__ import annotations

from loopmap.errors import InvalidMapError
from loopmap.formats.decoding import decoded
from loopmap.formats.format import EVERYTHING, Format
from loopmap.model import Reading, SystemMap
from loopmap.notation import read_text, write_text
from loopmap.notation.pasted import MOST_LINES

__all__ = ["FORMAT"]


def _load(data: bytes, source: str) -> Reading:
    text, problems = decoded(data, source)
    reading = read_text(text, source)
    return Reading(reading.map, problems + reading.problems)


def _dump(m: SystemMap, *, positions: bool = True) -> bytes:
    text = write_text(m, positions=positions)
    if (
        len(text) > MOST_LINES
        and (lines := len(text.split("\n")) - text.count("\n\n")) > MOST_LINES
    ):
        raise InvalidMapError(
            f"this map makes {lines:,} lines of the notation, more than the {MOST_LINES:,} that it "
            "reads back; write it as .loop.json"
        )
    return text.encode()


FORMAT = Format(
    name="loop",
    suffixes=(".loop", ".loop.txt", ".txt"),
    load=_load,
    dump=_dump,
    keeps=EVERYTHING,
    about="The text notation: one statement a line, for people to write and read.",
    options=(("positions", frozenset({"positions", "curves"})),),
)
