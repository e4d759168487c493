"""Whose map is it: merging, agreement, consensus. Layer 2.0: it knows links, not loops."""

from loopmap.perspectives.agreement import Agreement, agreement, compare, voice_labels, voices
from loopmap.perspectives.consensus import consensus
from loopmap.perspectives.merging import merge
from loopmap.perspectives.same_names import likely_same

__all__ = [
    "Agreement",
    "agreement",
    "compare",
    "consensus",
    "likely_same",
    "merge",
    "voice_labels",
    "voices",
]
