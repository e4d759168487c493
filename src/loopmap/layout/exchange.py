"""A layout as text, as our SVG files carry it, and back."""

from __future__ import annotations

import json
from typing import Any

from loopmap.errors import FileError, shown
from loopmap.layout.model import Badge, Bars, Box, Layout, Route
from loopmap.model import LINK_KINDS, LinkKey

__all__ = ["layout_from_text", "layout_text"]

_VERSION = 1
_LARGEST = 1e7


def layout_text(layout: Layout) -> str:
    """A layout as one line of JSON; not how it was found: what looks the same is the same."""
    boxes = {n: [b.x, b.y, b.width, b.height, list(b.lines)] for n, b in layout.boxes.items()}
    routes = [
        [list(q.key), q.points, q.sign, q.bars and [q.bars.x, q.bars.y, q.bars.angle]]
        for q in layout.routes
    ]
    badges = [[b.loop, b.x, b.y, b.radius, b.clockwise] for b in layout.badges]
    whole = {
        "loopmap-layout": _VERSION,
        "font_size": layout.font_size,
        "bounds": layout.bounds,
        "boxes": boxes,
        "routes": routes,
        "badges": badges,
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def layout_from_text(text: str, source: str) -> Layout:
    """The layout that a file holds; what a stranger wrote there is looked at closely.

    Raises
    ------
    FileError
        If it is none, or none of this version.
    """
    try:
        found = json.loads(text)
        if found["loopmap-layout"] != _VERSION:
            raise ValueError(f"version {found['loopmap-layout']!r}")
        font_size = _number(found["font_size"])
        if font_size <= 0:
            raise ValueError("a size of type that is not above 0")
        return Layout(
            {_text(name): _box(box) for name, box in found["boxes"].items()},
            tuple(map(_route, found["routes"])),
            tuple(map(_badge, found["badges"])),
            _four(found["bounds"]),
            font_size,
            "given",
            0,
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
        raise FileError(
            f"the places in {source!r} cannot be read ({problem!r}); save the picture again with "
            "this version of loopmap"
        ) from None


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{shown(value)} is no number")
    if not abs(value) <= _LARGEST:  # nor what is no number
        raise ValueError(f"{shown(value)} is no place")
    return float(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{shown(value)} is no text")
    return value


def _point(value: Any) -> tuple[float, float]:
    x, y = map(_number, value)
    return x, y


def _four(value: Any) -> tuple[float, float, float, float]:
    left, top, right, bottom = map(_number, value)
    return left, top, right, bottom


def _box(value: Any) -> Box:
    *sizes, lines = value
    return Box(*_four(sizes), tuple(map(_text, lines)))


def _route(value: Any) -> Route:
    (source, target, kind, route), points, sign, bars = value
    if kind not in LINK_KINDS:
        raise ValueError(f"{shown(kind)} is no kind of link")
    key = LinkKey(_text(source), _text(target), kind, _text(route))
    chain = tuple(map(_point, points))
    if len(chain) < 4 or len(chain) % 3 != 1:
        raise ValueError("a line that is no chain of curves")
    return Route(key, chain, _point(sign), None if bars is None else _bars(bars))


def _bars(value: Any) -> Bars:
    x, y, angle = map(_number, value)
    return Bars(x, y, angle)


def _badge(value: Any) -> Badge:
    loop, x, y, radius, clockwise = value
    return Badge(_text(loop), _number(x), _number(y), _number(radius), bool(clockwise))
