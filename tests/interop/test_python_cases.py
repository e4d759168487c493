"""Programs in ../shared/cases/python that went wrong: what they must print, and the same without them.

The two about frames and graphs are in ``test_frames.py`` and ``test_graphs.py``.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

import loopmap as lm


def printed(case: Path, *arguments: str) -> list[str]:
    """What a program prints; run by itself."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [sys.executable, case, *arguments], capture_output=True, text=True, env=environment, check=True
    )  # fmt: skip
    return done.stdout.splitlines()


def ring(steps: int) -> lm.SystemMap:
    """A ring with two routes a step: 2 to the power of its steps loops, all of one length."""
    return lm.SystemMap(
        links=[
            lm.Link(f"s{i}", f"s{(i + 1) % steps}", "+", route=route)
            for i in range(steps)
            for route in ("a", "b")
        ]
    )


def test_ten_of_very_many_loops_of_one_length() -> None:
    m = ring(26)
    assert lm.count_loops(m).total == 2**26
    tracemalloc.start()
    try:
        loops = lm.find_loops(m, at_most=10)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (len(loops), loops.complete, loops.total) == (10, False, 2**26)
    assert loops.complete_to_length == 25
    assert len({tuple(link.route for link in loop.links) for loop in loops}) == 10
    assert peak < 20e6


def test_the_case_of_ten_loops(shared: Path) -> None:
    counted, found = printed(shared / "cases" / "python" / "at_most_does_not_bound_memory.py", "26")
    assert counted.startswith("<LoopCounts: 67,108,864 loops, 67,108,864 R, lengths 26 to 26")
    assert found.startswith("<Loops: 10 loops, 10 R, incomplete")


@pytest.mark.slow  # it draws, too; tests/loops/test_shortest_independent.py has the values
def test_a_chosen_few_is_never_empty(shared: Path) -> None:
    lines = printed(shared / "cases" / "python" / "sils_empty.py", "6", "2")
    methods = [line for line in lines if line.startswith(("sils", "geodetic", "basis"))]
    assert len(methods) == 3
    for line in methods:
        assert line.endswith("uncovered: 0")
        assert not re.search(r"s 0 of", line)
