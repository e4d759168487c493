"""From a map and its layout to marks: what every picture, page and widget is made of."""

from loopmap.scene.badge_loops import choose_loops
from loopmap.scene.build import Options, build_scene
from loopmap.scene.emphasis import EVERYTHING, Emphasis, Highlight, emphasise
from loopmap.scene.marks import Area, Group, Mark, Path, Scene, Text, walk
from loopmap.scene.overlays.by_perspective import perspective_overrides
from loopmap.scene.overlays.overrides import NO_OVERRIDES, Overrides
from loopmap.scene.parts.regions import Regions
from loopmap.scene.sheet.panels import Panel, build_panels
from loopmap.scene.sheet.paper import PAPERS, Paper, paper_of, type_size, warn_if_small
from loopmap.scene.style import DARK, MONO, PRINT, SCREEN, STYLES, WALL, Style, style_of

__all__ = [
    "DARK",
    "EVERYTHING",
    "MONO",
    "NO_OVERRIDES",
    "PAPERS",
    "PRINT",
    "SCREEN",
    "STYLES",
    "WALL",
    "Area",
    "Emphasis",
    "Group",
    "Highlight",
    "Mark",
    "Options",
    "Overrides",
    "Panel",
    "Paper",
    "Path",
    "Regions",
    "Scene",
    "Style",
    "Text",
    "build_panels",
    "build_scene",
    "choose_loops",
    "emphasise",
    "paper_of",
    "perspective_overrides",
    "style_of",
    "type_size",
    "walk",
    "warn_if_small",
]
