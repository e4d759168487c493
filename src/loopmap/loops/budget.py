"""A time budget that long searches look at now and then."""

from __future__ import annotations

import time

__all__ = ["Budget", "TimeIsUpError"]


class TimeIsUpError(Exception):
    """Raised inside a search when its time is over; never leaves the engine."""


class Budget:
    """So many seconds from now, or no limit.

    Parameters
    ----------
    seconds
        How long, in seconds, or ``None`` for as long as it takes.
    """

    __slots__ = ("end", "seconds")

    def __init__(self, seconds: float | None) -> None:
        self.seconds = seconds
        self.end = None if seconds is None else time.monotonic() + seconds

    def check(self) -> None:
        """Raise :class:`TimeIsUpError` when the time is over."""
        if self.end is not None and time.monotonic() > self.end:
            raise TimeIsUpError

    def share(self, most: float) -> Budget:
        """A budget of at most ``most`` seconds that ends no later than this one."""
        left = most if self.end is None else min(most, self.end - time.monotonic())
        return Budget(max(left, 0.0))
