"""Find, count, choose and name feedback loops."""

from loopmap.loops.changes import LoopChanges, loop_changes
from loopmap.loops.choosing.chosen_loops import ChosenLoops
from loopmap.loops.choosing.independent import independent_loops
from loopmap.loops.choosing.story import story_loops
from loopmap.loops.count import LoopCounts, Participation, count_loops, participation
from loopmap.loops.counting.loop_sums import Kinds
from loopmap.loops.find import find_loops, loop_tables
from loopmap.loops.found import Loops
from loopmap.loops.kernel import kernel_in_use
from loopmap.loops.loop import KIND_WORDS, Loop, loop_kind
from loopmap.loops.named import NamedLoopFinding, check_named_loops
from loopmap.loops.sample import sample_loops
from loopmap.loops.table import LoopTable

__all__ = [
    "KIND_WORDS",
    "ChosenLoops",
    "Kinds",
    "Loop",
    "LoopChanges",
    "LoopCounts",
    "LoopTable",
    "Loops",
    "NamedLoopFinding",
    "Participation",
    "check_named_loops",
    "count_loops",
    "find_loops",
    "independent_loops",
    "kernel_in_use",
    "loop_changes",
    "loop_kind",
    "loop_tables",
    "participation",
    "sample_loops",
    "story_loops",
]
