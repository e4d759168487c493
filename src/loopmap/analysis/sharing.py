"""Loops that nobody sees alone, and who must come together to see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import mul, or_
from typing import TYPE_CHECKING, overload

from loopmap.analysis.words import attribution_caveat, in_words, loops_caveat
from loopmap.loops import Loop, Loops, find_loops, loop_kind
from loopmap.model import LinkKey, SystemMap
from loopmap.perspectives import agreement, voice_labels, voices
from loopmap.phrases import counted, named
from loopmap.polarity import Polarity
from loopmap.words import path_line

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SharedLoop", "SharedLoops", "shared_loops"]

_AT_MOST_IN_TEXT = 20


@dataclass(frozen=True, slots=True)
class SharedLoop:
    """One loop, and who holds which part of it.

    Parameters
    ----------
    loop
        The loop; its ``kind`` is that of the joined signs.
    coalition
        The fewest people whose maps, laid together, hold every link of it that anybody in
        particular holds. Of several such groups it is always the same one.
    either
        For each of them, in the same order, everybody who would do in that place, whoever of
        those named fills the others. Groups that differ in several places are not listed.
    parts
        Everybody who makes a claim about some link of it, and how many of its links.
    readings
        Everybody who holds the whole loop, and the kind they read by their own signs. These may
        agree where the joined signs do not: where Ann draws ``+ +`` and Bo ``− −``, both read R.
    recorded
        How many of its links are on the facilitator's record only: nobody is named for them.
    """

    loop: Loop
    coalition: tuple[str, ...]
    either: tuple[tuple[str, ...], ...]
    parts: Mapping[str, int]
    readings: Mapping[str, str]
    recorded: int = 0

    @property
    def needs(self) -> str:
        """Who must come together: ``Police and either Hospital or Social care``."""
        plain = [who[0] for who in self.either if len(who) == 1]
        open_ = [" or ".join(who) for who in self.either if len(who) > 1]
        return named([*plain, *(f"either {who}" if len(self.either) > 1 else who for who in open_)])

    @property
    def disputed(self) -> bool:
        """Whether people who hold the whole loop read different kinds."""
        return len(set(self.readings.values()) - {"U"}) > 1

    @property
    def contradicted(self) -> bool:
        """Whether people give some link of it different signs."""
        return any(link.polarity is Polarity.MIXED for link in self.loop.links)


@dataclass(frozen=True, slots=True, repr=False)
class SharedLoops(Sequence[SharedLoop]):
    """The loops that no single perspective contains, and what stands beside them.

    A sequence of :class:`SharedLoop`, fewest people first.

    Parameters
    ----------
    shared
        The loops nobody sees alone.
    alone
        The loops that at least one perspective contains.
    on_record
        The loops with a link on the facilitator's record only: nobody can say who sees them.
    loops
        The loops of the whole map, which says how complete this answer is.
    caveats
        Sentences to be read with the answer; printed with it.
    """

    shared: tuple[SharedLoop, ...]
    alone: tuple[SharedLoop, ...]
    on_record: tuple[SharedLoop, ...]
    loops: Loops
    caveats: tuple[str, ...]

    @property
    def coalition_sizes(self) -> dict[int, int]:
        """How many loops need one, two, three … perspectives."""
        sizes = Counter(len(found.coalition) for found in (*self.alone, *self.shared))
        return dict(sorted(sizes.items()))

    @overload
    def __getitem__(self, which: int) -> SharedLoop: ...
    @overload
    def __getitem__(self, which: slice) -> tuple[SharedLoop, ...]: ...
    def __getitem__(self, which: int | slice) -> SharedLoop | tuple[SharedLoop, ...]:
        """One of the loops nobody sees alone, or a slice of them."""
        return self.shared[which]

    def __len__(self) -> int:
        """How many loops nobody sees alone."""
        return len(self.shared)

    def __iter__(self) -> Iterator[SharedLoop]:
        """Iterate over the loops nobody sees alone."""
        return iter(self.shared)

    def to_frame(self) -> pd.DataFrame:
        """Return a table of all loops, seen alone or not.

        Returns
        -------
        pandas.DataFrame
            One row per loop. Columns: ``label``, ``name``, ``kind`` (of the joined signs),
            ``length`` (int64: links), ``people`` (int64: size of the smallest coalition),
            ``coalition``, ``parts`` (who holds how many links), ``readings`` (the kind each
            person who holds it whole reads), ``contradicted`` (bool: people give a link of it
            different signs), ``recorded`` (int64: links on the facilitator's record only),
            ``path`` (in one line).
        """
        import pandas as pd

        rows = [
            (
                s.loop.label,
                s.loop.name,
                s.loop.kind,
                len(s.loop),
                len(s.coalition),
                ", ".join(" or ".join(who) for who in s.either),
                ", ".join(f"{who} {n}" for who, n in s.parts.items()),
                ", ".join(f"{who} {kind}" for who, kind in s.readings.items()),
                s.contradicted,
                s.recorded,
                path_line(s.loop.links),
            )
            for s in (*self.alone, *self.shared, *self.on_record)
        ]
        columns = [
            "label", "name", "kind", "length", "people", "coalition", "parts", "readings",
            "contradicted", "recorded", "path",
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=columns)

    def __str__(self) -> str:
        """The answer in words, one line a loop."""
        total = len(self.loops)
        if not total:
            return "\n".join(["The map has no loops.", *self.caveats])
        lines = [
            f"{len(self.shared):,} of {counted(total, 'loop')} "
            f"{'is' if len(self.shared) == 1 else 'are'} seen by nobody alone"
            + (":" if self.shared else ".")
        ]
        for s in self.shared[:_AT_MOST_IN_TEXT]:
            name = f"{s.loop.label} {s.loop.name}".strip()
            lines += [f"  {name}: needs {s.needs}", f"      {path_line(s.loop.links)}"]
        if (more := len(self.shared) - _AT_MOST_IN_TEXT) > 0:
            lines.append(f"  … and {counted(more, 'more loop')}; to_frame() has all")
        return "\n".join([*lines, *self.caveats])

    def _repr_mimebundle_(
        self, include: Iterable[str] | None = None, exclude: Iterable[str] | None = None
    ) -> dict[str, str]:
        """What a notebook shows: the words, not the short form."""
        return in_words(self, include, exclude)

    def __repr__(self) -> str:
        """``<SharedLoops: 17 of 22 loops seen by nobody alone>``."""
        total = len(self.loops)
        part = "" if self.loops.complete else "; not all loops were looked at"
        return (
            f"<SharedLoops: {len(self):,} of {counted(total, 'loop')} seen by nobody alone{part}>"
        )


def shared_loops(
    m: SystemMap, *, at_most: int | None = 10_000, author: bool = False
) -> SharedLoops:
    """Find the loops that no single perspective contains, and the smallest coalition that does.

    "Each of you drew a chain; together it closes." A loop can also look shared because somebody
    was not asked; where the attribution itself is marked, say, ``illustrative``, the answer says
    so.

    Parameters
    ----------
    m
        A map with claims of several people.
    at_most
        Look at so many loops, shortest first; ``None`` looks at all. The answer is marked when
        this leaves some out.
    author
        Whether the map's author is one of the people. By default only if nobody else speaks: what
        the author writes above their claims is the facilitator's record, kept apart.

    Returns
    -------
    SharedLoops
        The loops nobody sees alone; print it, or call ``.to_frame()``. The coalitions are exact
        smallest ones (a set cover, searched to the end).

    Raises
    ------
    InvalidOptionError
        If ``at_most`` is no number of loops.

    Examples
    --------
    >>> police = lm.SystemMap(links=[("Backlog", "Stress", "+")])
    >>> health = lm.SystemMap(links=[("Stress", "Backlog", "+")])
    >>> print(lm.shared_loops(lm.merge({"Police": police, "Health": health})))
    1 of 1 loop is seen by nobody alone:
      R1: needs Health and Police
          Backlog -> (+) Stress -> (+) Backlog
    """
    loops = find_loops(m, at_most=at_most)
    said = _said(m, author)
    found = [_shared(loop, said) for loop in loops]
    found.sort(key=lambda s: len(s.coalition))  # stable: shortest loop first within a size
    on_record = tuple(s for s in found if s.recorded)
    caveats = (attribution_caveat(m), _record_caveat(len(on_record)), loops_caveat(loops))
    return SharedLoops(
        tuple(s for s in found if len(s.coalition) > 1 and not s.recorded),
        tuple(s for s in found if len(s.coalition) == 1 and not s.recorded),
        on_record,
        loops,
        tuple(filter(None, caveats)),
    )


def _record_caveat(loops: int) -> str:
    if not loops:
        return ""
    runs, them = ("runs", "it") if loops == 1 else ("run", "them")
    return (
        f"{counted(loops, 'loop')} {runs} over links on the facilitator's record only: nobody is "
        f"named there, so nobody is said to see {them}."
    )


def _said(m: SystemMap, author: bool) -> dict[LinkKey, dict[str, Polarity]]:
    """Who speaks of each link, by what to call them, and the sign they give it."""
    labels = voice_labels(voices(m, author=author))
    return {
        a.link.key: {labels[who]: sign for who, sign in a.signs.items()}
        for a in agreement(m, author=author)
    }


def _shared(loop: Loop, said: Mapping[LinkKey, Mapping[str, Polarity]]) -> SharedLoop:
    links = [said[link.key] for link in loop.links]
    holders: dict[str, int] = {}
    for place, signs in enumerate(links):
        for who in signs:
            holders[who] = holders.get(who, 0) | 1 << place
    whole = (1 << len(links)) - 1
    held = reduce(or_, holders.values(), 0)
    coalition = smallest_cover(holders, held)
    return SharedLoop(
        loop,
        coalition,
        who_would_do(coalition, holders, held),
        {who: holders[who].bit_count() for who in sorted(holders)},
        {
            who: loop_kind(reduce(mul, (signs[who] for signs in links)))
            for who in sorted(holders)
            if holders[who] == whole
        },
        sum(not signs for signs in links),
    )


def who_would_do(
    cover: Sequence[str], holders: Mapping[str, int], whole: int
) -> tuple[tuple[str, ...], ...]:
    """Return for each place in a cover who would do there, whoever of those found fills the others.

    Every choice of one from each place covers ``whole`` exactly if each bit is held by all who
    would do in some one place.
    """
    places = [[who] for who in cover]
    surely = [holders[who] for who in cover]
    for who in sorted(holders.keys() - set(cover)):
        for i, place in enumerate(places):
            kept = surely[i] & holders[who]
            if reduce(or_, (*surely[:i], *surely[i + 1 :]), kept) == whole:
                place.append(who)
                surely[i] = kept
                break
    return tuple(tuple(sorted(place)) for place in places)


def smallest_cover(holders: Mapping[str, int], whole: int) -> tuple[str, ...]:
    """Return the fewest names whose bit sets together make ``whole``: exact, always the same.

    People with the same part are tried once, the first by name; each step branches only over those
    who hold the bit that fewest hold. Sizes are tried upwards, so the first cover is smallest.
    """
    first_with: dict[int, str] = {}
    for who in sorted(holders):
        first_with.setdefault(holders[who], who)
    # Somebody whose part lies within another's can be replaced by the other: equally few people.
    largest = sorted(first_with, key=int.bit_count, reverse=True)
    if not whole:
        return ()
    if largest[0] == whole:
        return (first_with[whole],)
    parts: list[int] = []
    for part in largest:
        if not any(part | kept == kept for kept in parts):
            parts.append(part)
    for size in range(1, len(parts) + 1):
        cover = next(_covers(parts, whole, size), None)
        if cover is not None:
            return tuple(sorted(first_with[part] for part in cover))
    raise AssertionError("every link of a loop has a claim, so all people together cover it")


def _covers(parts: Sequence[int], missing: int, size: int) -> Iterator[tuple[int, ...]]:
    """Every way to cover the missing bits with exactly ``size`` parts, none of them idle."""
    if not missing:
        if not size:
            yield ()
        return
    if not size or size * max(((p & missing).bit_count() for p in parts), default=0) < (
        missing.bit_count()
    ):
        return
    bits = [1 << i for i in range(missing.bit_length()) if missing >> i & 1]
    rarest = min(bits, key=lambda bit: sum(bool(p & bit) for p in parts))
    for part in parts:
        if part & rarest:
            for rest in _covers(parts, missing & ~part, size - 1):
                yield (part, *rest)
