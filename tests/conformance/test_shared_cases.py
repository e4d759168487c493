"""Every case: `draw` says what `check` says, and nothing depends on the order of a set."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import loopmap as lm
from loopmap.cli.running import run

#: Cases that no reader takes as they stand: one error says what to write.
REFUSED = {"plain_english_drawn_silently.loop", "matrix.csv", "matrix.xlsx",
           "several_diagrams_in_one_table.csv"}  # fmt: skip
ENDINGS = {".loop", ".csv", ".xlsx", ".txt"}


def cases(shared: Path) -> list[Path]:
    found = sorted(p for p in (shared / "cases").rglob("*") if p.suffix in ENDINGS)
    assert len(found) > 30
    return found


def test_draw_says_what_check_says(
    shared: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for path in cases(shared):
        checked = run(["check", str(path)])
        said = capfd.readouterr().out
        drawn = run(["draw", str(path), "-o", str(tmp_path / "x.dot")])
        told = capfd.readouterr().err
        assert (drawn == 2) is (path.name in REFUSED), path
        assert checked in ((1,) if drawn == 2 else (0, 1)), path
        if drawn == 2:
            assert said.splitlines()[0] in told, path
            continue
        for problem in lm.reading(path).problems:
            if problem.severity != "note":
                assert str(problem) in said, path
                assert str(problem) in told, path


#: Prints what is told of files, and of each map its loops, who says what, and every file of it.
TOLD = """
import sys, hashlib, warnings
import loopmap as lm
from loopmap.cli.running import run
from loopmap.formats import FORMATS, dumped
warnings.simplefilter("ignore")
def tell(m):
    print(m.links, m.names, [loop.label for loop in lm.find_loops(m, at_most=50)], lm.check(m))
    print(lm.compare(m).to_csv(), lm.likely_same([m]))
    for name, row in FORMATS.items():
        if row.dump:
            data, lost = dumped(m, row)
            print(name, hashlib.sha256(data).hexdigest(), lost)
for path in sys.argv[1:]:
    run(["check", path])
    try:
        reading = lm.reading(path)
    except lm.LoopmapError as error:
        print(error)
    else:
        print(*reading.problems, sep="\\n")
        tell(reading.map)
examples = [lm.example("mash"), lm.example("plymouth")]
for m in examples:
    tell(m)
tell(lm.merge(examples))
"""


def test_nothing_depends_on_the_order_of_a_set(shared: Path) -> None:
    paths = [str(path) for path in cases(shared)]
    said = {
        subprocess.run(
            [sys.executable, "-c", TOLD, *paths], capture_output=True, text=True, timeout=240,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(said) == 1
