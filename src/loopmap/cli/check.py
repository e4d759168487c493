"""``loopmap check``."""

from __future__ import annotations

import click

from loopmap.checks import check
from loopmap.cli.maps import map_argument, reading_of
from loopmap.cli.saying import give_json, say
from loopmap.errors import MapSyntaxError, Problem

__all__ = ["command"]


@click.command("check")
@map_argument
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def command(map_: str, as_json: bool) -> int:
    """Say what looks wrong or unfinished in a map.

    Unsigned and disputed links, elements without links, names spelled almost alike, named loops
    that are not what they claim. The exit code is 1 if there is something to look at.
    """
    try:
        m, problems = reading_of(map_)
    except MapSyntaxError as error:
        problems = error.problems
    else:
        # What the reader found has a line; it need not be said again without.
        said = {(problem.rule, frozenset(problem.subject)) for problem in problems}
        found = check(m)
        problems += tuple(p for p in found if (p.rule, frozenset(p.subject)) not in said)
    if as_json:
        fields = ("rule", "severity", "where", "what", "suggestion", "subject")
        items = [{field: getattr(problem, field) for field in fields} for problem in problems]
        give_json(items)
    else:
        _print(problems, map_)
    return int(any(problem.severity != "note" for problem in problems))


def _print(problems: tuple[Problem, ...], name: str) -> None:
    for problem in problems:
        note = "note: " if problem.severity == "note" else ""
        place = "" if problem.where else f"{name}: "
        say(f"{place}{note}{problem}")
    weighty = sum(problem.severity != "note" for problem in problems)
    thing = "thing" if weighty == 1 else "things"
    say(f"{weighty} {thing} to look at." if weighty else "Nothing to mend.", err=True)
