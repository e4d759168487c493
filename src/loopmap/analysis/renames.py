"""Which elements of an older map were probably only renamed in a newer one."""

from __future__ import annotations

from loopmap.model import SystemMap
from loopmap.perspectives import likely_same

__all__ = ["likely_renamed"]

#: What must be the same of two elements' links for them to count as one renamed element.
_ENOUGH_LINKS = 2
_ENOUGH_SHARED = 0.6


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
    while True:
        left = [e.name for e in gone if e.name not in found]
        right = [e.name for e in new if e.name not in set(found.values())]
        match = _best_match(before, after, found, left, right)
        if match is None:
            return dict(sorted(found.items()))
        found[match[0]] = match[1]


def _fits(before: SystemMap, after: SystemMap, old: str, new: str) -> bool:
    return before.element(old).is_quantity == after.element(new).is_quantity


def _alike_in_name(before: SystemMap, after: SystemMap) -> dict[str, str]:
    gone = SystemMap([name for name in before.names if name not in after])
    new = SystemMap([name for name in after.names if name not in before])
    found: dict[str, str] = {}
    for a, b in likely_same([gone, new]).items():
        old, now = (a, b) if a in gone else (b, a)
        crossing = old in gone and now in new
        free = old not in found and now not in set(found.values())
        if crossing and free and _fits(before, after, old, now):
            found[old] = now
    return found


def _best_match(
    before: SystemMap,
    after: SystemMap,
    found: dict[str, str],
    left: list[str],
    right: list[str],
) -> tuple[str, str] | None:
    """The pair with the most links in common, as far as that is convincing."""
    best: tuple[float, str, str] | None = None
    ends_right = {name: _ends(after, name, {}) for name in right}
    for old in left:
        mine = _ends(before, old, found)
        for new in right:
            common = len(mine & ends_right[new])
            share = common / len(mine | ends_right[new]) if common else 0.0
            convincing = common >= _ENOUGH_LINKS and share >= _ENOUGH_SHARED
            if convincing and _fits(before, after, old, new):
                candidate = (-share, old, new)
                best = candidate if best is None else min(best, candidate)
    return best and (best[1], best[2])


def _ends(m: SystemMap, name: str, renamed: dict[str, str]) -> set[tuple[str, str, str, str]]:
    """The links of an element as direction, other end, kind and route."""
    ends: set[tuple[str, str, str, str]] = set()
    for link in m.links:
        if link.source == name and link.target != name:
            ends.add(("to", renamed.get(link.target, link.target), link.kind, link.route))
        if link.target == name and link.source != name:
            ends.add(("from", renamed.get(link.source, link.source), link.kind, link.route))
    return ends
