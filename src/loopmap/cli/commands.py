"""Every command and the module it lives in; a module is imported when its command is used."""

from __future__ import annotations

from importlib import import_module

import click

__all__ = ["COMMANDS", "loopmap"]

#: Command -> its module, which holds it as ``command``. A new command is a module and its row.
COMMANDS = {
    "draw": "loopmap.cli.draw",
    "loops": "loopmap.cli.loops",
    "check": "loopmap.cli.check",
    "fmt": "loopmap.cli.fmt",
    "convert": "loopmap.cli.convert",
    "merge": "loopmap.cli.merge",
    "compare": "loopmap.cli.compare",
    "diff": "loopmap.cli.diff",
    "example": "loopmap.cli.example",
    "examples": "loopmap.cli.examples",
    "places": "loopmap.cli.places",
    "quotes": "loopmap.cli.quotes",
    "bench": "loopmap.cli.bench",
}


class _Lazy(click.Group):
    """A group that knows its commands by name and imports one when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(COMMANDS[cmd_name]).command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from loopmap.errors import did_you_mean

            near = did_you_mean(args[0], COMMANDS) or f"; commands are {', '.join(COMMANDS)}"
            raise click.UsageError(f"there is no command {args[0]!r}{near}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="loopmap", message="loopmap %(version)s")
def loopmap() -> None:
    """Causal-loop systems mapping: check a map, find its feedback loops, draw it.

    A MAP is a file (.loop, .loop.json, .csv …), the name of an example, or - for a text on
    standard input.
    """
