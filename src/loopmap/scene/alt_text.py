"""The sentences that tell a map to people who do not see it, and the ids of its parts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from loopmap.loops import KIND_WORDS, Loop
from loopmap.model import SystemMap
from loopmap.phrases import counted
from loopmap.words import VERBS, via

__all__ = ["ident", "loop_sentence", "map_sentence"]

_TOLD = 12  # loops told in words before the rest is only counted


def ident(*parts: str) -> str:
    """A short id made from names: the same on every machine, safe in any attribute."""
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=4).hexdigest()


def loop_sentence(loop: Loop) -> str:
    """``R1 The blame spiral, reinforcing: Blame reduces Trust, which …``."""
    title = " ".join(filter(None, [loop.label, loop.name])) or loop.kind
    steps = [f"{VERBS[link.polarity]} {link.target}{via(link)}" for link in loop.links]
    return f"{title}, {KIND_WORDS[loop.kind]}: {loop.path[0]} {', which '.join(steps)}"


def map_sentence(m: SystemMap, loops: Sequence[Loop], total: int | None) -> str:
    """What the map shows, with its loops in words."""
    told = [
        "Causal-loop map: "
        f"{counted(len(m.variables), 'variable')}, {counted(len(m.causal_links), 'link')}"
        + (f", {counted(total, 'feedback loop')}." if total is not None else ".")
    ]
    if m.about:
        told.append(m.about if m.about.endswith((".", "!", "?")) else m.about + ".")
    if loops:
        told.append("Loops marked on it: ")
        told.append("; ".join(loop_sentence(loop) for loop in loops[:_TOLD]) + ".")
        if len(loops) > _TOLD:
            told.append(f"And {len(loops) - _TOLD} more.")
    return " ".join(told)
