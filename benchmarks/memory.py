"""How much memory every way of going through millions of loops takes, over that of its map.

    python benchmarks/memory.py
    python benchmarks/memory.py --save benchmarks/results/memory --only sw-40

Every cell is a process of its own, with the compiled kernel or without: modules are imported and
the map made, the peak is set back, the loops are gone through and let go, and the peak above what
was held before is told (from /proc, so on Linux only). Nothing is kept of what comes: that is what
streaming means. The limit is 64 MiB.
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

    run = ways(made(name))[path]
    Path("/proc/self/clear_refs").write_text("5")  # sets the peak back to what is held now
    held = status("VmRSS")
    started = time.process_time()
    loops = run()
    seconds = time.process_time() - started
    return {"loops": loops, "seconds": seconds, "MiB": (status("VmHWM") - held) / 1024}


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
        number = next((f"{c['loops']:,}" for c in row["cells"].values() if "loops" in c), "?")
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
    for path, name in CASES:
        if asked.only not in path + name or (":" in name and not Path(name[4:]).exists()):
            continue
        cells = {build: cell(build, [path, name], asked.seconds) for build in builds}
        numbers = {c["loops"] for c in cells.values() if "loops" in c}
        assert len(numbers) < 2 or "tables" in path, f"{path}, {name}: {numbers}"
        rows.append({"path": path, "graph": Path(name).stem, "cells": cells})
        print(table({**results, "rows": rows[-1:]}).splitlines()[-1], file=sys.stderr, flush=True)
    print(table(results))
    if asked.save:
        Path(asked.save + ".json").write_text(json.dumps(results, indent=1) + "\n", "utf-8")
        Path(asked.save + ".md").write_text(table(results) + "\n", "utf-8")


if __name__ == "__main__":
    main()
