"""``loopmap places``."""

from __future__ import annotations

import click

from loopmap.cli.csv_text import frame_csv
from loopmap.cli.saying import give, say
from loopmap.options import PaperName

__all__ = ["command"]


@click.command("places")
@click.option("-o", "--output", metavar="FILE", multiple=True, help=".svg, .pdf, .png or .html")
@click.option("--paper", help="A4 to A0; by default as large as it is.")
@click.option("--csv", "as_csv", is_flag=True, help="Print the table as CSV.")
def command(output: tuple[str, ...], paper: PaperName | None, as_csv: bool) -> None:
    """List the places the examples come from, or draw where they lie."""
    from loopmap.gazetteer import draw_places, places
    from loopmap.gazetteer.table import rows

    if as_csv:
        give(frame_csv(places()))
    elif not output:
        for row in rows():
            number = "" if row.number is None else str(row.number)
            example = f"example {row.example}" if row.example else row.why_no_example
            say(f"{number:>3} {row.name:<36} {row.programme:<24} {example}")
    for file in output:
        say(f"wrote {draw_places().save(file, paper=paper)}")
