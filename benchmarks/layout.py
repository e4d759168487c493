"""How legible are our layouts, next to whichever of Graphviz, networkx and igraph are here?

    python benchmarks/layout.py                      # the goals' maps, table to the terminal
    python benchmarks/layout.py --out benchmarks/results/layout
    python benchmarks/layout.py MAP.json ... --seeds 0,1,2

Without maps these are the made-up maps of the meter's collection, the real ones of the goals, and
the MASH example that comes with loopmap. The column *the study* is the score of the prototype that
the layout grew from, the better of its published median and one run of ours with the same meter:
a number to beat, not run here.

Reads maps as ``{"name", "nodes", "links"}`` and judges every drawing with the neutral meter
``map_quality`` (both in ``../shared/tools``; without it there is nothing to measure with).
Writes a table (.md), everything measured (.json) and a contact sheet of pictures (.png).
Times are processor seconds of one run: compare them within a run only.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT.parent / "shared" / "tools"
sys.path[:0] = [str(ROOT / "src"), str(TOOLS)]

import loopmap as lm  # noqa: E402
from loopmap.layout import lay_out  # noqa: E402
from loopmap.layout.measure import measure  # noqa: E402
from loopmap.layout.meter_form import geometry  # noqa: E402

Drawing = dict[str, Any]

#: Real maps of the goals, beside the made-up ones.
REAL = (
    "catcolab__ca_cap-and-trade_v2", "cldjson__healthcare-access-cld",
    "vensim__free6_energy_pos_loop", "econmap__korea_macro",
)  # fmt: skip
#: Scores of the study.
STUDY = {
    "classic_escalation": 96.9, "classic_growth_limits": 96.8, "classic_shifting_burden": 95.0,
    "cld006": 95.5, "cld010": 94.9, "cld015": 94.2, "cld015s1": 92.9, "mash_front_door": 94.2,
    "cldjson__healthcare-access-cld": 94.5, "catcolab__ca_cap-and-trade_v2": 90.3,
    "cld025": 87.5, "cld025s1": 89.3, "vensim__free6_energy_pos_loop": 93.5, "cld040": 82.6,
    "econmap__korea_macro": 74.9, "cld060": 82.3, "cld108": 63.1, "mash": 90.2,
}  # fmt: skip


def load(path: Path) -> lm.SystemMap:
    """A map of the meter's collection; isolated variables and self-links are left out.

    A path without an ending is an example that comes with loopmap.
    """
    if not path.suffix:
        m = lm.example(path.name)
        return lm.SystemMap(m.elements, m.links, title=path.name)
    data = json.loads(path.read_text("utf-8").replace("\\n", " "))
    links = {}
    for q in data["links"]:
        sign = q.get("polarity") if q.get("polarity") in ("+", "-") else None
        if q["source"] != q["target"]:
            key = q["source"], q["target"]
            links.setdefault(key, lm.Link(*key, sign, delayed=bool(q.get("delay"))))
    return lm.SystemMap(links=links.values(), title=data["name"])


def ours(m: lm.SystemMap, seed: int) -> Drawing:
    return geometry(lay_out(m, seed=seed), name=m.title)


def _sizes(m: lm.SystemMap) -> dict[str, tuple[float, float]]:
    return {name: (label.width, label.height) for name, label in measure(m, 10).items()}


def _edges(m: lm.SystemMap) -> list[tuple[str, str]]:
    return [(link.source, link.target) for link in m.causal_links]


def by_networkx(function: str, **options: Any) -> Callable[[lm.SystemMap, int], Drawing]:
    def draw(m: lm.SystemMap, seed: int) -> Drawing:
        import map_quality
        import networkx as nx

        graph = nx.DiGraph(_edges(m))
        more = {"seed": seed} if function == "spring_layout" else {}
        places = getattr(nx, function)(graph, **options, **more)
        at = {name: tuple(map(float, place)) for name, place in places.items()}
        return map_quality.from_positions(at, _sizes(m), _edges(m), curve=0.1, name=m.title)

    return draw


def by_igraph(layout: str) -> Callable[[lm.SystemMap, int], Drawing]:
    def draw(m: lm.SystemMap, seed: int) -> Drawing:
        import random

        import igraph
        import map_quality

        random.seed(seed)
        graph = igraph.Graph.TupleList(_edges(m), directed=True)
        at = dict(zip(graph.vs["name"], map(tuple, graph.layout(layout)), strict=True))
        return map_quality.from_positions(at, _sizes(m), _edges(m), name=m.title)

    return draw


def by_graphviz(engine: str) -> Callable[[lm.SystemMap, int], Drawing]:
    def draw(m: lm.SystemMap, seed: int) -> Drawing:
        import map_quality
        import pydot

        graph = pydot.Dot(layout=engine, splines="true", overlap="false", sep="+8")
        number = {name: str(i) for i, name in enumerate(m.variables)}
        for name, (width, height) in _sizes(m).items():
            size = {"width": str(width / 72), "height": str(height / 72), "fixedsize": "true"}
            graph.add_node(pydot.Node(number[name], shape="box", label="", **size))
        for a, b in _edges(m):
            graph.add_edge(pydot.Edge(number[a], number[b]))
        answer = graph.create(prog=["dot", f"-K{engine}"], format="json")
        drawing = map_quality.from_graphviz_json(answer, font_pt=10, name=m.title)
        names = {i: name for name, i in number.items()}
        for node in drawing["nodes"]:
            node["id"] = names[node["id"]]
        for edge in drawing["edges"]:
            edge["source"], edge["target"] = names[edge["source"]], names[edge["target"]]
        return drawing

    return draw


def engines() -> dict[str, Callable[[lm.SystemMap, int], Drawing]]:
    """Ours first, then what is installed."""
    found: dict[str, Callable[[lm.SystemMap, int], Drawing]] = {"loopmap": ours}
    if shutil.which("dot"):
        found |= {f"Graphviz {name}": by_graphviz(name) for name in ("dot", "neato", "fdp")}
    found["networkx spring"] = by_networkx("spring_layout")
    if importlib.util.find_spec("scipy"):
        found["networkx kamada_kawai"] = by_networkx("kamada_kawai_layout")
    if importlib.util.find_spec("igraph"):
        found |= {f"igraph {name}": by_igraph(name) for name in ("fr", "kk")}
    return found


def bounded_counts(m: lm.SystemMap) -> list[list[str]]:
    """The shortest loop through each link, each once if it brings a new link: the loops judged."""
    import numpy as np

    from loopmap.layout.layout_graph import rings

    number = {name: i for i, name in enumerate(m.variables)}
    ends = np.array([(number[a], number[b]) for a, b in _edges(m)], int).reshape(-1, 2)
    return [[m.variables[ends[i, 0]] for i in ring] for ring in rings(ends, range(len(ends)))]


def run(paths: list[Path], seeds: list[int]) -> list[dict[str, Any]]:
    """Lay out, time and measure every map with every engine."""
    import map_quality

    rows = []
    for path in paths:
        m = load(path)
        loops = bounded_counts(m)
        for name, draw in engines().items():
            for seed in seeds if name == "loopmap" else seeds[:1]:
                started = time.process_time()
                wall = time.perf_counter()
                drawing = draw(m, seed)
                seconds = time.process_time() - started, time.perf_counter() - wall
                drawing["loops"] = loops
                found = map_quality.measure(drawing)
                kept = (
                    "score", "crossings", "edge_node_hits", "node_overlaps", "loop_roundness",
                    "label_label_overlaps", "label_node_overlaps",
                )  # fmt: skip
                rows.append(
                    {
                        "map": m.title,
                        "variables": len(m.variables),
                        "links": len(m.causal_links),
                        "engine": name,
                        "seed": seed,
                        **{key: found[key] for key in kept},
                        "seconds": round(max(seconds) if "Graphviz" in name else seconds[0], 3),
                        "drawing": drawing,
                    }
                )
                print(
                    f"{m.title:24.24} {name:22} {seed}  {found['score']:6.2f}  "
                    f"x{found['crossings']:<5} hits {found['edge_node_hits']:<4} "
                    f"{rows[-1]['seconds']:.2f} s",
                    flush=True,
                )
    return rows


def table(rows: list[dict[str, Any]]) -> str:
    """Score · crossings · links through text · seconds, one row a map."""
    names = list(dict.fromkeys(row["engine"] for row in rows))
    lines = ["| map | the study | " + " | ".join(names) + " |", "|---" * (len(names) + 2) + "|"]
    for title in dict.fromkeys(row["map"] for row in rows):
        cells = []
        for name in names:
            some = [r for r in rows if (r["map"], r["engine"]) == (title, name)]
            r = some[0]
            text = f"{r['score']:.1f} · {r['crossings']} · {r['edge_node_hits']}"
            cells.append(f"{text} · {r['seconds']:.2f} s")
        size = f"{some[0]['variables']}/{some[0]['links']}"
        goal = STUDY.get(title, "")
        lines.append(f"| {title} ({size}) | {goal} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def contact_sheet(rows: list[dict[str, Any]], path: Path) -> None:
    """All drawings as small pictures: a row a map, a column an engine."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    names = list(dict.fromkeys(row["engine"] for row in rows))
    titles = list(dict.fromkeys(row["map"] for row in rows))
    figure = Figure((4.2 * len(names), 3.2 * len(titles)), dpi=70)
    FigureCanvasAgg(figure)
    axes = figure.subplots(len(titles), len(names), squeeze=False)
    for i, title in enumerate(titles):
        for k, name in enumerate(names):
            row = next(r for r in rows if (r["map"], r["engine"]) == (title, name))
            ax = axes[i][k]
            for edge in row["drawing"]["edges"]:
                line = edge["polyline"]
                ax.plot(*zip(*line, strict=True), color="#0A4F73", linewidth=0.8)
                ax.plot(*line[-1], marker=".", color="#0A4F73", markersize=3)
            for node in row["drawing"]["nodes"]:
                left, top, right, bottom = node["box"]
                contexts = [(left, top), (right, top), (right, bottom), (left, bottom)]
                ax.fill(*zip(*contexts, strict=True), color="#C9D3DB", zorder=3)
            ax.set_title(f"{title} · {name} · {row['score']:.1f}", fontsize=8)
            ax.set_aspect("equal")
            ax.invert_yaxis()
            ax.axis("off")
    figure.tight_layout()
    figure.savefig(path)


def goals() -> list[Path]:
    """The maps that the goals name, as far as they are here."""
    real = [TOOLS.parent / "maps" / "edges" / f"{name}.json" for name in REAL]
    made_up = sorted((TOOLS / "layout-maps").glob("*.json"))
    return [*made_up, *(path for path in real if path.exists()), Path("mash")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("maps", nargs="*", type=Path)
    parser.add_argument("--seeds", default="0")
    parser.add_argument("--out", type=Path, help="write .md, .json and .png beside this name")
    asked = parser.parse_args()
    paths = asked.maps or goals()
    if not (TOOLS / "map_quality.py").exists() or not paths:
        sys.exit("no meter or no maps in ../shared/tools: nothing to measure with")
    rows = run(paths, [int(seed) for seed in asked.seeds.split(",")])
    print(table(rows))
    if asked.out:
        asked.out.parent.mkdir(parents=True, exist_ok=True)
        asked.out.with_suffix(".md").write_text(table(rows), "utf-8")
        bare = [{k: v for k, v in row.items() if k != "drawing"} for row in rows]
        asked.out.with_suffix(".json").write_text(json.dumps(bare, indent=1), "utf-8")
        contact_sheet(rows, asked.out.with_suffix(".png"))


if __name__ == "__main__":
    main()
