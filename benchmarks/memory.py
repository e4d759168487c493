"""How much memory every way of going through millions of loops takes, over that of its map;
and every public question about loops, over whole families of maps, however many loops they have.

    python benchmarks/memory.py
    python benchmarks/memory.py --save benchmarks/results/memory --only sw-40

Every cell is a process of its own, with the compiled kernel or without: modules are imported and
the map made, the peak is set back, the loops are gone through and let go, and the peak above what
was held before is told (from /proc, so on Linux only). Nothing is kept of what comes: that is what
streaming means. The limit is 64 MiB. What a public question returns is held while the peak is told,
so of the few loops that are returned the limit counts even those.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

import graphs  # noqa: E402

import loopmap as lm  # noqa: E402
from loopmap.loops.budget import Budget  # noqa: E402
from loopmap.loops.filters import LoopFilter  # noqa: E402
from loopmap.loops.graph import loop_graph  # noqa: E402
from loopmap.loops.kernel import kernel_in_use  # noqa: E402
from loopmap.loops.listing.bounded import bounded_loops  # noqa: E402
from loopmap.loops.listing.by_length import loops_in_order  # noqa: E402
from loopmap.loops.listing.unordered import all_loops  # noqa: E402

LIMIT = 64  # MiB
SHARED = HERE.parent.parent / "shared" / "maps" / "edges"
FOREVER = Budget(None)

#: Path, graph: what is gone through.
CASES = [
    ("all loops, in chunks", "sw-40-2-20-s1"),
    ("all loops, in chunks", f"map:{SHARED}/vensim__free6.json"),
    ("all loops, in chunks", "grid-6-6"),
    ("loop_tables, 1,000,000 loops", "sw-40-2-20-s1"),
    ("loop_tables, 1,000,000 loops", "ear-60-150-s1"),
    ("up to 25 links, in chunks", "sw-40-2-20-s1"),
    ("up to 16 links, in chunks", "ear-60-150-s1"),
    ("first 200,000, shortest first", "ear-60-120-s1"),
    ("first 200,000, shortest first", "sw-40-2-20-s1"),
    ("find_loops, 10,000", "sw-40-2-20-s1"),
    ("count_loops", "sw-40-2-20-s1"),
    ("count_loops", "ear-60-120-s1"),
    ("participation", "sw-40-2-20-s1"),
    ("participation", "ear-60-120-s1"),
    ("sample_loops, 10,000", "sw-40-2-20-s1"),
]

#: Families of maps: one long loop, two ways a step, a street of squares, a town, every link.
FAMILIES = {
    "ring": (100_000,),
    "diamonds": (26, 3_000),
    "ladder": (40, 1_000),
    "grid": (4, 10),
    "complete": (12, 30),
}

#: The doors at which loops are asked for: what is asked, and how many answers come.
DOORS: dict[str, Callable[[lm.SystemMap], Any]] = {
    "find_loops(at_most=10)": lambda m: lm.find_loops(m, at_most=10),
    "find_loops": lm.find_loops,
    "find_loops(seconds=1)": lambda m: lm.find_loops(m, at_most=None, seconds=1, max_length=12),
    "count_loops": lambda m: lm.count_loops(m, seconds=1),
    "story_loops": lm.story_loops,
    "independent_loops": lm.independent_loops,
    "sample_loops": lambda m: lm.sample_loops(m, 10, seed=1),
    "loop_changes": lambda m: _changed(
        lm.loop_changes(m, m.remove(m.causal_links[0]), at_most=100)
    ),
    "check": lm.check,
}
#: ``draw`` is asked for maps that a person could look at.
DRAWN = 100


def _changed(changes: lm.LoopChanges) -> tuple[Any, ...]:
    return changes.numbers, changes.appeared, changes.vanished, changes.flipped


def family(kind: str, size: int) -> lm.SystemMap:
    """A map of a family: ``ring`` and ``diamonds`` by steps, the others by their width."""

    def name(*place: int) -> str:
        return "v" + "-".join(f"{i:06}" for i in place)

    pairs: list[tuple[str, str]] = []
    if kind == "ring":
        pairs = [(name(i), name((i + 1) % size)) for i in range(size)]
    elif kind == "diamonds":
        for i in range(size):
            for way in (1, 2):
                pairs += [(name(i, 0), name(i, way)), (name(i, way), name((i + 1) % size, 0))]
    elif kind == "complete":
        pairs = [(name(i), name(j)) for i in range(size) for j in range(size) if i != j]
    else:
        wide = 2 if kind == "ladder" else size
        for i, j in itertools.product(range(size), range(wide)):
            beside = [(i + 1, j), (i, j + 1)]
            for k, n in [(a, b) for a, b in beside if a < size and b < wide]:
                pairs += [(name(i, j), name(k, n)), (name(k, n), name(i, j))]
    signs = itertools.cycle("++-")
    return lm.SystemMap(links=[(u, v, next(signs)) for u, v in pairs])


def ways(m: lm.SystemMap) -> dict[str, Callable[[], int]]:
    """Name of a path -> what goes through the loops, keeps none, and tells how many it saw."""
    graph = loop_graph(m)
    ids = graph.looping()

    def tables() -> int:
        seen = 0
        for table in lm.loop_tables(m):
            seen += len(table)
            if seen >= 1_000_000:
                break
        return seen

    def up_to(longest: int) -> int:
        return sum(len(chunk.signs) for chunk in bounded_loops(graph, ids, longest, FOREVER))

    def in_order() -> int:
        return sum(
            1
            for _ in itertools.islice(
                loops_in_order(graph, LoopFilter(tuple(ids)), FOREVER), 200_000
            )
        )

    return {
        "all loops, in chunks": lambda: sum(len(c.signs) for c in all_loops(graph, ids, FOREVER)),
        "loop_tables, 1,000,000 loops": tables,
        "up to 25 links, in chunks": lambda: up_to(25),
        "up to 16 links, in chunks": lambda: up_to(16),
        "first 200,000, shortest first": in_order,
        "find_loops, 10,000": lambda: len(lm.find_loops(m)),
        "count_loops": lambda: lm.count_loops(m).total,
        "participation": lambda: lm.participation(m).kinds.total,
        "sample_loops, 10,000": lambda: len(lm.sample_loops(m, 10_000, seed=1)),
    }


def made(name: str) -> lm.SystemMap:
    kind, _, size = name.partition(" ")
    if kind in FAMILIES:
        return family(kind, int(size))
    _, links = graphs.load(name)
    signs = {1: "+", -1: "-", 0: "?"}
    seen: dict[tuple[int, int], int] = {}
    rows = []
    for u, v, sign in links:
        route = seen[u, v] = seen.get((u, v), -1) + 1
        rows.append(lm.Link(f"v{u:05}", f"v{v:05}", signs[sign], route=str(route or "")))
    return lm.SystemMap(links=rows)


def status(field: str) -> int:
    """KiB from /proc/self/status."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1])
    raise SystemExit("needs /proc, so Linux")


def measure(path: str, name: str) -> dict[str, Any]:
    import numpy  # noqa: F401  as everything that counts widely imports it

    m = made(name)
    door = {**DOORS, "draw": lambda m: lm.draw(m).svg()}.get(path)
    run = ways(m)[path] if door is None else lambda: door(m)
    Path("/proc/self/clear_refs").write_text("5")  # sets the peak back to what is held now
    held = status("VmRSS")
    started = time.process_time()
    try:
        found = run()
    except lm.LoopmapError as error:
        found = type(error).__name__
    seconds = time.process_time() - started
    loops = found if isinstance(found, int) else how_many(found)
    return {"loops": loops, "seconds": seconds, "MiB": (status("VmHWM") - held) / 1024}


def how_many(found: object) -> int | str:
    """Loops that came, or were counted; or what was said instead."""
    if isinstance(found, lm.LoopCounts):
        return found.total if found.total < 10**12 else f"10^{len(str(found.total)) - 1}"
    if isinstance(found, str):
        return found if len(found) < 30 else "a picture"
    return len(found)  # type: ignore[arg-type]


def cell(build: str, words: list[str], seconds: float) -> dict[str, Any]:
    environment = {**os.environ, "LOOPMAP_PURE": "1" if build == "pure" else ""}
    command = [sys.executable, str(HERE / "memory.py"), "--cell", *words]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, env=environment, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        return {"state": f"over {seconds:g} s"}
    if done.returncode:
        return {"state": (done.stderr.strip().splitlines() or ["killed"])[-1][:80]}
    return {"state": "ok", **json.loads(done.stdout.splitlines()[-1])}


def table(results: dict[str, Any]) -> str:
    lines = [
        f"{results['versions']}. MiB over what the map and the modules hold; limit {LIMIT}. "
        "Processor seconds in brackets.",
        "",
        "| path | graph | loops | compiled | pure Python |",
        "|---|---|---:|---:|---:|",
    ]
    for row in results["rows"]:
        number = next((c["loops"] for c in row["cells"].values() if "loops" in c), "?")
        number = f"{number:,}" if isinstance(number, int) else number
        cells = [shown(row["cells"].get(build)) for build in ("compiled", "pure")]
        lines.append(f"| {row['path']} | {row['graph']} | {number} | {' | '.join(cells)} |")
    return "\n".join(lines)


def shown(found: dict[str, Any] | None) -> str:
    if found is None:
        return "not run"
    if found["state"] != "ok":
        return str(found["state"])
    text = f"{found['MiB']:.0f} ({found['seconds']:.1f} s)"
    return text if found["MiB"] <= LIMIT else f"**{text}**"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cell", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--only", default="", help="graphs or paths whose name has this")
    parser.add_argument("--seconds", type=float, default=300.0, help="for each cell")
    parser.add_argument("--save", default="", help="write PATH.json and PATH.md")
    asked = parser.parse_args()
    if asked.cell:
        print(json.dumps(measure(*asked.cell)))
        return
    rows: list[dict[str, Any]] = []
    versions = f"loopmap {lm.__version__}, Python {platform.python_version()}"
    results = {"versions": versions, "rows": rows}
    builds = ["compiled", "pure"] if kernel_in_use() == "compiled" else ["pure"]
    families = [f"{kind} {size}" for kind, sizes in FAMILIES.items() for size in sizes]
    doors = [(door, name) for door in DOORS for name in families]
    drawn = [("draw", name) for name in families if len(made(name).variables) <= DRAWN]
    for path, name in [*CASES, *doors, *drawn]:
        if asked.only not in path + name or (":" in name and not Path(name[4:]).exists()):
            continue
        known = builds if (path, name) in CASES else builds[:1]  # two builds are for the engine
        cells = {build: cell(build, [path, name], asked.seconds) for build in known}
        numbers = {c["loops"] for c in cells.values() if "loops" in c}
        assert len(numbers) < 2 or "tables" in path or "seconds" in path, (
            f"{path}, {name}: {numbers}"
        )
        rows.append({"path": path, "graph": Path(name).stem, "cells": cells})
        print(table({**results, "rows": rows[-1:]}).splitlines()[-1], file=sys.stderr, flush=True)
    print(table(results))
    if asked.save:
        Path(asked.save + ".json").write_text(json.dumps(results, indent=1) + "\n", "utf-8")
        Path(asked.save + ".md").write_text(table(results) + "\n", "utf-8")


if __name__ == "__main__":
    main()
