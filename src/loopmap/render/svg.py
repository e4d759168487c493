"""A scene as SVG: the master that every other picture is compared with.

A small, safe part of SVG 1.1: ``svg title desc g path text rect metadata``, presentation
attributes only, no scripts, no styles, no markers, no references to anything outside. Every text
and attribute is escaped; ids start with a prefix made from the scene, so that two maps can share
a page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from unicodedata import bidirectional

from loopmap.fonts import has_glyph, is_right_to_left
from loopmap.quoting import markup, markup_attribute, unmarked
from loopmap.scene.marks import Group, Mark, Path, Point, Scene, Text

__all__ = ["FONT_STACK", "PLACES", "places_in", "svg", "svg_bytes"]

#: Fonts of the same widths first; ``textLength`` makes up for what differs.
FONT_STACK = "DejaVu Sans, Verdana, Arial, sans-serif"

#: Group role -> the ARIA role that says it.
_ROLES = {
    "links": "list", "variables": "list", "loops": "list", "regions": "list",
    "stakeholders": "list", "link": "listitem", "variable": "listitem", "loop": "listitem",
    "region": "listitem", "stakeholder": "listitem", "wants": "listitem",
}  # fmt: skip

#: What stands before the layout in a file.
PLACES = '<metadata data-loopmap="layout">'

_ID = "\0"  # stands for the prefix until that is known; no name can hold it


def svg_bytes(scene: Scene) -> bytes:
    """The scene as a file."""
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + svg(scene)).encode()


def svg(scene: Scene, *, prefix: str | None = None) -> str:
    """The scene as the text of one ``<svg>`` element.

    Parameters
    ----------
    scene
        What to draw.
    prefix
        What every id starts with; by default made from the scene.
    """
    left, top, _, _ = scene.box
    width, height = _n(scene.width), _n(scene.height)
    size = (width, height) if scene.page is None else tuple(f"{_n(mm)}mm" for mm in scene.page)
    text = "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]}" height="{size[1]}"'
            f' viewBox="{_n(left)} {_n(top)} {width} {height}" role="group"'
            f' aria-labelledby="{_ID}-title" aria-describedby="{_ID}-desc"'
            f" font-family={markup_attribute(FONT_STACK)}>",
            f'<title id="{_ID}-title">{markup(scene.title)}</title>',
            f'<desc id="{_ID}-desc">{markup(scene.description)}</desc>',
            f'<rect x="{_n(left)}" y="{_n(top)}" width="{width}" height="{height}"'
            f' fill="{scene.paper}"/>',
            *_marks(scene.marks),
            *_places(scene),
            "</svg>\n",
        ]
    )
    if prefix is None:
        prefix = "lm" + hashlib.blake2b(text.encode(), digest_size=4).hexdigest()
    return text.replace(_ID, prefix)


def _places(scene: Scene) -> Iterator[str]:
    """Where everything stands, so that a later picture can stay near this one."""
    if scene.places:
        yield f"{PLACES}{markup(scene.places)}</metadata>"


def places_in(text: str) -> str | None:
    """The layout that an SVG file of ours carries, as text; ``None`` if there is none."""
    start = text.find(PLACES)
    end = text.find("</metadata>", start)
    return unmarked(text[start + len(PLACES) : end]) if -1 < start < end else None


def _marks(marks: tuple[Mark, ...]) -> Iterator[str]:
    for mark in marks:
        if isinstance(mark, Group):
            yield _opening(mark)
            yield from _marks(mark.marks)
            yield "</g>"
        elif isinstance(mark, Text):
            yield _text(mark)
        else:
            yield _path(mark)


def _opening(group: Group) -> str:
    attributes = [f'class="{group.role}"']
    if group.key:
        attributes.append(f'id="{_ID}-{group.key}"')
    if group.label:
        attributes.append(f'role="{_ROLES.get(group.role, "group")}"')
        attributes.append(f"aria-label={markup_attribute(group.label)}")
    attributes += [f"data-{name}={markup_attribute(value)}" for name, value in group.data if value]
    return f"<g {' '.join(attributes)}>"


def _path(path: Path) -> str:
    attributes = [f'd="{_d(path.codes, path.points)}"', f'fill="{path.fill or "none"}"']
    if path.fill and path.opacity < 1:
        attributes.append(f'fill-opacity="{_n(path.opacity)}"')
    if path.stroke:
        attributes.append(f'stroke="{path.stroke}" stroke-width="{_n(path.width)}"')
        if path.round_ends:
            attributes.append('stroke-linecap="round"')
        attributes.append('stroke-linejoin="round"')
        if path.dash:
            attributes.append(f'stroke-dasharray="{" ".join(map(_n, path.dash))}"')
    return f"<path {' '.join(attributes)}/>"


def _d(codes: str, points: tuple[Point, ...]) -> str:
    found, at = [], 0
    for code in codes:
        count = {"M": 1, "L": 1, "C": 3, "Z": 0}[code]
        pairs = points[at : at + count]
        found.append(code + " ".join(f"{_n(x)} {_n(y)}" for x, y in pairs))
        at += count
    return "".join(found)


def _text(text: Text) -> str:
    anchor = text.anchor
    attributes = [
        f'x="{_n(text.x)}" y="{_n(text.y)}" font-size="{_n(text.size)}" fill="{text.colour}"'
    ]
    if is_right_to_left(text.text):  # "start" is then the right end
        attributes.append('direction="rtl"')
        anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
    if text.bold:
        attributes.append('font-weight="700"')
    if text.italic:
        attributes.append('font-style="italic"')
    if anchor != "start":
        attributes.append(f'text-anchor="{anchor}"')
    if len(text.text) > 1 and text.width > 0 and _keeps_its_width(text.text):
        attributes.append(f'textLength="{_n(text.width)}" lengthAdjust="spacingAndGlyphs"')
    return f"<text {' '.join(attributes)}>{markup(text.text)}</text>"


def _keeps_its_width(text: str) -> bool:
    """Whether the measured width holds in every font: not for letters that change when joined."""
    if text.isascii():
        return True
    return all(has_glyph(char) and bidirectional(char) != "AL" for char in text)


def _n(number: float) -> str:
    """A number with at most two decimals: a hundredth of a pixel is nobody's business."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
