"""What is sent to the page: what a map says, and how it overrides, as plain values.

Things are known by the keys that the SVG gives its groups: ``var-…``, ``link-…``, ``loop-…``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from loopmap.layout import Layout
from loopmap.loops import Loop, Loops
from loopmap.model import Element, Link, SystemMap
from loopmap.render import svg
from loopmap.scene import DARK, EVERYTHING, SCREEN, Options, Scene, Style
from loopmap.scene.alt_text import ident, map_sentence
from loopmap.scene.build import draw_map
from loopmap.scene.parts.variables import key_of
from loopmap.words import VERBS

__all__ = ["PREFIX", "facts", "key", "picture"]

#: What every id in the SVG starts with; the page finds groups inside its own widget only.
PREFIX = "lm"
#: Room round the map, in em.
_MARGIN = 1.5


def key(thing: Element | Link | Loop) -> str:
    """The key of one thing, the same in facts, picture and SVG."""
    if isinstance(thing, Element):
        return key_of(thing.name)
    if isinstance(thing, Link):
        return f"link-{ident(*thing.key)}"
    return f"loop-{thing.id}"


def facts(m: SystemMap, loops: Loops, story: Sequence[Loop]) -> dict[str, Any]:
    """What the map says: names, links with their claims, loops and who has a part in them.

    Parameters
    ----------
    m, loops
        The map and its loops.
    story
        The loops to talk about, in order; named loops come before them, the rest after.
    """
    place = {link.key: i for i, link in enumerate(m.causal_links)}
    told = {loop.id: i for i, loop in enumerate(story)}
    order = sorted(
        range(len(loops)),
        key=lambda i: (not loops[i].name, told.get(loops[i].id, len(told)), i),
    )
    rank = {i: place for place, i in enumerate(order)}
    holders: dict[str, list[str]] = {}
    for link in m.links:
        if link.kind == "holds":
            holders.setdefault(link.target, []).append(link.source)
    return {
        "title": m.title,
        "names": {key_of(name): name for name in m.variables},
        "about": {
            key_of(e.name): {"notes": e.notes, "held": holders.get(e.name, [])}
            for e in m.elements
            if e.is_quantity and (e.notes or e.name in holders)
        },
        "links": [_link(link) for link in m.causal_links],
        "loops": [
            {
                "id": loop.id,
                "label": loop.label,
                "name": loop.name,
                "kind": loop.kind,
                "delayed": loop.delayed,
                "links": [place[link.key] for link in loop.links],
                "story": rank[i],
                **_agencies(loop, holders),
            }
            for i, loop in enumerate(loops)
        ],
        "agencies": sorted({*m.perspectives, *(who for held in holders.values() for who in held)}),
        "note": "" if loops.complete else _incomplete(loops),
    }


def _link(link: Link) -> dict[str, Any]:
    return {
        "key": key(link),
        "source": key_of(link.source),
        "target": key_of(link.target),
        "route": link.route,
        "polarity": link.polarity.word,
        "delayed": link.delayed,
        "verb": VERBS[link.polarity],
        "by": link.perspectives,
        "claims": [
            {
                "by": claim.perspective or ("the author" if len(link.claims) > 1 else ""),
                "polarity": claim.polarity.word,
                "delayed": claim.delayed,
                "quote": claim.quote,
            }
            for claim in link.claims
        ],
    }


def _agencies(loop: Loop, holders: dict[str, list[str]]) -> dict[str, list[str]]:
    """Who has a part in a loop (claims a link or holds a variable of it), and who sees it whole."""
    claims = [set(link.perspectives) for link in loop.links]
    part = set[str]().union(*claims, *(holders.get(name, ()) for name in loop.path))
    return {"agencies": sorted(part), "whole": sorted(set.intersection(*claims))}


def _incomplete(loops: Loops) -> str:
    total = f" of {loops.total:,}" if loops.total is not None else ""
    return (
        f"These are the shortest{total}, complete to length {loops.complete_to_length}: "
        f"{loops.reason}"
    )


def picture(m: SystemMap, layout: Layout, marked: Sequence[Loop], style: Style) -> dict[str, Any]:
    """How the map looks: our SVG, and the geometry the page needs to move parts of it.

    Lengths are in map units, as in the SVG; a box is its centre and its size, the whole map's is
    left, top, width and height.
    """
    em = layout.font_size
    placed = {badge.loop for badge in layout.badges}
    marked = [loop for loop in marked if loop.id in placed]
    left, top, right, bottom = layout.bounds
    margin = _MARGIN * em
    scene = Scene(
        draw_map(m, layout, marked, EVERYTHING, style, Options(regions=False)),
        (left - margin, top - margin, right + margin, bottom + margin),
        m.title or "Causal-loop map",
        map_sentence(m, marked, None),
        style.paper,
        em,
    )
    return {
        "svg": svg(scene, prefix=PREFIX),
        "prefix": PREFIX,
        "box": [scene.box[0], scene.box[1], scene.width, scene.height],
        "em": em,
        "head": style.head * em * 0.85,
        "boxes": {
            key_of(name): [box.x, box.y, box.width, box.height]
            for name, box in layout.boxes.items()
        },
        "routes": {
            f"link-{ident(*route.key)}": {
                "points": route.points,
                "sign": route.sign,
                "bars": route.bars and [route.bars.x, route.bars.y, route.bars.angle],
            }
            for route in layout.routes
        },
        "dark": _to_dark() if style == SCREEN else {},
    }


def _to_dark() -> dict[str, str]:
    """Each colour of the screen style and what it is after dark."""
    pairs = ((getattr(SCREEN, f.name), getattr(DARK, f.name)) for f in fields(Style))
    return {light: dark for light, dark in pairs if isinstance(light, str)}
