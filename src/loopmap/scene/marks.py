"""The three marks every picture is made of, and the scene that holds them.

Units are map units (1 unit = 1 CSS pixel at scale 1), y runs down. Colours are ``"#rrggbb"``;
an empty string means none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

__all__ = ["Area", "Group", "Mark", "Path", "Point", "Scene", "Text", "walk"]

Point = tuple[float, float]
#: left, top, right, bottom
Area = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Path:
    """A line or a shape.

    ``codes`` says what the ``points`` are: ``M`` move to one point, ``L`` a line to one point,
    ``C`` a cubic Bézier curve by three points, ``Z`` close (no point).
    """

    codes: str
    points: tuple[Point, ...]
    stroke: str = ""
    width: float = 0.0
    dash: tuple[float, ...] = ()
    round_ends: bool = True
    fill: str = ""
    opacity: float = 1.0  # of the fill


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text on a baseline.

    ``width`` is how wide it must come out whatever font shows it; ``anchor`` says whether ``x``
    is its ``"start"``, ``"middle"`` or ``"end"``, from left to right in every script.
    """

    x: float
    y: float
    text: str
    size: float
    width: float
    colour: str
    bold: bool = False
    italic: bool = False
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Group:
    """Marks that are one thing: what it is, what it says, and what it is about.

    ``role`` is ``"link"``, ``"variable"``, ``"loop"``, ``"legend"`` …; ``label`` the sentence a
    screen reader says (empty for mere grouping); ``key`` what its id is made from; ``data``
    names and values that a page's script can find it by.
    """

    role: str
    label: str
    marks: tuple[Mark, ...]
    key: str = ""
    data: tuple[tuple[str, str], ...] = ()


Mark = Path | Text | Group


@dataclass(frozen=True, slots=True)
class Scene:
    """Marks in painting order, the box they fill (margin included), and what they show.

    ``page`` is the size of the paper in millimetres, or ``None`` where there is none;
    ``em`` the size of the variables' names in map units, ``places`` the layout as text, for files
    to carry.
    """

    marks: tuple[Mark, ...]
    box: Area
    title: str
    description: str
    paper: str
    em: float
    page: tuple[float, float] | None = field(default=None)
    places: str = ""

    @property
    def width(self) -> float:
        """Width of the box in map units."""
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        """Height of the box in map units."""
        return self.box[3] - self.box[1]


def walk(marks: tuple[Mark, ...]) -> Iterator[Mark]:
    """Every mark in painting order, groups before what is in them."""
    for mark in marks:
        yield mark
        if isinstance(mark, Group):
            yield from walk(mark.marks)
