"""Two processes against one: listing every loop with and without ``executor=``.

    python benchmarks/spread.py
    python benchmarks/spread.py --workers 2 --repeat 3 --save benchmarks/results/spread
    python benchmarks/spread.py --dask --only grid

For every graph, with the compiled kernel and without: the wall time to list all loops here, and
over a pool of processes that is already up; runs take turns, the fastest of ``--repeat`` counts,
and every run is a process of its own. *listed* is the search alone, *answered* all of
``find_loops`` with its counting and sorting, which happens here. Also how large the work items are.
Wall times need a quiet machine: the load when the run began is written beside them.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import platform
import subprocess
import sys
import time
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

import graphs  # noqa: E402

from loopmap import __version__  # noqa: E402
from loopmap.loops.budget import Budget  # noqa: E402
from loopmap.loops.filters import LoopFilter  # noqa: E402
from loopmap.loops.graph import LoopGraph  # noqa: E402
from loopmap.loops.kernel import kernel_in_use  # noqa: E402
from loopmap.loops.listing import parallel  # noqa: E402
from loopmap.loops.listing.strategy import find  # noqa: E402
from loopmap.loops.listing.unordered import all_loops, loops_of, subproblems  # noqa: E402

#: Graph (see graphs.py) and the builds it is large enough for.
CASES = {
    "ear-30-90-s1": ("pure",),
    "ear-60-120-s1": ("pure",),
    "grid-6-6": ("pure", "compiled"),
    "torus-7-7": ("pure", "compiled"),
    "sw-40-2-20-s1": ("compiled",),
}
FOREVER = Budget(None)


def loop_graph(name: str) -> LoopGraph:
    n, links = graphs.load(name)
    source, target, sign = zip(*sorted(links), strict=True)
    names = tuple(f"v{i:05}" for i in range(n))
    return LoopGraph(names, (), source, target, sign, (False,) * len(links))


def pool(kind: str, workers: int, held: ExitStack) -> Executor | None:
    """An executor whose workers are up and have loopmap."""
    if kind == "here":
        return None
    executor: Executor
    if kind == "dask":
        from distributed import Client, LocalCluster

        made = LocalCluster(workers, threads_per_worker=1, dashboard_address=None)
        cluster = held.enter_context(made)
        executor = held.enter_context(Client(cluster)).get_executor(pure=False)
    else:
        executor = held.enter_context(ProcessPoolExecutor(workers))
    list(executor.map(_ready, range(workers)))
    return executor


def _ready(_: int) -> str:
    time.sleep(0.2)  # so that every worker gets one
    return kernel_in_use()


def measure(name: str, kind: str, workers: int) -> dict[str, Any]:
    """Run one graph in this process, with workers or without."""
    graph = loop_graph(name)
    ids = graph.looping()
    with ExitStack() as held:
        executor = pool(kind, workers, held)
        started = time.perf_counter()
        chunks = (
            all_loops(graph, ids, FOREVER)
            if executor is None
            else parallel.parallel_loops(graph, ids, FOREVER, executor)
        )
        loops = sum(len(chunk.signs) for chunk in chunks)
        listed = time.perf_counter() - started
        started = time.perf_counter()
        found = find(graph, LoopFilter(tuple(ids)), None, FOREVER, executor)
        answered = time.perf_counter() - started
        assert len(found.loops) == loops
    return {"loops": loops, "listed": listed, "answered": answered}


def sizes(name: str) -> dict[str, Any]:
    """The work items of a graph: seconds, and bytes to send, of each."""
    graph = loop_graph(name)
    seconds, sent = [], []
    for subproblem in subproblems(graph, graph.looping(), []):
        _, speed = parallel._tried(loops_of(subproblem, Budget(parallel.TRIAL)), FOREVER)
        items = [] if speed is None else parallel.parcels(subproblem, speed)
        for item in items if len(items) > 1 else []:
            item = pickle.loads(pickle.dumps(item))
            sent.append(len(pickle.dumps(item)))
            started = time.process_time()
            parallel._work(item, None)
            seconds.append(time.process_time() - started)
    return {"items": sorted(seconds), "bytes": sorted(sent)}


def cell(build: str, *words: str) -> dict[str, Any]:
    environment = {**os.environ, "LOOPMAP_PURE": "1" if build == "pure" else ""}
    command = [sys.executable, str(HERE / "spread.py"), "--cell", *words]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        sys.exit(done.stderr)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def collect(asked: argparse.Namespace) -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    results = {
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}",
        "load": round(os.getloadavg()[0], 1),
        "versions": f"loopmap {__version__}, Python {platform.python_version()}",
        "workers": asked.workers,
        "rows": rows,
    }
    kinds = ["here", "processes", *(["dask"] if asked.dask else [])]
    for name, builds in CASES.items():
        for build in builds:
            if asked.only not in name or (build == "compiled" and kernel_in_use() != "compiled"):
                continue
            row: dict[str, Any] = {"graph": name, "build": build, **cell(build, name, "sizes", "0")}
            for _ in range(asked.repeat):
                for kind in kinds:
                    new = cell(build, name, kind, str(asked.workers))
                    assert row.setdefault("loops", new["loops"]) == new["loops"]
                    best = row.setdefault(kind, new)
                    row[kind] = {k: min(best[k], new[k]) for k in ("listed", "answered")}
            rows.append(row)
            print(name, build, file=sys.stderr)
    return results


def table(results: dict[str, Any]) -> str:
    lines = [
        f"{results['machine']}, load {results['load']} before. {results['versions']}. "
        f"{results['workers']} processes; times are wall times.",
        "",
        "| graph | build | loops | items | median item | under 50 ms | "
        "here: listed, answered | processes | dask |",
        "|---|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for row in results["rows"]:
        items = row["items"]
        middle = f"{items[len(items) // 2] * 1e3:.0f} ms" if items else "–"
        under = sum(x < 0.05 for x in items)
        cells = [row["graph"], row["build"], f"{row['loops']:,}", len(items), middle, under]
        cells += [shown(row, kind) for kind in ("here", "processes", "dask")]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def shown(row: dict[str, Any], kind: str) -> str:
    if kind not in row:
        return "not run"
    return ", ".join(
        f"{row[kind][what]:.2f} s"
        + ("" if kind == "here" else f" ({row['here'][what] / row[kind][what]:.2f} ×)")
        for what in ("listed", "answered")
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cell", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--only", default="", help="graphs whose name has this")
    parser.add_argument("--dask", action="store_true", help="a Dask LocalCluster, too")
    parser.add_argument("--save", default="", help="write PATH.json and PATH.md")
    asked = parser.parse_args()
    if asked.cell:
        name, kind, workers = asked.cell
        found = sizes(name) if kind == "sizes" else measure(name, kind, int(workers))
        print(json.dumps(found))
        return
    results = collect(asked)
    print(table(results))
    if asked.save:
        Path(asked.save + ".json").write_text(json.dumps(results, indent=1) + "\n", "utf-8")
        Path(asked.save + ".md").write_text(table(results) + "\n", "utf-8")


if __name__ == "__main__":
    main()
