"""Paper: its sizes, and whether the type on it can be read."""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass

from loopmap.options import PaperName, choose
from loopmap.scene.marks import Scene

__all__ = ["PAPERS", "Paper", "paper_of", "type_size", "warn_if_small"]


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet, upright, in millimetres, and the least type that can be read on it.

    ``least`` is in points. Public signage takes 7 pt for each metre of distance as just
    readable; A4 and A3 are held in the hand, A2 and larger hang on a wall and are read from
    1.3 metres.
    """

    name: PaperName
    width: float
    height: float
    least: float

    def size(self, landscape: bool) -> tuple[float, float]:
        """Width and height as it is turned."""
        return (self.height, self.width) if landscape else (self.width, self.height)


_SIZES: dict[PaperName, tuple[float, float, float]] = {
    "A4": (210, 297, 6.0),
    "A3": (297, 420, 6.0),
    "A2": (420, 594, 9.0),
    "A1": (594, 841, 9.0),
    "A0": (841, 1189, 9.0),
}
#: ISO 216
PAPERS: dict[PaperName, Paper] = {name: Paper(name, *sizes) for name, sizes in _SIZES.items()}


def paper_of(name: PaperName) -> Paper:
    """The sheet of this name.

    Raises
    ------
    InvalidOptionError
        If it is none from A4 to A0.
    """
    return PAPERS[choose(str(name).upper(), PAPERS, "paper")]


def type_size(scene: Scene) -> float:
    """The size of the variables' names on the scene's paper, in points."""
    if scene.page is None:
        return scene.em * 0.75
    return scene.em * scene.page[0] / scene.width * 72 / 25.4


def warn_if_small(scene: Scene, paper: Paper, *, stacklevel: int = 3) -> None:
    """Warn when names on this paper are too small to read, and say what to do about it."""
    size = type_size(scene)
    if size >= paper.least:
        return
    larger = [
        f"{other.name} ({math.floor(size * other.width / paper.width)} pt)"
        for other in PAPERS.values()
        if other.width > paper.width and size * other.width / paper.width >= other.least
    ]
    remedy = (
        f"paper={larger[0].split()[0]!r} would do: {larger[0]}"
        if larger
        else (
            "draw a part of it with m.focus(name, steps=2), or one perspective or loop to a sheet"
        )
    )
    warnings.warn(
        f"names come out at {math.floor(size * 10) / 10} pt on {paper.name}, "
        f"and {paper.least:g} pt is the least that can be read there; {remedy}",
        UserWarning,
        stacklevel=stacklevel,
    )
