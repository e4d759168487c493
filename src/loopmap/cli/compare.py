"""``loopmap compare``."""

from __future__ import annotations

import shutil
import textwrap

import click

from loopmap.cli.csv_text import frame_csv
from loopmap.cli.merge_inputs import laid_together, maps_argument, same_option, suggestions
from loopmap.cli.saying import give, say
from loopmap.model import SystemMap

__all__ = ["command"]


@click.command("compare")
@maps_argument
@same_option
@click.option("--csv", "form", flag_value="csv", help="The table of links and perspectives as CSV.")
@click.option("--distances", "form", flag_value="distances",
              help="How far apart each two are, from 0 to 1.")  # fmt: skip
@click.option(
    "--author", is_flag=True, help="What the map's author wrote counts as one voice, too."
)
@click.option("--all", "everything", is_flag=True, help="Long lists in full.")
def command(
    maps: tuple[str, ...],
    same: tuple[str, ...],
    form: str | None,
    author: bool,
    everything: bool,
) -> int:
    """Say what people agree and disagree about, and which loops nobody sees alone.

    One MAP with claims of several people, or several maps, which are laid together as
    `loopmap merge` does. The exit code is 1 if they contradict each other.

    \b
    loopmap compare together.loop
    loopmap compare police.loop health.loop schools.loop
    """  # noqa: D301
    m, _ = laid_together(maps, same)
    if form == "csv":
        from loopmap.perspectives import compare

        give(frame_csv(compare(m, author=author)))
    elif form == "distances":
        say(_distances(m))
    else:
        from loopmap.analysis import compare_in_words

        at_most = None if everything else 12
        say(_wrapped(compare_in_words(m, at_most=at_most, names=False, author=author)))
        if lines := suggestions(m):
            say("\nNames that may mean one thing (nothing was joined)")
            say(_wrapped("\n".join(f"  {line}" for line in lines)))
    return int(any(link.polarity.word == "mixed" for link in m.causal_links))


def _wrapped(text: str) -> str:
    """Long lines broken to the width of the terminal, each continued below its own start."""
    width = max(40, min(shutil.get_terminal_size((100, 24)).columns, 120))
    lines = []
    for line in text.splitlines():
        indent = " " * (len(line) - len(line.lstrip()) + 4) if line.startswith(" ") else ""
        wrapped = textwrap.wrap(
            line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
        )
        lines += wrapped or [""]
    return "\n".join(lines)


def _distances(m: SystemMap) -> str:
    """A table of pairs: the plain shares first, then the published ratios."""
    from itertools import combinations

    from loopmap.analysis import distance
    from loopmap.analysis.distances import MEASURES

    seen = {who: m.perspective(who) for who in m.perspectives}
    rows = [["", *MEASURES]]
    for a, b in combinations(seen, 2):
        far = distance(seen[a], seen[b])
        values = [getattr(far, name) for name in MEASURES]
        rows.append([f"{a} | {b}", *("-" if v != v else f"{v:.2f}" for v in values)])
    if len(rows) == 1:
        return "There is nobody to compare with."
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    table = "\n".join(
        "  ".join(
            cell.rjust(width) if i else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
    key = "\n".join(f"  {name}: {about}" for name, about in MEASURES.items())
    return f"{table}\n\n0 is the same, 1 as far as can be, - says nothing about these two.\n{key}"
