"""Where loops can be: strongly connected parts and blocks, both without recursion.

R. E. Tarjan, Depth-first search and linear graph algorithms, SIAM J. Comput. 1 (1972) 146-160;
J. Hopcroft and R. Tarjan, Algorithm 447, Comm. ACM 16 (1973) 372-378.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

__all__ = ["blocks", "peeled", "strong_parts"]

#: A link as its number, source and target.
Numbered = tuple[int, int, int]


def peeled(links: Sequence[Numbered]) -> Sequence[Numbered]:
    """Leave out links again and again that nothing leads on to, or that nothing leads to.

    Links are (number, source, target). Cheap, and on large sparse maps it leaves little.

    Examples
    --------
    >>> peeled([(7, 0, 1), (8, 1, 0), (9, 1, 2), (10, 2, 3)])
    [(7, 0, 1), (8, 1, 0)]
    """
    before = len(links) + 1
    while len(links) < before - before // 16:
        before = len(links)
        sources = {u for _, u, _ in links}
        links = [link for link in links if link[2] in sources]
        targets = {v for _, _, v in links}
        links = [link for link in links if link[1] in targets]
    return links


def strong_parts(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """The strongly connected part of every end of these pairs, as a number.

    Examples
    --------
    >>> part = strong_parts([(0, 1), (1, 0), (1, 2)])
    >>> part[0] == part[1], part[1] == part[2]
    (True, False)
    """
    after: dict[int, list[int]] = {}
    for u, v in pairs:
        after.setdefault(u, []).append(v)
        after.setdefault(v, [])
    return _tarjan(after)


def _tarjan(after: Mapping[int, Sequence[int]]) -> dict[int, int]:
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    part: dict[int, int] = {}
    waiting: list[int] = []
    parts = 0
    for root in after:
        if root in index:
            continue
        index[root] = low[root] = len(index)
        waiting.append(root)
        work = [(root, iter(after[root]))]
        while work:
            v, rest = work[-1]
            for w in rest:
                if w not in index:
                    index[w] = low[w] = len(index)
                    waiting.append(w)
                    work.append((w, iter(after[w])))
                    break
                if w not in part and index[w] < low[v]:
                    low[v] = index[w]
            else:
                work.pop()
                if work and low[v] < low[work[-1][0]]:
                    low[work[-1][0]] = low[v]
                if low[v] == index[v]:
                    while True:
                        w = waiting.pop()
                        part[w] = parts
                        if w == v:
                            break
                    parts += 1
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
