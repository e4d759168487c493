"""What changed from one map to another: elements, links, and the loops that follow from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from loopmap.analysis.renames import likely_renamed
from loopmap.analysis.words import counted, in_words, loop_line, loops_caveat
from loopmap.errors import UnknownNameError, did_you_mean
from loopmap.loops import KIND_WORDS, Loop, Loops, find_loops
from loopmap.model import Element, Link, SystemMap

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Change", "Diff", "diff"]

#: How a change is marked in text; the frame and the picture use the words.
MARKS = {"gained": "+", "lost": "-", "changed": "~", "flipped": "~", "renamed": "~"}


class Change(NamedTuple):
    """One thing that is not as it was.

    ``thing`` is ``"header line"``, ``"element"``, ``"link"``, ``"named loop"`` or ``"loop"``;
    ``change`` is ``"gained"``, ``"lost"``, ``"changed"``, ``"flipped"`` or ``"renamed"``;
    ``before`` and ``after`` say how it was and is, empty where it was not there.
    """

    thing: str
    change: str
    name: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Diff:
    """What changed. True in an ``if`` when anything did.

    Parameters
    ----------
    before, after
        The two maps.
    changes
        Every :class:`Change`: header lines, elements, links, named loops, then loops.
    renamed
        Old name to new name of the elements taken to be renamed.
    loops
        The loops of both maps, which say how complete the part about loops is.
    """

    before: SystemMap
    after: SystemMap
    changes: tuple[Change, ...]
    renamed: Mapping[str, str]
    loops: tuple[Loops, Loops]

    def __bool__(self) -> bool:
        """Whether the maps differ."""
        return bool(self.changes)

    @property
    def caveats(self) -> tuple[str, ...]:
        """Sentences to be read with the answer; printed with it."""
        return tuple(dict.fromkeys(filter(None, map(loops_caveat, self.loops))))

    def to_frame(self) -> pd.DataFrame:
        """Return a table, one row per change.

        Returns
        -------
        pandas.DataFrame
            Columns ``thing``, ``change``, ``name``, ``before``, ``after``; see :class:`Change`.
        """
        import pandas as pd

        return pd.DataFrame(list(self.changes), columns=list(Change._fields))

    @property
    def summary(self) -> str:
        """One line: ``2 links gained, 1 link changed, 3 loops flipped``."""
        tally = Counter((change.thing, change.change) for change in self.changes)
        parts = [f"{counted(n, thing)} {how}" for (thing, how), n in tally.items()]
        return ", ".join(parts) or "no difference"

    def text(self, *, at_most: int | None = 20) -> str:
        """Return the changes as text for people, a version history or a CI log.

        Parameters
        ----------
        at_most
            List so many loops; the rest is counted. ``None`` lists all.
        """
        return "\n".join(self._lines(at_most))

    def __str__(self) -> str:
        """The text, with the first loops."""
        return self.text()

    def _lines(self, at_most: int | None) -> Iterator[str]:
        for sign, m, loops in zip("-+", (self.before, self.after), self.loops, strict=True):
            kinds = [f"{n} {kind}" for kind in "RBU" if (n := len(loops.of_kind(kind)))]
            split = f" ({', '.join(kinds)})" if kinds else ""
            yield (
                f"{sign * 3} {m.title or 'untitled'}: {counted(len(m.variables), 'variable')}, "
                f"{counted(len(m.causal_links), 'link')}, {counted(len(loops), 'loop')}{split}"
            )
        yield self.summary
        shown: Counter[str] = Counter()
        for change in self.changes:
            shown[change.thing] += 1
            if change.thing != "loop" or at_most is None or shown["loop"] <= at_most:
                yield _line(change)
        if at_most is not None and (more := shown["loop"] - at_most) > 0:
            yield f"  … and {counted(more, 'more loop')}"
        yield from self.caveats

    def _repr_mimebundle_(
        self, include: Iterable[str] | None = None, exclude: Iterable[str] | None = None
    ) -> dict[str, str]:
        """What a notebook shows: the words, not the short form."""
        return in_words(self, include, exclude)

    def __repr__(self) -> str:
        """``<Diff: 2 links gained, 3 loops flipped>``."""
        return f"<Diff: {self.summary}>"


def diff(
    before: SystemMap,
    after: SystemMap,
    *,
    renamed: Mapping[str, str] | None = None,
    at_most: int | None = 10_000,
) -> Diff:
    """Say what changed from one map to another: elements, links and loops.

    Parameters
    ----------
    before, after
        The two maps. Positions are presentation and do not count.
    renamed
        Old name to new name of elements that were renamed. ``None`` looks for them: a name that is
        gone and a new one that differ in case, plural or one letter, or that have mostly the same
        links (two or more). ``{}`` takes none as renamed.
    at_most
        Look at so many loops of each map, shortest first; the answer is marked when this leaves
        some out. A loop is never called gained or lost because of that.

    Returns
    -------
    Diff
        Print it, use it in an ``if``, or call ``.to_frame()``.

    Raises
    ------
    UnknownNameError
        If ``renamed`` names an element that is not there.

    Examples
    --------
    >>> before = lm.SystemMap(links=[("Backlog", "Stress", "+"), ("Stress", "Backlog", "+")])
    >>> after = lm.SystemMap(links=[("Backlog", "Stress", "+"), ("Stress", "Backlog", "-")])
    >>> print(lm.diff(before, after))
    --- untitled: 2 variables, 2 links, 1 loop (1 R)
    +++ untitled: 2 variables, 2 links, 1 loop (1 B)
    1 link changed, 1 loop flipped
    ~ link Stress -> Backlog: sign + → −
    ~ loop Backlog →+ Stress →− Backlog: R1 reinforcing → B1 balancing
    """
    if renamed is None:
        renamed = likely_renamed(before, after)
    else:
        _check_names(renamed, before, after)
    moved = before.rename(renamed) if renamed else before
    loops = find_loops(moved, at_most=at_most), find_loops(after, at_most=at_most)
    changes = [
        *_of_the_map(moved, after),
        *(Change("element", "renamed", new, old, new) for old, new in sorted(renamed.items())),
        *_of_elements(moved, after),
        *_of_links(moved, after),
        *_of_named_loops(moved, after),
        *_of_loops(moved, after, loops),
    ]
    return Diff(before, after, tuple(changes), dict(renamed), loops)


def _check_names(renamed: Mapping[str, str], before: SystemMap, after: SystemMap) -> None:
    for names, m, which in ((renamed.keys(), before, "before"), (renamed.values(), after, "after")):
        for name in names:
            if name not in m:
                raise UnknownNameError(
                    f"no element of the map {which} is called {name!r} (in renamed=)"
                    + did_you_mean(name, m.names)
                )


def _of_the_map(before: SystemMap, after: SystemMap) -> Iterator[Change]:
    for part in ("title", "subtitle", "author", "date", "about", "sources", "focal"):
        was, now = getattr(before, part), getattr(after, part)
        if was != now:
            how = "changed" if was and now else "gained" if now else "lost"
            yield Change("header line", how, part, _text(was), _text(now))


def _text(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def _of_elements(before: SystemMap, after: SystemMap) -> Iterator[Change]:
    was, now = ({e.name: e for e in m.elements} for m in (before, after))
    for name in sorted(now.keys() - was.keys()):
        yield Change("element", "gained", name, after=now[name].kind)
    for name in sorted(was.keys() - now.keys()):
        yield Change("element", "lost", name, was[name].kind)
    for name in sorted(was.keys() & now.keys()):
        if was[name] != now[name]:
            yield Change("element", "changed", name, *_told(_of_element, was[name], now[name]))


def _of_element(e: Element) -> dict[str, str]:
    return {"kind": e.kind, "notes": " / ".join(e.notes), "tags": ", ".join(e.tags)}


def _of_links(before: SystemMap, after: SystemMap) -> Iterator[Change]:
    was, now = ({link.key: link for link in m.links} for m in (before, after))
    for key in sorted(now.keys() - was.keys()):
        yield Change("link", "gained", _called(now[key]), after=_sign(now[key]))
    for key in sorted(was.keys() - now.keys()):
        yield Change("link", "lost", _called(was[key]), _sign(was[key]))
    for key in sorted(was.keys() & now.keys()):
        if was[key] != now[key]:
            yield Change("link", "changed", _called(now[key]), *_told(_of_link, was[key], now[key]))


def _called(link: Link) -> str:
    arrow = "->" if link.kind == "causal" else link.kind
    return f"{link.source} {arrow} {link.target}" + (f" via {link.route}" if link.route else "")


def _sign(link: Link) -> str:
    return str(link.polarity) + (" delayed" if link.delayed else "")


def _of_link(link: Link) -> dict[str, str]:
    return {
        "sign": str(link.polarity),
        "delay": "yes" if link.delayed else "no",
        "strength": "" if link.strength is None else f"{link.strength:g}",
        "by": ", ".join(_people(link)),
        "evidence": link.evidence,
        "claims": "; ".join(map(_claimed, link.claims)),
    }


def _people(link: Link) -> tuple[str, ...]:
    authored = any(claim.perspective is None for claim in link.claims)
    return (*link.perspectives, "the author") if authored else link.perspectives


def _claimed(claim: object) -> str:
    """Everything a claim says, its empty parts left out."""
    parts = {name: getattr(claim, name) for name in claim.__dataclass_fields__}  # type: ignore[attr-defined]
    said = [f"{name}={value}" for name, value in parts.items() if value not in (None, "", False)]
    return " ".join(said)


def _told(describe: object, was: object, now: object) -> tuple[str, str]:
    """The parts that differ, on both sides; what everybody can see before the fine print."""
    old, new = describe(was), describe(now)  # type: ignore[operator]
    parts = [part for part in old if old[part] != new[part]]
    if len(parts) > 1 and "claims" in parts:
        parts.remove("claims")
    sides = ([f"{part} {side[part] or 'none'}" for part in parts] for side in (old, new))
    before, after = map(", ".join, sides)
    return before, after


def _of_named_loops(before: SystemMap, after: SystemMap) -> Iterator[Change]:
    for loop in sorted({*after.loops} - {*before.loops}, key=lambda loop: loop.order):
        yield Change("named loop", "gained", loop.name, after=", ".join(loop.path))
    for loop in sorted({*before.loops} - {*after.loops}, key=lambda loop: loop.order):
        yield Change("named loop", "lost", loop.name, ", ".join(loop.path))


def _of_loops(before: SystemMap, after: SystemMap, loops: tuple[Loops, Loops]) -> Iterator[Change]:
    """Whether a loop is in a map is asked of the map's links, so a cut list cannot mislead."""
    was, now = ({link.key: link for link in m.causal_links} for m in (before, after))
    labels = tuple({loop.id: loop.label for loop in found} for found in loops)
    seen: set[str] = set()
    for loop in (*loops[0], *loops[1]):
        keys = [link.key for link in loop.links]
        if loop.id in seen or not all(key in was and key in now for key in keys):
            continue
        seen.add(loop.id)
        old, new = (Loop(tuple(links[key] for key in keys)) for links in (was, now))
        if old.kind != new.kind:
            sides = [
                _kind(called.get(loop.id, ""), side.kind)
                for called, side in zip(labels, (old, new), strict=True)
            ]
            yield Change("loop", "flipped", loop_line(new), *sides)
    for loop in loops[1]:
        if any(link.key not in was for link in loop.links):
            yield Change("loop", "gained", loop_line(loop), after=_kind(loop.label, loop.kind))
    for loop in loops[0]:
        if any(link.key not in now for link in loop.links):
            yield Change("loop", "lost", loop_line(loop), _kind(loop.label, loop.kind))


def _kind(label: str, kind: str) -> str:
    return f"{label} {KIND_WORDS[kind]}".strip()


def _line(change: Change) -> str:
    mark = MARKS[change.change]
    if change.change == "renamed":
        return f"{mark} {change.thing} {change.before!r} renamed {change.after!r}"
    if not change.before or not change.after:
        return f"{mark} {change.thing} {change.name}: {change.before or change.after}"
    before, after = change.before, change.after
    part = before.partition(" ")[0]
    if change.change == "changed" and "," not in before:  # "sign + → −", not "… → sign −"
        after = after.removeprefix(f"{part} ")
    return f"{mark} {change.thing} {change.name}: {before} → {after}"
