"""``loopmap bench``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from loopmap.cli.saying import give, say

__all__ = ["command"]


@click.group("bench")
def command() -> None:
    """Test loop finders on maps whose loops are known."""


@command.command("list")
def list_() -> None:
    """List the cases and the finders."""
    from loopmap.bench import CASES, FINDERS

    say("Cases:")
    for case in CASES.values():
        large = "  (--large)" if case.large else ""
        say(f"  {case.name:<22} {case.about}{large}\n{'':<24} {case.source}")
    say("\nFinders:")
    for name, row in FINDERS.items():
        say(f"  {name:<22} {row.about}")
    say("  module:function        your own, in Python; see docs/guide/research.md")
    say("  'command: program'     your own, in any language")


@command.command("run")
@click.option("--finder", "finders", multiple=True, help="One or more; all known ones if none.")
@click.option("--case", "cases", multiple=True, help="One or more, or a map file; all if none.")
@click.option("--large", is_flag=True, help="The large cases too.")
@click.option("--seconds", default=10.0, show_default=True, help="For each finder and case.")
@click.option("--megabytes", default=4000.0, show_default=True, help="For each finder and case.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
@click.option("-o", "--output", metavar="FILE", multiple=True, help=".json, .md, .svg, .pdf, .png")
def run(
    finders: tuple[str, ...],
    cases: tuple[str, ...],
    large: bool,
    seconds: float,
    megabytes: float,
    as_json: bool,
    output: tuple[str, ...],
) -> int:
    """Run finders on cases, each in a process of its own, and score them.

    Recall, precision, signs, honesty (did it say that something is missing?), time and memory.
    The exit code is 1 if a finder left loops out without saying so, or gave some that are none.
    """
    from loopmap.bench import CASES, FINDERS, find_finder, run_bench
    from loopmap.bench.report import picture, table
    from loopmap.formats import write_bytes

    for name in finders:
        find_finder(name)  # a wrong name is told at once
    for file in output:
        if Path(file).suffix not in (".json", ".md", ".svg", ".pdf", ".png"):
            raise click.UsageError(f"{file!r} must end in .json, .md, .svg, .pdf or .png")
    chosen = cases or tuple(name for name, case in CASES.items() if large or not case.large)
    bench = run_bench(
        finders or tuple(FINDERS),
        chosen,
        seconds=seconds,
        megabytes=megabytes,
        progress=None if as_json else _show,
    )
    text = json.dumps(bench, indent=1, ensure_ascii=False) + "\n"
    if as_json:
        give(text)
    for file in output:
        ending = Path(file).suffix
        if ending in (".json", ".md"):
            write_bytes(file, (text if ending == ".json" else table(bench)).encode())
        else:
            picture(bench, file)
        say(f"wrote {file}", err=True)
    return int(any(_failed(row) for row in bench["results"]))


@command.command("make")
@click.argument("folder")
@click.option("--variables", default=30, show_default=True)
@click.option("--reinforcing", default=6, show_default=True, help="How many such loops.")
@click.option("--balancing", default=4, show_default=True, help="How many such loops.")
@click.option("--parts", default=2, show_default=True, help="Strongly connected parts.")
@click.option("--tangle", default=6, show_default=True, help="Loops that share variables.")
@click.option("--density", default=1.5, show_default=True, help="Links for each variable.")
@click.option("--unknown", default=0.0, show_default=True, help="Share of links with no sign.")
@click.option("--delayed", default=0.15, show_default=True, help="Share of delayed links.")
@click.option("--agency", "agencies", multiple=True, help="Who draws the map; several times.")
@click.option("--seed", default=0, show_default=True)
def make(folder: str, density: float, agencies: tuple[str, ...], **options: Any) -> None:
    """Make a map with planted loops, and the truth about it, in a FOLDER."""
    from loopmap.bench import planted_map

    planted = planted_map(links_per_variable=density, agencies=agencies, **options)
    planted.save(folder)
    say(f"wrote {folder}: {planted.map!r}, {len(planted.loops)} loops")


def _show(row: dict[str, Any]) -> None:
    told = [f"{row['case']:<22} {row['finder']:<18} {row['status']:<8}"]
    if row.get("recall") is not None:
        signs = row["sign_accuracy"]
        told += [
            f"recall {row['recall']:8.3%}",
            f"precision {row['precision']:.0%}",
            f"signs {'none' if signs is None else f'{signs:.0%}'}",
            f"{row['honesty']:<14}",
            f"{row['seconds']:.4f} s",
            f"{row['megabytes'] or 0:.0f} MB",
        ]
    say("  ".join(told))
    for detail in ("why", "first_failure"):
        if row.get(detail):
            say(f"    {row[detail]}")


def _failed(row: dict[str, Any]) -> bool:
    if row["status"] != "done":
        return bool(row["status"] == "failed")
    return row["honesty"] in ("silent", "false") or row["wrong"] > 0
