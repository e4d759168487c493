"""Answers to questions about a map, one file per question. Each says where its method is from."""

from loopmap.analysis.boundaries import Boundary, boundary
from loopmap.analysis.changes import Change
from loopmap.analysis.decisive import most_decisive
from loopmap.analysis.differences import Diff, diff
from loopmap.analysis.distances import Distance, distance
from loopmap.analysis.ranking import RANKINGS, RankedLoop, RankedLoops, rank_loops
from loopmap.analysis.robustness import Robustness, on_evidence, robustness
from loopmap.analysis.sharing import SharedLoop, SharedLoops, shared_loops
from loopmap.analysis.telling import compare_in_words

__all__ = [
    "RANKINGS",
    "Boundary",
    "Change",
    "Diff",
    "Distance",
    "RankedLoop",
    "RankedLoops",
    "Robustness",
    "SharedLoop",
    "SharedLoops",
    "boundary",
    "compare_in_words",
    "diff",
    "distance",
    "most_decisive",
    "on_evidence",
    "rank_loops",
    "robustness",
    "shared_loops",
]
