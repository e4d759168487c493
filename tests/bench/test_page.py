"""The page about the bench: its ten-line finder runs and scores what the page says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from loopmap.bench import CASES, FINDERS, run_case
from loopmap.bench.report import table

DOCS = Path(__file__).parents[2] / "docs" / "guide"
RESULTS = json.loads((DOCS / "bench_results.json").read_text("utf-8"))


def test_the_ten_line_finder_scores_what_the_page_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (DOCS / "bench.md").read_text("utf-8")
    code = re.search(r"```python\n# my_finder.py\n(.*?)```", page, re.DOTALL)[1]
    assert len(code.splitlines()) <= 10
    (tmp_path / "my_finder.py").write_text(code, "utf-8")
    monkeypatch.chdir(tmp_path)
    row = run_case("complete-4", "my_finder:find")
    assert (row["recall"], row["precision"], row["honesty"]) == (0.3, 1.0, "silent")


def test_the_page_names_every_family_of_cases() -> None:
    page = (DOCS / "bench.md").read_text("utf-8")
    for name in CASES:
        assert name.split("-")[0] in page, name


def test_the_committed_table_is_made_of_the_committed_results() -> None:
    assert (DOCS / "bench_results.md").read_text("utf-8") == table(RESULTS)


def test_the_committed_results_compare_five_finders_on_twelve_cases() -> None:
    rows = [row for row in RESULTS["results"] if row["status"] != "not run"]
    assert len({row["finder"] for row in rows}) >= 5
    assert len({row["case"] for row in rows}) >= 12
    assert {row["finder"] for row in rows} <= set(FINDERS)
    assert RESULTS["date"]
    assert all(RESULTS["versions"].values())


def test_ours_found_every_loop_and_said_so() -> None:
    for row in RESULTS["results"]:
        if row["finder"] == "loopmap" and row["status"] == "done":
            assert row["recall"] == row["precision"] == row["sign_accuracy"] == 1.0, row["case"]
            assert row["honesty"] == "right"
