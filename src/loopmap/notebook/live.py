"""The widget itself: a map, its loops and its picture, kept in step with the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from importlib.resources import files
from typing import Any, get_args

import anywidget
import traitlets

from loopmap.display import Drawing, draw
from loopmap.errors import InvalidMapError, LoopmapError
from loopmap.layout import Layout, lay_out
from loopmap.loops import Loop, Loops, find_loops, story_loops
from loopmap.model import Element, Link, SystemMap
from loopmap.notebook.edits import edited, filled, find
from loopmap.notebook.payload import facts, key, picture
from loopmap.options import Engine, StyleName, Theme, choose
from loopmap.scene import Style, choose_loops, style_of

__all__ = ["LoopWidget"]

_PAGE = files("loopmap.notebook")


class _Map(traitlets.Any):
    """A map; a new one is news even where only positions differ (those do not count in ``==``)."""

    def set(self, obj: Any, value: Any) -> None:
        new = self._validate(obj, value)
        old = obj._trait_values.get(self.name)
        obj._trait_values[self.name] = new
        if old is not new:
            obj._notify_trait(self.name, old, new)


class LoopWidget(anywidget.AnyWidget):
    """A live map; made by :func:`loopmap.widget`.

    Attributes
    ----------
    map : SystemMap
        The map as it stands, every element with its position. Set it to show another; watch it
        with ``w.observe(seen, "map")``.
    loops : Loops
        Its loops, at most as many as were asked for.
    """

    _esm = _PAGE.joinpath("live.js").read_text("utf-8")
    _css = _PAGE.joinpath("live.css").read_text("utf-8")

    map = _Map()
    facts = traitlets.Dict().tag(sync=True)
    picture = traitlets.Dict().tag(sync=True)
    selected = traitlets.Unicode("").tag(sync=True)
    hovered = traitlets.Unicode("").tag(sync=True)
    theme = traitlets.Unicode("auto").tag(sync=True)
    height = traitlets.Int(560).tag(sync=True)

    def __init__(
        self,
        m: SystemMap,
        *,
        layout: Engine | Layout,
        near: Layout | None,
        seed: int,
        style: Style | StyleName,
        at_most: int,
        height: int,
        theme: Theme,
    ) -> None:
        choose(theme, get_args(Theme), "theme")
        self._style = style_of(style)
        self._at_most = at_most
        self._draw_first = partial(draw, layout=layout, near=near, seed=seed, style=self._style)
        self._undo: list[SystemMap] = []
        self._redo: list[SystemMap] = []
        self._layout: Layout | None = None
        self._drawn_for: object = None
        self._story: Sequence[Loop] = ()
        super().__init__(height=height, theme=theme)
        self.map = m
        self.on_msg(self._heard)

    # -- the map ------------------------------------------------------------------------------

    @traitlets.validate("map")
    def _shown(self, proposal: Any) -> SystemMap:
        """Show the map and give it back with the positions it got."""
        m = proposal["value"]
        if not isinstance(m, SystemMap):
            raise InvalidMapError(f"w.map is a SystemMap, not {m!r}")
        if self._layout is not None:
            self._undo.append(self.map)
            self._redo.clear()
        return self._show(m)

    def _show(self, m: SystemMap) -> SystemMap:
        self.loops: Loops = find_loops(m, at_most=self._at_most)
        self._marked = choose_loops(m, self.loops, "auto")
        self._tell(m)  # the loops at once, told in the old order; the picture when it is ready
        self._layout = self._laid_out(m)
        m = m.with_places(self._layout)
        self._drawn_for = self._looks(m)
        self.picture = picture(m, self._layout, self._marked, self._style)
        story = story_loops(m).loops
        if [loop.id for loop in story] != [loop.id for loop in self._story]:
            self._story = story
            self._tell(m)
        if self.selected and self._chosen(m) is None:
            self.selected = ""
        return m

    def _tell(self, m: SystemMap) -> None:
        self.facts = {
            **facts(m, self.loops, self._story),
            "can_undo": bool(self._undo),
            "can_redo": bool(self._redo),
        }

    def _laid_out(self, m: SystemMap) -> Layout:
        if self._layout is None:
            return self._draw_first(m, loops=self._marked).layout
        if self._looks(m) == self._drawn_for:
            return self._layout  # only signs or words changed: everything stays where it is
        return lay_out(filled(m, self._layout), loops=self._marked, engine="given")

    def _looks(self, m: SystemMap) -> object:
        """What the layout depends on."""
        elements = [(e.name, e.kind, e.position) for e in m.elements]
        links = [(link.key, link.delayed) for link in m.links]
        return elements, links, [loop.id for loop in self._marked]

    @property
    def drawing(self) -> Drawing:
        """The map as it stands, as a picture: ``w.drawing.save("hub.pdf", paper="A3")``."""
        return draw(self.map, layout=self._layout or "loops", style=self._style)

    def undo(self) -> None:
        """Take the last change back; does nothing if there is none."""
        self._travel(self._undo, self._redo)

    def redo(self) -> None:
        """Do again what was last taken back; does nothing if there is none."""
        self._travel(self._redo, self._undo)

    def _travel(self, here: list[SystemMap], there: list[SystemMap]) -> None:
        if not here:
            return
        old, new = self.map, here.pop()
        there.append(old)
        self._trait_values["map"] = new = self._show(new)
        self._notify_trait("map", old, new)

    # -- what is pinned -----------------------------------------------------------------------

    @property
    def selection(self) -> Element | Link | Loop | None:
        """What is pinned: an element, a link, a loop, or nothing. Set it to pin something.

        Besides such values it takes a name, a loop's label, name or id, or a pair of names.
        """
        return self._chosen(self.map)

    @selection.setter
    def selection(self, wanted: Element | Link | Loop | str | tuple[str, str] | None) -> None:
        if wanted is None:
            self.selected = ""
        elif isinstance(wanted, Element | Link | Loop):
            self.selected = key(wanted)
        elif isinstance(wanted, str):
            named = wanted in self.map.variables
            self.selected = key(self.map.element(wanted) if named else self.loops[wanted])
        else:
            self.selected = key(self.map.link(*wanted))

    def _chosen(self, m: SystemMap) -> Element | Link | Loop | None:
        for loop in self.loops:
            if key(loop) == self.selected:
                return loop
        try:
            return find(m, self.selected)
        except LoopmapError:
            return None

    # -- what the page asks -------------------------------------------------------------------

    def _heard(self, _: Any, message: Any, __: Any) -> None:
        try:
            self._do(message)
        except LoopmapError as problem:
            self.send({"problem": str(problem)})

    def _do(self, message: Any) -> None:
        do = message.get("do") if isinstance(message, dict) else None
        if do == "undo":
            self.undo()
        elif do == "redo":
            self.redo()
        else:
            was = self.selected
            new, made = edited(self.map, message)
            self.map = new
            if made and (do != "rename" or was == message.get("key")):
                self.selected = made
            if do == "add":
                self.send({"edit": made})

    # -- without a kernel ---------------------------------------------------------------------

    def _repr_mimebundle_(
        self, include: Iterable[str] | None = None, exclude: Iterable[str] | None = None, **_: Any
    ) -> Any:
        """The live view, and the same picture for wherever no kernel answers."""
        live = super()._repr_mimebundle_()
        data, metadata = live if isinstance(live, tuple) else (live or {}, {})
        data = {**data, **self.drawing._repr_mimebundle_(include, exclude)}
        return data, metadata

    def __repr__(self) -> str:
        """``<LoopWidget of <SystemMap …>>``."""
        return f"<LoopWidget of {self.map!r}>"
