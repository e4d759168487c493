"""An element: a variable, stock, flow or stakeholder of a map."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from loopmap.errors import InvalidMapError, did_you_mean, listed, shown
from loopmap.model.text import checked_name, checked_set
from loopmap.options import ElementKind

__all__ = ["ELEMENT_KINDS", "QUANTITIES", "Element"]

#: Kinds that rise and fall, and so can be causes and effects.
QUANTITIES: tuple[ElementKind, ...] = ("variable", "stock", "flow")
#: Every kind an element can have.
ELEMENT_KINDS: tuple[ElementKind, ...] = (*QUANTITIES, "stakeholder")


@dataclass(frozen=True, slots=True)
class Element:
    """A variable, stock, flow or stakeholder.

    Parameters
    ----------
    name
        One line of text, not empty, with no blanks at its ends; unique in a map.
    kind
        ``"variable"`` (the default), ``"stock"``, ``"flow"`` or ``"stakeholder"``.
    notes
        What people wrote about it: one text or several; kept sorted, each once.
    tags
        Short labels such as ``"driver"``, ``"outcome"`` or ``"goal"``; kept sorted, each once.
    position
        Where somebody placed its centre, ``(x, y)`` in map units (1 unit = 1 CSS pixel at scale
        1, y down), or ``None``. Presentation: kept and written, but never part of equality.

    Raises
    ------
    InvalidMapError
        If the name cannot be used or the kind is not known.

    Examples
    --------
    >>> lm.Element("Backlog", "stock", tags="goal")
    Element(name='Backlog', kind='stock', notes=(), tags=('goal',))
    """

    name: str
    kind: ElementKind = "variable"
    notes: tuple[str, ...] = field(default=())
    tags: tuple[str, ...] = field(default=())
    position: tuple[float, float] | None = field(default=None, compare=False, repr=False)

    # The annotations above say what is kept; single strings and any iterable are accepted too.
    def __init__(
        self,
        name: str,
        kind: ElementKind = "variable",
        notes: str | Iterable[str] = (),
        tags: str | Iterable[str] = (),
        position: tuple[float, float] | None = None,
    ) -> None:
        put = object.__setattr__
        put(self, "name", checked_name(name, "the element name"))
        if kind not in ELEMENT_KINDS:
            raise InvalidMapError(
                f"{name!r} cannot be a {shown(kind)}; an element is a {listed(ELEMENT_KINDS, 'or')}"
                + did_you_mean(str(kind), ELEMENT_KINDS)
            )
        put(self, "kind", kind)
        put(self, "notes", checked_set(notes, f"a note of {name!r}"))
        put(self, "tags", checked_set(tags, f"a tag of {name!r}"))
        put(self, "position", None if position is None else _point(position, name))

    @property
    def is_quantity(self) -> bool:
        """Whether it rises and falls: a variable, stock or flow."""
        return self.kind in QUANTITIES


def _point(position: tuple[float, float], name: str) -> tuple[float, float]:
    try:
        if isinstance(position, str | bytes):  # "12" is no place at (1, 2)
            raise TypeError
        x, y = map(float, position)
    except Exception:  # whatever a stranger's object raises
        x = y = math.nan
    if not (math.isfinite(x) and math.isfinite(y)):
        raise InvalidMapError(
            f"the position of {name!r} is two numbers (x, y), not {shown(position)}"
        )
    return x + 0.0, y + 0.0  # + 0.0 makes -0.0 plain 0.0
