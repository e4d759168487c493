"""What loopmap holds: elements, links made of claims, named loops, and the map of them all."""

from loopmap.model.elements import ELEMENT_KINDS, QUANTITIES, Element
from loopmap.model.kinds import ARROW, LINK_KINDS, LinkKind, link_problem
from loopmap.model.links import EVIDENCE, Claim, Link, LinkKey
from loopmap.model.named_loops import NamedLoop
from loopmap.model.reading import Reading
from loopmap.model.system_map import SystemMap

__all__ = [
    "ARROW",
    "ELEMENT_KINDS",
    "EVIDENCE",
    "LINK_KINDS",
    "QUANTITIES",
    "Claim",
    "Element",
    "Link",
    "LinkKey",
    "LinkKind",
    "NamedLoop",
    "Reading",
    "SystemMap",
    "link_problem",
]
