"""``.dot``: the map for Graphviz, without positions (pictures: ``loopmap draw -o x.dot``)."""

from __future__ import annotations

from collections.abc import Iterator

from loopmap.formats.format import Format
from loopmap.model import ARROW, Element, Link, SystemMap
from loopmap.polarity import Polarity
from loopmap.quoting import dot, dot_ids

__all__ = ["FORMAT"]

_SHAPES = {"stock": "box", "flow": "cds", "stakeholder": "octagon"}


def _dump(m: SystemMap) -> bytes:
    ids = dot_ids(m.names)
    lines = ["digraph {"]
    if m.title:
        lines.append(f"  label={dot(m.title)};")
        lines.append('  labelloc="t";')
    lines += [f"  {_node(element, ids[element.name])};" for element in m.elements]
    lines += [f"  {_edge(link, ids)};" for link in m.links]
    return ("\n".join([*lines, "}"]) + "\n").encode()


def _node(element: Element, made: str) -> str:
    attributes = [f"label={dot(element.name)}"]
    attributes.append(f"shape={_SHAPES.get(element.kind, 'plaintext')}")
    if element.kind != "variable":
        attributes.append(f"kind={element.kind}")
    return f"{made} [{', '.join(attributes)}]"


def _edge(link: Link, ids: dict[str, str]) -> str:
    ends = f"{ids[link.source]} -> {ids[link.target]}"
    return f"{ends} [{', '.join(_said(link))}]"


def _said(link: Link) -> Iterator[str]:
    shown = [*([str(link.polarity)] if link.polarity else []), *(["//"] if link.delayed else [])]
    if shown:
        yield f'label="{" ".join(shown)}"'
    if link.polarity is not Polarity.UNKNOWN:
        yield f"polarity={link.polarity.word}"
    if link.delayed:
        yield "delayed=true"
    if link.strength is not None:
        yield f'strength="{link.strength!r}"'
    if link.kind != ARROW:
        yield f"kind={link.kind}"
    if not link.is_causal:
        yield "style=dashed"
    if link.route:
        yield f"route={dot(link.route)}"


FORMAT = Format(
    name="dot",
    suffixes=(".dot", ".gv"),
    load=None,
    dump=_dump,
    keeps=frozenset(
        {"title", "stakeholders", "routes", "strength", "delayed", "kinds", "lonely"}
    ),
    about="The map for Graphviz; `loopmap draw -o x.dot` writes the picture with its places.",
)  # fmt: skip
