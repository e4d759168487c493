"""Causal-loop systems mapping: hold who says what drives what, find the loops, draw the map.

The public names are imported when they are first used, so that ``import loopmap`` costs nothing.

Examples
--------
>>> import loopmap as lm
>>> m = lm.SystemMap(links=[("Backlog", "Stress", "+"), ("Stress", "Backlog", "+")])
>>> m
<SystemMap: 2 variables, 2 links>
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0.dev0"

#: Public name -> the module it lives in. One line a name, sorted, so that changes meet rarely.
_PUBLIC = {
    "ChosenLoops": "loopmap.loops",
    "Claim": "loopmap.model",
    "DARK": "loopmap.scene",
    "Drawing": "loopmap.drawing",
    "Element": "loopmap.model",
    "FORMATS": "loopmap.formats",
    "FileError": "loopmap.errors",
    "InvalidMapError": "loopmap.errors",
    "InvalidOptionError": "loopmap.errors",
    "Kinds": "loopmap.loops",
    "LINK_KINDS": "loopmap.model",
    "Layout": "loopmap.layout",
    "Link": "loopmap.model",
    "Loop": "loopmap.loops",
    "LoopChanges": "loopmap.loops",
    "LoopCounts": "loopmap.loops",
    "LoopTable": "loopmap.loops",
    "LoopmapError": "loopmap.errors",
    "Loops": "loopmap.loops",
    "LossWarning": "loopmap.errors",
    "MONO": "loopmap.scene",
    "MapSyntaxError": "loopmap.errors",
    "MissingExtraError": "loopmap.errors",
    "NamedLoop": "loopmap.model",
    "NamedLoopFinding": "loopmap.loops",
    "PRINT": "loopmap.scene",
    "Participation": "loopmap.loops",
    "Polarity": "loopmap.polarity",
    "Problem": "loopmap.errors",
    "Reading": "loopmap.model",
    "SCREEN": "loopmap.scene",
    "Style": "loopmap.scene",
    "SystemMap": "loopmap.model",
    "TooLargeError": "loopmap.errors",
    "UnknownFormatError": "loopmap.errors",
    "UnknownNameError": "loopmap.errors",
    "WALL": "loopmap.scene",
    "boundary": "loopmap.analysis",
    "check": "loopmap.checks",
    "check_named_loops": "loopmap.loops",
    "check_quotes": "loopmap.checks.quotes",
    "compare": "loopmap.perspectives",
    "compare_in_words": "loopmap.analysis",
    "consensus": "loopmap.perspectives",
    "count_loops": "loopmap.loops",
    "diff": "loopmap.analysis",
    "distance": "loopmap.analysis",
    "draw": "loopmap.display",
    "draw_before_after": "loopmap.views",
    "draw_diff": "loopmap.views",
    "draw_loops": "loopmap.views",
    "draw_panels": "loopmap.views",
    "draw_places": "loopmap.gazetteer",
    "example": "loopmap.example_maps",
    "examples": "loopmap.example_maps",
    "find_loops": "loopmap.loops",
    "fmt": "loopmap.notation",
    "from_frame": "loopmap.interop",
    "from_matrix": "loopmap.formats.matrices",
    "from_networkx": "loopmap.interop",
    "independent_loops": "loopmap.loops",
    "likely_same": "loopmap.perspectives",
    "loop_changes": "loopmap.loops",
    "loop_tables": "loopmap.loops",
    "merge": "loopmap.perspectives",
    "most_decisive": "loopmap.analysis",
    "on_evidence": "loopmap.analysis",
    "parse": "loopmap.notation",
    "participation": "loopmap.loops",
    "places": "loopmap.gazetteer",
    "rank_loops": "loopmap.analysis",
    "read": "loopmap.formats",
    "reading": "loopmap.formats",
    "robustness": "loopmap.analysis",
    "sample_loops": "loopmap.loops",
    "shared_loops": "loopmap.analysis",
    "story_loops": "loopmap.loops",
    "to_frame": "loopmap.interop",
    "to_networkx": "loopmap.interop",
    "widget": "loopmap.notebook",
    "write": "loopmap.formats",
}

__all__ = sorted([*_PUBLIC, "__version__"])

if TYPE_CHECKING:
    from loopmap.analysis import boundary as boundary
    from loopmap.analysis import compare_in_words as compare_in_words
    from loopmap.analysis import diff as diff
    from loopmap.analysis import distance as distance
    from loopmap.analysis import most_decisive as most_decisive
    from loopmap.analysis import on_evidence as on_evidence
    from loopmap.analysis import rank_loops as rank_loops
    from loopmap.analysis import robustness as robustness
    from loopmap.analysis import shared_loops as shared_loops
    from loopmap.checks import check as check
    from loopmap.checks.quotes import check_quotes as check_quotes
    from loopmap.display import draw as draw
    from loopmap.drawing import Drawing as Drawing
    from loopmap.errors import FileError as FileError
    from loopmap.errors import InvalidMapError as InvalidMapError
    from loopmap.errors import InvalidOptionError as InvalidOptionError
    from loopmap.errors import LoopmapError as LoopmapError
    from loopmap.errors import LossWarning as LossWarning
    from loopmap.errors import MapSyntaxError as MapSyntaxError
    from loopmap.errors import MissingExtraError as MissingExtraError
    from loopmap.errors import Problem as Problem
    from loopmap.errors import TooLargeError as TooLargeError
    from loopmap.errors import UnknownFormatError as UnknownFormatError
    from loopmap.errors import UnknownNameError as UnknownNameError
    from loopmap.example_maps import example as example
    from loopmap.example_maps import examples as examples
    from loopmap.formats import FORMATS as FORMATS
    from loopmap.formats import read as read
    from loopmap.formats import reading as reading
    from loopmap.formats import write as write
    from loopmap.formats.matrices import from_matrix as from_matrix
    from loopmap.gazetteer import draw_places as draw_places
    from loopmap.gazetteer import places as places
    from loopmap.interop import from_frame as from_frame
    from loopmap.interop import from_networkx as from_networkx
    from loopmap.interop import to_frame as to_frame
    from loopmap.interop import to_networkx as to_networkx
    from loopmap.layout import Layout as Layout
    from loopmap.loops import ChosenLoops as ChosenLoops
    from loopmap.loops import Kinds as Kinds
    from loopmap.loops import Loop as Loop
    from loopmap.loops import LoopChanges as LoopChanges
    from loopmap.loops import LoopCounts as LoopCounts
    from loopmap.loops import Loops as Loops
    from loopmap.loops import LoopTable as LoopTable
    from loopmap.loops import NamedLoopFinding as NamedLoopFinding
    from loopmap.loops import Participation as Participation
    from loopmap.loops import check_named_loops as check_named_loops
    from loopmap.loops import count_loops as count_loops
    from loopmap.loops import find_loops as find_loops
    from loopmap.loops import independent_loops as independent_loops
    from loopmap.loops import loop_changes as loop_changes
    from loopmap.loops import loop_tables as loop_tables
    from loopmap.loops import participation as participation
    from loopmap.loops import sample_loops as sample_loops
    from loopmap.loops import story_loops as story_loops
    from loopmap.model import LINK_KINDS as LINK_KINDS
    from loopmap.model import Claim as Claim
    from loopmap.model import Element as Element
    from loopmap.model import Link as Link
    from loopmap.model import NamedLoop as NamedLoop
    from loopmap.model import Reading as Reading
    from loopmap.model import SystemMap as SystemMap
    from loopmap.notation import fmt as fmt
    from loopmap.notation import parse as parse
    from loopmap.notebook import widget as widget
    from loopmap.perspectives import compare as compare
    from loopmap.perspectives import consensus as consensus
    from loopmap.perspectives import likely_same as likely_same
    from loopmap.perspectives import merge as merge
    from loopmap.polarity import Polarity as Polarity
    from loopmap.scene import DARK as DARK
    from loopmap.scene import MONO as MONO
    from loopmap.scene import PRINT as PRINT
    from loopmap.scene import SCREEN as SCREEN
    from loopmap.scene import WALL as WALL
    from loopmap.scene import Style as Style
    from loopmap.views import draw_before_after as draw_before_after
    from loopmap.views import draw_diff as draw_diff
    from loopmap.views import draw_loops as draw_loops
    from loopmap.views import draw_panels as draw_panels


if not TYPE_CHECKING:  # a type checker would believe that every name is there

    def __getattr__(name: str) -> Any:
        """Import a public name when it is first asked for (PEP 562)."""
        if name not in _PUBLIC:
            raise AttributeError(f"module 'loopmap' has no attribute {name!r}")
        from importlib import import_module

        value = getattr(import_module(_PUBLIC[name]), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return __all__
