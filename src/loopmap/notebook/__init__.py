"""``widget``: the live map in a notebook. anywidget is imported when the first one is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loopmap.errors import MissingExtraError
from loopmap.layout import Layout
from loopmap.model import SystemMap
from loopmap.options import Engine, StyleName, Theme
from loopmap.scene import SCREEN, Style

if TYPE_CHECKING:
    from loopmap.notebook.live import LoopWidget

__all__ = ["widget"]


def widget(
    m: SystemMap,
    *,
    layout: Engine | Layout = "loops",
    near: Layout | None = None,
    seed: int = 0,
    style: Style | StyleName = SCREEN,
    at_most: int = 1_000,
    height: int = 560,
    theme: Theme = "auto",
) -> LoopWidget:
    """Show a map live in a notebook: hover, pin, drag, edit, and read the result as data.

    Pointing at a name, a line or a badge lights its loops; a click keeps them lit. Variables are
    dragged, added, renamed and deleted, links drawn, signed and delayed; every change arrives in
    ``w.map`` at once. All of it works by keyboard too (guide "The live map").

    Parameters
    ----------
    m
        The map.
    layout
        A layout engine by name, as in :func:`draw`; ``"given"`` starts from the map's own
        positions, such as those of another widget's ``w.map``.
    near
        An earlier layout to stay close to.
    seed
        Another seed, another layout.
    style
        A :class:`Style` or the name of a preset.
    at_most
        List so many loops, the shortest; the list says when there are more.
    height
        Height in CSS pixels.
    theme
        ``"auto"`` follows the notebook; or ``"light"``, ``"dark"``.

    Returns
    -------
    LoopWidget
        ``w.map`` is the edited map with every position, ``w.selection`` what is pinned (an
        ``Element``, ``Link``, ``Loop`` or ``None``), ``w.loops`` the loops, ``w.drawing`` the
        picture as it stands, to save; ``w.undo()`` and ``w.redo()``. ``map`` and ``selection``
        can be set too, and ``map`` watched with ``w.observe(seen, "map")``.

    Raises
    ------
    MissingExtraError
        If anywidget is not installed.
    InvalidOptionError
        If the style, layout, theme or another option is not known.

    Examples
    --------
    >>> m = lm.SystemMap(links=[("Backlog", "Stress", "+"), ("Stress", "Backlog", "+")])
    >>> w = lm.widget(m)
    >>> w.selection = "Stress"
    >>> w.map = w.map.rename({"Stress": "Pressure"})
    >>> w.map.names, w.selection
    (('Backlog', 'Pressure'), None)
    """
    try:
        from loopmap.notebook.live import LoopWidget
    except ImportError as missing:
        raise MissingExtraError(
            'lm.widget() needs anywidget: pip install "loopmap[notebook]"'
        ) from missing
    return LoopWidget(
        m,
        layout=layout,
        near=near,
        seed=seed,
        style=style,
        at_most=at_most,
        height=height,
        theme=theme,
    )
