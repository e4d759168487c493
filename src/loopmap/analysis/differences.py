"""What changed from one map to another: elements, links, and the loops that follow from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loopmap.analysis.changes import Change, changes_between
from loopmap.analysis.renames import likely_renamed
from loopmap.analysis.words import in_words, loops_caveat
from loopmap.errors import UnknownNameError, did_you_mean
from loopmap.loops import Loops, find_loops
from loopmap.model import SystemMap
from loopmap.model.reading import need_map
from loopmap.phrases import counted

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Diff", "diff"]

#: How a change is marked in text; the frame and the picture use the words.
MARKS = {"gained": "+", "lost": "-", "changed": "~", "flipped": "~", "renamed": "~"}


@dataclass(frozen=True, slots=True, repr=False)
class Diff:
    """What changed. True in an ``if`` when anything did.

    Parameters
    ----------
    before, after
        The two maps.
    changes
        Every :class:`~loopmap.analysis.changes.Change`: of header lines, elements, links, named
        loops, then loops.
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
            Columns ``thing``, ``change``, ``name``, ``before``, ``after``; see
            :class:`~loopmap.analysis.changes.Change`.
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

        Returns
        -------
        str
            One line for each map, one for the sums, then one line a change: ``+`` gained, ``-``
            lost, ``~`` changed.
        """
        return "\n".join(self._lines(at_most))

    def __str__(self) -> str:
        """The text, with the first loops."""
        return self.text()

    def _lines(self, at_most: int | None) -> Iterator[str]:
        for sign, m, loops in zip("-+", (self.before, self.after), self.loops, strict=True):
            kinds = [f"{n} {kind}" for kind, n in loops.by_kind().items() if n]
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
    seconds: float | None = 5.0,
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
    seconds
        Look for the loops of each map about so long, and mark the answer where that is not enough;
        ``None`` takes its time.

    Returns
    -------
    Diff
        Print it, use it in an ``if``, or call ``.to_frame()``.

    Raises
    ------
    UnknownNameError
        If ``renamed`` names an element that is not there.
    InvalidOptionError
        If ``at_most`` is no number of loops.

    Examples
    --------
    >>> before = lm.SystemMap(links=[("Backlog", "Stress", "+"), ("Stress", "Backlog", "+")])
    >>> after = lm.SystemMap(links=[("Backlog", "Stress", "+"), ("Stress", "Backlog", "-")])
    >>> print(lm.diff(before, after))
    --- untitled: 2 variables, 2 links, 1 loop (1 R)
    +++ untitled: 2 variables, 2 links, 1 loop (1 B)
    1 link changed, 1 loop flipped
    ~ link Stress -> Backlog: sign + → −
    ~ loop Backlog -> (+) Stress -> (−) Backlog: R1 reinforcing → B1 balancing
    """
    need_map(before)
    need_map(after)
    if renamed is None:
        renamed = likely_renamed(before, after)
    else:
        _check_names(renamed, before, after)
    moved = before.rename(renamed) if renamed else before
    old, new = (find_loops(m, at_most=at_most, seconds=seconds) for m in (moved, after))
    changes = tuple(changes_between(moved, after, renamed, (old, new)))
    return Diff(before, after, changes, dict(renamed), (old, new))


def _check_names(renamed: Mapping[str, str], before: SystemMap, after: SystemMap) -> None:
    for names, m, which in ((renamed.keys(), before, "before"), (renamed.values(), after, "after")):
        for name in names:
            if name not in m:
                raise UnknownNameError(
                    f"no element of the map {which} is called {name!r} (in renamed=)"
                    + did_you_mean(name, m.names)
                )


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
