"""Draw the pictures of docs/pictures.md: the example maps, ours beside dot and a spring layout.

``python tools/pictures_beside_others.py [NAME …]`` rewrites ``docs/pictures/``; it needs the
program ``dot`` of Graphviz.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pydot

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

import loopmap as lm  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"


def ours(m: lm.SystemMap, name: str) -> None:
    """The picture as loopmap draws it, with nothing set."""
    lm.draw(m).save(FOLDER / f"{name}.svg")


def dot(m: lm.SystemMap, name: str) -> None:
    """The picture Graphviz makes of the same map when nobody tunes it."""
    graph = pydot.Dot(graph_type="digraph")
    for link in m.causal_links:
        ends = (pydot.quote_id_if_necessary(end) for end in (link.source, link.target))
        graph.add_edge(pydot.Edge(*ends, label=f'"{link.polarity}"'))
    (FOLDER / f"{name}-dot.svg").write_bytes(graph.create(prog="dot", format="svg"))


def spring(m: lm.SystemMap, name: str) -> None:
    """The picture networkx makes of the same map at its defaults, labels switched on."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    import networkx as nx

    graph = nx.DiGraph([(link.source, link.target) for link in m.causal_links])
    figure, ax = plt.subplots(figsize=(8, 6))
    nx.draw(graph, nx.spring_layout(graph, seed=0), ax=ax, with_labels=True, font_size=8)
    figure.savefig(FOLDER / f"{name}-spring.png", dpi=80, metadata={"Software": None})
    plt.close(figure)


def extras() -> None:
    """Styles, a highlight, regions and panels, on the first example."""
    m = lm.example("mash")
    plain = lm.draw(m)
    for style in ("wall", "print", "mono", "dark"):
        lm.draw(m, layout=plain.layout, style=style).save(FOLDER / f"mash-{style}.svg")
    lm.draw(m, layout=plain.layout, highlight="Step in").save(FOLDER / "mash-highlight.svg")
    police = lm.draw(m, layout=plain.layout, regions=["Police", "MASH operational team"])
    police.save(FOLDER / "mash-regions.svg")
    lm.draw_loops(lm.example("kent")).save(FOLDER / "kent-panels.svg")


def main() -> None:
    """Draw all of them, or those named."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    names = sys.argv[1:] or list(lm.examples()["name"])
    for name in names:
        m = lm.example(name)
        for draw in (ours, dot, spring):
            draw(m, name)
    if not sys.argv[1:]:
        extras()


if __name__ == "__main__":
    main()
