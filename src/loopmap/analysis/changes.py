"""Everything that is not in two maps alike, thing by thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import NamedTuple

from loopmap.loops import KIND_WORDS, Loop, Loops
from loopmap.model import ARROW, Claim, Element, Link, SystemMap
from loopmap.options import LoopLetter
from loopmap.words import path_line

__all__ = ["Change", "changes_between"]


class Change(NamedTuple):
    """One thing that is not as it was.

    Parameters
    ----------
    thing
        ``"header line"``, ``"element"``, ``"link"``, ``"named loop"`` or ``"loop"``.
    change
        ``"gained"``, ``"lost"``, ``"changed"``, ``"flipped"`` (a loop turned) or ``"renamed"``.
    name
        What it is called afterwards, or was if it is gone; a link or a loop is written out.
    before, after
        How it was and is, in words; empty where it was not there.
    """

    thing: str
    change: str
    name: str
    before: str = ""
    after: str = ""


def changes_between(
    before: SystemMap,
    after: SystemMap,
    renamed: Mapping[str, str],
    loops: tuple[Loops, Loops],
) -> Iterator[Change]:
    """Find all changes; ``before`` already speaks the new names, and so do its ``loops``."""
    yield from _of_the_map(before, after)
    for old, new in sorted(renamed.items()):
        yield Change("element", "renamed", new, old, new)
    yield from _of_elements(before, after)
    yield from _of_links(before, after)
    yield from _of_named_loops(before, after)
    yield from _of_loops(before, after, loops)


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
            sides = map(_of_element, (was[name], now[name]))
            yield Change("element", "changed", name, *_told(*sides))


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
            sides = map(_of_link, (was[key], now[key]))
            yield Change("link", "changed", _called(now[key]), *_told(*sides))


def _called(link: Link) -> str:
    arrow = "->" if link.kind == ARROW else link.kind
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


def _claimed(claim: Claim) -> str:
    """Everything a claim says, its empty parts left out."""
    parts = {field.name: getattr(claim, field.name) for field in fields(claim)}
    said = [f"{name}={value}" for name, value in parts.items() if value not in (None, "", False)]
    return " ".join(said)


def _told(old: dict[str, str], new: dict[str, str]) -> tuple[str, str]:
    """The parts that differ, on both sides; what everybody can see before the fine print."""
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
            yield Change("loop", "flipped", path_line(new.links), *sides)
    for loop in loops[1]:
        if any(link.key not in was for link in loop.links):
            yield Change(
                "loop", "gained", path_line(loop.links), after=_kind(loop.label, loop.kind)
            )
    for loop in loops[0]:
        if any(link.key not in now for link in loop.links):
            yield Change("loop", "lost", path_line(loop.links), _kind(loop.label, loop.kind))


def _kind(label: str, kind: LoopLetter) -> str:
    return f"{label} {KIND_WORDS[kind]}".strip()
