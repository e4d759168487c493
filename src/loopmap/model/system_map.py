"""The map: elements, links and named loops, held immutable and checked once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import FrozenInstanceError, dataclass, field, replace
from itertools import islice, takewhile
from operator import attrgetter
from typing import Any

from loopmap.errors import InvalidMapError, UnknownNameError, did_you_mean
from loopmap.model.elements import Element
from loopmap.model.joining import each_once, join_links, named_loops, united, with_undeclared
from loopmap.model.kinds import link_problem
from loopmap.model.links import Link
from loopmap.model.named_loops import NamedLoop
from loopmap.model.places import Kept, Places, with_places, without_places
from loopmap.model.text import checked_set, checked_text
from loopmap.options import LinkKindName
from loopmap.phrases import counted

__all__ = ["SystemMap"]


@dataclass(frozen=True, slots=True, repr=False, eq=True)
class SystemMap:
    """Stakeholders, variables and what drives what: an immutable, typed, signed graph.

    Names used in links need no element of their own: they become variables, or stakeholders
    where a stakeholder link starts from them. Everything is kept sorted, so two maps that say
    the same are equal however they were put together.

    Parameters
    ----------
    elements
        :class:`Element` objects or plain names.
    links
        :class:`Link` objects or tuples ``(source, target, sign)``. Links with the same source,
        target, kind and route become one link with all their claims.
    loops
        Loops that somebody named (:class:`NamedLoop`): claims to be checked.
    title, subtitle, author, date, about
        One line of text each.
    sources
        Where the map comes from: one text or several; kept sorted, each once.
    focal
        Names of the variables the map is about.

    Raises
    ------
    InvalidMapError
        If two elements of one name differ, or a link joins what its kind may not join.

    Examples
    --------
    >>> m = lm.SystemMap(links=[("Backlog", "Stress", "+"), ("Stress", "Backlog", "+")])
    >>> m
    <SystemMap: 2 variables, 2 links>
    >>> m.add(lm.Link("Police", "Backlog", kind="holds")).stakeholders
    ('Police',)
    """

    elements: tuple[Element, ...]
    links: tuple[Link, ...]
    loops: tuple[NamedLoop, ...]
    title: str
    subtitle: str
    author: str
    date: str
    about: str
    sources: tuple[str, ...]
    focal: tuple[str, ...]
    _by_name: dict[str, Element] = field(compare=False)

    def __init__(
        self,
        elements: Iterable[Element | str] = (),
        links: Iterable[Link | tuple[Any, ...]] = (),
        loops: Iterable[NamedLoop] = (),
        *,
        title: str = "",
        subtitle: str = "",
        author: str = "",
        date: str = "",
        about: str = "",
        sources: str | Iterable[str] = (),
        focal: str | Iterable[str] = (),
    ) -> None:
        put = object.__setattr__
        joined = join_links(links)
        declared = with_undeclared(each_once(elements), joined)
        for link in joined:
            wrong = link_problem(
                link.kind,
                link.source,
                declared[link.source].kind,
                link.target,
                declared[link.target].kind,
            )
            if wrong:
                raise InvalidMapError(wrong)
        put(self, "_by_name", {name: declared[name] for name in sorted(declared)})
        put(self, "elements", tuple(self._by_name.values()))
        put(self, "links", joined)
        put(self, "loops", tuple(sorted(named_loops(loops), key=lambda loop: loop.order)))
        texts = {
            "title": title,
            "subtitle": subtitle,
            "author": author,
            "date": date,
            "about": about,
        }
        for part, text in texts.items():
            put(self, part, checked_text(text, f"the {part} of a map").strip())
        put(self, "sources", checked_set(sources, "a source of a map"))
        put(self, "focal", checked_set(focal, "a focal variable"))

    # -- looking -----------------------------------------------------------------------------

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all elements, sorted."""
        return tuple(element.name for element in self.elements)

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of everything that rises and falls (variables, stocks, flows), sorted."""
        return tuple(element.name for element in self.elements if element.is_quantity)

    @property
    def stakeholders(self) -> tuple[str, ...]:
        """The names of the stakeholders, sorted."""
        return tuple(element.name for element in self.elements if not element.is_quantity)

    @property
    def causal_links(self) -> tuple[Link, ...]:
        """The links that loops can run along, sorted by source, target and route."""
        return tuple(link for link in self.links if link.is_causal)

    @property
    def perspectives(self) -> tuple[str, ...]:
        """Everybody who makes a claim in the map, sorted; the map's author is not listed."""
        return tuple(sorted({who for link in self.links for who in link.perspectives}))

    def element(self, name: str) -> Element:
        """Return the element of this name; ``m[name]`` does the same.

        Parameters
        ----------
        name
            Its name, letter for letter.

        Returns
        -------
        Element
            The one there is: names are unique in a map.

        Raises
        ------
        UnknownNameError
            If there is none; the message names the nearest.
        """
        found = self._by_name.get(name)
        if found is None:
            raise UnknownNameError(
                f"no element is called {name!r}" + did_you_mean(str(name), self.names)
            )
        return found

    def link(
        self, source: str, target: str, *, kind: LinkKindName = "causal", route: str | None = None
    ) -> Link:
        """Return the link from ``source`` to ``target``.

        Parameters
        ----------
        source, target
            Names of the two elements.
        kind
            The kind of link.
        route
            The link's route; needed only when several links of this kind join the two.

        Returns
        -------
        Link
            The one link that fits, with all its claims.

        Raises
        ------
        UnknownNameError
            If a name is unknown, there is no such link, or there are several and no route.
        """
        for name in (source, target):
            self.element(name)
        which = (source, target, str(kind))
        place = bisect_left(self.links, which, key=attrgetter("key"))  # links are sorted by it
        after = takewhile(lambda link: link.key[:3] == which, islice(self.links, place, None))
        between = [link for link in after if route in (None, link.route)]
        if len(between) == 1:
            return between[0]
        if between:
            routes = ", ".join(repr(link.route) for link in between)
            raise UnknownNameError(
                f"several {kind} links lead from {source!r} to {target!r}; "
                f"pass route= one of {routes}"
            )
        via = f" by route {route!r}" if route else ""
        raise UnknownNameError(f"no {kind} link leads from {source!r} to {target!r}{via}")

    def __getitem__(self, name: str) -> Element:
        """The element of this name, as :meth:`element` gives it."""
        return self.element(name)

    def __len__(self) -> int:
        """How many elements it has; ``len(m.links)`` counts the links."""
        return len(self.elements)

    def __bool__(self) -> bool:
        """Always true: an empty map is a map."""
        return True

    #: One goes over its parts: ``for element in m.elements``.
    __iter__ = None

    def __contains__(self, name: object) -> bool:
        """Whether an element has this name."""
        return name in self._by_name

    # -- changing, always into a new map -----------------------------------------------------

    def replace(self, **parts: Any) -> SystemMap:
        """Return a new map with some parts (``elements``, ``links``, ``title`` …) replaced.

        Parameters
        ----------
        **parts
            What :class:`SystemMap` is made of, by name; a part that is given replaces the whole
            of the old one.

        Returns
        -------
        SystemMap
            Names that only the old links needed stay as elements.

        Raises
        ------
        TypeError
            If a map has no such part.
        InvalidMapError
            If the parts contradict each other.

        Examples
        --------
        >>> lm.SystemMap(["Backlog"]).replace(title="The hub").title
        'The hub'
        """
        fields = {name: getattr(self, name) for name in _PARTS}
        unknown = sorted(parts.keys() - fields.keys())
        if unknown:
            raise TypeError(f"a map has no part {unknown[0]!r}" + did_you_mean(unknown[0], fields))
        return SystemMap(**{**fields, **parts})

    def add(self, *things: Element | Link | NamedLoop) -> SystemMap:
        """Return a new map with elements, links and named loops added.

        Parameters
        ----------
        *things
            An element takes the place of the one of the same name; the claims of a link join
            those of the link with the same key.

        Returns
        -------
        SystemMap
            With names that are new in the links as variables.

        Raises
        ------
        TypeError
            If something is no :class:`Element`, :class:`Link` or :class:`NamedLoop`.
        InvalidMapError
            If a link joins what its kind may not join.

        Examples
        --------
        >>> lm.SystemMap(["A"]).add(lm.Element("A", "stock"), lm.Link("A", "B", "+"))
        <SystemMap: 2 variables, 1 link>
        """
        elements = {element.name: element for element in self.elements}
        links: list[Link] = list(self.links)
        loops: list[NamedLoop] = list(self.loops)
        for thing in things:
            if isinstance(thing, Element):
                elements[thing.name] = thing
            elif isinstance(thing, Link):
                links.append(thing)
            elif isinstance(thing, NamedLoop):
                loops.append(thing)
            else:
                raise TypeError(f"add() takes Element, Link and NamedLoop, not {thing!r}")
        return self.replace(elements=elements.values(), links=links, loops=loops)

    def remove(self, *things: str | Element | Link | NamedLoop) -> SystemMap:
        """Return a new map without these; removing an element removes its links too.

        Parameters
        ----------
        *things
            Names of elements, elements, links (by source, target, kind and route, whatever
            their claims) and named loops.

        Returns
        -------
        SystemMap
            A named loop stays when something it runs through goes: ``check`` then reports it
            broken.

        Raises
        ------
        UnknownNameError
            If something is not in the map.

        Examples
        --------
        >>> lm.SystemMap(links=[("A", "B", "+")]).remove("B")
        <SystemMap: 1 variable, 0 links>
        """
        gone = {
            thing if isinstance(thing, str) else thing.name
            for thing in things
            if isinstance(thing, str | Element)
        }
        for name in sorted(gone):
            self.element(name)
        gone_links = {thing.key for thing in things if isinstance(thing, Link)}
        for key in sorted(gone_links):
            self.link(key.source, key.target, kind=key.kind, route=key.route)
        gone_loops = {thing for thing in things if isinstance(thing, NamedLoop)}
        if missing := sorted(loop.name for loop in gone_loops - set(self.loops)):
            raise UnknownNameError(f"no such loop {missing[0]!r} in this map")
        return self.replace(
            elements=[element for element in self.elements if element.name not in gone],
            links=[
                link
                for link in self.links
                if link.key not in gone_links and not gone & {link.source, link.target}
            ],
            loops=[loop for loop in self.loops if loop not in gone_loops],
            focal=[name for name in self.focal if name not in gone],
        )

    def rename(self, new_names: Mapping[str, str]) -> SystemMap:
        """Return a new map in which elements are called otherwise.

        Parameters
        ----------
        new_names
            Old name to new name. Two elements that get one name become one with the notes and
            tags of both; a plain variable yields to a stock or a flow.

        Returns
        -------
        SystemMap
            With the new names in elements, links, named loops and ``focal``.

        Raises
        ------
        UnknownNameError
            If an old name is not in the map.
        InvalidMapError
            If elements of other different kinds would get one name.

        Examples
        --------
        >>> lm.SystemMap(links=[("A", "B", "+")]).rename({"A": "Demand"}).links
        (<Link Demand -> B : +>,)
        """
        for name in new_names:
            self.element(name)

        def new(name: str) -> str:
            return new_names.get(name, name)

        elements: dict[str, Element] = {}
        for element in self.elements:
            renamed = replace(element, name=new(element.name))
            kept = elements.get(renamed.name)
            elements[renamed.name] = renamed if kept is None else united(kept, renamed)
        return self.replace(
            elements=elements.values(),
            links=[
                link.replace(source=new(link.source), target=new(link.target))
                for link in self.links
            ],
            loops=[replace(loop, path=tuple(map(new, loop.path))) for loop in self.loops],
            focal=map(new, self.focal),
        )

    def focus(self, *names: str, steps: int = 1) -> SystemMap:
        """Return the part of the map within ``steps`` links of these elements, either way.

        Parameters
        ----------
        *names
            The elements to start from.
        steps
            How many links to go, along their arrows or against them; links of every kind count.

        Returns
        -------
        SystemMap
            Those elements, all links between them, and the named loops that lie on them whole.

        Raises
        ------
        UnknownNameError
            If a name is not in the map.

        Examples
        --------
        >>> m = lm.SystemMap(links=[("A", "B", "+"), ("B", "C", "+"), ("C", "D", "+")])
        >>> m.focus("A").names, m.focus("A", steps=2).names
        (('A', 'B'), ('A', 'B', 'C'))
        """
        near = {self.element(name).name for name in names}
        for _ in range(steps):
            near |= {
                end
                for link in self.links
                if link.source in near or link.target in near
                for end in (link.source, link.target)
            }
        return self.replace(
            elements=[element for element in self.elements if element.name in near],
            links=[link for link in self.links if {link.source, link.target} <= near],
            loops=[loop for loop in self.loops if near.issuperset(loop.path)],
            focal=[name for name in self.focal if name in near],
        )

    def perspective(self, *names: str) -> SystemMap:
        """Return the map as these people see it: their claims only, and what those join.

        Parameters
        ----------
        *names
            One or more of ``m.perspectives``. Claims by the map's author are left out.

        Returns
        -------
        SystemMap
            Their links with their claims, and the elements those join; all named loops.

        Raises
        ------
        UnknownNameError
            If somebody makes no claim in this map.

        Examples
        --------
        >>> said = [lm.Claim("Police", "+"), lm.Claim("Health", "-")]
        >>> m = lm.SystemMap(links=[lm.Link("Risk", "Referrals", claims=said)])
        >>> m.perspective("Police").links
        (<Link Risk -> Referrals : + by Police>,)
        """
        known = self.perspectives
        for name in names:
            if name not in known:
                raise UnknownNameError(
                    f"nobody called {name!r} makes a claim in this map"
                    + did_you_mean(str(name), known)
                )
        links = [
            link.replace(claims=theirs)
            for link in self.links
            if (theirs := [claim for claim in link.claims if claim.perspective in names])
        ]
        seen = {end for link in links for end in (link.source, link.target)}
        return self.replace(
            elements=[element for element in self.elements if element.name in seen],
            links=links,
            focal=[name for name in self.focal if name in seen],
        )

    # -- places ------------------------------------------------------------------------------

    def with_places(self, places: Places | Kept | Mapping[str, tuple[float, float]]) -> SystemMap:
        """Return the map with the places of a picture: draw it, and it looks as it did there.

        Parameters
        ----------
        places
            A drawing, its layout, or a mapping of names to ``(x, y)`` in map units, y down. What
            it does not place has no place then, and is fitted in when the map is drawn.

        Returns
        -------
        SystemMap
            An equal map: where names stand (:attr:`Element.position`) and how lines run
            (:attr:`Link.curve`) are kept and written, but are no part of what it says.

        Raises
        ------
        InvalidMapError
            If ``places`` is none of these, or a place is not two numbers.

        Examples
        --------
        >>> m = lm.SystemMap(links=[("Backlog", "Stress", "+")])
        >>> kept = m.with_places(lm.draw(m))
        >>> kept == m, kept["Stress"].position is None
        (True, False)
        """
        return with_places(self, places)

    def without_places(self) -> SystemMap:
        """Return the map without places: drawing it finds new ones.

        Returns
        -------
        SystemMap
            An equal map in which nothing has a place.

        Examples
        --------
        >>> m = lm.SystemMap([lm.Element("Backlog", position=(10, 20))])
        >>> m.without_places()["Backlog"].position is None
        True
        """
        return without_places(self)

    # -- showing itself ----------------------------------------------------------------------

    def _repr_mimebundle_(
        self, include: Iterable[str] | None = None, exclude: Iterable[str] | None = None
    ) -> dict[str, str]:
        """What a notebook shows: the picture, or the text and why there is no picture."""
        from loopmap.display import mimebundle  # the one import up the page: see test_layers

        return mimebundle(self, include, exclude)

    def __repr__(self) -> str:
        """A line such as ``<SystemMap 'The hub': 25 variables, 38 links, 13 stakeholders>``."""
        counts = [counted(len(self.variables), "variable"), counted(len(self.links), "link")]
        if self.stakeholders:
            counts.append(counted(len(self.stakeholders), "stakeholder"))
        title = f" {self.title!r}" if self.title else ""
        return f"<SystemMap{title}: {', '.join(counts)}>"


def _refuse(m: SystemMap, name: str, value: object = None) -> None:
    """Say what to do instead; a frozen class with slots only says that ``super`` failed."""
    if name in _PARTS:
        raise FrozenInstanceError(f"a map does not change; m.replace({name}=…) gives a new one")
    raise FrozenInstanceError(
        f"a map does not change, and has no part {name!r}{did_you_mean(name, _PARTS)}"
    )


SystemMap.__setattr__ = SystemMap.__delattr__ = _refuse  # type: ignore[assignment,method-assign]

_PARTS = tuple(name for name in SystemMap.__dataclass_fields__ if not name.startswith("_"))
