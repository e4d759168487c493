"""``loopmap loops --count``."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import loopmap as lm
from loopmap import testing
from loopmap.cli.loops import command


def run(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(command, [str(word) for word in words], standalone_mode=False)
    return done.return_value if done.exception is None else 2, done.output


def test_a_table_by_length() -> None:
    code, said = run("mash", "--count")
    lines = said.splitlines()
    assert code == 0
    assert lines[0] == "22 feedback loops. That is all of them."
    assert lines[1].split() == ["links", "reinforcing", "balancing"]
    assert lines[-1].split() == ["all", "16", "6"]
    counts = lm.count_loops(lm.example("mash"))
    assert [line.split()[0] for line in lines[2:-1]] == [str(n) for n in counts.lengths]


def test_for_programs() -> None:
    counts = lm.count_loops(lm.example("mash"), through="Education", max_length=6)
    asked = "mash", "--count", "--through", "Education", "--max-length", "6"
    found = json.loads(run(*asked, "--json")[1])
    assert found["complete"]
    assert [row["length"] for row in found["by_length"]] == list(counts.lengths)
    assert [row["total"] for row in found["by_length"]] == [k.total for _, k in counts]
    assert (found["reinforcing"], found["balancing"]) == counts.kinds[:2]
    rows = list(csv.reader(run(*asked, "--csv")[1].splitlines()))
    assert rows[0] == ["length", "reinforcing", "balancing", "undetermined", "total"]
    assert [tuple(map(int, row[1:4])) for row in rows[1:]] == [k for _, k in counts]


def test_no_loops_and_too_many(tmp_path: Path) -> None:
    none, many = tmp_path / "none.loop", tmp_path / "many.loop"
    lm.write(lm.SystemMap(links=[("A", "B", "+")]), none)
    assert run(none, "--count") == (0, "No feedback loops.\n")
    lm.write(testing.random_map(1, variables=150, links=600, parallel=0), many)
    code, said = run(many, "--count", "--seconds", "0.3")
    assert code == 1
    assert "NOT ALL: counted up to" in said
    assert "too many to count: a core of 120 variables" in said


def test_kinds_are_not_left_out() -> None:
    with pytest.raises(Exception, match="every kind"):
        command.main(["mash", "--count", "--kind", "R"], standalone_mode=False)
