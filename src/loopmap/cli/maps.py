"""Opens what a MAP argument names: a file, an example, or standard input."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from loopmap.cli.saying import say
from loopmap.errors import FileError, UnknownNameError, did_you_mean
from loopmap.formats import format_of, loaded, reading
from loopmap.formats.files import read_bytes
from loopmap.formats.matrices import matrix_in
from loopmap.model import Reading, SystemMap

__all__ = ["map_argument", "map_named", "name_of", "reading_of", "standard_input"]


def _choose(context: click.Context, option: click.Parameter, value: str | None) -> None:
    context.meta[f"loopmap.{option.name}"] = value


def _chosen(option: str) -> str | None:
    context = click.get_current_context(silent=True)
    return context.meta.get(f"loopmap.{option}") if context else None


def map_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the argument MAP, and the options that say how to read a table."""
    diagram = click.option(
        "--diagram", metavar="NAME", expose_value=False, callback=_choose,
        help="Which map to read, if a table holds several.",
    )  # fmt: skip
    rows = click.option(
        "--rows", type=click.Choice(["cause", "effect"]), expose_value=False, callback=_choose,
        help="Read a matrix: whether its rows are causes or effects of its columns.",
    )  # fmt: skip
    return click.argument("map_", metavar="MAP")(diagram(rows(command)))


def map_named(name: str, *, format: str | None = None, or_pass: str = "") -> SystemMap:
    """Read the map a MAP argument names; what was dropped or guessed goes to standard error.

    ``or_pass`` is the command's option that gives ``format``, where it has one.
    """
    found = reading_of(name, format=format, or_pass=or_pass)
    for problem in found.problems:
        if problem.severity != "note":
            say(f"warning: {problem}", err=True)
    return found.map


def reading_of(name: str, *, format: str | None = None, or_pass: str = "") -> Reading:
    """Read the map a MAP argument names, and what there is to say about it.

    Raises
    ------
    UnknownNameError
        If it is no file and no example.
    """
    diagram, rows = _chosen("diagram"), _chosen("rows")
    if name == "-":
        found = format_of(name, format or "loop")
        if rows:
            return matrix_in(standard_input(), found, "<stdin>", rows=rows)
        return loaded(standard_input(), found, source="<stdin>", diagram=diagram)
    if Path(name).is_dir():
        raise UnknownNameError(f"{name!r} is a folder; name a file in it")
    if Path(name).exists():
        if rows:
            found = format_of(name, format, or_pass=or_pass)
            return matrix_in(read_bytes(name), found, name, rows=rows)
        return reading(name, format=format_of(name, format, or_pass=or_pass).name, diagram=diagram)
    from loopmap.example_maps import EXAMPLES, example

    if "/" in name or "\\" in name or Path(name).suffix:
        format_of(name, format, or_pass=or_pass)  # an ending nobody knows is the first thing to say
        here = [path.name for path in Path(name).absolute().parent.glob("*") if path.is_file()]
        near = did_you_mean(Path(name).name, here)
        raise UnknownNameError(f"there is no file {name!r}{near}")
    if name not in EXAMPLES:
        near = did_you_mean(name, [*EXAMPLES, *(path.name for path in Path().glob("*.loop"))])
        raise UnknownNameError(
            f"no file and no example is called {name!r}"
            + (near or "; 'loopmap examples' lists the examples")
        )
    return Reading(example(name))


def standard_input() -> bytes:
    """All that stands on standard input.

    Raises
    ------
    FileError
        If it is closed.
    """
    if sys.stdin is None:
        raise FileError("standard input is closed, so there is nothing to read; name a file")
    return sys.stdin.buffer.read()


def name_of(map_: str) -> str:
    """Give a name for files made from a MAP: ``hub`` for ``maps/hub.loop``."""
    return "map" if map_ == "-" else Path(map_).name.split(".")[0] or "map"
