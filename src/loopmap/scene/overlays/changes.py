"""A map of what changed: new, gone and changed links and names, each marked by more than colour."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from loopmap.model import Link, LinkKey, SystemMap
from loopmap.scene.marks import Mark
from loopmap.scene.overlays.overrides import (
    LinkOverride,
    NameOverride,
    Overrides,
    draw_tag,
    striped,
)
from loopmap.scene.style import Style

__all__ = ["change_overrides", "laid_together"]

#: Kind of change -> width (times), dashes (em; ``None`` as usual) and tag.
_LOOK: dict[str, tuple[float, tuple[float, ...] | None, str]] = {
    "new": (2.2, None, "new"),
    "gone": (0.9, (0.3, 0.32), "gone"),
    "changed": (1.6, None, "changed"),
}


def laid_together(before: SystemMap, after: SystemMap) -> SystemMap:
    """The newer map with everything added that is gone: what a picture of changes shows."""
    names = set(after.names)
    links = {link.key for link in after.links}
    return after.add(
        *(element for element in before.elements if element.name not in names),
        *(
            link
            for link in before.links
            if link.key not in links and _can_join(link, before, after)
        ),
    )


def _can_join(link: Link, before: SystemMap, after: SystemMap) -> bool:
    """Whether the ends are still what the link may join (a variable may have become a person)."""
    return all(
        name not in after or before.element(name).is_quantity == after.element(name).is_quantity
        for name in (link.source, link.target)
    )


def change_overrides(
    before: SystemMap, after: SystemMap, renamed: Mapping[str, str], style: Style, em: float
) -> Overrides:
    """The overrides that show what changed; ``before`` already speaks the new names."""
    was, now = ({link.key: link for link in m.causal_links} for m in (before, after))
    links: dict[LinkKey, LinkOverride] = {}
    used: set[str] = set()
    for key in sorted({*was, *now}):
        if key not in was or key not in now:
            what = "new" if key in now else "gone"
            width, dash, tag = _LOOK[what]
        elif (tag := _change(was[key], now[key])) != "":
            what = "changed"
            width, dash, _ = _LOOK[what]
        else:
            continue
        used.add(what)
        links[key] = LinkOverride((style.quiet,) if what == "gone" else (), tag, width, dash)
    names = {name: NameOverride("new") for name in after.variables if name not in before}
    names |= {
        name: NameOverride("gone", struck=True) for name in before.variables if name not in after
    }
    names |= {new: NameOverride(f"was: {old}") for old, new in renamed.items()}
    rows = [
        (_sample(_LOOK[what], em, style), text)
        for what, text in (
            ("new", "was not there before"),
            ("gone", "is no longer there"),
            ("changed", "says what changed"),
        )
        if what in used
    ]
    return Overrides(links, names, tuple(rows))


def _change(was: Link, now: Link) -> str:
    """What changed of a link, in a few letters; empty if nothing that a picture shows."""
    parts = []
    if was.polarity is not now.polarity:
        parts.append(f"{was.polarity} → {now.polarity}")
    if was.delayed is not now.delayed:
        parts.append("delay" if now.delayed else "no delay")
    if was.strength != now.strength:
        old, new = ("none" if x.strength is None else f"{x.strength:g}" for x in (was, now))
        parts.append(f"{old} → {new}")
    if not parts and was.perspectives != now.perspectives:
        joined = sorted({*now.perspectives} - {*was.perspectives})
        left = sorted({*was.perspectives} - {*now.perspectives})
        parts += [f"{sign}{who}" for sign, names in (("+", joined), ("−", left)) for who in names]
    return ", ".join(parts)


def _sample(
    look: tuple[float, tuple[float, ...] | None, str], em: float, style: Style
) -> Callable[[float, float], Iterable[Mark]]:
    small = em * style.legend
    width, dash, tag = look

    def draw(x: float, y: float) -> Iterable[Mark]:
        left, right = x - 1.65 * small, x + 1.65 * small
        curve = [(left, y), (left + small, y), (right - small, y), (right, y)]
        dashes = [d * small for d in dash or ()]
        yield from striped(curve, [style.ink], style.line * small * width, dashes, small)
        yield draw_tag(tag, (x, y), small, style)

    return draw
