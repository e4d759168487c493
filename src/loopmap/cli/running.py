"""Runs one command: every error becomes a line, every warning too, and the exit code is right."""

from __future__ import annotations

import io
import os
import re
import sys
import warnings
from collections.abc import Sequence
from typing import IO, Any, TextIO

import click

from loopmap.cli.commands import loopmap
from loopmap.cli.saying import say
from loopmap.errors import LoopmapError

__all__ = ["run"]


def run(words: Sequence[str]) -> int:
    """Run the command of these words; return its exit code."""
    if sys.stdout is None:  # Python's way to say that it was closed
        return _failed("standard output is closed; send it somewhere, such as /dev/null")
    for stream in filter(None, (sys.stdout, sys.stderr)):
        _make_safe(stream)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always", UserWarning)
            warnings.showwarning = _show_warning
            result = loopmap.main(list(words), "loopmap", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.ClickException as error:  # wrong use: click says it with the usage line
        told = io.StringIO()
        error.show(told)
        say(told.getvalue().rstrip("\n"), err=True)
        return 2
    except BrokenPipeError:  # whoever read our output has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (KeyboardInterrupt, click.Abort):
        return 130
    except LoopmapError as error:
        return _failed(str(error))
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        return _failed(f"{name}{(error.strerror or str(error)).lower()}")


def _failed(message: str) -> int:
    say(f"error: {message}", err=True)
    return 2


def _show_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    told = re.sub(r"\bpaper='(\w+)'", r"--paper \1", str(message))  # in the words of this command
    say(f"warning: {told}", err=True)


def _make_safe(stream: IO[Any]) -> None:
    """Make a stream take any text: UTF-8 into files and pipes, a stand-in on odd terminals."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        if stream.isatty():
            reconfigure(errors="replace")
        else:
            reconfigure(encoding="utf-8", errors="backslashreplace")
