"""``loopmap bench``, ``places`` and ``quotes`` from the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from loopmap.cli.running import run


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_bench_lists_cases_and_finders(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bench", "list"]) == 0
    out = capsys.readouterr().out
    for word in ("complete-5", "every-map-of-3", "planted-10000", "networkx", "module:function"):
        assert word in out


@pytest.mark.slow
def test_bench_run_writes_table_json_and_picture(capsys: pytest.CaptureFixture[str]) -> None:
    words = "bench run --finder loopmap --case arms-race-3 --case complete-4"
    assert run([*words.split(), "-o", "a.json", "-o", "a.md", "-o", "a.svg"]) == 0
    assert "recall" in capsys.readouterr().out
    bench = json.loads(Path("a.json").read_text("utf-8"))
    assert [row["recall"] for row in bench["results"]] == [1.0, 1.0]
    assert "arms-race-3" in Path("a.md").read_text("utf-8")
    assert Path("a.svg").read_bytes().startswith(b"<?xml")


@pytest.mark.slow
def test_bench_run_ends_with_1_where_loops_are_missed_silently(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["bench", "run", "--finder", "random-walk", "--case", "complete-6", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["results"][0]["honesty"] == "silent"


@pytest.mark.parametrize(
    "words",
    ["bench run --finder nonsense", "bench run --case nonsense --finder loopmap",
     "bench run --finder loopmap -o a.txt", "bench make x --variables 3"],
)  # fmt: skip
def test_wrong_use_is_one_line_and_2(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words.split()) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_bench_make_writes_a_map_and_the_truth() -> None:
    words = "bench make planted --variables 20 --agency Ann --agency Bo --seed 3"
    assert run(words.split()) == 0
    names = {path.name for path in Path("planted").iterdir()}
    assert names == {"map.loop", "truth.json", "Ann.loop", "Bo.loop"}
    assert run(["loops", "planted/map.loop"]) == 0


def test_places_lists_writes_and_draws(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["places"]) == 0
    out = capsys.readouterr().out
    assert "28 Plymouth" in out
    assert "a chain is not a loop" in out
    assert run(["places", "--csv"]) == 0
    assert len(list(csv.DictReader(io.StringIO(capsys.readouterr().out)))) == 66
    assert run(["places", "-o", "places.svg"]) == 0
    assert Path("places.svg").stat().st_size > 20_000


def test_quotes_are_held_against_a_text(capsys: pytest.CaptureFixture[str]) -> None:
    Path("m.loop").write_text('A -> B\n    by Police: + "we never hear"\n', "utf-8")
    Path("yes.txt").write_text("They said ‘we never hear’.", "utf-8")
    Path("no.txt").write_text("They said nothing.", "utf-8")
    Path("odd.txt").write_bytes(b"\xff\xfe\x00")
    assert run(["quotes", "m.loop", "yes.txt"]) == 0
    assert run(["quotes", "m.loop", "no.txt"]) == 1
    assert "'we never hear' is not in the text" in capsys.readouterr().out
    assert run(["quotes", "m.loop", "odd.txt"]) == 2
    assert run(["quotes", "m.loop", "missing.txt"]) == 2
