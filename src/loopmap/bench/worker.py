"""One finder on one case, in a process of its own; the answer is the last line it prints.

Run as ``python -m loopmap.bench.worker`` with a task as JSON on standard input.
"""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import islice
from typing import Any

from loopmap.bench.cases import CASES, Case
from loopmap.bench.finders import Finder, find_finder
from loopmap.bench.score import Score
from loopmap.errors import LoopmapError
from loopmap.model import SystemMap
from loopmap.testing.oracles import brute_force_loops

__all__ = ["main"]

#: Runs shorter than this many seconds are timed so many times more, and the shortest counts:
#: what else the machine does would drown them.
_SHORT, _AGAIN = 0.2, 4


def main() -> None:
    """Read the task, run it, print what came of it."""
    task = json.loads(sys.stdin.readline())
    sys.path.insert(0, task.get("folder", ""))
    limited = _limit(task["megabytes"])
    try:
        answer = {"memory_limited": limited, **work(_case(task["case"]), task)}
    except MemoryError:
        answer = {"status": "memory"}
    except LoopmapError as error:
        answer = {"status": "not run", "why": str(error)}
    except Exception as error:  # a finder may fail in any way; that is one of the things to know
        answer = {"status": "failed", "why": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer))


def work(case: Case, task: dict[str, Any]) -> dict[str, Any]:
    """Time the finder, then let it find again and score what it finds."""
    find = find_finder(task["finder"])
    maps = list(case.maps())
    before = peak_megabytes()
    with _ended_after(task["patience"]):
        given, seconds, finished = _timed(find, maps, task["seconds"])
        for _ in range(_AGAIN if finished and seconds < _SHORT else 0):
            seconds = min(seconds, _timed(find, maps, task["seconds"])[1])
    peak = peak_megabytes()
    score = Score()
    for m, n in zip(maps, given, strict=True):
        answer = find(m)
        score.add(m, islice(answer, n), _total(case, m), getattr(answer, "complete", None))
    return {
        "status": "done" if finished else "time",
        "seconds": seconds,
        "megabytes": peak,
        "megabytes_before": before,
        **{k: v for k, v in asdict(score).items() if not k.startswith("_")},
        "recall": score.recall,
        "precision": score.precision,
        "sign_accuracy": score.sign_accuracy,
        "honesty": score.honesty if finished else "stopped",
    }


def _timed(
    find: Finder, maps: list[SystemMap], seconds: float
) -> tuple[list[int | None], float, bool]:
    """How many loops came from each map (``None``: all it gives), how long it took, if it ended."""
    start = time.perf_counter()
    given: list[int | None] = []
    for m in maps:
        for n, _ in enumerate(find(m), 1):
            if not n & 127 and time.perf_counter() - start > seconds:
                rest = [0] * (len(maps) - len(given) - 1)
                return [*given, n, *rest], time.perf_counter() - start, False
        given.append(None)
    return given, time.perf_counter() - start, True


@contextmanager
def _ended_after(seconds: float) -> Iterator[None]:
    """End this process if what runs here takes longer: a finder in C hears nothing else."""
    alarm = getattr(signal, "setitimer", None)  # not on Windows
    if alarm is not None:
        alarm(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        if alarm is not None:
            alarm(signal.ITIMER_REAL, 0)


def _total(case: Case, m: SystemMap) -> int:
    if case.kinds is None:
        return len(brute_force_loops(m))
    return sum(case.kinds().values())


def _case(name: str) -> Case:
    if name in CASES:
        return CASES[name]
    from loopmap.bench.own import case_of_file

    return case_of_file(name)


def peak_megabytes() -> float | None:
    """The most memory this process has had, in megabytes; ``None`` where that is not known."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return float(peak) / (2**20 if sys.platform == "darwin" else 2**10)


def _limit(megabytes: float) -> bool:
    """Let this process have so much address space and no more; whether that could be done."""
    try:
        import resource
    except ImportError:  # Windows
        return False
    size = int(megabytes * 2**20)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    except (ValueError, OSError):
        return False
    return True


if __name__ == "__main__":
    main()
