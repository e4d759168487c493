"""The command line: one command for one public verb.

Exit codes: 0 fine, 1 something to look at, 2 wrong use or a file that cannot be read.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    words = list(sys.argv[1:] if args is None else args)
    if words == ["--version"]:  # answered at once, before anything else is imported
        from loopmap import __version__
        from loopmap.loops.kernel import kernel_in_use

        print(f"loopmap {__version__} (loop engine: {kernel_in_use()})")
        sys.exit(0)
    from loopmap.cli.running import run

    sys.exit(run(words))
