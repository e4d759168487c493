"""What the commands print, words for people and data for programs: the one door to the terminal."""

from __future__ import annotations

import sys
from typing import Any

import click

from loopmap.quoting import json_text, terminal

__all__ = ["give", "give_json", "say"]


def say(text: str, *, err: bool = False) -> None:
    """Say something to people; no name in it can steer their terminal."""
    click.echo(terminal(text), err=err)


def give(data: str | bytes) -> None:
    """Hand on a file to standard output, to the letter; at a terminal nothing in it can steer."""
    if sys.stdout.isatty():
        text = data if isinstance(data, str) else data.decode("utf-8", "backslashreplace")
        data = terminal(text)
    click.echo(data, nl=False)


def give_json(value: Any) -> None:
    """Hand on JSON to standard output."""
    click.echo(json_text(value))
