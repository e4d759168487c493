"""A test bench for loop finders: maps whose loops are known, and a fair way to run finders.

``loopmap bench list`` shows the cases and finders, ``loopmap bench run`` scores finders on cases,
each in a process of its own. :func:`planted_map` makes maps with known loops.
"""

from loopmap.bench.cases import CASES, Case
from loopmap.bench.finders import FINDERS, find_finder
from loopmap.bench.planted import Planted, planted_map
from loopmap.bench.run import run_bench, run_case
from loopmap.bench.score import Score, judge

__all__ = [
    "CASES",
    "FINDERS",
    "Case",
    "Planted",
    "Score",
    "find_finder",
    "judge",
    "planted_map",
    "run_bench",
    "run_case",
]
