"""The builds of loopmap side by side: pure, for one Python, and one for all (abi3), on any Python.

    python benchmarks/builds.py
    python benchmarks/builds.py --python python3.12 --python python3.13 --save PATH

Builds three wheels here, unpacks them, and has every Python (this one and those named, which need
nothing installed) list the loops of the same graphs with each wheel it can load. A run is a process
of its own, runs take turns, the fastest of ``--repeat`` counts, in processor seconds. That all say
the same is checked with tools/same_loops.py. Read ratios, not seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
#: Build -> what the environment says when it is built, and more words for pip.
BUILDS: dict[str, tuple[dict[str, str], list[str]]] = {
    "pure": ({}, ["--config-settings=wheel.cmake=false"]),
    "version-specific": ({}, []),
    "abi3": ({"LOOPMAP_ABI3": "1"}, []),
}
#: Task and graph, by benchmarks/graphs.py.
CASES = [
    ("all", "ear-60-120-s1"),
    ("all", "ear-150-225-s1"),
    ("all", "torus-6-6"),
    ("all", "sw-40-2-20-s1"),
    ("bounded 14", "ear-150-400-s1"),
]


def measure(task: str, name: str) -> dict[str, Any]:
    """Run one case in this process, with the loopmap that is first on the path."""
    sys.path.insert(0, str(HERE))
    import graphs

    from loopmap.loops.budget import Budget
    from loopmap.loops.graph import LoopGraph
    from loopmap.loops.listing.bounded import bounded_loops
    from loopmap.loops.listing.unordered import all_loops

    n, links = graphs.load(name)
    source, target, sign = zip(*sorted(links), strict=True)
    names = tuple(f"v{i:03}" for i in range(n))
    graph = LoopGraph(names, (), source, target, sign, (False,) * len(links))
    word, _, longest = task.partition(" ")
    started = time.process_time()
    ids, forever = graph.looping(), Budget(None)
    chunks = (
        bounded_loops(graph, ids, int(longest), forever)
        if word == "bounded"
        else all_loops(graph, ids, forever)
    )
    loops = sum(len(chunk.signs) for chunk in chunks)
    return {"loops": loops, "seconds": time.process_time() - started}


def build(name: str, where: Path) -> Path:
    """Build a wheel and unpack it; the folder goes on PYTHONPATH."""
    settings, words = BUILDS[name]
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", *words]
    wheels = where / f"{name} wheel"
    environment = {**os.environ, **settings}
    subprocess.run([*pip, "--wheel-dir", str(wheels), str(ROOT)], check=True, env=environment)
    (wheel,) = wheels.glob("*.whl")
    print(wheel.name, file=sys.stderr)
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(where / name)
    return where / name


def run(python: str, folder: Path, *words: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(folder), "LOOPMAP_PURE": ""}
    command = [python, "-s", *words]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=folder)
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout.strip()


def loaded(python: str, folder: Path) -> str:
    """What the wheel in this folder lists loops with on this Python."""
    code = "from loopmap.loops.kernel import kernel_in_use; print(kernel_in_use())"
    return run(python, folder, "-c", code)


def collect(pythons: list[str], repeat: int, work: Path) -> dict[str, Any]:
    folders = {name: build(name, work) for name in BUILDS}
    pairs, said = {}, set()
    for python in pythons:
        version = run(python, work, "-c", "import platform; print(platform.python_version())")
        for name, folder in folders.items():
            if name == "pure" or loaded(python, folder) == "compiled":
                pairs[f"{name}, Python {version}"] = python, folder
                said.add(run(python, folder, str(ROOT / "tools" / "same_loops.py")))
    assert len(said) == 1, "the builds do not say the same"
    rows = []
    for task, name in CASES:
        row: dict[str, Any] = {"task": task, "graph": name, "seconds": {}}
        for _ in range(repeat):
            for label, (python, folder) in pairs.items():
                words = [str(HERE / "builds.py"), "--cell", task, name]
                found = json.loads(run(python, folder, *words))
                assert row.setdefault("loops", found["loops"]) == found["loops"], label
                best = row["seconds"].get(label, found["seconds"])
                row["seconds"][label] = min(best, found["seconds"])
        rows.append(row)
    machine = f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}"
    return {"machine": machine, "builds": list(pairs), "rows": rows}


def table(results: dict[str, Any]) -> str:
    """Milliseconds, and how many times those of the first version-specific build."""
    builds = results["builds"]
    first = next(label for label in builds if label.startswith("version"))
    lines = [
        f"{results['machine']}. Processor time to list; × {first}.",
        "",
        f"| task | graph | loops | {' | '.join(builds)} |",
        "|---|---|---:|" + "---:|" * len(builds),
    ]
    for row in results["rows"]:
        of = row["seconds"][first]
        cells = [f"{s * 1e3:.0f} ms ({s / of:.2g} ×)" for s in map(row["seconds"].get, builds)]
        lines.append(f"| {row['task']} | {row['graph']} | {row['loops']:,} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cell", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--python", action="append", default=[])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--save", default="", help="write PATH.json and PATH.md")
    asked = parser.parse_args()
    if asked.cell:
        print(json.dumps(measure(*asked.cell)))
        return
    with tempfile.TemporaryDirectory() as work:
        results = collect([sys.executable, *asked.python], asked.repeat, Path(work))
    print(table(results))
    if asked.save:
        Path(asked.save + ".json").write_text(json.dumps(results, indent=1) + "\n", "utf-8")
        Path(asked.save + ".md").write_text(table(results) + "\n", "utf-8")


if __name__ == "__main__":
    main()
