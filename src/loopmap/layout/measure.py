"""Step 1, *measure*: how much room every element needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from loopmap.fonts import line_height, text_width, wrap
from loopmap.model import SystemMap

__all__ = ["PADDING", "Label", "measure"]

#: Element kind -> room left and right, and above and below its text, in em. Variables are bare
#: text that links must not touch; a stock stands in a box, a stakeholder on a chip.
PADDING: Mapping[str, tuple[float, float]] = {
    "variable": (0.5, 0.35),
    "flow": (0.5, 0.35),
    "stock": (0.85, 0.6),
    "stakeholder": (0.85, 0.45),
}


@dataclass(frozen=True, slots=True)
class Label:
    """The lines a name is wrapped into, and the size of the box round them (map units)."""

    lines: tuple[str, ...]
    width: float
    height: float


def measure(m: SystemMap, font_size: float, *, stakeholders: bool = False) -> dict[str, Label]:
    """Wrap every name that will be drawn and measure its box.

    Parameters
    ----------
    m
        The map.
    font_size
        Size of the names in map units.
    stakeholders
        Whether stakeholders are drawn too.

    Returns
    -------
    dict
        Name to :class:`Label`, in the order of the names.

    Examples
    --------
    >>> from loopmap import SystemMap
    >>> measure(SystemMap(["Trust between agencies"]), 10)["Trust between agencies"].lines
    ('Trust between', 'agencies')
    """
    found = {}
    for element in m.elements:
        if not (element.is_quantity or stakeholders):
            continue
        lines = wrap(element.name, font_size)
        across, down = PADDING[element.kind]
        found[element.name] = Label(
            lines,
            max(text_width(line, font_size) for line in lines) + 2 * across * font_size,
            len(lines) * line_height(font_size) + 2 * down * font_size,
        )
    return found
