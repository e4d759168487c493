"""What a networkx graph says of the parts of a map: plain attributes that every writer takes.

Texts, numbers and truth values only, and nothing where nothing was said. What they cannot say
(who claims what, quotes, named loops …) is in one text, the graph's attribute :data:`EXACT`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from loopmap.errors import LoopmapError
from loopmap.interop.cells import is_missing, read_delay, read_number, text_of
from loopmap.interop.json_parts import VERSION, PartReader, WrongPart, document_out
from loopmap.model import Element, Link, SystemMap

__all__ = [
    "EDGE_PARTS",
    "EXACT",
    "edge_attributes",
    "edge_key",
    "exact_map",
    "exact_text",
    "node_attributes",
    "route_of",
    "says",
    "texts_of",
]

#: The graph attribute that holds the whole map as JSON.
EXACT = "loopmap"
#: What an edge may say, beside the route that tells it from others.
EDGE_PARTS = ("sign", "delayed", "kind", "strength", "weight")

Scalar = str | bool | float


def node_attributes(element: Element) -> dict[str, Scalar]:
    """Give what a node says of an element."""
    texts = {"notes": "; ".join(element.notes), "tags": "; ".join(element.tags)}
    place = dict(zip("xy", element.position or (), strict=False))
    return {"kind": element.kind, **{k: text for k, text in texts.items() if text}, **place}


def edge_attributes(link: Link) -> dict[str, Scalar]:
    """Give what an edge says of a link; ``weight`` is the size of ``strength``, for algorithms."""
    said: dict[str, Scalar] = {
        "sign": link.polarity.sign,
        "delayed": link.delayed,
        "kind": link.kind,
    }
    if link.route:
        said["route"] = link.route
    if link.strength is not None:
        said.update(strength=link.strength, weight=abs(link.strength))
    return said


def edge_key(link: Link) -> str:
    """Give the key of an edge: its kind, with the route where it has one."""
    return f"{link.kind}: {link.route}" if link.route else link.kind


def route_of(key: str, kind: str) -> str:
    """Give the route that the key of an edge names.

    Examples
    --------
    >>> from loopmap.interop.graph_parts import route_of
    >>> [route_of(key, "causal") for key in ("causal", "causal: by bus", "by bus")]
    ['', 'by bus', 'by bus']
    """
    return "" if key == kind else key.removeprefix(f"{kind}: ")


def says(data: Mapping[Any, Any], expected: Mapping[str, Scalar], parts: Collection[str]) -> bool:
    """Whether the attributes of a node or an edge say of these parts what is expected.

    Files keep no types: ``1`` is true, ``"2"`` is 2.
    """
    return all(_same(data.get(part), expected.get(part)) for part in parts)


def _same(value: Any, expected: Scalar | None) -> bool:
    if expected is None:
        return is_missing(value)
    if value is expected:
        return True
    text = text_of(value)
    if isinstance(expected, bool):
        return text != "" and read_delay(text) is expected
    return read_number(text) == expected if isinstance(expected, float) else text == expected


def texts_of(value: Any, parted: str = "") -> tuple[str, ...]:
    """Give the texts in a list, or those of one text that are parted by this."""
    if isinstance(value, list | tuple | set | frozenset):
        return tuple(map(text_of, value))
    text = text_of(value)
    return tuple(part.strip() for part in text.split(parted)) if parted else (text,)


def exact_text(m: SystemMap) -> str:
    """Give a map as one line of ASCII, which every writer keeps."""
    return json.dumps(document_out(m), separators=(",", ":"), allow_nan=False)


def exact_map(text: Any) -> SystemMap | None:
    """Read what :func:`exact_text` gives; ``None`` if it is something else."""
    if not isinstance(text, str):
        return None
    try:
        document = json.loads(text)
        if document["format"] != "loopmap" or document["version"] != VERSION:
            return None
        return PartReader("graph", []).map_of(document)
    except (WrongPart, LoopmapError, KeyError, TypeError, ValueError, RecursionError):
        return None
