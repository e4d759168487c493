"""Finders run in processes of their own, and nothing they do harms the bench."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import loopmap as lm
from loopmap.bench import FINDERS, find_finder, run_bench, run_case
from loopmap.bench.report import picture, table

MINE = '''
import time, os
import loopmap as lm

def halves(m):
    """Every other loop, and not a word about it."""
    return [loop.path for loop in lm.find_loops(m)][::2]

def modest(m):
    return lm.find_loops(m, at_most=2)

def liar(m):
    class Answer(list):
        complete = True
    return Answer([["A", "B", "Z"]])

def slow(m):
    while True:
        time.sleep(0.001)
        yield ["v0", "v1"]

def deaf(m):
    while True:
        pass

def greedy(m):
    return [bytearray(2 * 10**8) for _ in range(100)]

def broken(m):
    raise RuntimeError("no luck")

def crash(m):
    os._exit(3)
'''


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "mine.py").write_text(MINE, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def test_ours_finds_everything_and_says_so() -> None:
    row = run_case("parallel-self-links", "loopmap")
    assert (row["status"], row["recall"], row["precision"]) == ("done", 1.0, 1.0)
    assert (row["sign_accuracy"], row["honesty"]) == (1.0, "right")
    assert row["megabytes"] is None or row["megabytes"] > 5
    assert row["seconds"] > 0


@pytest.mark.slow
def test_the_bench_finds_loops_that_igraph_misses() -> None:
    igraph = pytest.importorskip("igraph", reason="SKIPPED: igraph is not installed")
    row = run_case("every-map-of-3", "igraph")
    if igraph.__version__ == "1.0.0":
        assert row["honesty"] == "silent"
        assert row["first_failure"] == "A -> C, B -> C, C -> B: 0 of 1 loops, 0 wrong"
    assert row["precision"] == 1.0


def test_a_random_walk_misses_loops_silently() -> None:
    row = run_case("complete-6", "random-walk")
    assert 0 < row["recall"] < 1
    assert row["honesty"] == "silent"
    assert row["wrong"] == 0


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("halves", {"status": "done", "honesty": "silent", "precision": 1.0}),
        ("modest", {"status": "done", "honesty": "right", "right": 2}),
        ("liar", {"status": "done", "honesty": "false", "right": 0, "wrong": 1}),
        ("broken", {"status": "failed", "why": "RuntimeError: no luck"}),
        ("crash", {"status": "failed", "why": "it ended with code 3"}),
    ],
)
@pytest.mark.usefixtures("mine")
def test_ones_own_finder_in_python(name: str, expected: dict) -> None:
    row = run_case("complete-4", f"mine:{name}")
    assert {key: row[key] for key in expected} == expected


@pytest.mark.slow
@pytest.mark.usefixtures("mine")
def test_limits_of_time_and_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = run_case("complete-4", "mine:slow", seconds=0.3)
    assert (slow["status"], slow["honesty"]) == ("time", "stopped")
    assert slow["recall"] < 1
    if sys.platform == "linux":
        monkeypatch.setattr("loopmap.bench.run._PATIENCE", 0.5)
        assert run_case("complete-4", "mine:deaf", seconds=0.1)["status"] == "time"
        assert run_case("complete-4", "mine:greedy", megabytes=700)["status"] == "memory"


@pytest.mark.slow
def test_ones_own_finder_in_any_language(mine: Path) -> None:
    program = mine / "finder.py"
    program.write_text(
        "import json, sys\n"
        "links = json.load(sys.stdin)['links']\n"
        "loops = [{'path': [a['source']], 'kind': 'R'} for a in links "
        "if a['source'] == a['target']]\n"
        "print(json.dumps({'loops': loops, 'complete': False}))\n",
        "utf-8",
    )
    row = run_case("parallel-self-links", f"command: {sys.executable} {program}")
    assert row["honesty"] == "right"
    assert row["recall"] == pytest.approx(3 / 5)


@pytest.mark.slow
def test_a_map_file_is_a_case(mine: Path) -> None:
    (mine / "own.loop").write_text("A -> B : +\nB -> A : -\n", "utf-8")
    row = run_case("own.loop", "loopmap")
    assert (row["total"], row["recall"]) == (1, 1.0)


@pytest.mark.parametrize("wrong", ["networks", "nomodule:find", "math:nothing", "math:pi"])
def test_a_wrong_finder_is_told_what_there_is(wrong: str) -> None:
    with pytest.raises(lm.UnknownNameError, match="finder"):
        find_finder(wrong)


def test_a_wrong_case_is_told_what_there_is() -> None:
    with pytest.raises(lm.UnknownNameError, match="did you mean 'complete-4'"):
        run_case("complete-44", "loopmap")


@pytest.mark.parametrize("name", FINDERS)
def test_every_known_finder_finds_a_loop(name: str) -> None:
    try:
        find = find_finder(name)
    except lm.MissingExtraError as error:
        pytest.skip(f"SKIPPED: {error}")
    (loop,) = find(lm.parse("A -> B : +\nB -> A : +"))
    assert sorted(loop.path if isinstance(loop, lm.Loop) else loop) == ["A", "B"]


def test_a_finder_that_is_not_installed_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "rustworkx", None)
    with pytest.raises(lm.MissingExtraError, match="pip install rustworkx"):
        find_finder("rustworkx")


@pytest.mark.slow
def test_table_and_picture(tmp_path: Path) -> None:
    bench = run_bench(["loopmap", "random-walk"], ["arms-race-3", "complete-6"])
    bench["results"].append(
        {"case": "complete-6", "finder": "mine", "status": "memory", "honesty": "stopped"}
    )
    assert json.loads(json.dumps(bench)) == bench
    text = table(bench)
    assert "| loopmap | " in text
    assert "2 of 2 cases" in text
    assert "out of memory" in text
    assert "- random-walk: `" in text
    for ending, start in ((".svg", b"<?xml"), (".png", b"\x89PNG"), (".pdf", b"%PDF")):
        file = tmp_path / f"bench{ending}"
        picture(bench, str(file))
        assert file.read_bytes().startswith(start)
