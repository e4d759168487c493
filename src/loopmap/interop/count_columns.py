"""Numbers of loops as the columns of a frame."""

from __future__ import annotations

from typing import Any, Literal

from loopmap.loops import LoopCounts, Participation

__all__ = ["COUNTED", "count_columns"]

#: What holds numbers of loops.
COUNTED = (Participation, LoopCounts)


def count_columns(
    what: Participation | LoopCounts, table: Literal["links", "elements"]
) -> dict[str, list[Any]]:
    """Give one row for each link or element, or each length, with how many loops of each kind."""
    if isinstance(what, LoopCounts):
        kinds = list(what.by_length.values())
        first: dict[str, list[Any]] = {"length": list(what.by_length)}
    elif table == "elements":
        kinds = list(what.variables.values())
        first = {"name": list(what.variables)}
    else:
        kinds = list(what.links.values())
        first = {
            "source": [link.source for link in what.links],
            "target": [link.target for link in what.links],
            "sign": [link.polarity.sign for link in what.links],
            "route": [link.route for link in what.links],
        }
    return {
        **first,
        "loops": [each.total for each in kinds],
        "reinforcing": [each.reinforcing for each in kinds],
        "balancing": [each.balancing for each in kinds],
        "undetermined": [each.undetermined for each in kinds],
    }
