"""Where a map's names stand and its links run on a picture that is kept: taken on, and let go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from loopmap.errors import InvalidMapError, shown
from loopmap.model.links import LinkKey, Point

if TYPE_CHECKING:
    from loopmap.model.system_map import SystemMap

__all__ = ["Kept", "Places", "with_places", "without_places"]


class Kept(NamedTuple):
    """Places as files hold them: of names, and of the lines of links."""

    at: Mapping[str, Point]
    curves: Mapping[LinkKey, Sequence[Point]]


class Places(Protocol):
    """What a finished layout holds of each name and link."""

    @property
    def boxes(self) -> Mapping[str, Any]:
        """Name -> something with ``x`` and ``y``."""

    @property
    def routes(self) -> Sequence[Any]:
        """Things with the ``key`` of a link and ``points``."""


def with_places(m: SystemMap, places: Places | Kept | Mapping[str, Point]) -> SystemMap:
    """Give the map with these places; names and links without one lose what they had."""
    if isinstance(places, Kept):
        at, curves = dict(places.at), dict(places.curves)
    elif isinstance(places, Mapping):
        at, curves = dict(places), {}
    else:
        layout = getattr(places, "layout", places)  # of a drawing
        boxes, routes = getattr(layout, "boxes", None), getattr(layout, "routes", None)
        if boxes is None or routes is None:
            raise InvalidMapError(
                f"places are a layout, a drawing or a mapping of names to (x, y), not "
                f"{shown(places)}; pass lm.draw(m)"
            )
        at = {name: (box.x, box.y) for name, box in boxes.items()}
        curves = {route.key: route.points for route in routes}
    return _placed(m, at, curves)


def without_places(m: SystemMap) -> SystemMap:
    """Give the map without places."""
    return _placed(m, {}, {})


def _placed(
    m: SystemMap, at: Mapping[str, Point], curves: Mapping[LinkKey, Sequence[Point]]
) -> SystemMap:
    return m.replace(
        elements=[replace(e, position=at.get(e.name)) for e in m.elements],
        links=[link.replace(curve=curves.get(link.key, ())) for link in m.links],
    )
