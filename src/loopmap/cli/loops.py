"""``loopmap loops``."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, get_args

import click

from loopmap.analysis import rank_loops
from loopmap.cli.csv_text import csv_text
from loopmap.cli.loop_counts import COUNTED
from loopmap.cli.maps import map_argument, map_named
from loopmap.cli.saying import give, give_json, say
from loopmap.loops import KIND_WORDS, Loop, Loops, count_loops, find_loops
from loopmap.model import Link
from loopmap.options import LoopKind, Ranking
from loopmap.phrases import counted
from loopmap.words import step

__all__ = ["as_json", "command"]

#: What `--kind` takes: letters, or words.
KINDS = [*KIND_WORDS, *KIND_WORDS.values()]


@click.command("loops")
@map_argument
@click.option("--json", "form", flag_value="json", help="As JSON, for programs.")
@click.option("--csv", "form", flag_value="csv", help="As CSV, one row per loop.")
@click.option("--count", "only_count", is_flag=True, help="Only how many, by length and kind: "
              "all of them, even where they are too many to list.")  # fmt: skip
@click.option("--through", multiple=True, metavar="NAME", help="Only loops through this "
              "variable, or what this stakeholder holds; repeated, through all.")  # fmt: skip
@click.option("--kind", type=click.Choice(KINDS, case_sensitive=False),
              help="Only reinforcing, balancing or undetermined loops.")  # fmt: skip
@click.option("--delayed/--undelayed", default=None, help="Only loops with, or without, a delay.")
@click.option("--max-length", type=click.IntRange(1), help="Only loops of at most so many links.")
@click.option("--at-most", type=click.IntRange(0), default=10_000, show_default=True,
              help="Stop after so many loops.")  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="Do not stop, however many there are.")
@click.option("--seconds", type=click.FloatRange(0), help="Stop after so many seconds.")
@click.option("--sort", "by", type=click.Choice(get_args(Ranking)),
              help="Rank them, and say why: shortest, whose links carry most loops, or whose "
              "weakest evidence is best.")  # fmt: skip
def command(
    map_: str,
    form: str | None,
    only_count: bool,
    through: tuple[str, ...],
    kind: LoopKind | None,
    delayed: bool | None,
    max_length: int | None,
    at_most: int,
    everything: bool,
    seconds: float | None,
    by: Ranking | None,
) -> int:
    """List the feedback loops of a map, shortest first.

    The exit code is 1 if the list, or the count, is not complete.

    \b
    loopmap loops mash
    loopmap loops hub.loop --through Trust --max-length 6 --json
    loopmap loops hub.loop --count
    loopmap loops hub.loop --sort evidence
    """  # noqa: D301
    m = map_named(map_)
    if only_count:
        if kind:
            raise click.UsageError("--count gives every kind: leave --kind out")
        if by:
            raise click.UsageError("--count lists nothing to sort: leave --sort out")
        counts = count_loops(
            m,
            through=list(through) or None,
            delayed=delayed,
            max_length=max_length,
            seconds=seconds,
        )
        (give if form else say)(COUNTED[form](counts))
        return 0 if counts.complete else 1
    loops = find_loops(
        m,
        through=list(through) or None,
        kind=kind,
        delayed=delayed,
        max_length=max_length,
        at_most=None if everything else at_most,
        seconds=seconds,
    )
    because: dict[Loop, str] = {}
    if by:
        ranked = rank_loops(m, loops, by=by)
        because = {r.loop: f"{r.rank}. {r.because}" for r in ranked}
        loops = replace(loops, loops=tuple(because))
    if form == "json":
        give_json(as_json(loops, because))
    elif form == "csv":
        give(_as_csv(loops, because))
    else:
        say(_as_table(loops, m.title, because))
    return 0 if loops.complete else 1


def as_json(loops: Loops, because: Mapping[Loop, str] = {}) -> dict[str, Any]:
    """Give loops as plain data: what ``--json`` prints; if ranked, with why."""
    return {
        "complete": loops.complete,
        "complete_to_length": loops.complete_to_length,
        "total": loops.total,
        **{KIND_WORDS[kind]: number for kind, number in loops.by_kind().items()},
        "loops": [
            {
                "label": loop.label,
                "name": loop.name,
                "kind": loop.kind,
                "delayed": loop.delayed,
                "length": len(loop),
                "path": list(loop.path),
                "signs": [link.polarity.sign for link in loop.links],
                "routes": [link.route for link in loop.links],
                "id": loop.id,
                **({"because": because[loop]} if because else {}),
            }
            for loop in loops
        ],
    }


def _as_csv(loops: Loops, because: Mapping[Loop, str]) -> str:
    last = ["because"] if because else []
    rows: list[Sequence[object]] = [
        ["label", "name", "kind", "length", "delayed", "path", "routes", "id", *last]
    ]
    for loop in loops:
        path = " → ".join(loop.path)
        delayed = "yes" if loop.delayed else "no"
        routes = "; ".join(f"{a.source} → {a.target}: {a.route}" for a in loop.links if a.route)
        row = [loop.label, loop.name, loop.kind, len(loop), delayed, path, routes, loop.id]
        rows.append([*row, because[loop]] if because else row)
    return csv_text(rows)


def _as_table(loops: Loops, title: str, because: Mapping[Loop, str]) -> str:
    width = min(shutil.get_terminal_size((80, 24)).columns, 100)
    blocks = [*([title] if title else []), _summary(loops)]
    rows = [_row(loop, width) + (f"\n       {because[loop]}" if because else "") for loop in loops]
    return "\n".join([*blocks, *rows])


def _summary(loops: Loops) -> str:
    number = counted(len(loops), "feedback loop")
    kinds = [f"{n:,} {KIND_WORDS[kind]}" for kind, n in loops.by_kind().items() if n]
    told = f"{number}: {', '.join(kinds)}" if kinds else number
    if loops.complete:
        return f"{told}. That is all of them." if kinds else "No feedback loops."
    of = f" of {loops.total:,}" if loops.total is not None else ""
    to = f"; all loops of up to {loops.complete_to_length} links are here"
    whole = to if loops.complete_to_length else ""
    return f"{told}{of}. NOT ALL: {loops.reason}{whole}."


def _row(loop: Loop, width: int) -> str:
    """One loop: its label, then what it runs through, wrapped under itself."""
    lead = f"{loop.label:<5}"
    name = f"{loop.name}\n" if loop.name else ""
    steps = " ".join(map(_unbroken, loop.links))
    text = textwrap.fill(
        f"{loop.path[0]} {steps}", max(width, 30),
        initial_indent=" " * 5 if name else lead, subsequent_indent=" " * 7,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    text = text.replace(_NO_BREAK, " ")
    return f"\n{lead}{name}{text}" if name else f"\n{text}"


#: Holds an arrow, its sign and the name's first word together; textwrap does not break there.
_NO_BREAK = "\xa0"


def _unbroken(link: Link) -> str:
    arrow = step(link).removesuffix(link.target)
    held = arrow if link.route else arrow.replace(" ", _NO_BREAK)  # a route may be long
    return held.rstrip() + _NO_BREAK + link.target
