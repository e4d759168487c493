"""Find, count, choose and name feedback loops."""

from loopmap.loops.loop import KIND_WORDS, Loop, Loops, loop_kind

__all__ = ["KIND_WORDS", "Loop", "Loops", "loop_kind"]
