"""``loopmap draw``."""

from __future__ import annotations

import click

from loopmap.cli.maps import map_argument, map_named, name_of

__all__ = ["command"]


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
@click.option("--layout", default="loops", help="A layout engine: loops, given, dot, neato …")
@click.option("--seed", type=int, default=0, help="Another seed, another layout.")
@click.option("--effort", help="How hard to try: fast, good or poster.")
@click.option("--stakeholders", is_flag=True, help="Show stakeholders too.")
@click.option("--dpi", type=float, help="Dots per inch of a PNG.")
def command(
    map_: str,
    outputs: tuple[str, ...],
    paper: str | None,
    landscape: bool | None,
    style: str,
    highlight: tuple[str, ...],
    loops: str,
    layout: str,
    seed: int,
    effort: str | None,
    stakeholders: bool,
    dpi: float | None,
) -> None:
    """Draw a map as SVG, PDF, PNG, HTML or DOT.

    \b
    loopmap draw mash -o mash.pdf --paper A1 --style wall
    loopmap draw hub.loop -o hub.svg --highlight R1
    """  # noqa: D301
    from loopmap.display import draw

    drawing = draw(
        map_named(map_),
        highlight=list(highlight) or None,
        loops=None if loops == "none" else loops,
        layout=layout,
        style=style,
        seed=seed,
        effort=effort,
        stakeholders=stakeholders,
    )
    for output in outputs or (f"{name_of(map_)}.svg",):
        drawing.save(output, paper=paper, landscape=landscape, dpi=dpi)
        click.echo(f"wrote {output}")
