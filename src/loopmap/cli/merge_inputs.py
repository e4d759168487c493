"""Lays together the maps that several MAP arguments name, each as a perspective of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from loopmap.cli.maps import map_named, name_of
from loopmap.model import SystemMap
from loopmap.perspectives import likely_same
from loopmap.perspectives.merging import merge_named
from loopmap.quoting import shell

__all__ = ["laid_together", "maps_argument", "pairs", "same_option", "suggestions"]

maps_argument = click.argument("maps", metavar="MAP...", nargs=-1, required=True)

same_option = click.option(
    "--same", multiple=True, metavar="ONE=OTHER",
    help="ONE and OTHER mean the same thing: call it OTHER. May be repeated.",
)  # fmt: skip


def pairs(given: Sequence[str], option: str) -> dict[str, str]:
    """Read ``ONE=OTHER`` options.

    Raises
    ------
    click.UsageError
        If one has no ``=`` or an empty side.
    """
    found = {}
    for text in given:
        old, equals, new = (part.strip() for part in text.partition("="))
        if not (old and equals and new):
            raise click.UsageError(f"{option} takes ONE=OTHER, not {text!r}")
        found[old] = new
    return found


def laid_together(
    words: Sequence[str], same: Sequence[str] = (), *, title: str | None = None
) -> tuple[SystemMap, dict[str, str]]:
    """Read maps and merge them; returns the result and, per MAP, the perspective it became.

    What a map's author says becomes a perspective: ``Police`` for ``Police=police.loop``, else
    the map's title if it is its own, else the name of the file. A single map stays as it is.
    """
    named = [_split(word) for word in words]
    maps = [map_named(path) for _, path in named]
    titles = Counter(m.title for m in maps)
    stems = Counter(name_of(path) for _, path in named)
    called: dict[str, str] = {}
    by_name: dict[str, SystemMap] = {}
    for (name, path), m in zip(named, maps, strict=True):
        if not name:
            stem = name_of(path) if stems[name_of(path)] == 1 else path
            name = m.title if m.title and titles[m.title] == 1 else stem
        if name in by_name:
            raise click.UsageError(f"two maps would be called {name!r}; write NAME={path}")
        by_name[name] = m
        called[path] = name
    if len(maps) == 1 and not named[0][0] and not same:
        return maps[0] if title is None else maps[0].replace(title=title), called
    # Names that look alike are printed with the option that joins them, not as a Python call.
    return merge_named(by_name, same=pairs(same, "--same"), title=title), called


def _split(word: str) -> tuple[str, str]:
    """``("Police", "police.loop")`` for ``Police=police.loop``; a file of that name goes first."""
    name, equals, path = word.partition("=")
    if not equals or Path(word).exists():
        return "", word
    if not name.strip() or not path:
        raise click.UsageError(f"write NAME=FILE, not {word!r}")
    return name.strip(), path


def suggestions(m: SystemMap) -> list[str]:
    """Lines about names that may mean one thing, each with the option that joins them."""
    return [
        f"{one!r} and {other!r} look like one name; --same {shell(f'{one}={other}')} joins them"
        for one, other in likely_same(m).items()
    ]
