"""Who is joined to whom: index tables that the search looks into for every node it moves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from loopmap.layout.layout_graph import Flags, Floats, Ints, LayoutGraph
from loopmap.layout.placing.stress import Distances, distances

__all__ = ["Adjacency", "NodeContext", "adjacency"]


@dataclass(frozen=True, slots=True, eq=False)
class NodeContext:
    """One node as the search sees it."""

    joined: Ints  # its neighbours, (d,)
    degrees: Ints  # how many neighbours each of them has
    own: Ints  # the pairs it is an end of, in the order of ``joined``, (d,)
    other: Ints  # all other pairs, (o,)
    sharing: Flags  # whether neighbour and other pair meet, (d, o)
    beyond: Ints  # what each neighbour is joined to besides, padded with itself, (d, most)
    beyond_real: Flags  # which of these are not padding
    loops: Ints  # loops through it
    before: Ints  # the node before it in each
    after: Ints  # the node after it in each


@dataclass(frozen=True, slots=True, eq=False)
class Adjacency:
    """A layout graph with its wanted distances, and a :class:`NodeContext` for each node."""

    p: LayoutGraph
    d: Distances
    pairs: Ints
    contexts: tuple[NodeContext, ...]
    loops: Ints  # nodes of each loop of three and more, padded with the last, (l, most)
    loop_ideal: Floats  # area : perimeter² of the regular polygon, as a share of the circle's


def adjacency(p: LayoutGraph) -> Adjacency:
    """Build the tables."""
    n, pairs = len(p.names), p.pairs
    rings = [p.ends[np.array(loop), 0].tolist() for loop in p.loops if len(loop) > 2]
    longest = max(map(len, rings), default=0)
    padded = np.array([ring + ring[-1:] * (longest - len(ring)) for ring in rings], int)
    lengths = np.array([len(ring) for ring in rings], float)
    number = {(a, b): k for k, (a, b) in enumerate(pairs.tolist())}
    joined: list[list[int]] = [[] for _ in range(n)]
    for a, b in pairs.tolist():
        joined[a].append(b)
        joined[b].append(a)
    contexts = []
    for v in range(n):
        nearby = sorted(joined[v])
        own = [number[min(u, v), max(u, v)] for u in nearby]
        other = np.flatnonzero((pairs != v).all(axis=1)) if len(pairs) else np.zeros(0, int)
        through = [(k, ring.index(v), ring) for k, ring in enumerate(rings) if v in ring]
        ends = pairs[other]
        neighbours = np.array(nearby, int)
        meets = (ends[None, :, 0] == neighbours[:, None]) | (
            ends[None, :, 1] == neighbours[:, None]
        )
        most = max((len(joined[u]) - 1 for u in nearby), default=0)
        rest = [[w for w in joined[u] if w != v] for u in nearby]
        beyond = np.array(
            [r + [u] * (most - len(r)) for u, r in zip(nearby, rest, strict=True)], int
        ).reshape(len(nearby), most)
        contexts.append(
            NodeContext(
                neighbours,
                np.array([len(joined[u]) for u in nearby], int),
                np.array(own, int),
                other,
                meets,
                beyond,
                beyond != neighbours[:, None],
                np.array([k for k, _, _ in through], int),
                np.array([ring[i - 1] for _, i, ring in through], int),
                np.array([ring[(i + 1) % len(ring)] for _, i, ring in through], int),
            )
        )
    angle = np.pi / np.maximum(lengths, 3)
    return Adjacency(
        p,
        distances(p),
        pairs,
        tuple(contexts),
        padded.reshape(len(rings), longest),
        angle / np.tan(angle),
    )
