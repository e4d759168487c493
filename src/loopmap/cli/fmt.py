"""``loopmap fmt``."""

from __future__ import annotations

import click

from loopmap.cli.maps import standard_input
from loopmap.cli.saying import give, say
from loopmap.formats import write_bytes
from loopmap.formats.decoding import decoded
from loopmap.formats.files import read_bytes
from loopmap.notation import fmt

__all__ = ["command"]


@click.command("fmt")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit with 1 if a file "
              "would change.")  # fmt: skip
def command(files: tuple[str, ...], only_check: bool) -> int:
    """Set .loop files out evenly, keeping comments and order.

    With - for a file, standard input goes to standard output.
    """
    changed = 0
    for name in files:
        data = standard_input() if name == "-" else read_bytes(name)
        text, problems = decoded(data, name)
        for problem in problems:
            say(f"warning: {problem}", err=True)
        tidy = fmt(text, source="<stdin>" if name == "-" else name)
        differs = tidy.encode() != data
        changed += differs
        if name == "-" and not only_check:
            give(tidy)
        elif differs:
            if not only_check:
                write_bytes(name, tidy.encode())
            say(f"{'would change' if only_check else 'changed'} {name}", err=True)
    return int(only_check and changed > 0)
