"""Which column of a table holds what, by the names people give them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from loopmap.errors import UnknownNameError, did_you_mean, listed
from loopmap.interop.cells import read_number, read_sign
from loopmap.model import LINK_KINDS

__all__ = ["COLUMNS", "find_columns"]

#: What a column can hold -> the names it has in the wild, best first; capitals, blanks and
#: punctuation do not matter. The first name of each is the one loopmap writes.
COLUMNS: dict[str, tuple[str, ...]] = {
    "source": (
        "source", "from", "cause", "node from", "source node", "source name", "from name",
        "match id 1", "source id", "from id", "fromVariableId", "influencer", "origin",
    ),
    "target": (
        "target", "to", "effect", "node to", "target node", "target name", "to name",
        "match id 2", "target id", "to id", "toVariableId", "influenced", "destination",
    ),
    "sign": (
        "sign", "polarity", "connection type", "influence", "link influence", "effect sign",
        "type", "relationship", "relation", "weight", "strength",
    ),
    "kind": ("kind", "link kind", "type"),
    "source kind": ("source kind", "from kind", "source type", "from type"),
    "target kind": ("target kind", "to kind", "target type", "to type"),
    "route": ("route", "via"),
    "perspective": (
        "perspective", "participant", "participant number", "participant id", "respondent",
        "interviewee", "stakeholder", "agency", "person", "who", "by", "claimed by",
    ),
    "delayed": ("delayed", "delay", "lag", "delay mark", "time delay"),
    "strength": ("strength", "weight"),
    "evidence": ("evidence", "support", "confidence"),
    "basis": ("basis", "holder basis"),
    "quote": ("quote", "quotation", "words"),
    "reference": ("reference", "citation", "document", "statement id"),
    "note": ("note", "notes", "comment", "comments", "description", "label", "reasoning"),
}  # fmt: skip

#: A column with one of these names holds it only if its cells fit.
_FITTING: dict[tuple[str, str], Callable[[str], bool]] = {
    ("sign", "type"): lambda cell: read_sign(cell) is not None,
    ("sign", "relationship"): lambda cell: read_sign(cell) is not None,
    ("sign", "relation"): lambda cell: read_sign(cell) is not None,
    ("sign", "weight"): lambda cell: read_sign(cell) is not None,
    ("sign", "strength"): lambda cell: read_sign(cell) is not None,
    ("strength", "weight"): lambda cell: read_number(cell) is not None,
    ("strength", "strength"): lambda cell: read_number(cell) is not None,
    ("kind", "type"): lambda cell: cell in LINK_KINDS,
}

_PUNCTUATION = re.compile(r"[\W_]+")


def _plain(name: str) -> str:
    return _PUNCTUATION.sub("", name).casefold()


def find_columns(
    names: Sequence[str],
    *,
    given: Mapping[str, str | None] | None = None,
    only: Iterable[str] | None = None,
    cells: Callable[[int], Iterable[str]] = lambda _: (),
) -> dict[str, int]:
    """Find which column holds what.

    Parameters
    ----------
    names
        The names of the columns.
    given
        What a column holds -> its name, where the caller says so.
    only
        Names of the columns that may be looked at beside the given ones; ``None`` is all.
    cells
        Gives some cells of a column, to tell what a name such as ``type`` means here.

    Returns
    -------
    dict
        What a column holds (a key of :data:`COLUMNS`) -> its place; the first of several columns
        with one name counts.

    Raises
    ------
    UnknownNameError
        If a given column is not there.
    """
    found: dict[str, int] = {}
    for role, name in (given or {}).items():
        if name is None:
            continue
        if name not in names:
            raise UnknownNameError(
                f"the table has no column {name!r}"
                + (did_you_mean(name, names) or f"; its columns are {listed(names, at_most=20)}")
            )
        found[role] = names.index(name)
    allowed = set(names if only is None else only)
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        if name in allowed:
            places.setdefault(_plain(name), place)
    for role, spellings in COLUMNS.items():
        if role in found:
            continue
        for spelling in spellings:
            at = places.get(_plain(spelling))
            if at is None or (at in found.values() and not _shares(role, spelling)):
                continue
            fits = _FITTING.get((role, spelling))
            if fits is None or all(fits(cell) for cell in cells(at)):
                found[role] = at
                break
    return found


def _shares(role: str, spelling: str) -> bool:
    """Whether a column may hold this beside something else: a weight has a sign and a size."""
    return role == "strength" and spelling in ("strength", "weight")
