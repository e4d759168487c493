"""Loops of a few maps as JSON, the same on every Python: what one says another must say too.

    python tools/same_loops.py                           here
    LOOPMAP_PURE=1 python tools/same_loops.py            without the compiled kernel
    node tools/same_loops.mjs PYODIDE WHEEL...           in WebAssembly, without numpy

Counts by kind and length, loops through each link, every loop listed, the shortest, those up to a
length, a story; and that loops drawn at random are loops. Numbers and digests go to standard
output, what ran and how long it took to standard error.
"""

from __future__ import annotations

import hashlib
import json
import platform
import sys
import time
from collections.abc import Iterable
from typing import Any

import loopmap as lm
from loopmap.loops import kernel_in_use
from loopmap.testing import random_map

#: Every link there can be: 16,064 loops, Σ C(8, k)(k − 1)!.
EIGHT = "ABCDEFGH"


def digest(words: Iterable[object]) -> str:
    return hashlib.sha256("\n".join(map(str, words)).encode()).hexdigest()[:16]


def answers(m: lm.SystemMap) -> dict[str, Any]:
    counts, seen = lm.count_loops(m), lm.participation(m)
    every = lm.find_loops(m, at_most=None)
    tables = [loop.id for table in lm.loop_tables(m) for loop in table]
    short = lm.find_loops(m, max_length=5, at_most=None)
    assert len(every) == len(tables) == counts.total, "listing and counting disagree"
    assert tuple(every[:50]) == tuple(lm.find_loops(m, at_most=50)), "the shortest differ"
    assert sorted(tables) == sorted(loop.id for loop in every), "the tables hold other loops"
    drawn = {loop.id for loop in lm.sample_loops(m, 20, seed=1)}  # compiled: others
    assert drawn <= set(tables), "a loop was drawn that is none"
    return {
        "map": m.title or repr(m),
        "total": counts.total,
        "by kind and length": {n: list(kinds) for n, kinds in counts},
        "through links": digest(f"{k.key} {tuple(kinds)}" for k, kinds in seen.links.items()),
        "loops": digest(f"{loop.label} {loop.id}" for loop in every),
        "up to 5 links": digest(loop.id for loop in short),
        "story": [loop.label for loop in lm.story_loops(m)],
    }


def main() -> str:
    started = time.perf_counter()
    maps = [
        lm.example("mash"),
        random_map(1, variables=12, links=44),
        random_map(5, variables=40, links=80),
        lm.SystemMap(links=[(u, v, "+-"[u < v]) for u in EIGHT for v in EIGHT if u != v]),
    ]
    found = [answers(m) for m in maps]
    seconds = time.perf_counter() - started
    numpy = "with" if "numpy" in sys.modules else "without"
    print(
        f"Python {platform.python_version()} on {sys.platform}, {kernel_in_use()} loop engine, "
        f"{numpy} numpy: {sum(f['total'] for f in found):,} loops in {seconds:.2f} s",
        file=sys.stderr,
    )
    return json.dumps(found, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    print(main())
