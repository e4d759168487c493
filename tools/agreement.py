"""Hold every way of listing loops against brute force and networkx on many thousand random maps.

    python tools/agreement.py                                 100,000 maps and 5,000: the full one
    python tools/agreement.py --maps 2000 --networkx 100      a taste of it
    LOOPMAP_PURE=1 python tools/agreement.py                  without the compiled kernel

Small maps (1 to 8 variables, several parts, parallel links, self-links, delays, unknown and
disputed signs) go against trying every walk: all loops at once, up to a length, shortest first,
through a variable, of a kind, the first few, in tables. Maps of 10 to 40 variables go against
networkx: all loops, and up to a length. The first disagreements are printed with what makes their
map again; the exit code is 1 if there is any.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

import loopmap as lm
from loopmap.loops import kernel_in_use
from loopmap.loops.budget import Budget
from loopmap.loops.filters import LoopFilter
from loopmap.loops.graph import LoopGraph, loop_graph
from loopmap.loops.listing.bounded import bounded_loops
from loopmap.loops.listing.by_length import loops_in_order
from loopmap.loops.listing.chunks import Chunk
from loopmap.loops.listing.sorting import decoded
from loopmap.loops.listing.unordered import all_loops
from loopmap.testing import brute_force_loops, random_map

FOREVER = Budget(None)
#: Signs as bytes in a chunk, and as products.
SIGNS = {1: 1, 0: 0, 255: -1}


def small_map(seed: int) -> lm.SystemMap:
    """Up to 8 variables and 40 links; a fifth of the maps are two side by side."""
    pick = random.Random(f"agreement {seed}")
    size = pick.randint(1, 8)
    m = random_map(
        seed, variables=size, links=pick.randint(0, 3 * size), parallel=pick.random() / 2
    )
    if seed % 5:
        return m
    other = random_map(-seed - 1, variables=4, links=pick.randint(2, 9), parallel=0.2)
    other = other.rename({name: f"w{name}" for name in other.names})
    return m.add(*other.elements, *other.links)


def listed(graph: LoopGraph, chunks: Iterable[Chunk]) -> list[tuple[int, ...]]:
    """The loops of chunks in order, with their signs checked."""
    found = []
    for chunk in chunks:
        loops = list(decoded(chunk))
        if [graph.product(loop) for loop in loops] != [SIGNS[x] for x in chunk.signs]:
            return [(-1,)]
        found += map(graph.canonical, loops)
    return sorted(found, key=graph.order)


def against_brute_force(seed: int) -> Iterator[str]:
    """What disagrees on this map."""
    m = small_map(seed)
    oracle = brute_force_loops(m)
    graph = loop_graph(m)
    number = {link: i for i, link in enumerate(graph.links)}
    rows = [tuple(number[link] for link in loop.links) for loop in oracle]
    ids = graph.looping()
    longest, few = 1 + seed % 7, seed % 11
    loops = lm.find_loops(m, at_most=None)
    if tuple(loops) != oracle or not loops.complete or loops.total != len(oracle):
        yield "find_loops"
    if listed(graph, all_loops(graph, ids, FOREVER)) != rows:
        yield "all at once"
    short = [row for row in rows if len(row) <= longest]
    if listed(graph, bounded_loops(graph, ids, longest, FOREVER)) != short:
        yield f"up to {longest} links"
    if list(lm.find_loops(m, max_length=longest, at_most=None)) != list(oracle[: len(short)]):
        yield f"max_length={longest}"
    if list(loops_in_order(graph, LoopFilter(tuple(ids)), FOREVER)) != rows:
        yield "shortest first"
    if list(islice(loops_in_order(graph, LoopFilter(tuple(ids)), FOREVER), few)) != rows[:few]:
        yield f"the {few} shortest"
    some = lm.find_loops(m, at_most=few)
    if tuple(some) != oracle[:few] or some.complete != (few >= len(oracle)):
        yield f"at_most={few}"
    kind, name = "RBU"[seed % 3], m.variables[seed % len(m.variables)]
    fitting = [loop for loop in oracle if loop.kind == kind and name in loop.path]
    if list(lm.find_loops(m, kind=kind, through=name)) != fitting:
        yield f"kind={kind!r}, through={name!r}"
    if {loop for table in lm.loop_tables(m) for loop in table} != set(oracle):
        yield "loop_tables"


def against_networkx(seed: int) -> Iterator[str]:
    import networkx as nx

    size = 10 + seed % 31
    m = random_map(seed, variables=size, links=int((1.5 + seed % 4 / 10) * size), parallel=0.0)
    graph = nx.DiGraph([(link.source, link.target) for link in m.causal_links])
    longest = 3 + seed % 6
    for words, theirs in (
        ({}, nx.simple_cycles(graph)),
        ({"max_length": longest}, nx.simple_cycles(graph, length_bound=longest)),
    ):
        loops = lm.find_loops(m, at_most=None, **words)  # type: ignore[arg-type]
        ours = Counter(frozenset((k.source, k.target) for k in loop.links) for loop in loops)
        pairs = (frozenset(zip(c, [*c[1:], c[0]], strict=True)) for c in theirs)
        if ours != Counter(pairs) or not loops.complete:
            yield f"networkx, {words}"
        lengths = [len(loop) for loop in loops]
        if lengths != sorted(lengths):
            yield f"order, {words}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--maps", type=int, default=100_000, help="against brute force")
    parser.add_argument("--networkx", type=int, default=5_000, help="maps against networkx")
    asked = parser.parse_args()
    print(f"loopmap {lm.__version__}, {kernel_in_use()}", flush=True)
    wrong = 0
    for check, number in ((against_brute_force, asked.maps), (against_networkx, asked.networkx)):
        started = time.monotonic()
        here = 0
        for seed in range(number):
            for what in check(seed):
                here += 1
                if here <= 5:
                    print(f"  {check.__name__}, seed {seed}: {what}", flush=True)
        wrong += here
        seconds = time.monotonic() - started
        words = check.__name__.replace("_", " ")
        print(f"{words}: {number:,} maps, {here:,} disagreements, {seconds:.0f} s", flush=True)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
