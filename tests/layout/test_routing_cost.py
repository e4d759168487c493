"""An arrowhead that another line runs through seems to point at that line."""

from __future__ import annotations

import numpy as np
import pytest

import loopmap as lm
from loopmap.layout import Layout

NAMES = ("mash", "plymouth", "calderdale", "cheshire_west", "hurdles", "kent", "wiltshire")


def nearest_line(layout: Layout) -> float:
    """How near a line comes to the head of a link it shares no variable with, in map units."""
    t = np.linspace(0, 1, 33)[:, None]
    weights = np.hstack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3])
    lines = {}
    for route in layout.routes:
        points = np.array(route.points) @ [1, 1j]
        pieces = [weights @ points[i : i + 4] for i in range(0, len(points) - 1, 3)]
        lines[route.key] = np.concatenate(pieces)
    return min(
        abs(other - line[-1]).min()
        for key, line in lines.items()
        for foreign, other in lines.items()
        if not {key.source, key.target} & {foreign.source, foreign.target}
    )


@pytest.mark.parametrize("name", NAMES)
def test_no_line_runs_through_the_head_of_another(name: str) -> None:
    assert nearest_line(lm.draw(lm.example(name)).layout) > 5
