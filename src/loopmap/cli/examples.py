"""``loopmap examples``."""

from __future__ import annotations

import click

from loopmap.cli.saying import say

__all__ = ["command"]


@click.command("examples")
def command() -> None:
    """List the example maps."""
    from loopmap.example_maps import examples

    for row in examples().to_dict("records"):
        numbers = f"{row['variables']} variables, {row['links']} links, {row['loops']} loops"
        say(f"{row['name']:<16} {row['title']}\n{'':<16} {numbers}")
