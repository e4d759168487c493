"""``loopmap draw``."""

from __future__ import annotations

import click

from loopmap.cli.maps import map_argument, map_named, name_of
from loopmap.cli.saying import say
from loopmap.options import By, Effort, Engine, PaperName, StyleName

__all__ = ["command"]

#: So many names that --near could not keep in place are told.
_TOLD = 5


@click.command("draw")
@map_argument
@click.option(
    "-o", "--output", "outputs", multiple=True, metavar="FILE",
    help="Where to: .svg, .pdf, .png, .html or .dot. May be repeated.  [default: MAP.svg here]",
)  # fmt: skip
@click.option("--paper", metavar="SIZE", help="A4 to A0: fit the map to the sheet.")
@click.option("--landscape/--portrait", default=None, help="Which way the sheet is turned.")
@click.option("--style", default="screen", help="screen, print, wall, mono or dark.")
@click.option("--highlight", multiple=True, metavar="LOOP", help="Let a loop, a variable or a "
              "perspective stand out. May be repeated.")  # fmt: skip
@click.option("--loops", default="auto", help="Which loops get a badge: auto, story, all, none.")
@click.option("--layout", help="A layout engine: loops, given, dot, neato …  [default: the places "
              "of the map, or loops]")  # fmt: skip
@click.option("--fresh", is_flag=True, help="Lay the map out anew, whatever places it has.")
@click.option("--near", metavar="FILE", help="Stay near an earlier picture: an SVG of ours, or the "
              "file of the earlier map.")  # fmt: skip
@click.option("--keep", is_flag=True, help="Write the places into the map's file, which is drawn "
              "with them from then on.")  # fmt: skip
@click.option("--seed", type=int, default=0, help="Another seed, another layout.")
@click.option("--effort", help="How hard to try: fast, good or poster.")
@click.option(
    "--by", default="sign", help="What the lines show: sign, or perspective (who says so)."
)
@click.option(
    "--author", is_flag=True, help="What the map's author wrote counts as one voice, too."
)
@click.option("--panels", is_flag=True, help="Small pictures side by side: what each perspective "
              "sees (or those of --highlight), and what nobody sees alone.")  # fmt: skip
@click.option("--stakeholders", is_flag=True, help="Show stakeholders too.")
@click.option("--dpi", type=float, help="Dots per inch of a PNG.")
def command(
    map_: str,
    outputs: tuple[str, ...],
    paper: PaperName | None,
    landscape: bool | None,
    style: StyleName,
    highlight: tuple[str, ...],
    loops: str,
    layout: Engine | None,
    fresh: bool,
    near: str | None,
    keep: bool,
    seed: int,
    effort: Effort | None,
    by: By,
    author: bool,
    panels: bool,
    stakeholders: bool,
    dpi: float | None,
) -> None:
    """Draw a map as SVG, PDF, PNG, HTML or DOT.

    \b
    loopmap draw mash -o mash.pdf --paper A1 --style wall
    loopmap draw hub.loop -o hub.svg --highlight R1
    loopmap draw hub.loop --keep
    loopmap draw hub.loop -o next.svg --near hub.svg
    loopmap draw together.loop -o whose.pdf --by perspective
    loopmap draw together.loop -o panels.pdf --panels --highlight Police
    """  # noqa: D301
    from loopmap.display import DrawOptions, draw
    from loopmap.views import draw_panels

    options: DrawOptions = {
        "layout": "loops" if fresh else layout,
        "near": near,
        "style": style,
        "seed": seed,
        "effort": effort,
        "by": by,
        "author": author,
        "stakeholders": stakeholders,
    }
    if loops != "auto":
        options["loops"] = None if loops == "none" else loops
    chosen = list(highlight) or None
    m = map_named(map_)
    if keep:
        _need_file(map_)
    if panels:
        drawing = draw_panels(m, who=chosen, **options)
    else:
        options["highlight"] = chosen
        drawing = draw(m, **options)
    for output in outputs or (f"{name_of(map_)}.svg",):
        drawing.save(output, paper=paper, landscape=landscape, dpi=dpi)
        say(f"wrote {output}")
    for name, share in list(drawing.moved.items())[:_TOLD]:
        say(f"{name} moved by {share:.0%} of the width")
    if keep:
        from loopmap.formats.places import keep_places

        keep_places(map_, m.with_places(drawing.layout))
        say(f"kept the places in {map_}")


def _need_file(map_: str) -> None:
    """Places are kept in a file of the user's own."""
    from pathlib import Path

    if not Path(map_).is_file():
        raise click.UsageError(
            f"--keep writes the places into the map's file, and {map_!r} is none; "
            f"write one first: loopmap convert {map_} my-map.loop"
        )
