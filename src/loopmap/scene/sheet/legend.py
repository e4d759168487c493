"""The key, made only from what is on the map, and the list of its loops."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass

from loopmap.fonts import line_height, text_width, wrap
from loopmap.loops import Loop
from loopmap.model import Element, Link, SystemMap
from loopmap.polarity import Polarity
from loopmap.scene.marks import Group, Mark, Text
from loopmap.scene.parts.variables import is_driver, is_outcome
from loopmap.scene.sheet.samples import (
    Sample,
    arrow_sample,
    badge_sample,
    dots_sample,
    influence_sample,
    name_sample,
    region_sample,
    widths_sample,
    wish_sample,
)
from loopmap.scene.style import Style

__all__ = ["Item", "columns", "key_items", "loop_items"]

_SAMPLE = 3.9  # em of the legend's type: room for a sample
_GAP = 1.6  # em between columns


@dataclass(frozen=True, slots=True)
class Item:
    """One row of the legend: what is on the map, and what it means."""

    sample: Sample
    text: str


def key_items(
    m: SystemMap,
    links: Sequence[Link],
    loops: Sequence[Loop],
    em: float,
    style: Style,
    *,
    by_strength: bool = False,
    regions: bool = False,
    shown: Container[str] = (),
) -> list[Item]:
    """The rows for the signs, lines, names and badges that are on this map.

    Parameters
    ----------
    m, links, loops
        The map, the links drawn and the loops marked.
    em
        Size of the variables' names; the key's own size is a part of it.
    by_strength, regions
        Whether strength is shown by width, and whether there are regions.
    shown
        The names that are on the picture.
    """
    small = em * style.legend
    wishes = [link for link in m.links if link.kind == "wants" and link.source in shown]
    rows = [*_link_items(links, wishes, small, style)]
    if by_strength and any(link.strength is not None for link in links):
        rows.append(Item(widths_sample(small, style), "the broader, the stronger"))
    rows += _element_items(m, shown, small, style)
    if regions:
        rows.append(Item(region_sample(small, style), "held by whoever is named on it"))
    for kind, text in _BADGES.items():
        if any(loop.kind == kind for loop in loops):
            rows.append(Item(badge_sample(kind, small, style), text))
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
    causal = [link for link in links if link.is_causal]
    for word, text in _SIGNS.items():
        if any(link.polarity.word == word for link in causal):
            sample = Link("a", "b", {"unknown": "?", "mixed": "±"}.get(word, word))
            yield Item(arrow_sample(sample, em, style), text)
    if any(link.kind == "influences" for link in links):
        yield Item(influence_sample(em, style), "who can move what")
    wants = {word for link in wishes for word in _ways(link)}
    for word in ("up", "down"):
        if word in wants:
            yield Item(wish_sample(word == "up", em, style), f"somebody wants it {word}")
    if any(link.delayed for link in causal):
        yield Item(
            arrow_sample(Link("a", "b", "+", delayed=True), em, style, sign=False), "takes time"
        )
    if any(link.evidence == "inferred" for link in causal):
        yield Item(dots_sample(em, style), "inferred: nobody has stated it yet")


def _ways(link: Link) -> list[str]:
    ways = ((Polarity.POSITIVE, "up"), (Polarity.NEGATIVE, "down"))
    return [word for way, word in ways if way in link.polarity]


def _is_person(element: Element) -> bool:
    return not element.is_quantity


def _element_items(m: SystemMap, names: Container[str], em: float, style: Style) -> Iterable[Item]:
    shown = [element for element in m.elements if element.name in names]
    tests: tuple[tuple[Callable[[Element], bool], Element, str], ...] = (
        (lambda e: e.kind == "stock", Element("stock", "stock"), "builds up and drains"),
        (lambda e: e.kind == "flow", Element("flow", "flow"), "fills or drains a stock"),
        (is_driver, Element("driver", tags="driver"), "comes from outside the map"),
        (is_outcome, Element("outcome", tags="outcome"), "what matters in the end"),
        (_is_person, Element("who", "stakeholder"), "a stakeholder"),
    )
    for test, sample, text in tests:
        if any(map(test, shown)):
            yield Item(name_sample(sample, em, style), text)


def loop_items(loops: Sequence[Loop], em: float, style: Style) -> list[Item]:
    """A row for each named loop that has a badge; the badges of the others say enough."""
    small = em * style.legend
    return [
        Item(
            badge_sample(loop.kind, small, style, label=loop.label or loop.kind),
            loop.name,
        )
        for loop in loops
        if loop.name
    ]


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
    lines = wrap(item.text, size, width=room)
    step = line_height(size) * 1.03
    tall = len(lines) * step
    height = max(tall, 1.7 * size) + 0.55 * size

    def draw(x: float, y: float) -> list[Mark]:
        first = y + max(0.0, (1.7 * size - tall) / 2)
        middle = first + step / 2 if len(lines) > 1 else y + 1.7 * size / 2
        found = list(item.sample(x + (_SAMPLE / 2 - 0.35) * size, middle))
        for i, line in enumerate(lines):
            baseline = first + (i + 0.5) * step + 0.345 * size
            wide = text_width(line, size)
            found.append(Text(x + indent, baseline, line, size, wide, style.ink, anchor="start"))
        return found

    return draw, height
