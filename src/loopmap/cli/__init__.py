"""The command line: one command for one public verb.

Exit codes: 0 fine, 1 something to look at, 2 wrong use or a file that cannot be read.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    words = list(sys.argv[1:] if args is None else args)
    if words == ["--version"]:  # answered at once, before anything else is imported
        from loopmap import __version__
        from loopmap.loops.kernel import kernel_in_use

        sys.exit(_said(f"loopmap {__version__} (loop engine: {kernel_in_use()})"))
    from loopmap.cli.running import run

    sys.exit(run(words))


def _said(line: str) -> int:
    try:
        print(line, flush=True)
    except OSError as error:
        print(f"error: {(error.strerror or str(error)).lower()}", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or Python complains at the end
        return 2
    return 0
