"""The 39 numbered places and 27 teams as rows, with what the report does and does not say."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from loopmap.example_maps.places import EXAMPLE_PLACES, WHY_NO_EXAMPLE

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["NOT_STATED", "PROGRAMMES", "Row", "places", "rows"]

NOT_STATED = "not stated"
#: What a place can be part of, as far as a sentence of the report says so.
PROGRAMMES = (
    "Local Vision",
    "Leadership for Change",
    "Local Vision and Leadership for Change",
    NOT_STATED,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; the fields are the columns that :func:`places` describes."""

    kind: str
    number: int | None
    name: str
    aim: str
    programme: str
    local_vision: str
    leadership_for_change: str
    pioneer: str
    quote: str
    told: str
    lon: float | None
    lat: float | None
    centre: str
    example: str
    why_no_example: str


def places() -> pd.DataFrame:
    """Return the 39 numbered places of the report's Appendix A and its 27 teams.

    Returns
    -------
    pandas.DataFrame
        One row per place, in the order of their numbers, then one per team:

        ``kind`` (``"place"`` or ``"team"``), ``number`` (Int64: 1 to 39; for a team that of the
        place it matches, if any), ``name`` and ``aim`` as printed, ``programme`` (what a sentence
        of the report says it was part of, or ``"not stated"``), ``local_vision``,
        ``leadership_for_change`` and ``pioneer`` (the same, one by one), ``quote`` (the words
        that name it as Local Vision), ``told`` (how much the report tells of it), ``lon`` and
        ``lat`` (float64: degrees east and north, to about 0.05; NaN for national bodies),
        ``centre`` (which settlement, or the midpoint of what), ``example`` (its example map, or
        empty) and ``why_no_example``.

        Positions are public geography, not the report's: its map is a picture without
        coordinates.

    References
    ----------
    *The Revolution will be Improvised Part II* (Leadership Centre, November 2015): "the report".

    Examples
    --------
    >>> table = lm.places()
    >>> table.kind.value_counts().to_dict()
    {'place': 39, 'team': 27}
    >>> table.set_index("name").loc["Plymouth", ["programme", "example"]].tolist()
    ['Local Vision', 'plymouth']
    """
    import pandas as pd

    table = pd.DataFrame(
        [{field: getattr(row, field) for field in Row.__slots__} for row in rows()]
    )
    return table.astype({"number": "Int64", "lon": float, "lat": float})


@cache
def rows() -> tuple[Row, ...]:
    """The rows, without pandas."""
    text = (files("loopmap.gazetteer") / "places.csv").read_text(encoding="utf-8")
    return tuple(_row(line) for line in csv.DictReader(text.splitlines()))


def _row(line: dict[str, str]) -> Row:
    is_place = line["kind"] == "place"
    name, quote, team = line["name"], line["local_vision_quote"], line["team"]
    example = next((key for key, of in EXAMPLE_PLACES.items() if name in of), "")
    if not is_place:
        listed = "in the participant list"
    else:
        listed = f"in the participant list as {team!r}" if team else "not in the participant list"
    return Row(
        kind=line["kind"],
        number=int(line["number"]) if line["number"] else None,
        name=name,
        aim=line["aim"],
        programme=_programme(bool(quote), bool(team)),
        local_vision="named as Local Vision" if quote else NOT_STATED,
        leadership_for_change=listed,
        pioneer=NOT_STATED,
        quote=quote,
        told=line["told"],
        lon=float(line["longitude"]) if line["longitude"] else None,
        lat=float(line["latitude"]) if line["latitude"] else None,
        centre=line["centre"],
        example=example,
        why_no_example="" if example else _why(name, is_place, bool(line["number"])),
    )


def _programme(local_vision: bool, leadership: bool) -> str:
    if local_vision and leadership:
        return PROGRAMMES[2]
    return PROGRAMMES[0] if local_vision else PROGRAMMES[1] if leadership else NOT_STATED


def _why(name: str, is_place: bool, numbered: bool) -> str:
    if name in WHY_NO_EXAMPLE:
        return WHY_NO_EXAMPLE[name]
    if is_place:
        return "the report gives only its aim"
    return "see the place of the same number" if numbered else "the report gives only its name"
