"""One vocabulary at the public door: what a loop is called wherever it is told."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import loopmap as lm
from loopmap.cli.running import run

sys.path.insert(0, str(Path(__file__).parents[1] / "docs" / "_ext"))

MASH = lm.example("mash")
#: Where loops stand in rows, and the rows.
FRAMES = {
    "to_frame": lambda: lm.to_frame(lm.find_loops(MASH)),
    "rank_loops": lambda: lm.rank_loops(MASH).to_frame(),
    "shared_loops": lambda: lm.shared_loops(MASH).to_frame(),
    "robustness": lambda: lm.robustness(MASH).to_frame(),
}


Printed = Callable[..., str]


@pytest.fixture
def printed(capfdbinary: pytest.CaptureFixture[bytes]) -> Printed:
    def loops(*words: str) -> str:
        run(["loops", "mash", *words])
        return capfdbinary.readouterr().out.decode()

    return loops


def rows_of(source: str, printed: Printed) -> list[dict[str, object]]:
    if source == "--csv":
        return list(csv.DictReader(io.StringIO(printed("--csv"))))
    if source == "--json":
        return list(json.loads(printed("--json"))["loops"])
    return list(FRAMES[source]().to_dict("records"))


@pytest.mark.parametrize("source", [*FRAMES, "--csv", "--json"])
def test_rows_of_loops_use_the_same_words(source: str, printed: Printed) -> None:
    known = {loop.label: loop for loop in lm.find_loops(MASH)}
    rows = rows_of(source, printed)
    assert sorted(str(row["label"]) for row in rows) == sorted(known)
    for row in rows:
        loop = known[str(row["label"])]
        assert (row["name"], row["kind"]) == (loop.name, loop.kind)
        assert int(str(row["length"])) == len(loop)
        assert "loop" not in row
        assert row.get("id", loop.id) == loop.id


@pytest.mark.parametrize("kind", ["R", "r", "reinforcing", "Reinforcing"])
def test_a_kind_is_asked_for_in_either_form(kind: str, printed: Printed) -> None:
    assert json.loads(printed("--json", "--kind", kind))["reinforcing"] == 16
    if kind != "r":
        assert len(lm.find_loops(MASH, kind=kind)) == 16  # type: ignore[arg-type]


def test_kinds_are_counted_by_their_words(printed: Printed) -> None:
    words = {"reinforcing": 16, "balancing": 6, "undetermined": 0}
    for form in (printed("--json"), printed("--json", "--count")):
        found = json.loads(form)
        assert {word: found[word] for word in words} == words
    assert lm.count_loops(MASH).kinds._asdict() == words
    assert list(lm.most_decisive(MASH))[6:9] == list(words)
    assert "16 reinforcing, 6 balancing" in printed()


def test_the_table_in_the_docs_names_what_is_there() -> None:
    from told import TOLD

    loops = lm.find_loops(MASH)
    frame = lm.to_frame(loops)
    scope = {"loop": loops[0], "loops": loops, "counts": lm.count_loops(MASH)}
    for what, python, column, *_ in TOLD:
        for said in re.findall("`([^`]+)`", python):
            if said.split(".")[0] in scope or said.startswith("len"):
                eval(said, scope)  # what the page names is there
        if what not in ("number of a kind", "sign of a link"):
            assert re.findall("`([a-z]+)`", column)[0] in frame.columns
