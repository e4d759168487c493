"""From a map and its layout to a scene."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from loopmap.layout.places import Layout
from loopmap.loops import Loop
from loopmap.model import SystemMap
from loopmap.scene.badges import draw_badge
from loopmap.scene.emphasis import EVERYTHING, Emphasis
from loopmap.scene.legend import key_items, loop_items
from loopmap.scene.links import draw_link, strength_steps
from loopmap.scene.marks import Group, Mark, Scene
from loopmap.scene.page import Furniture, compose
from loopmap.scene.shapes import flatten
from loopmap.scene.style import SCREEN, Style
from loopmap.scene.variables import draw_variable, key_of, needs_halo
from loopmap.scene.words import map_sentence

__all__ = ["Options", "build_scene"]


@dataclass(frozen=True, slots=True)
class Options:
    """What to show besides the map itself."""

    title: bool | str = True
    legend: bool | str = True  # or where: "below", "right"
    footer: bool = True
    by_strength: bool = False
    provenance: str = ""  # how this picture came about, for the footer


def build_scene(
    m: SystemMap,
    layout: Layout,
    *,
    loops: Sequence[Loop] = (),
    emphasis: Emphasis = EVERYTHING,
    style: Style = SCREEN,
    options: Options | None = None,
    total: int | None = None,
    page: tuple[float, float] | None = None,
) -> Scene:
    """Draw a map on a layout.

    Parameters
    ----------
    m, layout
        The map and where everything goes; elements without a box are left out.
    loops
        The loops to mark, those with a badge in the layout.
    emphasis
        What stands out.
    style
        Colours and sizes.
    options
        Title, legend, footer.
    total
        How many loops the map has, for the description; ``None`` if that is not known.
    page
        Width and height of the paper in millimetres; ``None`` for as large as the map is.
    """
    options = options or Options()
    placed = {badge.loop for badge in layout.badges}
    marked = [loop for loop in loops if loop.id in placed]
    picture = draw_map(m, layout, marked, emphasis, style, by_strength=options.by_strength)
    title = options.title if isinstance(options.title, str) else m.title
    marks, box = compose(
        picture,
        layout.bounds,
        _furniture(m, layout, marked, style, options, title),
        layout.font_size,
        style,
        aspect=None if page is None else page[0] / page[1],
        legend=options.legend if isinstance(options.legend, str) else "auto",
    )
    return Scene(
        marks,
        box,
        title or "Causal-loop map",
        map_sentence(m, marked, total),
        style.paper,
        layout.font_size,
        page,
    )


def draw_map(
    m: SystemMap,
    layout: Layout,
    loops: Sequence[Loop],
    emphasis: Emphasis,
    style: Style,
    *,
    by_strength: bool = False,
) -> tuple[Mark, ...]:
    """The map itself, without title and legend: links, then names, then badges."""
    em = layout.font_size
    ids = {name: key_of(name) for name in m.names}
    links = {link.key: link for link in m.links}
    of_link: dict[object, list[str]] = {}
    for loop in loops:
        for link in loop.links:
            of_link.setdefault(link.key, []).append(loop.id)
    steps = strength_steps(m.causal_links) if by_strength else None
    # what fades is painted first, so that nothing faded lies over what stands out
    routes = sorted(layout.routes, key=lambda route: emphasis.on_link(route.key))
    drawn_links = [
        draw_link(
            links[route.key], route, em, style,
            on=emphasis.on_link(route.key),
            loops=tuple(of_link.get(route.key, ())),
            steps=steps,
            ids=ids,
        )
        for route in routes
        if route.key in links
    ]  # fmt: skip
    lines = [flatten(route.points) for route in layout.routes]
    names = [element for element in m.elements if element.name in layout.boxes]
    drawn_names = [
        draw_variable(
            element, layout.boxes[element.name], em, style,
            on=emphasis.on_variable(element.name),
            halo=needs_halo(layout.boxes, element.name, lines),
        )
        for element in names
    ]  # fmt: skip
    badges = {badge.loop: badge for badge in layout.badges}
    drawn_loops = [
        draw_badge(loop, badges[loop.id], em, style, on=emphasis.on_loop(loop)) for loop in loops
    ]
    groups = (
        Group("links", "Links", tuple(drawn_links), "links"),
        Group("variables", "Variables", tuple(drawn_names), "variables"),
        Group("loops", "Loops", tuple(drawn_loops), "loops"),
    )
    return tuple(group for group in groups if group.marks)


def _furniture(
    m: SystemMap,
    layout: Layout,
    loops: Sequence[Loop],
    style: Style,
    options: Options,
    title: str,
) -> Furniture:
    em = layout.font_size
    drawn = {route.key for route in layout.routes}
    links = [link for link in m.links if link.key in drawn]
    shown = bool(options.title)
    notes = [m.about] if m.about else []
    notes += [f"Source: {'; '.join(m.sources)}"] if m.sources else []
    notes += [options.provenance] if options.provenance else []
    keyed = bool(options.legend)
    return Furniture(
        title=title if shown else "",
        subtitle=m.subtitle if shown else "",
        byline=" · ".join(filter(None, [m.author, m.date])) if shown else "",
        notes=tuple(notes) if options.footer else (),
        key=tuple(key_items(m, links, loops, em, style, by_strength=options.by_strength))
        if keyed
        else (),
        loops=tuple(loop_items(loops, em, style)) if keyed else (),
    )
