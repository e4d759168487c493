"""The golden pictures: which there are, and how each is made.

``stable`` pictures stand on layouts frozen beside them: they change only when drawing changes.
``regression`` pictures are laid out afresh: they change when the layout does, too.
``python tools/pictures.py`` rewrites them and builds a page that shows each before and after.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import loopmap as lm
from loopmap.layout import lay_out, with_badges
from loopmap.layout.model import Badge, Bars, Box, Layout, Route
from loopmap.model import LinkKey

HERE = Path(__file__).parent / "pictures"

HUB = """\
title: The front door
subtitle: A made-up hub that screens referrals
author: A workshop
date: 2026
source: Two mornings with sticky notes
about: Made up, to show every part of the notation.

Backlog [stock]
Referrals [flow]
Cases closed [flow]
Inspection pressure [tag=driver]
Children safe [tag=outcome]

Referrals -> Backlog : +
Cases closed -> Backlog : -
Backlog -> Staff stress : +
Staff stress -> Staff turnover : + [delay]
Staff turnover -> Cases closed : -
Backlog -> Cases closed : +
Staff stress -> Blame between agencies : ?
Blame between agencies -> Information shared : -
Information shared -> Cases closed : + [inferred]
Inspection pressure -> Staff stress
    by Police: +
    by Schools: -
Cases closed -> Children safe : +
Children safe -> Referrals : - [delay]
Cases closed -> Information shared : +

loop R "The stress spiral": Backlog, Staff stress, Staff turnover, Cases closed
loop B "Working it off": Backlog, Cases closed

Council influences Referrals : +
Parents wants Children safe : +
Treasury wants Backlog : -
Police holds Referrals
Police holds Inspection pressure
Health holds Staff stress
Health holds Staff turnover
"""

SPIRAL = """\
title: Escalation
Our arms -> Their fear : +
Their fear -> Their arms : +
Their arms -> Our fear : +
Our fear -> Our arms : +
"""

GROWTH = """\
title: Limits to growth
Effort -> Results : +
Results -> Effort : +
Results -> Crowding : + [delay]
Crowding -> Results : -
Capacity -> Crowding : -
"""

SHIFTING = """\
title: Shifting the burden
Symptom -> Quick fix : +
Quick fix -> Symptom : -
Symptom -> Lasting remedy : +
Lasting remedy -> Symptom : - [delay]
Quick fix -> Side effect : +
Side effect -> Lasting remedy : -
"""

STRENGTHS = """\
title: How strong
A -> B : + [strength=0.2]
B -> C : - [strength=0.9]
C -> A : + [strength=0.5]
A -> C : + [strength=-0.7]
"""

WIDE = """\
title: الثقة بين الوكالات
الثقة بين الوكالات -> 信息共享 : +
信息共享 -> "Zusammenarbeitsbereitschaftserklärung" : +
"Zusammenarbeitsbereitschaftserklärung" -> الثقة بين الوكالات : +
"</text><script>" -> 信息共享 : -
"""

ROUTES = """\
title: Two ways round
Price -> Demand : - [route=via cost]
Price -> Demand : + [route=via status]
Demand -> Price : +
Rumour -> Rumour : +
Rumour -> Demand : -
"""


Picture = Callable[[lm.SystemMap, "Layout | str"], lm.Drawing]


def _plain(m: lm.SystemMap, layout: Layout | str, **options: Any) -> lm.Drawing:
    return lm.draw(m, layout=layout, **options)


def _with(**options: Any) -> Picture:
    return lambda m, layout: _plain(m, layout, **options)


#: Name -> the map's text, how it is drawn, and whether stakeholders are placed.
STABLE: dict[str, tuple[str, Picture, bool]] = {
    "hub-screen": (HUB, _with(), False),
    "hub-print": (HUB, _with(style="print"), False),
    "hub-wall": (HUB, _with(style="wall"), False),
    "hub-mono": (HUB, _with(style="mono"), False),
    "hub-dark": (HUB, _with(style="dark"), False),
    "hub-letters": (HUB, _with(style=replace(lm.SCREEN, letters=True), legend="right"), False),
    "hub-people": (HUB, _with(stakeholders=True, regions=True), True),
    "hub-highlight": (HUB, _with(highlight="Working it off", legend=False), False),
    "strengths": (STRENGTHS, _with(by_strength=True), False),
    "scripts": (WIDE, _with(footer=False), False),
    "routes": (ROUTES, _with(), False),
}

REGRESSION: dict[str, tuple[str, Picture, bool]] = {
    "escalation": (SPIRAL, _with(), False),
    "limits": (GROWTH, _with(), False),
    "shifting": (SHIFTING, _with(style="wall"), False),
    "shifting-seed-3": (SHIFTING, lambda m, _: lm.draw(m, seed=3), False),
    "hub": (HUB, _with(), False),
    "one-variable": ("Backlog\n", _with(), False),
    "chain": ("A -> B -> C -> D : +\n", _with(), False),
    "two-islands": ("A -> B : +\nB -> A : -\nC -> D : +\nD -> C : +\nE\n", _with(), False),
    "panels": (GROWTH, lambda m, _: lm.draw_loops(m), False),
    "views": (
        HUB,
        lambda m, _: lm.draw_panels(m, legend=False, footer=False),
        False,
    ),
}


def file_of(name: str) -> Path:
    """Where a golden picture lies."""
    return HERE / ("stable" if name in STABLE else "regression") / f"{name}.svg"


def make(name: str) -> str:
    """The picture as the code draws it now."""
    if name in STABLE:
        text, picture, people = STABLE[name]
        m = lm.parse(text)
        return picture(m, frozen(m, text, people=people)).svg()
    text, picture, _ = REGRESSION[name]
    return picture(lm.parse(text), "loops").svg()


def frozen(m: lm.SystemMap, text: str, *, people: bool) -> Layout:
    """The layout kept for this map."""
    return read_layout(layout_file(text, people=people))


def layout_file(text: str, *, people: bool) -> Path:
    """Where the frozen layout of a map lies."""
    title = lm.parse(text).title.casefold().replace(" ", "-")
    name = title if title.isascii() else "scripts"
    return HERE / "stable" / f"{name}{'-people' if people else ''}.layout.json"


def freeze(text: str, *, people: bool) -> Layout:
    """A fresh layout of a map, with badges for its loops."""
    m = lm.parse(text)
    loops = lm.find_loops(m)
    return with_badges(lay_out(m, loops=tuple(loops), stakeholders=people), loops)


def write_layout(layout: Layout, path: Path) -> None:
    """Keep a layout as JSON."""
    path.write_text(json.dumps(asdict(layout), ensure_ascii=False, indent=1) + "\n", "utf-8")


def read_layout(path: Path) -> Layout:
    """A layout that was kept."""
    kept = json.loads(path.read_text("utf-8"))

    def points(values: list[list[float]]) -> tuple[tuple[float, float], ...]:
        return tuple((x, y) for x, y in values)

    routes = tuple(
        Route(
            LinkKey(*route["key"]),
            points(route["points"]),
            (route["sign"][0], route["sign"][1]),
            Bars(**route["bars"]) if route["bars"] else None,
        )
        for route in kept["routes"]
    )
    boxes = {
        name: Box(**{**box, "lines": tuple(box["lines"])}) for name, box in kept["boxes"].items()
    }
    badges = tuple(Badge(**badge) for badge in kept["badges"])
    left, top, right, bottom = kept["bounds"]
    bounds = (left, top, right, bottom)
    return Layout(boxes, routes, badges, bounds, kept["font_size"], kept["engine"], kept["seed"])
