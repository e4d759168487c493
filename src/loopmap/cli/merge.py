"""``loopmap merge``."""

from __future__ import annotations

import click

from loopmap.cli.merge_inputs import laid_together, maps_argument, same_option, suggestions
from loopmap.cli.saying import give, say
from loopmap.formats import FORMATS, dumped, format_of, write

__all__ = ["command"]


@click.command("merge")
@maps_argument
@click.option("-o", "--output", metavar="FILE", help="Where to, in the format of its ending; "
              "without it the map goes to standard output as .loop text.")  # fmt: skip
@same_option
@click.option("--title", help="The title of the result.  [default: the titles joined]")
def command(
    maps: tuple[str, ...], output: str | None, same: tuple[str, ...], title: str | None
) -> None:
    """Lay maps together, keeping who said what on every link.

    Each MAP becomes a perspective: named in front (Police=police.loop), else by the map's title,
    else by the file. Names that look alike are reported and never joined unasked.

    \b
    loopmap merge police.loop health.loop schools.loop -o together.loop
    loopmap merge Police=p.loop Health=h.loop --same "Trafic volume=Traffic volume"
    """  # noqa: D301
    m, called = laid_together(maps, same, title=title)
    if output is None:
        data, _ = dumped(m, FORMATS["loop"])
        give(data)
    else:
        write(m, output, format=format_of(output).name)
        say(f"wrote {output}", err=True)
    for path, name in called.items():
        if path != name:
            say(f"{path} is the perspective {name!r}", err=True)
    shared = sum(len(link.perspectives) > 1 for link in m.causal_links)
    disputed = sum(link.polarity.word == "mixed" for link in m.causal_links)
    say(
        f"{len(m.variables):,} variables, {len(m.causal_links):,} links: {shared:,} drawn by "
        f"several, {disputed:,} with contradicting signs; loopmap compare says which",
        err=True,
    )
    for line in suggestions(m):
        say(f"note: {line}", err=True)
