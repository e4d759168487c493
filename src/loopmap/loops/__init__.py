"""Find, count, choose and name feedback loops."""

from loopmap.loops.chosen import ChosenLoops
from loopmap.loops.find import find_loops
from loopmap.loops.loop import KIND_WORDS, Loop, Loops, loop_kind
from loopmap.loops.named import NamedLoopFinding, check_named_loops
from loopmap.loops.story import independent_loops, story_loops

__all__ = [
    "KIND_WORDS",
    "ChosenLoops",
    "Loop",
    "Loops",
    "NamedLoopFinding",
    "check_named_loops",
    "find_loops",
    "independent_loops",
    "loop_kind",
    "story_loops",
]
