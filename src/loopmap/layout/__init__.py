"""From a map to where everything goes on the picture."""

from loopmap.layout.annotating.more_badges import with_badges
from loopmap.layout.api import EFFORTS, ENGINES, FONT_SIZE, lay_out
from loopmap.layout.exchange import layout_from_text, layout_text
from loopmap.layout.model import Badge, Bars, Box, Layout, Point, Route

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
    "layout_from_text",
    "layout_text",
    "with_badges",
]
