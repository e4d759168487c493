"""Which elements of an older map were probably only renamed in a newer one."""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import islice

from loopmap.model import SystemMap
from loopmap.perspectives import likely_same

__all__ = ["followed", "likely_renamed"]

#: What must be the same of two elements' links for them to count as one renamed element.
_ENOUGH_LINKS = 2
_ENOUGH_SHARED = 0.6
#: Of new names that have one and the same link so many are looked at.
_ALIKE = 100

#: Direction, other end, kind and route of a link.
_End = tuple[str, str, str, str]
#: How little is in common, old name, new name.
_Match = tuple[float, str, str]


def likely_renamed(before: SystemMap, after: SystemMap) -> dict[str, str]:
    """Return old name → new name for elements that look renamed.

    First names that are nearly the same (see :func:`loopmap.likely_same`), then elements that have
    mostly the same links: at least two, and 60 % of all that either has. Each new name is taken
    once, by the best match.
    """
    gone = [e for e in before.elements if e.name not in after]
    new = [e for e in after.elements if e.name not in before]
    if not gone or not new:
        return {}
    found = _alike_in_name(before, after)
    search = _Matches(before, after, [e.name for e in gone], {e.name for e in new}, found)
    while (match := search.best()) is not None:
        search.take(*match)
    return dict(sorted(found.items()))


def followed(before: SystemMap, after: SystemMap) -> dict[str, str]:
    """Return old name → new name for what keeps its place under another name.

    As :func:`likely_renamed`; and where one name went and one came, if all links of the one are
    links of the other: whatever it is, it stands where the other stood.
    """
    found = likely_renamed(before, after)
    gone = [e.name for e in before.elements if e.name not in after and e.name not in found]
    new = {e.name for e in after.elements if e.name not in before} - set(found.values())
    if len(gone) == 1 == len(new):
        (now,) = new
        then, today = (
            _ends(before, {gone[0]}).get(gone[0], set()),
            _ends(after, new).get(now, set()),
        )
        alike = bool(then & today) and (then <= today or today <= then)
        if (alike or not (then or today)) and _fits(before, after, gone[0], now):
            found[gone[0]] = now
    return found


def _fits(before: SystemMap, after: SystemMap, old: str, new: str) -> bool:
    return before.element(old).is_quantity == after.element(new).is_quantity


def _alike_in_name(before: SystemMap, after: SystemMap) -> dict[str, str]:
    gone = SystemMap([name for name in before.names if name not in after])
    new = SystemMap([name for name in after.names if name not in before])
    found: dict[str, str] = {}
    taken: set[str] = set()
    for a, b in likely_same([gone, new]).items():
        old, now = (a, b) if a in gone else (b, a)
        crossing = old in gone and now in new
        free = old not in found and now not in taken
        if crossing and free and _fits(before, after, old, now):
            found[old] = now
            taken.add(now)
    return found


class _Matches:
    """For every old name left the new one with the most links in common; the best of all first.

    Whoever has 60 % in common has one of any 40 % and one more in common: so only those are looked
    at that share one of the rarest. A new match is another end of links for its neighbours, who are
    matched again; whose best is taken meanwhile looks again when its turn comes.
    """

    def __init__(
        self,
        before: SystemMap,
        after: SystemMap,
        gone: list[str],
        new: set[str],
        found: dict[str, str],
    ) -> None:
        self.before, self.after, self.found = before, after, found
        self.free = new - set(found.values())
        self.links, self.theirs = _ends(before, set(gone)), _ends(after, self.free)
        self.having: dict[_End, list[str]] = {}
        for name in sorted(self.theirs):
            for end in self.theirs[name]:
                self.having.setdefault(end, []).append(name)
        self.current: dict[str, _Match] = {}
        self.heap: list[_Match] = []
        for old in gone:
            self._look(old)

    def best(self) -> tuple[str, str] | None:
        """The pair with the most links in common, as far as that is convincing."""
        while self.heap:
            match = heappop(self.heap)
            _, old, new = match
            if self.current.get(old) == match:
                if new in self.free:
                    return old, new
                self._look(old)
        return None

    def take(self, old: str, new: str) -> None:
        """Take them as one."""
        self.found[old] = new
        self.free.discard(new)
        self.current.pop(old, None)
        for _, beside, _, _ in self.links.get(old, ()):
            self._look(beside)

    def _look(self, old: str) -> None:
        if old in self.found or old not in self.links:
            return
        mine = {(way, self.found.get(end, end), k, r) for way, end, k, r in self.links[old]}
        self.current.pop(old, None)
        matches = []
        for new in self._beside(mine):
            common = len(mine & self.theirs[new])
            share = common / len(mine | self.theirs[new])
            convincing = common >= _ENOUGH_LINKS and share >= _ENOUGH_SHARED
            if convincing and _fits(self.before, self.after, old, new):
                matches.append((-share, old, new))
        if matches:
            self.current[old] = min(matches)
            heappush(self.heap, self.current[old])

    def _beside(self, mine: set[_End]) -> set[str]:
        """New names that may have enough in common with these links."""
        if len(mine) < _ENOUGH_LINKS:
            return set()
        least = -(-3 * len(mine) // 5)  # of whole numbers: 60 %, rounded up
        rarest = sorted(mine, key=lambda end: (len(self.having.get(end, ())), end))
        rarest = rarest[: len(mine) - least + 1]
        found: set[str] = set()
        for end in rarest:
            free = (name for name in self.having.get(end, ()) if name in self.free)
            found.update(islice(free, _ALIKE))
        return found


def _ends(m: SystemMap, names: set[str]) -> dict[str, set[_End]]:
    """The links of these elements as direction, other end, kind and route."""
    ends: dict[str, set[_End]] = {}
    for link in m.links:
        if link.source == link.target:
            continue
        if link.source in names:
            ends.setdefault(link.source, set()).add(("to", link.target, link.kind, link.route))
        if link.target in names:
            ends.setdefault(link.target, set()).add(("from", link.source, link.kind, link.route))
    return ends
