"""Planted loops are all the loops there are, and a recipe always makes the same bytes."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import loopmap as lm
from loopmap.bench import planted_map
from loopmap.bench.stable_random import StableRandom
from loopmap.testing import brute_force_loops

AGENCIES = ("Health", "Police", "Schools")


@settings(max_examples=60)
@given(
    seed=st.integers(0, 10**6),
    reinforcing=st.integers(0, 8),
    balancing=st.integers(0, 8),
    parts=st.integers(1, 3),
    tangle=st.integers(1, 8),
)
def test_planted_loops_are_all_there_are(
    seed: int, reinforcing: int, balancing: int, parts: int, tangle: int
) -> None:
    if reinforcing + balancing < parts:
        balancing = parts
    planted = planted_map(
        variables=60, reinforcing=reinforcing, balancing=balancing, parts=parts, tangle=tangle,
        seed=seed,
    )  # fmt: skip
    found = brute_force_loops(planted.map)
    assert set(found) == set(planted.loops)
    assert len(found) == len(planted.loops)
    assert planted.loops == tuple(lm.find_loops(planted.map))
    kinds = Counter(loop.kind for loop in found)
    assert (kinds["R"], kinds["B"]) == (reinforcing, balancing)
    assert len(planted.map.variables) == 60


@settings(max_examples=40)
@given(seed=st.integers(0, 10**6), share=st.floats(0, 1), overlap=st.floats(0, 1))
def test_emergent_loops_are_those_nobody_sees(seed: int, share: float, overlap: float) -> None:
    planted = planted_map(agencies=AGENCIES, emergent=share, overlap=overlap, seed=seed)
    seen = {loop.path for view in planted.views.values() for loop in brute_force_loops(view)}
    assert {loop.path for loop in planted.emergent} == {loop.path for loop in planted.loops} - seen
    assert lm.merge(list(planted.views.values())).links == planted.map.links
    if share == 0:
        assert not planted.emergent
    if share == 1:
        assert len(planted.emergent) == len(planted.loops)


def test_unknown_signs_and_delays_are_as_many_as_asked_for() -> None:
    planted = planted_map(variables=100, reinforcing=20, balancing=10, unknown=0.2, delayed=0.3)
    links = planted.map.causal_links
    assert sum(not link.polarity.is_known for link in links) == round(0.2 * len(links))
    assert sum(link.delayed for link in links) == round(0.3 * len(links))
    assert planted.truth()["kinds"]["U"] > 0


def test_links_are_as_dense_as_asked_for_and_close_no_loop() -> None:
    planted = planted_map(variables=80, links_per_variable=3, seed=4)
    assert len(planted.map.links) == 240
    assert len(lm.find_loops(planted.map)) == 10


def test_too_many_loops_say_how_many_variables_they_need() -> None:
    with pytest.raises(lm.InvalidOptionError, match=r"5 variables cannot hold .* need \d+: ask"):
        planted_map(variables=5, reinforcing=20)
    with pytest.raises(lm.InvalidOptionError, match="1 loops cannot fill 2 parts"):
        planted_map(reinforcing=1, balancing=0)


def test_the_same_recipe_makes_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    here = planted_map(agencies=AGENCIES, unknown=0.1, seed=7).save(tmp_path / "here")
    code = (
        "import sys; from loopmap.bench import planted_map;"
        "planted_map(agencies=('Health', 'Police', 'Schools'), unknown=0.1, seed=7)"
        ".save(sys.argv[1])"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "there")],
        check=True,
        cwd=Path(lm.__file__).parents[1],
        env={"PYTHONHASHSEED": "123", "PATH": ""},
    )
    names = sorted(path.name for path in here.iterdir())
    assert names == ["Health.loop", "Police.loop", "Schools.loop", "map.loop", "truth.json"]
    for name in names:
        assert (here / name).read_bytes() == (tmp_path / "there" / name).read_bytes()
    truth = json.loads((here / "truth.json").read_text("utf-8"))
    assert truth["total"] == len(lm.find_loops(lm.parse((here / "map.loop").read_text("utf-8"))))


def test_the_dice_never_change() -> None:
    random = StableRandom("loopmap", 1)
    rolled = [random.below(1000) for _ in range(1000)] + random.shuffled(range(50))
    assert hashlib.sha256(repr(rolled).encode()).hexdigest().startswith(STREAM)


#: What the stream was when it was first written; a change would change every seeded map.
STREAM = "579fa7083312cd25"
