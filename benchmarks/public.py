"""How long the public calls take, beside what people would write without loopmap.

    python benchmarks/public.py
    python benchmarks/public.py --save benchmarks/results/public --only frame

Public calls only. Each row has its own process, for the compiled kernel and for pure Python; a call
is made three times (once where it takes more than two seconds) and the least CPU time is told. The
rival is what a user of networkx and pandas writes for the same thing, in the same process.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE)]

import graphs  # noqa: E402
import networkx as nx  # noqa: E402
import pandas as pd  # noqa: E402

import loopmap as lm  # noqa: E402
from loopmap.loops import kernel_in_use  # noqa: E402

Row = tuple[Callable[[], Any], Callable[[], Any] | None]
NAME = "ear-60-120-s1"


def drawn_map() -> tuple[lm.SystemMap, nx.DiGraph]:
    """60 variables, 120 links, 366,404 loops: the map of the rows about loops."""
    _, links = graphs.load(NAME)
    signs = {1: "+", -1: "-", 0: "?"}
    rows = [(f"Variable {u}", f"Variable {v}", signs[s]) for u, v, s in links]
    G = nx.DiGraph()
    G.add_edges_from((u, v, {"sign": 1 if s == "+" else -1}) for u, v, s in rows)
    return lm.SystemMap(links=rows), G


def long_list(links: int = 10_000) -> list[tuple[str, str, str]]:
    draw = random.Random(1)
    ends = dict.fromkeys(
        (draw.randrange(2000), draw.randrange(2000)) for _ in range(links + links // 100)
    )
    rows = [(f"Variable {u}", f"Variable {v}", draw.choice("+-")) for u, v in ends if u != v]
    return rows[:links]


def kinds_by_hand(G: nx.DiGraph) -> pd.DataFrame:
    """The frame of loops as a user of networkx makes it."""
    rows = []
    for cycle in nx.simple_cycles(G, backend="networkx"):
        sign = 1
        for u, v in zip(cycle, [*cycle[1:], cycle[0]], strict=True):
            sign *= G[u][v]["sign"]
        rows.append(("R" if sign > 0 else "B", len(cycle), tuple(cycle)))
    return pd.DataFrame(rows, columns=["kind", "length", "path"])


def about_loops() -> dict[str, Row]:
    m, G = drawn_map()
    loops = lm.find_loops(m, at_most=None)
    missing = f"R{len(loops)}"

    def not_there() -> None:
        try:
            loops[missing]
        except lm.UnknownNameError:
            return
        raise AssertionError(missing)

    every = lambda: sum(1 for _ in nx.simple_cycles(G, backend="networkx"))  # noqa: E731
    return {
        "find_loops, all": (lambda: lm.find_loops(m, at_most=None), every),
        "to_frame(loops)": (lambda: lm.to_frame(loops), lambda: kinds_by_hand(G)),
        "nx.simple_cycles, backend": (
            lambda: sum(1 for _ in nx.simple_cycles(G, backend="loopmap")),
            every,
        ),
        "iterate": (lambda: sum(1 for _ in loops), None),
        "iterate, path": (lambda: sum(len(loop.path) for loop in loops), None),
        "iterate, kind": (lambda: sum(loop.kind == "R" for loop in loops), None),
        "of_kind('R')": (lambda: loops.of_kind("R"), None),
        "loops['R99999']": (lambda: loops["R99999"], None),
        "a label that is not there": (not_there, None),
        "repr(loops)": (lambda: repr(loops), None),
        "kinds, lengths, signs": (lambda: (loops.kinds, loops.lengths, loops.signs), None),
    }


def about_cycles() -> dict[str, Row]:
    def row(name: str, bound: int | None) -> Row:
        G = nx.DiGraph((u, v) for u, v, _ in graphs.load(name)[1])

        def by(backend: str) -> Callable[[], int]:
            return lambda: sum(1 for _ in nx.simple_cycles(G, length_bound=bound, backend=backend))

        return by("loopmap"), by("networkx")

    asked = [
        ("ear-60-120-s1", 10), ("ear-150-400-s1", 8), ("ear-30-60-s1", None),
        ("ear-40-80-s1", None), ("ear-45-90-s1", None), ("ear-50-100-s1", None), ("k-8", None),
    ]  # fmt: skip
    return {
        f"nx backend, {name}" + (f", up to {bound}" if bound else ""): row(name, bound)
        for name, bound in asked
    }


def about_maps() -> dict[str, Row]:
    rows = long_list()
    m = lm.SystemMap(links=rows, title="One")
    other = lm.SystemMap(links=[*rows[:8000], *((b, a, s) for a, b, s in rows[:500])], title="Two")
    table = pd.DataFrame(rows, columns=["from", "to", "sign"])
    folder = Path(tempfile.mkdtemp())
    lm.write(m, folder / "a.loop")
    text = (folder / "a.loop").read_text("utf-8")
    lm.write(m, folder / "a.csv")
    both = lm.merge([m, other])
    ask = [(link.source, link.target) for link in m.links]
    G = nx.from_pandas_edgelist(table, "from", "to", "sign", create_using=nx.DiGraph)
    return {
        "SystemMap(links)": (
            lambda: lm.SystemMap(links=rows),
            lambda: nx.from_pandas_edgelist(table, "from", "to", "sign", create_using=nx.DiGraph),
        ),
        "10,000 × m.link(a, b)": (
            lambda: [m.link(*ends) for ends in ask],
            lambda: [G.edges[ends] for ends in ask],
        ),
        "parse .loop": (lambda: lm.parse(text), None),
        "read .csv": (
            lambda: lm.read(folder / "a.csv"),
            lambda: nx.from_pandas_edgelist(
                pd.read_csv(folder / "a.csv"), "from", "to", True, create_using=nx.DiGraph
            ),
        ),
        "check": (lambda: lm.check(m), None),
        "compare": (lambda: lm.compare(both), None),
        "merge": (lambda: lm.merge([m, other]), lambda: nx.compose(G, G)),
        "diff": (lambda: lm.diff(m, other), None),
    }


def small() -> dict[str, Row]:
    m = lm.example("mash")
    G = nx.DiGraph((link.source, link.target) for link in m.causal_links)
    command = [sys.executable, "-m", "loopmap", "loops", "mash"]
    return {
        "MASH: find_loops": (
            lambda: lm.find_loops(m),
            lambda: list(nx.simple_cycles(G, backend="networkx")),
        ),
        "MASH: count_loops": (lambda: lm.count_loops(m), None),
        "MASH: participation": (lambda: lm.participation(m), None),
        "MASH: check": (lambda: lm.check(m), None),
        "loopmap loops mash, cold": (
            lambda: subprocess.run(command, check=True, capture_output=True),
            None,
        ),
    }


GROUPS: dict[str, Callable[[], dict[str, Row]]] = {
    "loops": about_loops, "cycles": about_cycles, "maps": about_maps, "small": small,
}  # fmt: skip


def cpu() -> float:
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def least(call: Callable[[], Any]) -> float:
    best, taken = float("inf"), 0.0
    for _ in range(3):
        repeats = max(1, min(1000, int(0.02 / best))) if best < 0.02 else 1
        start = cpu() if best > 0.02 else time.process_time()
        for _ in range(repeats):
            call()
        end = cpu() if best > 0.02 else time.process_time()
        best = min(best, max(end - start, 1e-7) / repeats)
        taken += end - start
        if taken > 4:
            break
    return best


def measure(group: str) -> list[dict[str, Any]]:
    found = []
    for what, (ours, theirs) in GROUPS[group]().items():
        row: dict[str, Any] = {"group": group, "what": what, "seconds": least(ours)}
        if what == "to_frame(loops)":
            row["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        if theirs is not None:
            row["rival"] = least(theirs)
        found.append(row)
    return found


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--only", choices=GROUPS)
    words.add_argument("--save", type=Path)
    words.add_argument("--measure", choices=GROUPS, help=argparse.SUPPRESS)
    asked = words.parse_args()
    if asked.measure:
        print(json.dumps({"kernel": kernel_in_use(), "rows": measure(asked.measure)}))
        return
    results: dict[str, dict[str, Any]] = {}
    for group in [asked.only] if asked.only else GROUPS:
        for pure in ("", "1"):
            run = subprocess.run(
                [sys.executable, __file__, "--measure", group],
                env={**os.environ, "LOOPMAP_PURE": pure, "PYTHONWARNINGS": "ignore"},
                check=True, capture_output=True, text=True,
            )  # fmt: skip
            build = "pure" if pure else "compiled"
            for row in json.loads(run.stdout)["rows"]:
                results.setdefault(row["what"], {"group": group})[build] = row
    text = table(results)
    print(text)
    if asked.save:
        asked.save.with_suffix(".json").write_text(json.dumps(results, indent=1) + "\n")
        asked.save.with_suffix(".md").write_text(text + "\n")


def table(results: dict[str, dict[str, Any]]) -> str:
    python = (
        f"Python {platform.python_version()}, networkx {nx.__version__}, pandas {pd.__version__}"
    )
    lines = [
        f"{os.cpu_count()} cores. {python}. CPU time of one call, the least of three.", "",
        "| call | loopmap | pure Python | networkx, pandas | loopmap is |",
        "|---|---:|---:|---:|---:|",
    ]  # fmt: skip
    for what, row in results.items():
        ours, pure = row["compiled"], row.get("pure", {})
        rival = ours.get("rival")
        times = f"{rival / ours['seconds']:.2g} × as fast" if rival else "–"
        peak = f", {ours['peak']} MiB" if "peak" in ours else ""
        lines.append(
            f"| {what} | {told(ours['seconds'])}{peak} | {told(pure.get('seconds'))} "
            f"| {told(rival)} | {times} |"
        )
    return "\n".join(lines)


def told(seconds: float | None) -> str:
    if seconds is None:
        return "–"
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


if __name__ == "__main__":
    main()
