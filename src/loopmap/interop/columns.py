"""Which column of a table holds what, by the names people give them and by what is in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from loopmap.errors import UnknownNameError, did_you_mean, listed
from loopmap.interop.cells import read_number, read_sign
from loopmap.interop.sign_columns import holds_signs, looks_like_signs
from loopmap.model import LINK_KINDS

__all__ = ["COLUMNS", "find_columns", "is_guessed", "plain_name"]

#: What a column can hold -> the names it has in the wild, best first; capitals, blanks, what
#: stands in brackets and punctuation do not matter. The first name of each is the one loopmap
#: writes. Causes and effects are named in pairs, in the same order.
COLUMNS: dict[str, tuple[str, ...]] = {
    "source": (
        "source", "from", "cause", "node from", "source node", "source name", "from name",
        "match id 1", "source id", "from id", "fromVariableId", "influencer", "origin",
        "causes", "driver", "from variable", "source variable", "from node", "from element",
        "cause variable", "start", "tail", "antecedent", "independent variable",
    ),
    "target": (
        "target", "to", "effect", "node to", "target node", "target name", "to name",
        "match id 2", "target id", "to id", "toVariableId", "influenced", "destination",
        "effects", "outcome", "to variable", "target variable", "to node", "to element",
        "effect variable", "end", "head", "consequent", "dependent variable",
        "effect on", "impact on", "leads to", "affects", "influences", "consequence", "result",
    ),
    "sign": (
        "sign", "polarity", "+/-", "effect sign", "sign of effect", "link sign",
        "connection type", "link polarity", "positive or negative", "same or opposite",
        "influence", "link influence", "effect", "effect on", "type of effect", "effect type",
        "type", "link type", "relationship", "relationship type", "relation", "direction",
        "impact", "impact on", "change", "correlation", "connection", "link", "label",
        "value", "weight", "strength",
    ),
    "kind": ("kind", "link kind", "type"),
    "source kind": ("source kind", "from kind", "source type", "from type"),
    "target kind": ("target kind", "to kind", "target type", "to type"),
    "route": ("route", "via"),
    "perspective": (
        "perspective", "participant", "participant number", "participant id", "respondent",
        "interviewee", "stakeholder", "agency", "person", "who", "by", "claimed by",
        "user id", "user", "username", "respondent id", "speaker", "team", "who said it",
        "who says so", "who says", "said by", "told by", "raised by", "reported by", "claimant",
        "contributor", "informant", "expert", "organisation", "organization", "service",
        "department", "group", "sector", "role", "interview", "table", "voice",
    ),
    "delayed": ("delayed", "delay", "lag", "delay mark", "time delay", "delays"),
    "strength": ("strength", "weight", "magnitude", "intensity"),
    "evidence": ("evidence", "support", "confidence"),
    "basis": ("basis", "holder basis"),
    "quote": (
        "quote", "quotation", "words", "their words", "in their words", "own words", "verbatim",
        "exact words", "what they said", "quotes",
    ),
    "reference": ("reference", "citation", "document", "statement id", "source"),
    "note": (
        "note", "notes", "comment", "comments", "description", "label", "reasoning", "remark",
        "remarks",
    ),
}  # fmt: skip

#: What is asked for where a table holds several maps; loopmap does not write it.
_DIAGRAM = ("diagram", "diagram name", "diagram id", "map", "map name", "map id", "cld",
            "cld name", "model", "model name")  # fmt: skip

#: A sign column may be called anything after these only if there are signs in it.
_SURE_SIGNS = COLUMNS["sign"][: COLUMNS["sign"].index("influence")]
#: These end a cause in one table and are its sign in another: what is in them decides.
_EITHER = frozenset(COLUMNS["sign"]) & frozenset(COLUMNS["target"])

#: Words in a longer name that tell what a column holds: "Agency (lead)", "Respondent no.".
_WORDS: dict[str, tuple[str, ...]] = {
    "source": ("cause", "causes", "driver", "influencer"),
    "target": ("effect", "effects", "outcome", "consequence", "affected"),
    "perspective": ("who", "agency", "respondent", "participant", "speaker", "team", "interviewee",
                    "stakeholder", "organisation", "organization", "user"),
    "quote": ("quote", "quotation", "verbatim"),
    "delayed": ("delay", "delayed", "lag"),
}  # fmt: skip
_LONGEST_NAME = 60

Cells = Callable[[int], Mapping[str, int]]

_BRACKETS = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]")
_PUNCTUATION = re.compile(r"[\W_]+")
_PLUS_MINUS = re.compile(
    r"^(?=.*[+＋➕])(?=.*[-−–—－➖])(?:[-+＋➕−–—－➖±/,;|&?\s]|or|and)+$", re.IGNORECASE
)


def plain_name(name: str) -> str:
    """Give the name of a column without what does not matter; ``+/-`` for what says so."""
    return name if len(name) > _LONGEST_NAME else _plain(name)


@lru_cache(maxsize=1_000)
def _plain(name: str) -> str:
    inside = [part[1:-1] for part in _BRACKETS.findall(name)]
    if any(map(_PLUS_MINUS.match, [name, *inside])):
        return "+/-"
    outside = _PUNCTUATION.sub("", _BRACKETS.sub("", name)).casefold()
    return outside or _PUNCTUATION.sub("", name).casefold()


_PLAIN = {
    role: tuple(map(plain_name, names)) for role, names in {**COLUMNS, "diagram": _DIAGRAM}.items()
}
_ANY_PLAIN = frozenset(name for names in _PLAIN.values() for name in names)


def is_guessed(role: str, name: str) -> bool:
    """Whether a column holds this by what is in it, or by a word in its name, only."""
    return plain_name(name) not in _PLAIN[role]


def find_columns(
    names: Sequence[str],
    *,
    given: Mapping[str, str | None] | None = None,
    only: Iterable[str] | None = None,
    cells: Cells = lambda _: {},
    loose: bool = True,
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
        Gives the cells of a column, counted, to tell what a name such as ``type`` means here.
    loose
        Whether a word in a longer name counts too.

    Returns
    -------
    dict
        What a column holds (a key of :data:`COLUMNS`, or ``diagram``) -> its place; the first of
        several columns with one name counts.

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
            places.setdefault(plain_name(name), place)
    free = [place for place, name in enumerate(names) if name in allowed]
    search = _Search(names, places, free, cells, found)
    search.ends()
    search.sign()
    for role in COLUMNS:
        search.by_name(role)
    search.by_name("diagram")
    if loose:
        search.by_word()
        search.by_content()
    return {role: found[role] for role in (*COLUMNS, "diagram") if role in found}


class _Search:
    """The columns that are found already, and the ways to find the others."""

    def __init__(
        self,
        names: Sequence[str],
        places: Mapping[str, int],
        free: Sequence[int],
        cells: Cells,
        found: dict[str, int],
    ) -> None:
        self.names, self.places, self.free, self.cells, self.found = (
            names, places, free, cells, found,
        )  # fmt: skip

    def taken(self, at: int) -> bool:
        return at in self.found.values()

    def _ends(self, role: str) -> dict[str, int]:
        """The columns a cause or effect may stand in, by their plain names."""
        either = set(map(plain_name, _EITHER))
        return {
            name: self.places[name]
            for name in _PLAIN[role]
            if name in self.places
            and not self.taken(self.places[name])
            and not (name in either and looks_like_signs(self.cells(self.places[name])))
        }

    def ends(self) -> None:
        """Causes and effects, named as a pair where there is one."""
        if "source" in self.found and "target" in self.found:
            return
        starts, ends = self._ends("source"), self._ends("target")
        pairs = [*zip(_PLAIN["source"], _PLAIN["target"], strict=False)]
        pairs.sort(key=lambda pair: pair != ("cause", "effect"))  # "source" may be a reference
        if "source" not in self.found and "target" not in self.found:
            for start, end in pairs:
                if start in starts and end in ends:
                    self.found.update(source=starts[start], target=ends[end])
                    return
        for role, there in (("source", starts), ("target", ends)):
            if role not in self.found and there:
                best = [at for at in there.values() if not self.taken(at)]
                if best:
                    self.found[role] = best[0]

    def sign(self) -> None:
        """The sign: a sure name with signs below it, any name of a sign with them, a sure name."""
        if "sign" in self.found:
            return
        there = [
            (name, self.places[name])
            for name in _PLAIN["sign"]
            if name in self.places and not self.taken(self.places[name])
        ]
        sure = set(map(plain_name, _SURE_SIGNS))
        for name, at in there:
            # A label is a remark, unless nearly all of them are signs.
            are_signs = looks_like_signs if name in _PLAIN["note"] else holds_signs
            if are_signs(self.cells(at)):
                self.found["sign"] = at
                return
        for name, at in there:
            cells = self.cells(at)
            if name in sure and not (_are_magnitudes(cells) and "strength" not in self.places):
                self.found["sign"] = at
                return

    def by_name(self, role: str) -> None:
        if role in self.found or role in ("source", "target", "sign"):
            return
        for name in _PLAIN[role]:
            at = self.places.get(name)
            if at is None or (self.taken(at) and not self._shares(role, at)):
                continue
            if self._fits(role, name, at):
                self.found[role] = at
                return
        if role == "strength":
            self._strength_of_signs()

    def _shares(self, role: str, at: int) -> bool:
        return role == "strength" and self.found.get("sign") == at

    def _fits(self, role: str, name: str, at: int) -> bool:
        cells = self.cells(at)
        if role == "strength":
            return not cells or any(read_number(cell) is not None for cell in cells)
        if (role, name) == ("kind", "type"):
            return all(cell.casefold() in LINK_KINDS for cell in cells)
        return True

    def _strength_of_signs(self) -> None:
        """Numbers say how strong, too, and a column of them without a minus only that."""
        at = self.found.get("sign")
        if at is not None:
            if any(abs(number) not in (0, 1) for number in _numbers(self.cells(at))):
                self.found["strength"] = at
            return
        for name in _PLAIN["sign"]:
            at = self.places.get(name)
            if at is not None and not self.taken(at) and _are_magnitudes(self.cells(at)):
                self.found["strength"] = at
                return

    def by_word(self) -> None:
        for role, words in _WORDS.items():
            if role in self.found:
                continue
            for at in self.free:
                name = self.names[at]
                if self.taken(at) or len(name) > _LONGEST_NAME or plain_name(name) in _ANY_PLAIN:
                    continue
                if not set(words).isdisjoint(re.split(r"[\W_]+", name.casefold())):
                    if role in ("source", "target") and looks_like_signs(self.cells(at)):
                        continue
                    self.found[role] = at
                    break

    def by_content(self) -> None:
        """A column of nothing but signs is the sign, if it is the only one."""
        if "sign" in self.found or "source" not in self.found or "target" not in self.found:
            return
        like = [at for at in self.free if not self.taken(at) and looks_like_signs(self.cells(at))]
        if len(like) == 1 and any(read_sign(cell) for cell in self.cells(like[0])):
            self.found["sign"] = like[0]


def _numbers(cells: Mapping[str, int]) -> Iterator[float]:
    return (number for number in map(read_number, cells) if number is not None)


def _are_magnitudes(cells: Mapping[str, int]) -> bool:
    """Whether a column holds sizes only: numbers, no minus, no written plus, not just 0 and 1."""
    numbers = Counter(_numbers(cells))
    return (
        bool(numbers)
        and all(number >= 0 for number in numbers)
        and not any(cell.startswith("+") for cell in cells)
        and any(number not in (0, 1) for number in numbers)
    )
