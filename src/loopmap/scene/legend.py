"""The key, made only from what is on the map, and the list of its loops."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass

from loopmap.fonts import line_height, text_width, wrap
from loopmap.layout.places import Bars, Box
from loopmap.loops import Loop
from loopmap.model import Element, Link, SystemMap
from loopmap.polarity import Polarity
from loopmap.scene.badges import badge_marks
from loopmap.scene.links import arrowhead, delay_bars, sign_of, sign_text, stroke_of
from loopmap.scene.marks import Group, Mark, Path, Text
from loopmap.scene.shapes import circle, polyline
from loopmap.scene.stakeholders import wish
from loopmap.scene.style import Style
from loopmap.scene.variables import draw_variable, is_driver, is_outcome

__all__ = ["Item", "columns", "key_items", "loop_items"]

#: Draws the sample of an item with its middle at (x, y).
Sample = Callable[[float, float], Iterable[Mark]]
_SAMPLE = 3.9  # em of the legend's type: room for a sample
_GAP = 1.6  # em between columns


@dataclass(frozen=True, slots=True)
class Item:
    """One row of the legend: what is on the map, and what it means."""

    sample: Sample
    text: str
    heading: str = ""


def key_items(
    m: SystemMap,
    links: Sequence[Link],
    loops: Sequence[Loop],
    em: float,
    style: Style,
    *,
    by_strength: bool = False,
    shown: Container[str] = (),
) -> list[Item]:
    """The rows for the signs, lines, names and badges that are on this map."""
    small = em * style.legend
    wishes = [link for link in m.links if link.kind == "wants" and link.source in shown]
    rows = [*_link_items(links, wishes, small, style)]
    if by_strength and any(link.strength is not None for link in links):
        rows.append(Item(lambda x, y: _widths(x, y, small, style), "the broader, the stronger"))
    rows += _element_items(m, small, style)
    for kind, text in _BADGES.items():
        if any(loop.kind == kind for loop in loops):
            rows.append(Item(_badge(kind, small, style), text))
    return rows


_SIGNS = {
    "positive": "both move the same way",
    "negative": "they move opposite ways",
    "unknown": "nobody has said which way",
    "mixed": "people disagree which way",
}
_BADGES = {
    "R": "reinforcing loop: change feeds on itself",
    "B": "balancing loop: change meets resistance",
    "U": "loop whose kind is undetermined",
}


def _link_items(
    links: Sequence[Link], wishes: Sequence[Link], em: float, style: Style
) -> Iterable[Item]:
    causal = [link for link in links if link.kind == "causal"]
    for word, text in _SIGNS.items():
        if any(link.polarity.word == word for link in causal):
            sample = Link("a", "b", {"unknown": "?", "mixed": "±"}.get(word, word))
            yield Item(_arrow(sample, em, style), text)
    if any(link.kind == "influences" for link in links):
        yield Item(_influence(em, style), "who can move what")
    wants = {word for link in wishes for word in _ways(link)}
    for word in ("up", "down"):
        if word in wants:
            yield Item(_wish(word == "up", em, style), f"somebody wants it {word}")
    if any(link.delayed for link in causal):
        yield Item(_arrow(Link("a", "b", "+", delayed=True), em, style, sign=False), "takes time")
    if any(link.evidence == "inferred" for link in causal):
        yield Item(_dots(em, style), "inferred: nobody has stated it yet")


def _ways(link: Link) -> list[str]:
    ways = ((Polarity.POSITIVE, "up"), (Polarity.NEGATIVE, "down"))
    return [word for way, word in ways if way in link.polarity]


def _element_items(m: SystemMap, em: float, style: Style) -> Iterable[Item]:
    shown = [element for element in m.elements if element.is_quantity]
    tests: tuple[tuple[Callable[[Element], bool], Element, str], ...] = (
        (lambda e: e.kind == "stock", Element("stock", "stock"), "builds up and drains"),
        (lambda e: e.kind == "flow", Element("flow", "flow"), "fills or drains a stock"),
        (is_driver, Element("driver", tags="driver"), "comes from outside the map"),
        (is_outcome, Element("outcome", tags="outcome"), "what matters in the end"),
    )
    for test, sample, text in tests:
        if any(map(test, shown)):
            yield Item(_name(sample, em, style), text)


def loop_items(loops: Sequence[Loop], em: float, style: Style) -> list[Item]:
    """A row for each named loop that has a badge; the badges of the others say enough."""
    small = em * style.legend
    return [
        Item(
            _badge(loop.kind, small, style, label=loop.label or loop.kind),
            loop.name,
        )
        for loop in loops
        if loop.name
    ]


# -- samples ---------------------------------------------------------------------------------


def _arrow(link: Link, em: float, style: Style, *, sign: bool = True) -> Sample:
    def draw(x: float, y: float) -> Iterable[Mark]:
        colour, dash = stroke_of(link, style)
        hollow = style.open_negative_head and link.polarity.word == "negative"
        left, tip = x - 1.3 * em, (x + (0.75 if sign else 1.3) * em, y)
        body = [(left, y), (tip[0] - style.head * em * 0.85, y)]
        dashes = tuple(d * em for d in dash)
        width = style.line * em
        yield Path(*polyline(body), stroke=colour, width=width, dash=dashes, round_ends=False)
        yield arrowhead(tip, body[0], em, style, colour, hollow=hollow)
        if link.delayed:
            yield from delay_bars(Bars(x - 0.3 * em, y, 0.0), em, style, style.ink)
        if sign:
            yield sign_text(sign_of(link, style), (x + 1.3 * em, y), style.sign * em, colour)

    return draw


def _influence(em: float, style: Style) -> Sample:
    def draw(x: float, y: float) -> Iterable[Mark]:
        ends = polyline([(x - 1.3 * em, y), (x + 1.1 * em, y)])
        dash = tuple(d * em for d in style.dash_influence)
        yield Path(*ends, stroke=style.stakeholder, width=style.line * em * 0.75, dash=dash)
        yield Path(*circle(x + 1.1 * em, y, 0.26 * em), fill=style.stakeholder)

    return draw


def _wish(up: bool, em: float, style: Style) -> Sample:
    return lambda x, y: [wish(x, y, up, em, style.stakeholder)]


def _dots(em: float, style: Style) -> Sample:
    def draw(x: float, y: float) -> Iterable[Mark]:
        ends = polyline([(x - 1.3 * em, y), (x + 1.3 * em, y)])
        dash = tuple(d * em for d in style.dash_inferred)
        yield Path(*ends, stroke=style.ink, width=style.line * em, dash=dash)

    return draw


def _widths(x: float, y: float, em: float, style: Style) -> Iterable[Mark]:
    for i, width in enumerate(style.lines_by_strength):
        ends = [(x - 1.3 * em, y + (i - 1) * 0.42 * em), (x + 1.3 * em, y + (i - 1) * 0.42 * em)]
        yield Path(*polyline(ends), stroke=style.ink, width=width * em, round_ends=False)


def _name(element: Element, em: float, style: Style) -> Sample:
    def draw(x: float, y: float) -> Iterable[Mark]:
        size = 0.8 * em
        width, height = text_width(element.name, size) + 0.9 * em, 1.5 * em
        box = Box(x, y, width, height, (element.name,))
        yield from draw_variable(element, box, size, style).marks

    return draw


def _badge(kind: str, em: float, style: Style, *, label: str = "") -> Sample:
    def draw(x: float, y: float) -> Iterable[Mark]:
        colour = style.loop_colour(kind)
        return badge_marks(label or kind, x, y, 0.98 * em, em * 0.95, style, colour)

    return draw


# -- columns ---------------------------------------------------------------------------------


def columns(
    items: Sequence[Item],
    left: float,
    top: float,
    width: float,
    em: float,
    style: Style,
    *,
    widest: float = 20.0,
    role: str = "legend",
    label: str = "Key",
) -> tuple[Group, float]:
    """Set rows in as many columns as fit; returns them and how high they are.

    Parameters
    ----------
    left, top, width
        Where there is room for them.
    em
        Size of the variables' names; the legend's own size is a part of it.
    widest
        The wanted width of a column, in em of the legend's type.
    """
    size = em * style.legend
    count = max(1, min(len(items), int((width + _GAP * size) / ((widest + _GAP) * size))))
    cell = (width - (count - 1) * _GAP * size) / count
    rows = [_row(item, cell, size, style) for item in items]
    total = sum(height for _, height in rows)
    marks: list[Mark] = []
    x, y, deepest, spent = left, top, top, 0.0
    column = 1
    for draw, height in rows:
        # a new column once this one has its share of the whole
        if y > top and column < count and spent + height / 2 > total * column / count:
            x, y, column = x + cell + _GAP * size, top, column + 1
        marks += draw(x, y)
        y += height
        spent += height
        deepest = max(deepest, y)
    return Group(role, label, tuple(marks), role), deepest - top


def _row(
    item: Item, width: float, size: float, style: Style
) -> tuple[Callable[[float, float], list[Mark]], float]:
    indent = _SAMPLE * size
    room = max(width - indent, 4 * size)
    heading = wrap(item.heading, size, width=room, bold=True) if item.heading else ()
    lines = wrap(item.text, size, width=room)
    step = line_height(size) * 1.03
    tall = max(len(heading) + len(lines), 1) * step
    height = max(tall, 1.7 * size) + 0.55 * size

    def draw(x: float, y: float) -> list[Mark]:
        first = y + max(0.0, (1.7 * size - tall) / 2)
        middle = first + step / 2 if len(heading) + len(lines) > 1 else y + 1.7 * size / 2
        found = list(item.sample(x + (_SAMPLE / 2 - 0.35) * size, middle))
        for i, line in enumerate([*heading, *lines]):
            bold = i < len(heading)
            colour = style.ink if bold or not heading else style.quiet
            baseline = first + (i + 0.5) * step + 0.345 * size
            wide = text_width(line, size, bold=bold)
            found.append(
                Text(x + indent, baseline, line, size, wide, colour, bold=bold, anchor="start")
            )
        return found

    return draw, height
