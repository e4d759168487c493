"""The cases of ../shared/reference/methods-cases.json about finding and choosing loops: all of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import loopmap as lm
from loopmap.loops.loop import Loop

CASES = Path(__file__).parents[3] / "shared" / "reference" / "methods-cases.json"
#: Topics that are about loops; "loop counts" are published totals of models nobody has the file of.
TOPICS = ("loop enumeration", "loop selection", "seed", "polarity")

if not CASES.is_file():
    pytest.skip("needs ../shared/reference, which is not here", allow_module_level=True)


def cases() -> list[Any]:
    tests = json.loads(CASES.read_text("utf-8"))["tests"]
    return [pytest.param(t, id=t["id"]) for t in tests if t["topic"] in TOPICS]


def made(given: dict[str, Any]) -> lm.SystemMap:
    """The map a case is about."""
    if "file" in given:
        places = CASES.parents[1] / "places" / Path(given["file"]).name
        found = json.loads(places.read_text("utf-8"))["links"]
        return lm.SystemMap(
            links=[(k["source"], k["target"], k.get("sign", k.get("polarity"))) for k in found]
        )
    if "graph" in given:
        names = [f"v{i}" for i in range(int(given["graph"].split()[-1]))]
        return lm.SystemMap(links=[(u, v, "+") for u in names for v in names if u != v])
    if "agents" in given:
        n = range(given["agents"])
        pairs = [p for i in n for p in ((f"a{i}", f"b{i}"), (f"b{i}", f"a{i}"), (f"c{i}", f"b{i}"))]
        pairs += [(f"a{i}", f"c{j}") for i in n for j in n]
        return lm.SystemMap(links=[(u, v, "+") for u, v in pairs])
    links = [
        lm.Link(u, v, sign, route=str(place)) for place, (u, v, sign) in enumerate(given["links"])
    ]
    return lm.SystemMap(links=links)


def paths(loops: list[Loop]) -> int:
    return len({loop.path for loop in loops})


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any]) -> None:
    m = made(case["given"])
    loops = list(lm.find_loops(m, at_most=None))
    chosen = lm.independent_loops(m)
    seen = {
        "variables": len(m.variables),
        "nodes": len(m.variables),
        "links": len(m.causal_links),
        "loops": len(loops),
        "R": sum(loop.kind == "R" for loop in loops),
        "B": sum(loop.kind == "B" for loop in loops),
        "cycle_rank": chosen.cycle_rank,
        "sils": len(chosen),
        "geodetic": len(lm.independent_loops(m, method="geodetic")),
        "n_link_loops": len(loops),
        "n_node_loops": paths(loops),
    }
    for name in m.variables:
        on = [loop for loop in loops if name in loop.path]
        seen |= {f"link_loops_on_{name}": len(on), f"node_loops_on_{name}": paths(on)}
    expect = dict(case["expect"])
    if isinstance(expect.get("loops"), list):
        signs = sorted(loop["polarity"] for loop in expect.pop("loops"))
        assert sorted({"R": "+", "B": "-", "U": "?"}[loop.kind] for loop in loops) == signs
    # MASH has figures for other questions, too; tests/analysis/test_mash.py has those.
    asked = expect.keys() & seen if case["id"] == "mash" else expect.keys()
    assert {key: seen[key] for key in asked} == {key: expect[key] for key in asked}
    assert len(lm.independent_loops(m, method="basis")) == chosen.cycle_rank
    assert f"of {chosen.cycle_rank} independent loops" in chosen.summary
