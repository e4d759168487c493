"""``lay_out``: the one call into the layout, and its choices. Nothing heavy is imported here."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from numbers import Integral

from loopmap.errors import InvalidOptionError, UnknownNameError, shown
from loopmap.layout.model import Layout, Point
from loopmap.loops.loop import Loop
from loopmap.model import SystemMap
from loopmap.options import Effort, Engine, choose

__all__ = ["EFFORTS", "ENGINES", "FONT_SIZE", "lay_out"]

#: Type size of names on the picture, in map units.
FONT_SIZE = 14.0

#: Engine -> what it does. The Graphviz ones need the ``dot`` program or the extra ``graphviz``.
ENGINES: Mapping[Engine, str] = {
    "loops": "our own: loops round, few crossings, nothing through text",
    "given": "the places in the map; what has none is fitted in",
    "dot": "Graphviz, in layers",
    "neato": "Graphviz, by springs",
    "fdp": "Graphviz, by forces",
    "sfdp": "Graphviz, by forces, for large maps",
    "circo": "Graphviz, in circles",
    "twopi": "Graphviz, in rings round a centre",
}

#: How hard to try. Counted in steps of work, never by the clock: the same on every machine.
EFFORTS: Mapping[Effort, float] = {"fast": 0.3, "good": 1.0, "poster": 4.0}


def lay_out(
    m: SystemMap,
    *,
    loops: Sequence[Loop] | None = None,
    engine: Engine = "loops",
    seed: int = 0,
    near: Layout | None = None,
    pinned: Mapping[str, Point] | None = None,
    repair: bool = False,
    stakeholders: bool = False,
    font_size: float = FONT_SIZE,
    effort: Effort | None = None,
    progress: Callable[[float, str], None] | None = None,
) -> Layout:
    """Find a place for every name, link, sign, delay and loop badge of a map.

    Parameters
    ----------
    m
        The map. Elements and links may come in any order: the layout depends on their names.
    loops
        The loops that get a badge and look round. By default the shortest independent ones.
    engine
        A name of :data:`ENGINES`.
    seed
        Another seed gives another layout, the same one the same.
    near
        An earlier layout to stay close to.
    pinned
        Name to ``(x, y)`` in map units: these centres are kept exactly.
    repair
        With the engine ``"given"``: push boxes apart that overlap. Otherwise given positions
        are kept exactly.
    stakeholders
        Place stakeholders and their ``influences`` links too.
    font_size
        Type size of the names in map units (1 unit = 1 CSS pixel at scale 1).
    effort
        A name of :data:`EFFORTS`; by default ``"good"``.
    progress
        Called with a share done, 0 to 1, and the name of the step.

    Returns
    -------
    Layout
        In map units, y down.

    Notes
    -----
    Above 160 variables or 700 links a fast mode takes over: a few starts and no search for
    places, and above 700 links no search for routes either. Nothing overlaps then either, but
    links may run through text.

    Raises
    ------
    InvalidOptionError
        If the engine or effort is not known, or ``seed``, ``near`` or a pinned place is none.
    UnknownNameError
        If a pinned name or a loop's link is not in the map.
    MissingExtraError
        If a Graphviz engine is asked for and there is no Graphviz.

    Examples
    --------
    >>> m = lm.SystemMap(links=[("Backlog", "Stress", "+"), ("Stress", "Backlog", "+")])
    >>> layout = lay_out(m)
    >>> sorted(layout.boxes), len(layout.routes), len(layout.badges)
    (['Backlog', 'Stress'], 2, 1)
    """
    engine = choose(engine, ENGINES, "a layout engine")
    tries = EFFORTS[choose("good" if effort is None else effort, EFFORTS, "effort")]
    _check(seed, near)
    places = {m.element(name).name: _point(name, at) for name, at in (pinned or {}).items()}
    known = {link.key for link in m.links}
    for loop in loops or ():
        if missing := [link for link in loop.links if link.key not in known]:
            raise UnknownNameError(
                f"the loop {loop.label or loop.id!r} runs along {missing[0]!r}, which is not in "
                "this map; pass loops found in this very map"
            )
    from loopmap.layout.pipeline import LayoutRequest, run, shown_loops

    return run(
        m,
        shown_loops(m) if loops is None else tuple(loops),
        LayoutRequest(engine, seed, tries, repair, progress or (lambda share, step: None)),
        near=near,
        pinned=places,
        stakeholders=stakeholders,
        font_size=font_size,
    )


def _check(seed: object, near: object) -> None:
    if isinstance(seed, bool) or not isinstance(seed, Integral) or seed < 0:
        raise InvalidOptionError(f"seed is a whole number from 0 up, not {shown(seed)}")
    if near is not None and not isinstance(near, Layout):
        raise InvalidOptionError(
            f"near is a layout or a drawing made before, not {shown(near)}; pass lm.draw(…)"
        )


def _point(name: str, at: object) -> Point:
    try:
        x, y = map(float, at)  # type: ignore[call-overload]
    except (TypeError, ValueError, OverflowError):
        x = y = math.nan
    if not (math.isfinite(x) and math.isfinite(y)):
        raise InvalidOptionError(
            f"{name!r} is pinned at (x, y), two numbers in map units, not {shown(at)}"
        )
    return x, y
