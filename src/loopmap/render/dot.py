"""A picture as DOT with positions: Graphviz draws it as it stands with ``neato -n2``."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise, takewhile, zip_longest

from loopmap.quoting import dot, dot_ids
from loopmap.scene.marks import Group, Path, Point, Scene, Text, walk

__all__ = ["dot_bytes"]

At = Callable[[Point], str]

#: The roles of groups that are nodes to Graphviz.
_NODES = ("variable", "stakeholder")
_POINTS = 0.75  # DOT counts in points, 1/72 inch; map units are 1/96 inch


def dot_bytes(scene: Scene) -> bytes:
    """The variables and links of the scene, with ``pos`` in points and y up."""
    left, top, right, bottom = scene.box

    def at(point: Point) -> str:
        x, y = (point[0] - left) * _POINTS, (bottom - point[1]) * _POINTS
        return f"{x:.2f},{y:.2f}"

    groups = [mark for mark in walk(scene.marks) if isinstance(mark, Group)]
    names = {group.key: dict(group.data)["name"] for group in groups if group.role in _NODES}
    made = dot_ids(dict.fromkeys(names.values()))
    ids = {key: made[name] for key, name in names.items()}
    lines = [
        "digraph map {",
        f"  graph [label={dot(scene.title)}, splines=true, bgcolor={dot(scene.paper)},"
        f' bb="{at((left, bottom))},{at((right, top))}"];',
        f'  node [shape=plain, fontname="DejaVu Sans", fontsize={scene.em * _POINTS:g}];',
    ]
    for group in groups:
        if group.role in _NODES:
            lines.append(_node(group, ids[group.key], at))
        elif group.role == "link":
            lines.append(_edge(group, ids, at))
    return "\n".join([*lines, "}\n"]).encode()


def _node(group: Group, made: str, at: At) -> str:
    data = dict(group.data)
    area = group.marks[0]
    assert isinstance(area, Path)
    xs, ys = zip(*area.points, strict=True)
    texts = [mark for mark in group.marks if isinstance(mark, Text)]
    label = "\\n".join(dot(text.text)[1:-1] for text in texts)
    shape = ", shape=box" if data["kind"] == "stock" else ""
    middle = at(((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2))
    width, height = ((max(v) - min(v)) * _POINTS / 72 for v in (xs, ys))
    return (
        f'  {made} [label="{label}", pos="{middle}", width={width:.3f},'
        f' height={height:.3f}, fontcolor="{texts[0].colour if texts else "#000000"}"{shape}];'
    )


def _edge(group: Group, ids: dict[str, str], at: At) -> str:
    data = dict(group.data)
    lines = list(takewhile(lambda mark: isinstance(mark, Path) and not mark.fill, group.marks))
    body = [mark for mark in lines if isinstance(mark, Path)]
    points = body[0].points if "C" in body[0].codes else _one_curve(body)
    curve = " ".join(map(at, points))
    colours = ":".join(dict.fromkeys(line.stroke for line in body))  # Graphviz draws them abreast
    texts = [mark for mark in group.marks if isinstance(mark, Text)]
    label = ""
    if texts:  # the sign, and a route or who says so
        middle = at((texts[0].x, texts[0].y - 0.33 * texts[0].size))
        label = f', xlabel={dot(" ".join(mark.text for mark in texts))}, xlp="{middle}"'
    style = ', style="dashed"' if body[0].dash else ""
    return (
        f"  {ids[data['source']]} -> {ids[data['target']]}"
        f' [pos="e,{at(_tip(group, points[-1]))} {curve}", color="{colours}"'
        f', fontcolor="{body[0].stroke}"'
        f"{label}{style}];"
    )


def _one_curve(stripes: list[Path]) -> list[Point]:
    """Put a line in several colours, which alternate along it, together to one Bézier curve."""
    runs: list[list[list[Point]]] = []
    for stripe in stripes:
        found: list[list[Point]] = []
        for code, point in zip(stripe.codes, stripe.points, strict=True):
            if code == "M":
                found.append([])
            found[-1].append(point)
        runs.append(found)
    line = [point for turn in zip_longest(*runs, fillvalue=()) for run in turn for point in run]
    bends = [(a, b, b) for a, b in pairwise(line) if a != b]
    return [line[0], *(point for bend in bends for point in bend)]


def _tip(group: Group, end: Point) -> Point:
    """Where the arrowhead points: the first corner of the filled shape after the line."""
    heads = [mark for mark in group.marks[1:] if isinstance(mark, Path) and mark.fill]
    return heads[0].points[0] if heads else end
