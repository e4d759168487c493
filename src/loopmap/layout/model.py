"""Where everything goes: the nouns of a layout, and nothing about how it was found.

Units everywhere: map units, 1 unit = 1 CSS pixel at scale 1, x to the right and **y down**.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from loopmap.model import LinkKey

__all__ = ["Badge", "Bars", "Box", "Layout", "Point", "Route"]

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """The room one element takes: its centre, its size and the lines its name is wrapped into."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """The two strokes ``//`` of a delay: their middle, and the link's direction there (radians)."""

    x: float
    y: float
    angle: float


@dataclass(frozen=True, slots=True)
class Route:
    """The way one link takes.

    ``points`` are the control points of cubic Bézier curves in a row: 1 + 3k points, from where
    the line leaves the source's box to the tip of the arrowhead. ``sign`` is the centre of the
    sign's mark, ``bars`` the delay strokes (``None`` when the link is not delayed).
    """

    key: LinkKey
    points: tuple[Point, ...]
    sign: Point
    bars: Bars | None = None


@dataclass(frozen=True, slots=True)
class Badge:
    """The place of a loop's badge; ``clockwise`` is the way the loop runs on the picture."""

    loop: str  # the loop's stable id
    x: float
    y: float
    radius: float
    clockwise: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """Centres, boxes, routes, sign and badge places of one map.

    All lengths are map units: 1 unit is 1 CSS pixel at scale 1, x to the right and y down.

    Parameters
    ----------
    boxes
        Name -> the centre, size and lines of its box.
    routes
        One for each link that is drawn: its Bézier curves, and where its sign and delay stand.
    badges
        Where the badges of loops stand, and which way each loop runs.
    bounds
        ``(left, top, right, bottom)`` of everything placed, without margin.
    font_size
        What the boxes were measured for: the size of variables' names.
    engine, seed
        How it was made.
    """

    boxes: Mapping[str, Box]
    routes: tuple[Route, ...]
    badges: tuple[Badge, ...]
    bounds: tuple[float, float, float, float]
    font_size: float
    engine: str
    seed: int

    def moved(self, other: Layout, *, at_least: float = 0.001) -> dict[str, float]:
        """How far names stand from where they stand in another layout.

        Parameters
        ----------
        other
            The layout to compare with; each is measured by the size of its own type.
        at_least
            What moved less is left out.

        Returns
        -------
        dict
            Name -> how far it moved, as a share of the other layout's width; the furthest first.
            Names that only one of them has are left out.

        Examples
        --------
        >>> m = lm.SystemMap(links=[("A", "B", "+"), ("B", "C", "+"), ("C", "A", "+")])
        >>> drawing = lm.draw(m)
        >>> again = lm.draw(m.add(lm.Link("A", "C", "-")), near=drawing)
        >>> again.layout.moved(drawing.layout)
        {}
        """
        mine, theirs = 1 / self.font_size, 1 / other.font_size
        width = max((other.bounds[2] - other.bounds[0]) * theirs, 1e-9)
        found = {}
        for name, box in self.boxes.items():
            if (was := other.boxes.get(name)) is not None:
                apart = math.hypot(box.x * mine - was.x * theirs, box.y * mine - was.y * theirs)
                if apart / width >= at_least:
                    found[name] = apart / width
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
