"""Where loops can be: strongly connected parts and blocks, both without recursion.

R. E. Tarjan, Depth-first search and linear graph algorithms, SIAM J. Comput. 1 (1972) 146-160;
J. Hopcroft and R. Tarjan, Algorithm 447, Comm. ACM 16 (1973) 372-378.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

__all__ = ["blocks", "looping", "rows", "strong_components"]


def looping(source: Sequence[int], target: Sequence[int]) -> list[int]:
    """The places of the links that lie on some loop, in order.

    Examples
    --------
    >>> looping([0, 1, 1, 2], [1, 0, 2, 3])
    [0, 1]
    """
    n = max(max(source, default=-1), max(target, default=-1)) + 1
    part = _tarjan(n, source, target)
    return [i for i, (u, v) in enumerate(zip(source, target, strict=True)) if part[u] == part[v]]


def strong_components(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """The strongly connected part of every end of these pairs, as a number.

    Examples
    --------
    >>> part = strong_components([(0, 1), (1, 0), (1, 2)])
    >>> part[0] == part[1], part[1] == part[2]
    (True, False)
    """
    number: dict[int, int] = {}
    source, target = [], []
    for u, v in pairs:
        source.append(number.setdefault(u, len(number)))
        target.append(number.setdefault(v, len(number)))
    part = _tarjan(len(number), source, target)
    return {v: part[i] for v, i in number.items()}


def _tarjan(n: int, source: Sequence[int], target: Sequence[int]) -> list[int]:
    """The part of each of ``n`` variables; every part is numbered after those it leads to."""
    ahead, beside = [-1] * n, [-1] * len(source)  # the links still to follow, as chains
    for i, u in enumerate(source):
        beside[i] = ahead[u]
        ahead[u] = i
    index, low, part = [0] * n, [0] * n, [0] * n
    waiting: list[int] = []
    clock = parts = 0
    for root in range(n):
        if index[root]:
            continue
        clock += 1
        index[root] = low[root] = clock
        waiting.append(root)
        path = [root]
        while path:
            v = path[-1]
            i = ahead[v]
            while i >= 0:
                w = target[i]
                i = beside[i]
                if not index[w]:
                    ahead[v] = i
                    clock += 1
                    index[w] = low[w] = clock
                    waiting.append(w)
                    path.append(w)
                    break
                if not part[w] and index[w] < low[v]:
                    low[v] = index[w]
            else:
                path.pop()
                if path and low[v] < low[path[-1]]:
                    low[path[-1]] = low[v]
                if low[v] == index[v]:
                    parts += 1
                    w = waiting.pop()
                    while w != v:
                        part[w] = parts
                        w = waiting.pop()
                    part[v] = parts
    return part


def blocks(pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Group pairs (by place in the sequence) into biconnected blocks of the undirected graph.

    Every loop lies in one block, and a block of a strongly connected graph is strongly
    connected itself, so counts of blocks add up. Pairs of a number with itself are left out.

    Examples
    --------
    >>> sorted(map(sorted, blocks([(0, 1), (1, 0), (1, 2), (2, 1)])))
    [[0, 1], [2, 3]]
    """
    beside: dict[int, list[tuple[int, int]]] = {}
    for i, (u, v) in enumerate(pairs):
        if u != v:
            beside.setdefault(u, []).append((v, i))
            beside.setdefault(v, []).append((u, i))
    depth: dict[int, int] = {}
    low: dict[int, int] = {}
    found: list[list[int]] = []
    seen = bytearray(len(pairs))
    for root in beside:
        if root in depth:
            continue
        depth[root] = low[root] = len(depth)
        stack: list[int] = []
        work = [(root, 0, iter(beside[root]))]
        while work:
            v, since, rest = work[-1]
            for w, i in rest:
                if seen[i]:
                    continue
                seen[i] = 1
                stack.append(i)
                if w not in depth:
                    depth[w] = low[w] = len(depth)
                    work.append((w, len(stack) - 1, iter(beside[w])))
                    break
                if depth[w] < low[v]:
                    low[v] = depth[w]
            else:
                work.pop()
                if work:
                    u = work[-1][0]
                    low[u] = min(low[u], low[v])
                    if low[v] >= depth[u]:
                        found.append(stack[since:])
                        del stack[since:]
    return found


def rows(pairs: Sequence[tuple[int, int]], keep: int = -1) -> Iterator[list[int]]:
    """Pairs (by place) in rows: between two, a variable with one way in and one way on.

    No row runs through ``keep``. A ring without branches is one row, from its first pair.

    Examples
    --------
    >>> list(rows([(0, 1), (1, 2), (2, 0), (2, 3), (3, 2)]))
    [[2, 0, 1], [3, 4]]
    """
    onward: dict[int, int] = {}
    entered: dict[int, int] = {}
    for place, (u, v) in enumerate(pairs):
        onward[u] = -1 if u in onward else place
        entered[v] = -1 if v in entered else place
    inner = {v for v, place in entered.items() if place >= 0 and onward.get(v, -1) >= 0}
    inner.discard(keep)
    left = bytearray(b"\1") * len(pairs)
    for rings in (False, True):  # what is left in the end are rings without a branch
        for place, (first, end) in enumerate(pairs):
            if left[place] and (rings or first not in inner):
                row = [place]
                while end in inner and end != first:
                    row.append(onward[end])
                    end = pairs[row[-1]][1]
                for k in row:
                    left[k] = 0
                yield row
