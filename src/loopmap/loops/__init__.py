"""Find, count, choose and name feedback loops."""

from loopmap.loops.chosen import ChosenLoops
from loopmap.loops.count import LoopCounts, Participation, count_loops, participation
from loopmap.loops.find import find_loops
from loopmap.loops.loop import KIND_WORDS, Loop, Loops, loop_kind
from loopmap.loops.named import NamedLoopFinding, check_named_loops
from loopmap.loops.sample import sample_loops
from loopmap.loops.story import independent_loops, story_loops
from loopmap.loops.structure import Kinds

__all__ = [
    "KIND_WORDS",
    "ChosenLoops",
    "Kinds",
    "Loop",
    "LoopCounts",
    "Loops",
    "NamedLoopFinding",
    "Participation",
    "check_named_loops",
    "count_loops",
    "find_loops",
    "independent_loops",
    "loop_kind",
    "participation",
    "sample_loops",
    "story_loops",
]
