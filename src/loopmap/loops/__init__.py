"""Find, count, choose and name feedback loops."""

from loopmap.loops.find import find_loops
from loopmap.loops.loop import KIND_WORDS, Loop, Loops, loop_kind
from loopmap.loops.named import NamedLoopFinding, check_named_loops

__all__ = [
    "KIND_WORDS",
    "Loop",
    "Loops",
    "NamedLoopFinding",
    "check_named_loops",
    "find_loops",
    "loop_kind",
]
