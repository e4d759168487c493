"""``loopmap diff``."""

from __future__ import annotations

import click

from loopmap.cli.csv_text import frame_csv
from loopmap.cli.maps import map_named
from loopmap.cli.merge_inputs import pairs
from loopmap.cli.saying import give, say
from loopmap.options import PaperName

__all__ = ["command"]


@click.command("diff")
@click.argument("before", metavar="BEFORE")
@click.argument("after", metavar="AFTER")
@click.option("-o", "--output", metavar="FILE", help="Also draw what changed: .svg, .pdf, .png …")
@click.option("--paper", metavar="SIZE", help="A4 to A0: fit the picture to the sheet.")
@click.option("--csv", "as_csv", is_flag=True, help="The changes as CSV, one a row.")
@click.option("--renamed", multiple=True, metavar="OLD=NEW", help="OLD was renamed NEW. May be "
              "repeated; without it renamed elements are looked for.")  # fmt: skip
@click.option("--no-renames", is_flag=True, help="Take no element as renamed.")
@click.option("--all", "everything", is_flag=True, help="Long lists in full.")
def command(
    before: str,
    after: str,
    output: str | None,
    paper: PaperName | None,
    as_csv: bool,
    renamed: tuple[str, ...],
    no_renames: bool,
    everything: bool,
) -> int:
    """Say what changed from one map to another: elements, links and loops.

    The exit code is 0 if nothing did, 1 if something did.

    \b
    loopmap diff march.loop may.loop
    loopmap diff march.loop may.loop -o changes.pdf --paper A3
    """  # noqa: D301
    from loopmap.analysis import diff

    old, new = map_named(before), map_named(after)
    names = {} if no_renames else pairs(renamed, "--renamed") or None
    found = diff(old, new, renamed=names)
    if as_csv:
        give(frame_csv(found.to_frame()))
    else:
        say(found.text(at_most=None if everything else 20))
    if output is not None:
        from loopmap.views import draw_diff

        draw_diff(old, new, renamed=found.renamed).save(output, paper=paper)
        say(f"wrote {output}", err=True)
    return int(bool(found))
