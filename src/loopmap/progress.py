"""A progress bar for whatever takes over a second: in a terminal or a notebook, through tqdm."""

from __future__ import annotations

import math
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["Tick", "bar"]

#: Called now and then with the share done (0 to 1, NaN where nobody knows) and a word for it.
Tick = Callable[[float, str], None]
#: How many seconds something takes before anybody is told.
PATIENCE = 1.0
#: Seconds between two looks at the bar.
_PAUSE = 0.1


@contextmanager
def bar(what: str) -> Iterator[Tick]:
    """Give a function to call now and then; a bar shows if that goes on for over a second.

    Without tqdm, and where nobody looks (a script's output in a file), nothing is shown. The bar
    is taken away at the end. ``TQDM_DISABLE=1`` keeps it away altogether.

    Examples
    --------
    >>> with bar("counting") as tick:
    ...     for i in range(3):
    ...         tick(i / 3, "numbers")
    """
    shown: Any = None
    asked = False
    due = time.monotonic() + PATIENCE

    def tick(share: float = math.nan, step: str = "") -> None:
        nonlocal shown, asked, due
        now = time.monotonic()
        if now < due:
            return
        due = now + _PAUSE
        if not asked:
            asked, shown = True, _tqdm(what, known=not math.isnan(share))
        if shown is not None:  # a bar without a total has no truth value
            shown.n = 0 if math.isnan(share) else round(100 * share)
            shown.set_postfix_str(step, refresh=False)
            shown.refresh()

    try:
        yield tick
    finally:
        if shown is not None:
            shown.n = shown.total or 0  # a notebook's bar goes away only when it is full
            shown.close()


def _tqdm(what: str, *, known: bool) -> Any:
    """A bar of 100 parts, or one that only says how long it has taken; None without tqdm."""
    if not _watched():
        return None
    try:
        from tqdm.auto import tqdm
    except ImportError:
        return None
    form = "{desc}: {percentage:3.0f}%|{bar}| {elapsed}{postfix}" if known else "{desc}: {elapsed}"
    return tqdm(desc=what, total=100 if known else None, leave=False, bar_format=form)


def _watched() -> bool:
    """Whether somebody looks: a terminal, or a notebook's kernel."""
    if os.environ.get("TQDM_DISABLE"):  # tqdm's own switch, which its notebook bars do not heed
        return False
    return "ipykernel" in sys.modules or bool(getattr(sys.stderr, "isatty", lambda: False)())
