"""``loopmap quotes``."""

from __future__ import annotations

from pathlib import Path

import click

from loopmap.cli.maps import map_argument, map_named
from loopmap.cli.saying import say
from loopmap.errors import MapSyntaxError, Problem

__all__ = ["command"]


@click.command("quotes")
@map_argument
@click.argument("text", metavar="TEXT")
def command(map_: str, text: str) -> int:
    """Check that every quote of a map stands in a TEXT, word for word.

    The exit code is 1 if one does not.
    """
    from loopmap.checks.quotes import check_quotes

    m = map_named(map_)
    try:
        words = Path(text).read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        wrong = Problem("the text is not UTF-8", f"{text}, byte {error.start}", "save it as UTF-8")
        raise MapSyntaxError([wrong]) from error
    problems = check_quotes(m, words)
    for problem in problems:
        say(str(problem))
    quotes = sum(bool(claim.quote) for link in m.links for claim in link.claims)
    say(f"{quotes - len(problems)} of {quotes} quotes stand in {text}.", err=True)
    return int(bool(problems))
