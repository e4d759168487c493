"""Who is joined to whom: index tables that the search looks into for every node it moves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from loopmap.layout.problem import Floats, Ints, Problem
from loopmap.layout.stress import Distances, distances

__all__ = ["Corner", "Web", "web"]


@dataclass(frozen=True, slots=True, eq=False)
class Corner:
    """One node as the search sees it."""

    joined: Ints  # its neighbours, (d,)
    own: Ints  # the pairs it is an end of, in the order of ``joined``, (d,)
    other: Ints  # all other pairs, (o,)
    sharing: Floats  # whether neighbour and other pair meet, (d, o)
    fan: Ints  # pairs of its own links, places in ``joined``, (f, 2)
    beyond: Ints  # (place in ``joined``, what that neighbour is joined to besides), (b, 2)
    loops: Ints  # loops through it
    before: Ints  # the node before it in each
    after: Ints  # the node after it in each


@dataclass(frozen=True, slots=True, eq=False)
class Web:
    """A problem with its wanted distances, and a :class:`Corner` for each node."""

    p: Problem
    d: Distances
    pairs: Ints
    corners: tuple[Corner, ...]
    loops: Ints  # nodes of each loop of three and more, padded with the last, (l, most)
    loop_weight: Floats
    loop_ideal: Floats  # area : perimeter² of the regular polygon, as a share of the circle's


def web(p: Problem) -> Web:
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
    corners = []
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
        corners.append(
            Corner(
                neighbours,
                np.array(own, int),
                other,
                meets,
                np.stack(np.triu_indices(len(nearby), 1), axis=1),
                np.array(
                    [(i, w) for i, u in enumerate(nearby) for w in sorted(joined[u]) if w != v],
                    int,
                ).reshape(-1, 2),
                np.array([k for k, _, _ in through], int),
                np.array([ring[i - 1] for _, i, ring in through], int),
                np.array([ring[(i + 1) % len(ring)] for _, i, ring in through], int),
            )
        )
    many = min(1.0, (14.0 / max(len(rings), 1)) ** 0.5)
    angle = np.pi / np.maximum(lengths, 3)
    return Web(
        p,
        distances(p),
        pairs,
        tuple(corners),
        padded.reshape(len(rings), longest),
        3.0 / (2.0 + lengths) * many,
        angle / np.tan(angle),
    )
