"""A time budget that long searches look at now and then."""

from __future__ import annotations

import math
import time

from loopmap.progress import Tick

__all__ = ["SHORTEST", "Budget", "TimeIsUpError"]


#: Loops of so many links are found in linear time.
SHORTEST = 2


class TimeIsUpError(Exception):
    """Raised inside a search when its time is over; never leaves the engine."""


class Budget:
    """So many seconds from now, or no limit.

    Parameters
    ----------
    seconds
        How long, in seconds, or ``None`` for as long as it takes.
    tick
        Told now and then how much of the time is gone, for a progress bar.
    """

    __slots__ = ("end", "seconds", "tick")

    def __init__(self, seconds: float | None, tick: Tick | None = None) -> None:
        self.seconds = seconds
        self.tick = tick
        self.end = None if seconds is None else time.monotonic() + seconds

    def check(self, ahead: float = 0.0) -> None:
        """Raise :class:`TimeIsUpError` when the time is over, or will be in so many seconds."""
        left = math.inf if self.end is None else self.end - time.monotonic()
        if left < ahead:
            raise TimeIsUpError
        if self.tick is not None:
            self.tick(1 - left / self.seconds if self.seconds else math.nan, "")

    @property
    def told(self) -> str:
        """``1 second``, ``0.5 seconds``: how long it was."""
        return "1 second" if self.seconds == 1 else f"{self.seconds:g} seconds"

    def for_length(self, length: int) -> Budget:
        """The time for loops of up to so many links: the shortest are found in any case."""
        return Budget(None, self.tick) if length <= SHORTEST else self

    def share(self, most: float) -> Budget:
        """A budget of at most ``most`` seconds that ends no later than this one."""
        left = most if self.end is None else min(most, self.end - time.monotonic())
        return Budget(max(left, 0.0), self.tick)
