"""From a map to where everything goes on the picture."""

from loopmap.layout.places import Badge, Bars, Box, Layout, Point, Route

__all__ = ["Badge", "Bars", "Box", "Layout", "Point", "Route"]
