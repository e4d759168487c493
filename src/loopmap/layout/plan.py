"""How much work a layout may cost, by the size of the map; steps of work, never seconds."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["BARE_FROM", "FAST_FROM", "Plan", "local", "plan"]

#: Maps of more nodes or links than this get the fast mode: a few starts and no search for
#: places; above ``BARE_FROM`` links every link keeps the arc its loops ask for, unjudged.
FAST_FROM = (160, 700)
BARE_FROM = 700


@dataclass(frozen=True, slots=True)
class Plan:
    """Counts of work."""

    starts: int  # rough layouts
    stages: tuple[tuple[int, int], ...]  # (layouts kept, sweeps over all nodes), one by one
    seats: int  # seats tried, per node and sweep
    sweeps: int  # looks at every link
    races: tuple[tuple[int, int], ...]  # (routed layouts kept, rounds of moving nodes with arcs)
    moves: tuple[int, int]  # seats, and arcs for each link, in such a round


def plan(nodes: int, links: int, effort: float = 1.0) -> Plan:
    """The plan for a map of this size; ``effort`` 1 is the usual."""
    size = max(nodes, links / 1.75)
    if nodes > FAST_FROM[0] or links > FAST_FROM[1]:
        return Plan(3, (), 30, 1 if links <= BARE_FROM else 0, ((1, 0),), (4, 3))
    if effort < 1:
        return Plan(12, ((3, 3), (1, 4)), 30, 2, ((1, 1),), (8, 4))
    if effort > 1:
        return Plan(64, ((24, 5), (12, 6), (8, 8)), 30, 2, ((8, 2), (4, 3), (2, 10)), (12, 6))
    if size <= 4:
        return Plan(8, ((4, 2), (2, 3)), 20, 1, ((2, 2), (1, 6)), (10, 6))
    if size <= 9:
        return Plan(64, ((24, 4), (9, 4)), 20, 1, ((9, 0), (3, 2), (1, 6)), (8, 6))
    if size <= 11:
        return Plan(64, ((32, 4), (10, 4)), 20, 1, ((10, 0), (3, 2), (1, 5)), (8, 5))
    if size <= 15:
        return Plan(64, ((20, 3), (6, 4)), 20, 1, ((6, 0), (2, 1), (1, 5)), (8, 5))
    if size <= 20:
        return Plan(64, ((20, 3), (6, 4)), 20, 1, ((4, 0), (1, 5)), (8, 5))
    if size <= 30:
        return Plan(32, ((16, 3), (5, 3), (2, 3)), 18, 1, ((2, 0), (1, 3)), (8, 4))
    if size <= 45:
        return Plan(32, ((12, 3), (5, 3), (2, 4)), 20, 1, ((2, 0), (1, 3)), (8, 5))
    if size <= 75:
        return Plan(16, ((6, 4), (2, 4)), 20, 1, ((1, 2),), (8, 4))
    return Plan(8, ((2, 2), (1, 3)), 18, 1, ((1, 2),), (5, 4))


def local(todo: Plan) -> Plan:
    """The plan where most names stay: few ways to fit the others in, and less to look at."""
    stages = ((3, 3), (2, 3)) if todo.stages else ()
    return Plan(4, stages, 30, todo.sweeps, ((2, 0), (1, 1)), (8, 4))
