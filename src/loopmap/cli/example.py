"""``loopmap example``."""

from __future__ import annotations

from pathlib import Path

import click

from loopmap.cli.saying import give, say
from loopmap.formats import write_bytes

__all__ = ["command"]


@click.command("example")
@click.argument("name")
@click.option("-o", "--output", metavar="FILE", help="Write it there; an existing file is kept.")
def command(name: str, output: str | None) -> None:
    """Print an example map as .loop text, to start from.

    \b
    loopmap example mash -o my_map.loop
    """  # noqa: D301
    from loopmap.example_maps import example_text

    text = example_text(name)
    if output is None:
        give(text)
    elif Path(output).exists():
        raise click.UsageError(f"the file {output!r} is there already; choose another name")
    else:
        write_bytes(output, text.encode(), overwrite=False)
        say(f"wrote {output}")
