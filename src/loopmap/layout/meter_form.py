"""A layout in the neutral form of drawing meters: boxes, polylines, labels, loops."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from loopmap.layout.annotating.bounds import SIGN_RADIUS
from loopmap.layout.curves import trace
from loopmap.layout.model import Layout
from loopmap.model import LINK_KINDS

__all__ = ["geometry"]


def geometry(
    layout: Layout, loops: Sequence[Sequence[str]] = (), *, name: str = ""
) -> dict[str, Any]:
    """What a meter of drawings needs to know, as plain lists and numbers (map units, y down).

    Parameters
    ----------
    layout
        What to describe.
    loops
        The names along each loop to be judged, in causal order.
    name
        What to call the drawing.

    Returns
    -------
    dict
        ``nodes`` with boxes ``[left, top, right, bottom]``, ``edges`` with polylines, ``labels``
        (kinds ``polarity``, ``delay`` and ``loop``) with boxes, ``loops`` and ``font_pt``.
        Self-links are left out: meters of drawings do not know them.
    """
    f = layout.font_size
    nodes = [
        {
            "id": key,
            "box": [
                b.x - b.width / 2,
                b.y - b.height / 2,
                b.x + b.width / 2,
                b.y + b.height / 2,
            ],
        }
        for key, b in layout.boxes.items()
    ]
    edges: list[dict[str, Any]] = []
    labels: list[dict[str, Any]] = []
    for route in layout.routes:
        if route.key.source == route.key.target:
            continue
        if LINK_KINDS[route.key.kind].signed:
            labels.append(_label("polarity", *route.sign, SIGN_RADIUS * f, edge=len(edges)))
        if route.bars:
            labels.append(_label("delay", route.bars.x, route.bars.y, 0.4 * f, edge=len(edges)))
        line = trace(np.array([complex(*point) for point in route.points]), 24)
        ends = {"source": route.key.source, "target": route.key.target}
        edges.append({**ends, "polyline": [[z.real, z.imag] for z in line.tolist()]})
    labels += [_label("loop", b.x, b.y, b.radius * 0.8) for b in layout.badges]
    return {
        "name": name,
        "font_pt": f,
        "nodes": nodes,
        "edges": edges,
        "labels": labels,
        "loops": [list(loop) for loop in loops],
    }


def _label(kind: str, x: float, y: float, r: float, **more: int) -> dict[str, Any]:
    return {"kind": kind, "box": [x - r, y - r, x + r, y + r], **more}
