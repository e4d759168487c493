"""From a map to where everything goes on the picture."""

from loopmap.layout.more_badges import with_badges
from loopmap.layout.places import Badge, Bars, Box, Layout, Point, Route
from loopmap.layout.verb import EFFORTS, ENGINES, FONT_SIZE, lay_out

__all__ = [
    "EFFORTS",
    "ENGINES",
    "FONT_SIZE",
    "Badge",
    "Bars",
    "Box",
    "Layout",
    "Point",
    "Route",
    "lay_out",
    "with_badges",
]
