"""``loopmap convert``."""

from __future__ import annotations

import click

from loopmap.cli.maps import map_argument, map_named
from loopmap.cli.saying import give, say
from loopmap.formats import FORMATS, dumped, format_of, write

__all__ = ["command"]


def _known() -> str:
    rows = "\n".join(
        f"{' '.join(row.suffixes):<14} {row.about}"
        + ("" if row.load else " (only written)")
        + ("" if row.dump else " (only read)")
        for row in FORMATS.values()
    )
    return f"\b\nFormats:\n{rows}"


@click.command("convert", epilog=_known())
@map_argument
@click.argument("output", metavar="OUTPUT")
@click.option("--from", "source_format", metavar="FORMAT", help="The format of MAP, if its ending "
              "does not tell.")  # fmt: skip
@click.option("--to", "target_format", metavar="FORMAT", help="The format of OUTPUT, if its ending "
              "does not tell.")  # fmt: skip
@click.option("--positions/--no-positions", default=None, help="Write where names stand and "
              "lines run, too (.loop).  [default: if the map has places]")  # fmt: skip
def command(
    map_: str,
    output: str,
    source_format: str | None,
    target_format: str | None,
    positions: bool | None,
) -> None:
    """Write a map in another format, and say what that format does not keep.

    With - for OUTPUT the map goes to standard output, in the format of --to.

    \b
    loopmap convert mash mash.csv
    loopmap convert - hub.loop.json < hub.loop
    """  # noqa: D301
    m = map_named(map_, format=source_format, or_pass="--from")
    options = {} if positions is None else {"positions": positions}
    if output == "-":
        target = format_of("", target_format or "loop")
        data, lost = dumped(m, target, **options)
        if lost:
            say(f"warning: the output will not keep {lost}", err=True)
        give(data)
    else:
        target = format_of(output, target_format, or_pass="--to")
        write(m, output, format=target.name, **options)
        say(f"wrote {output}")
    if positions and all(element.position is None for element in m.elements):
        say(
            "warning: no position was written, for no element of this map has one; give it "
            "[at=x,y], arrange the map with lm.widget(), or keep a drawing: loopmap draw --keep",
            err=True,
        )
