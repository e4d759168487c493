"""How much work a layout may cost, by the size of the map; steps of work, never seconds."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["BARE_FROM", "FAST_FROM", "Plan", "plan"]

#: Maps of more nodes or links than this get the fast mode: a few starts and no search for
#: places; above ``BARE_FROM`` links every link keeps the arc its loops ask for, unjudged.
FAST_FROM = (160, 700)
BARE_FROM = 700


@dataclass(frozen=True, slots=True)
class Plan:
    """Counts of work."""

    starts: int  # rough layouts
    stages: tuple[tuple[int, int], ...]  # (layouts kept, sweeps over all nodes), one by one
    seats: int  # seats with a full look, per node and sweep
    tried: int  # seats with a first look
    routed: int  # layouts whose links are routed
    sweeps: int  # looks at every link
    rounds: int  # of moving nodes together with their arcs
    moves: tuple[int, int]  # seats, and arcs for each link, in such a round


def plan(nodes: int, links: int, effort: float = 1.0) -> Plan:
    """The plan for a map of this size; ``effort`` 1 is the usual."""
    size = max(nodes, links / 1.75)
    if nodes > FAST_FROM[0] or links > FAST_FROM[1]:
        return Plan(3, (), 10, 40, 1, 1 if links <= BARE_FROM else 0, 0, (4, 3))
    if effort < 1:
        return Plan(12, ((3, 3), (1, 4)), 20, 80, 1, 2, 1, (8, 4))
    if effort > 1:
        return Plan(64, ((16, 6), (6, 8), (3, 10)), 40, 160, 3, 4, 8, (12, 6))
    if size <= 4:
        return Plan(4, ((2, 2), (1, 2)), 16, 60, 1, 1, 1, (6, 4))
    if size <= 9:
        return Plan(16, ((4, 3), (2, 4)), 24, 90, 2, 2, 2, (8, 5))
    if size <= 18:
        return Plan(48, ((10, 4), (4, 5), (2, 8)), 36, 140, 2, 3, 4, (12, 6))
    if size <= 45:
        return Plan(32, ((6, 4), (3, 4), (1, 8)), 30, 120, 1, 2, 2, (12, 6))
    if size <= 75:
        return Plan(16, ((4, 3), (2, 3), (1, 5)), 24, 100, 1, 2, 2, (10, 5))
    return Plan(8, ((2, 2), (1, 5)), 20, 90, 1, 2, 2, (8, 4))
