"""Ctrl-C, sent to a real process, on maps that nobody can list: it ends soon, and says what it has."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import loopmap as lm
from loopmap.loops.kernel import kernel_in_use

SOURCE = Path(lm.__file__).parents[1]
BUILDS = ["1"] if kernel_in_use() != "compiled" else ["", "1"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is another thing there: NOT tested"),
]

#: numpy is imported beforehand: interrupted while it is being imported, it stays half imported.
HUGE = """
import numpy
import loopmap as lm
names = [f"v{i:02}" for i in range(SIZE)]
m = lm.SystemMap(links=[(u, v, "+-"[u < v]) for u in names for v in names if u != v])
print("up", flush=True)
"""


def _heed_interrupts() -> None:
    """What runs in the background ignores Ctrl-C, and so would what it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _work(pid: int, seconds: float) -> None:
    """Wait until it has worked so long: on a busy machine that is later than by the clock."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        time.sleep(seconds)
        return

    def used() -> float:
        fields = stat.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    end, patience = used() + seconds, time.monotonic() + 60
    while used() < end and time.monotonic() < patience:
        time.sleep(0.02)


def interrupted(words: list[str], pure: str, wait: float) -> tuple[int, str, str]:
    """Start it, wait for its first line, then let it work; send SIGINT; code, output, errors."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "LOOPMAP_PURE": pure}
    with subprocess.Popen(
        [sys.executable, *words], env=environment, text=True, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=_heed_interrupts,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        if words[0] == "-c":
            assert process.stdout.readline() == "up\n"
        _work(process.pid, wait)
        assert process.poll() is None, "it ended before it was interrupted"
        process.send_signal(signal.SIGINT)
        try:
            said, errors = process.communicate(
                timeout=20
            )  # a second or two, on a busy machine more
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    return process.returncode, said, errors


@pytest.mark.parametrize("pure", BUILDS)
@pytest.mark.parametrize(
    ("size", "options"),
    [
        (13, "at_most=None"),  # counted, then listed at once
        (30, "at_most=None"),  # not counted
        (30, "at_most=10_000_000"),  # in order
        (30, "at_most=None, max_length=9"),
        (30, "at_most=None, seconds=60"),
    ],
)
def test_find_loops_leaves_a_marked_answer(size: int, options: str, pure: str) -> None:
    code = HUGE.replace("SIZE", str(size)) + f"print(repr(lm.find_loops(m, {options})))"
    status, said, errors = interrupted(["-c", code], pure, 1.0)
    assert status == 0, errors
    assert "incomplete: interrupted" in said


@pytest.mark.parametrize("pure", BUILDS)
@pytest.mark.parametrize(
    "call",
    ["lm.count_loops(m, seconds=60)", "sum(len(t) for t in lm.loop_tables(m))"],
)
def test_others_end_at_once(call: str, pure: str) -> None:
    """Marked as partial, or the usual KeyboardInterrupt."""
    code = HUGE.replace("SIZE", "30") + f"print(repr({call}))"
    status, said, errors = interrupted(["-c", code], pure, 1.0)
    if status == 0:
        assert "incomplete" in said
    else:
        assert status in (-signal.SIGINT, 130)
        assert errors.strip().splitlines()[-1] == "KeyboardInterrupt"


@pytest.mark.parametrize("pure", BUILDS)
@pytest.mark.parametrize("words", [["--all", "--json"], ["--count", "--seconds", "60"]])
def test_the_command_line(words: list[str], pure: str, tmp_path: Path) -> None:
    """Exit code 1 with what there is, marked; or 130, and no traceback."""
    names = [f"v{i:02}" for i in range(30)]
    m = lm.SystemMap(links=[(u, v, "+") for u in names for v in names if u != v])
    lm.write(m, tmp_path / "huge.loop")
    words = ["-m", "loopmap", "loops", str(tmp_path / "huge.loop"), *words]
    status, said, errors = interrupted(words, pure, 4.0)
    assert status in (1, 130)
    assert "Traceback" not in errors
    if status == 1 and "--json" in words:
        assert '"complete": false' in said


@pytest.mark.parametrize("pure", BUILDS)
def test_while_millions_are_sorted(pure: str) -> None:
    """The search itself is over; the shortest are sorted then, and the answer is marked."""
    code = HUGE.replace("SIZE", "10") + (
        "from loopmap.loops.listing import strategy, sorting\n"
        "table = sorting.LoopSorter.table\n"
        "def slowly(self, wanted=None):\n"
        "    print('sorting', flush=True)\n"
        "    end = __import__('time').monotonic() + 30\n"
        "    while wanted != strategy.IMPATIENT and __import__('time').monotonic() < end: pass\n"
        "    return table(self, wanted)\n"
        "sorting.LoopSorter.table = slowly\n"
        "print(repr(lm.find_loops(m, at_most=None)))"
    )
    status, said, errors = interrupted(["-c", code], pure, 3.0)
    assert status == 0, errors
    assert "sorting" in said
    assert "<Loops: 10,000 loops" in said
    assert "incomplete: interrupted after 1,112,073 loops" in said
