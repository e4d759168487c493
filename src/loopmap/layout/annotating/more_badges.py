"""Badges for further loops on a finished layout, which stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from loopmap.layout.model import Badge, Layout
from loopmap.loops.loop import Loop

__all__ = ["with_badges"]


def with_badges(layout: Layout, loops: Sequence[Loop]) -> Layout:
    """Seat badges for loops that have none yet, where there is room; nothing else moves.

    Parameters
    ----------
    layout
        A finished layout.
    loops
        The loops that should have a badge; those with a link that is not placed get none.

    Examples
    --------
    >>> m = lm.SystemMap(links=[("Backlog", "Stress", "+"), ("Stress", "Backlog", "+")])
    >>> from loopmap.layout import lay_out
    >>> bare = lay_out(m, loops=())
    >>> len(bare.badges), len(with_badges(bare, lm.find_loops(m)).badges)
    (0, 1)
    """
    placed = {badge.loop for badge in layout.badges}
    at = {route.key: i for i, route in enumerate(layout.routes)}
    waiting = [
        loop
        for loop in loops
        if loop.id not in placed and all(link.key in at for link in loop.links)
    ]
    if not waiting:
        return layout
    import numpy as np

    from loopmap.layout.annotating.badges import place_badges
    from loopmap.layout.annotating.bounds import SIGN_RADIUS
    from loopmap.layout.annotating.clearance import Clearance
    from loopmap.layout.annotating.delays import BAR_RADIUS
    from loopmap.layout.curves import traced

    f = layout.font_size
    boxes = list(layout.boxes.values())
    lines = traced(
        [np.array([complex(*point) for point in route.points]) / f for route in layout.routes]
    )
    clear = Clearance(
        np.array([complex(box.x, box.y) for box in boxes]) / f,
        np.array([complex(box.width, box.height) for box in boxes]) / 2 / f,
        lines,
    )
    for route in layout.routes:
        clear.add(complex(*route.sign) / f, SIGN_RADIUS)
        if route.bars is not None:
            clear.add(complex(route.bars.x, route.bars.y) / f, BAR_RADIUS)
    for badge in layout.badges:
        clear.add(complex(badge.x, badge.y) / f, badge.radius / f)
    seats = place_badges([[at[link.key] for link in loop.links] for loop in waiting], lines, clear)
    new = [
        Badge(
            loop.id, _unit(seat[0].real * f), _unit(seat[0].imag * f), _unit(seat[1] * f), seat[2]
        )
        for loop, seat in zip(waiting, seats, strict=True)
        if seat is not None
    ]
    return replace(layout, badges=(*layout.badges, *new))


def _unit(value: float) -> float:
    """Rounded to a thousandth: the same digits on every machine."""
    return round(float(value), 3) + 0.0
