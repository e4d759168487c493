"""Loop finders side by side: what they find, how fast, in how much memory.

    python benchmarks/loops.py                      the table, with the finders there are
    python benchmarks/loops.py --save benchmarks/results/loops
    python benchmarks/loops.py --python igraph=/path/to/python --seconds 60

Every cell is a process of its own with a limit on time and memory; finders are run one after the
other for each graph, the fastest of ``--repeat`` runs counts. Times are processor time (every
finder here uses one thread), so that a busy machine disturbs them less; they include a finder's own
preparation but not the making of its graph. Read ratios, not seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

import graphs  # noqa: E402

Links = list[tuple[int, int, int]]
#: A run returns how many loops it found (or counted), after its graph is made.
Run = Callable[[], int]


# -- the finders -------------------------------------------------------------------------------


def loopmap_graph(n: int, links: Links) -> Any:
    from loopmap.loops.graph import LoopGraph

    row = sorted(links)
    ends = [tuple(column) for column in zip(*row, strict=True)]
    names = tuple(f"v{i:07}" for i in range(n))
    return LoopGraph(names, (), ends[0], ends[1], ends[2], (False,) * len(row))


def loopmap(n: int, links: Links, task: str) -> Run | None:
    from loopmap.loops.budget import Budget
    from loopmap.loops.counting.loop_sums import loop_sums
    from loopmap.loops.filters import LoopFilter
    from loopmap.loops.kernel import compiled
    from loopmap.loops.listing.bounded import bounded_loops
    from loopmap.loops.listing.by_length import loops_in_order
    from loopmap.loops.listing.unordered import all_loops

    import_module("numpy")  # as the other finders are imported before the clock starts
    for part in ("parts", "listing", "bounded", "order", "counting", "short"):
        compiled(part)
    graph = loopmap_graph(n, links)
    forever = Budget(None)

    def listed() -> int:
        return sum(len(chunk.signs) for chunk in all_loops(graph, graph.looping(), forever))

    def counted() -> int:
        built = loop_sums(graph, graph.looping())
        return sum(map(sum, built.by_length().values()))

    def shared() -> int:
        built = loop_sums(graph, graph.looping())
        return sum(built.by_link()[0])

    def split() -> int:
        return sum(loop_sums(graph, graph.looping()).kinds())

    def bounded(longest: int) -> int:
        ids = graph.looping()
        return sum(len(chunk.signs) for chunk in bounded_loops(graph, ids, longest, forever))

    def shortest(k: int) -> int:
        stream = loops_in_order(graph, LoopFilter(tuple(graph.looping())), forever)
        return sum(1 for _ in zip(range(k), stream, strict=False))

    def both() -> int:
        built = loop_sums(graph, graph.looping())
        built.by_link()
        return sum(map(sum, built.by_length().values()))

    runs: dict[str, Run] = {
        "all": listed,
        "count": counted,
        "share": shared,
        "kinds": split,
        "count and share": both,
    }
    word, _, number = task.partition(" ")
    if word == "bounded":
        return lambda: bounded(int(number))
    if word == "shortest":
        return lambda: shortest(int(number))
    return runs.get(task)


def networkx(n: int, links: Links, task: str) -> Run | None:
    import networkx as nx

    graph = nx.DiGraph([(u, v) for u, v, _ in links])
    if task in LISTED:
        return lambda: sum(1 for _ in nx.simple_cycles(graph))
    if task.startswith("bounded"):
        longest = int(task.split()[1])
        return lambda: sum(1 for _ in nx.simple_cycles(graph, length_bound=longest))
    return None


def rustworkx(n: int, links: Links, task: str) -> Run | None:
    import rustworkx

    graph = rustworkx.PyDiGraph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from_no_data([(u, v) for u, v, _ in links])
    if task in LISTED:
        return lambda: sum(1 for _ in rustworkx.simple_cycles(graph))
    return None


def igraph(n: int, links: Links, task: str) -> Run | None:
    import igraph

    graph = igraph.Graph(n, [(u, v) for u, v, _ in links], directed=True)
    if task in LISTED:
        return lambda: len(graph.simple_cycles(output="epath"))
    if task.startswith("bounded"):
        longest = int(task.split()[1])
        return lambda: len(graph.simple_cycles(max=longest, output="epath"))
    return None


def graph_tool(n: int, links: Links, task: str) -> Run | None:
    from graph_tool import Graph
    from graph_tool.topology import all_circuits

    graph = Graph(directed=True)
    graph.add_vertex(n)
    for u, v, _ in links:
        graph.add_edge(u, v)
    if task in LISTED:
        return lambda: sum(1 for _ in all_circuits(graph))
    return None


FINDERS: dict[str, Callable[[int, Links, str], Run | None]] = {
    "loopmap": loopmap,
    "loopmap, pure Python": loopmap,
    "networkx": networkx,
    "rustworkx": rustworkx,
    "igraph": igraph,
    "graph-tool": graph_tool,
}
#: What finders that only list have to list in order to count.
LISTED = ("all", "count", "share", "kinds")


# -- the graphs --------------------------------------------------------------------------------

SHARED = HERE.parent.parent / "shared" / "maps" / "edges"
#: Task and graph; "maps:" is a folder of maps, of which the slowest counts.
CASES: list[tuple[str, str]] = [
    ("all", "ear-60-120-s1"),
    ("all", "ear-150-225-s1"),
    ("all", "torus-6-6"),
    ("all", "sw-40-2-20-s1"),
    ("all", "k-10"),
    ("all", f"map:{SHARED}/vensim__free6.json"),
    ("count", "sw-40-2-20-s1"),
    ("count", "ear-60-120-s1"),
    ("share", "ear-60-120-s1"),
    ("kinds", "grid-10-10"),
    ("kinds", "ear-60-150-s1"),
    ("kinds", "ear-100-200-s1"),
    ("count and share", f"maps:{SHARED}"),
    ("share", f"map:{SHARED}/econmap__korea_macro.json"),
    ("share", f"map:{SHARED}/vensim__free6.json"),
    ("bounded 10", "ear-150-400-s1"),
    ("bounded 40", "chain-20"),
    ("bounded 400", "chain-200"),
    ("shortest 1000", "ear-150-400-s1"),
    ("bounded 10", "sparse-1000000-1100000-s1"),
]


# -- one cell ----------------------------------------------------------------------------------


def measure(finder: str, task: str, name: str) -> dict[str, Any]:
    """Run one cell here, in this process."""
    if name.startswith("maps:"):
        return slowest(finder, task, Path(name[5:]))
    n, links = graphs.load(name)
    run = FINDERS[finder](n, links, task)
    if run is None:
        return {"state": "cannot"}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    loops = run()
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"state": "ok", "loops": loops, "seconds": seconds, "MiB": (peak - before) // 1024}


def slowest(finder: str, task: str, folder: Path) -> dict[str, Any]:
    """The slowest of all maps of a folder, each at its best of five; loops of all of them."""
    found = 0
    seconds = 0.0
    for path in sorted(folder.glob("*.json")):
        n, links = graphs.read(path)
        if not links:
            continue
        run = FINDERS[finder](n, links, task)
        if run is None:
            return {"state": "cannot"}
        times = []
        for _ in range(5):
            started = time.process_time()
            loops = run()
            times.append(time.process_time() - started)
        found += loops
        seconds = max(seconds, min(times))
    return {"state": "ok", "loops": found, "seconds": seconds, "MiB": 0}


def version(finder: str) -> str:
    if finder.startswith("loopmap"):
        from loopmap import __version__
        from loopmap.loops.kernel import kernel_in_use

        return f"{__version__} ({kernel_in_use()}), Python {platform.python_version()}"
    found = import_module(finder.replace("-", "_")).__version__
    return f"{found}, Python {platform.python_version()}"


def cell(python: str, words: list[str], finder: str, seconds: float, memory: int) -> dict[str, Any]:
    """Run one cell in a process of its own."""
    environment = dict(os.environ)
    if finder == "loopmap, pure Python":
        environment["LOOPMAP_PURE"] = "1"

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (memory << 20, memory << 20))

    try:
        done = subprocess.run(
            [python, str(HERE / "loops.py"), "--cell", finder, *words],
            capture_output=True, text=True, timeout=seconds, env=environment, preexec_fn=limit,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return {"state": f"over {seconds:g} s"}
    if done.returncode == 0:
        return dict(json.loads(done.stdout.splitlines()[-1]))
    last = (done.stderr.strip().splitlines() or ["killed"])[-1]
    if "ModuleNotFoundError" in last or "No such file" in last:
        return {"state": "not run"}
    return {"state": "memory" if "Memory" in last or "alloc" in last else f"error: {last[:80]}"}


# -- all of them -------------------------------------------------------------------------------


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cell", nargs="+", help=argparse.SUPPRESS)
    parser.add_argument("--python", action="append", default=[], metavar="FINDER=PYTHON")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--memory", type=int, default=6_000, help="MiB")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--only", default="", help="graphs whose name has this")
    parser.add_argument("--save", default="", help="write PATH.json, PATH.md and PATH.svg")
    asked = parser.parse_args()
    if asked.cell:
        finder, *words = asked.cell
        print(json.dumps(measure(finder, *words) if words else version(finder)))
        return
    pythons = dict(pair.split("=", 1) for pair in asked.python)
    results = collect(asked, pythons)
    print(table(results))
    if asked.save:
        save(results, asked.save)


def save(results: dict[str, Any], path: str) -> None:
    Path(path + ".json").write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    Path(path + ".md").write_text(table(results) + "\n", "utf-8")
    picture(results, path + ".svg")


def collect(asked: argparse.Namespace, pythons: dict[str, str]) -> dict[str, Any]:
    versions = {}
    for finder in FINDERS:
        python = pythons.get(finder, sys.executable)
        found = subprocess.run(
            [python, str(HERE / "loops.py"), "--cell", finder], capture_output=True, text=True,
            env={**os.environ, "LOOPMAP_PURE": "1" if "pure" in finder else ""},
        )  # fmt: skip
        versions[finder] = json.loads(found.stdout) if found.returncode == 0 else "not run"
    rows: list[dict[str, Any]] = []
    machine = f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}"
    results = {"machine": machine, "versions": versions, "rows": rows}
    for task, name in CASES:
        if asked.only not in name or (":" in name and not Path(name.partition(":")[2]).exists()):
            continue
        row: dict[str, Any] = {"task": task, "graph": Path(name).stem if ":" in name else name}
        for _ in range(asked.repeat):
            for finder in FINDERS:
                kept = row.get(finder)
                if versions[finder] == "not run" or (kept and kept["state"] != "ok"):
                    row.setdefault(finder, {"state": "not run"})
                    continue
                if kept and kept["seconds"] > 5:
                    continue  # once is enough
                python = pythons.get(finder, sys.executable)
                new = cell(python, [task, name], finder, asked.seconds, asked.memory)
                if not kept or new.get("seconds", 9e9) < kept["seconds"]:
                    row[finder] = new
        rows.append(row)
        if asked.save:  # a long run leaves what it has
            save(results, asked.save)
        print(f"{task:12} {row['graph']}", file=sys.stderr)
    return results


def table(results: dict[str, Any]) -> str:
    """The rows as Markdown; ratios say how many times as long as loopmap a finder takes."""
    lines = [
        f"{results['machine']}. " + "; ".join(f"{k} {v}" for k, v in results["versions"].items()),
        "",
    ]
    lines.append("| task | graph | loops | " + " | ".join(FINDERS) + " |")
    lines.append("|---|---|---:|" + "---:|" * len(FINDERS))
    for row in results["rows"]:
        truth = row["loopmap"].get("loops")
        cells = [shown(row[finder], row["loopmap"], truth) for finder in FINDERS]
        number = f"{truth:,}" if truth is not None else "?"
        lines.append(f"| {row['task']} | {row['graph']} | {number} | {' | '.join(cells)} |")
    return "\n".join(lines)


def shown(found: dict[str, Any], ours: dict[str, Any], truth: int | None) -> str:
    if found["state"] != "ok":
        return "–" if found["state"] == "cannot" else str(found["state"])
    seconds = found["seconds"]
    text = f"{seconds * 1e3:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"
    if found is not ours and ours["state"] == "ok":
        text += f" ({seconds / ours['seconds']:.3g} ×)"
    if truth is not None and found["loops"] != truth:
        text += f" **wrong: {found['loops'] - truth:+,}**"
    return text


def picture(results: dict[str, Any], path: str) -> None:
    """Seconds of each finder for the listing tasks, on a logarithmic scale."""
    import matplotlib

    matplotlib.rcParams["svg.hashsalt"] = "loopmap"
    from matplotlib.figure import Figure

    rows = [row for row in results["rows"] if row["loopmap"]["state"] == "ok"]
    figure = Figure(figsize=(9, 0.55 * len(rows) + 1.4), layout="constrained")
    axes = figure.add_subplot()
    marks = dict(zip(FINDERS, "os^Dv*", strict=True))
    for finder, mark in marks.items():
        places = [i for i, row in enumerate(rows) if row[finder]["state"] == "ok"]
        seconds = [rows[i][finder]["seconds"] for i in places]
        axes.scatter(seconds, places, marker=mark, s=46, label=finder, zorder=3)
    axes.set_xscale("log")
    axes.set_yticks(range(len(rows)), [f"{row['task']} · {row['graph']}" for row in rows])
    axes.invert_yaxis()
    axes.grid(axis="both", alpha=0.3)
    axes.set_xlabel("processor seconds, each finder in its own process; further left is faster")
    figure.legend(loc="outside upper center", ncols=3, frameon=False)
    figure.savefig(path, metadata={"Date": None})


if __name__ == "__main__":
    main()
