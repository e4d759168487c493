"""From a map and its layout to a scene."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from loopmap.layout.curves import flatten
from loopmap.layout.model import Layout
from loopmap.loops import Loop
from loopmap.model import Link, SystemMap
from loopmap.options import Legend
from loopmap.scene.alt_text import map_sentence
from loopmap.scene.emphasis import EVERYTHING, Emphasis
from loopmap.scene.marks import Area, Group, Mark, Path, Scene, Text, walk
from loopmap.scene.overlays.overrides import NO_OVERRIDES, Overrides, draw_tags
from loopmap.scene.parts.badges import draw_badge, name_seats
from loopmap.scene.parts.links import draw_link, route_seats, strength_steps
from loopmap.scene.parts.regions import Regions, draw_regions, wanted_regions
from loopmap.scene.parts.stakeholders import draw_chip, draw_wants
from loopmap.scene.parts.variables import crossed, draw_variable, key_of
from loopmap.scene.sheet.legend import Item, key_items, loop_items
from loopmap.scene.sheet.page import Furniture, compose
from loopmap.scene.style import SCREEN, Style

__all__ = ["Options", "build_scene", "draw_map", "drawn_links", "extent", "furniture"]


@dataclass(frozen=True, slots=True)
class Options:
    """What to show besides the map itself."""

    title: bool | str = True
    legend: bool | Legend = True
    footer: bool = True
    by_strength: bool = False
    regions: Regions = "auto"
    overrides: Overrides = NO_OVERRIDES
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
    picture = draw_map(m, layout, marked, emphasis, style, options)
    title = options.title if isinstance(options.title, str) else m.title
    marks, box = compose(
        picture,
        extent(picture, layout.bounds, 0.1 * layout.font_size),
        furniture(m, layout, marked, style, options, title),
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
    options: Options,
) -> tuple[Mark, ...]:
    """The map itself, without title and legend.

    Painted from the back: regions, then what fades, then what stands out; of each the links,
    the names, the badges.
    """
    wanted = wanted_regions(m, layout, options.regions)
    fade = 0.0 if emphasis.everything else style.fade / 2
    regions = draw_regions(m, layout, wanted, style, fade=fade) if wanted else ()
    groups = [Group("regions", "Who holds what", regions, "regions")]
    hidden = crossed(layout.boxes, (flatten(route.points) for route in layout.routes))
    for on in (False, True):
        parts = (
            ("links", "Links", _links(m, layout, loops, emphasis, style, options, on)),
            ("variables", "Variables", _names(m, layout, emphasis, style, hidden, on)),
            ("stakeholders", "Stakeholders", _people(m, layout, emphasis, style, on)),
            ("loops", "Loops", _badges(layout, loops, emphasis, style, on)),
        )
        key = "" if on else "-faded"
        groups += [Group(role, label, marks, role + key) for role, label, marks in parts]
    tags = (
        draw_tags(layout, options.overrides, style, emphasis.on_link) if options.overrides else ()
    )
    groups.append(Group("tags", "", tags))
    return tuple(group for group in groups if group.marks)


def _links(
    m: SystemMap,
    layout: Layout,
    loops: Sequence[Loop],
    emphasis: Emphasis,
    style: Style,
    options: Options,
    on: bool,
) -> tuple[Group, ...]:
    ids = {name: key_of(name) for name in m.names}
    links = {link.key: link for link in m.links}
    of_link: dict[object, list[str]] = {}
    for loop in loops:
        for link in loop.links:
            of_link.setdefault(link.key, []).append(loop.id)
    steps = strength_steps(m.causal_links) if options.by_strength else None
    labels = route_seats(layout, style)
    return tuple(
        draw_link(
            links[route.key],
            route,
            layout.font_size,
            style,
            on=on,
            loops=tuple(of_link.get(route.key, ())),
            steps=steps,
            look=options.overrides.links.get(route.key),
            ids=ids,
            label=labels.get(route.key),
        )
        for route in layout.routes
        if route.key in links and emphasis.on_link(route.key) == on
    )


def _names(
    m: SystemMap,
    layout: Layout,
    emphasis: Emphasis,
    style: Style,
    hidden: Container[str],
    on: bool,
) -> tuple[Group, ...]:
    return tuple(
        draw_variable(
            element,
            layout.boxes[element.name],
            layout.font_size,
            style,
            on=on,
            halo=element.name in hidden,
        )
        for element in m.elements
        if element.is_quantity
        and element.name in layout.boxes
        and emphasis.on_variable(element.name) == on
    )


def _people(
    m: SystemMap, layout: Layout, emphasis: Emphasis, style: Style, on: bool
) -> tuple[Group, ...]:
    """Chips, and wishes where there are chips to say whose."""
    chips = [
        draw_chip(element, layout.boxes[element.name], layout.font_size, style, on=on)
        for element in m.elements
        if not element.is_quantity
        and element.name in layout.boxes
        and emphasis.on_variable(element.name) == on
    ]
    wants: dict[str, list[Link]] = {}
    for link in m.links:
        if link.kind == "wants" and link.source in layout.boxes and link.target in layout.boxes:
            wants.setdefault(link.target, []).append(link)
    marks = [
        draw_wants(links, layout.boxes[name], layout.font_size, style, on=on)
        for name, links in wants.items()
        if emphasis.on_variable(name) == on
    ]
    return (*chips, *marks)


def _badges(
    layout: Layout, loops: Sequence[Loop], emphasis: Emphasis, style: Style, on: bool
) -> tuple[Group, ...]:
    badges = {badge.loop: badge for badge in layout.badges}
    names = name_seats(loops, layout, style)
    return tuple(
        draw_badge(
            loop, badges[loop.id], layout.font_size, style, on=on, name=names.get(loop.id, ())
        )
        for loop in loops
        if emphasis.on_loop(loop) == on
    )


def furniture(
    m: SystemMap,
    layout: Layout,
    loops: Sequence[Loop],
    style: Style,
    options: Options,
    title: str,
    *,
    em: float | None = None,
    links: Sequence[Link] | None = None,
) -> Furniture:
    """What stands round the map; ``em`` where its type is not as large as the names are.

    ``links`` are those that the key explains, where they are drawn otherwise than the map's.
    """
    em = em or layout.font_size
    links = drawn_links(m, layout) if links is None else links
    shown = bool(options.title)
    notes = [m.about] if m.about else []
    notes += [f"Source: {'; '.join(m.sources)}"] if m.sources else []
    notes += options.overrides.notes
    notes += [options.provenance] if options.provenance else []
    keyed = bool(options.legend)
    return Furniture(
        title=title if shown else "",
        subtitle=m.subtitle if shown else "",
        byline=" · ".join(filter(None, [m.author, m.date])) if shown else "",
        notes=tuple(notes) if options.footer else (),
        key=tuple(
            key_items(
                m,
                links,
                loops,
                em,
                style,
                by_strength=options.by_strength,
                regions=bool(wanted_regions(m, layout, options.regions)),
                shown=layout.boxes,
            )
        )
        + tuple(Item(sample, text) for sample, text in options.overrides.key)
        if keyed
        else (),
        loops=tuple(loop_items(loops, em, style)) if keyed else (),
    )


def drawn_links(m: SystemMap, layout: Layout) -> list[Link]:
    """The links of a map that have a route."""
    drawn = {route.key for route in layout.routes}
    return [link for link in m.links if link.key in drawn]


def extent(marks: Sequence[Mark], bounds: Area, room: float) -> Area:
    """The layout's bounds, and what is drawn beyond them (regions, wishes, their names)."""
    left, top, right, bottom = bounds
    for mark in walk(tuple(marks)):
        if isinstance(mark, Path):
            for x, y in mark.points:
                left, right = min(left, x - room), max(right, x + room)
                top, bottom = min(top, y - room), max(bottom, y + room)
        elif isinstance(mark, Text):
            left, right = min(left, mark.x - mark.width / 2), max(right, mark.x + mark.width / 2)
            top, bottom = min(top, mark.y - mark.size), max(bottom, mark.y + 0.3 * mark.size)
    return left, top, right, bottom
