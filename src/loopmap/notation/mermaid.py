"""A pasted Mermaid flowchart as the notation: its nodes' labels, its arrows and their signs.

https://mermaid.js.org/syntax/flowchart.html: ``flowchart LR``, ``A[Label] -->|+| B``,
``A -- increases --> B & C``, ``%%`` comments; looks (``style``, ``classDef``) are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loopmap.notation.quoting import quoted
from loopmap.signs import sign_of, sign_of_degree

__all__ = ["MARKS", "is_it", "lines"]

#: One of these stands in every such text.
MARKS = ("flowchart", "graph")

_START = re.compile(r"\s*(?:flowchart|graph)(?:-elk)?(?:\s+(?:TB|TD|BT|RL|LR))?\s*;?\s*$")
_FENCE = re.compile(r"\s*(?:```|~~~|:::)")
_LEFT_OUT = re.compile(
    r"\s*(?:%%|style\b|classDef\b|class\b|linkStyle\b|click\b|subgraph\b|end\b|direction\b|accTitle"
    r"|accDescr|---\s*$|$)"
)
_SHAPES = (("([", "])"), ("[[", "]]"), ("[(", ")]"), ("((", "))"), ("{{", "}}"), ("[/", "/]"),
           ("[", "]"), ("(", ")"), ("{", "}"), (">", "]"))  # fmt: skip
_ID = re.compile(r"\s*([^\s\[\](){}<>&;|-]+(?:-[^\s\[\](){}<>&;|-]+)*)")
_LINK = re.compile(
    r"\s*(?P<back><)?(?:--+|==+|-\.+)"
    r"(?:\s*(?P<among>[^|>-][^|>]*?)\s*(?:--+|==+|\.+-))?(?P<head>[>xo]?)"
    r"(?:\s*\|\s*(?P<label>[^|]*?)\s*\|)?\s*"
)

Row = tuple[int, str, str, tuple[str, str] | None]
_TOLD = "a Mermaid flowchart is read: nodes by their labels, signs from its edges"


def is_it(rows: Sequence[str]) -> bool:
    """Whether the first line that says something starts a flowchart."""
    for row in rows:
        if row.strip() and not _FENCE.match(row) and not row.strip().startswith("%%"):
            return bool(_START.match(row))
    return False


def lines(rows: Sequence[str]) -> Iterator[Row]:
    """A line for each edge; nodes are called by their labels."""
    read = [(number, _edges(row)) for number, row in enumerate(rows, 1) if not _skipped(row)]
    labels: dict[str, str] = {}
    for _, found in read:
        for name, label in found[0] if found else ():
            if label:
                labels[name] = label
    told = _TOLD
    linked: set[str] = set()
    for number, found in read:
        if found is None:
            what = "this line of a Mermaid flowchart cannot be read"
            yield number, rows[number - 1], "", (what, "write: Cause -> Effect : +")
            continue
        nodes, edges = found
        for source, target, sign, text in edges:
            ends = [quoted(labels.get(name, name)) for name in (source, target)]
            linked |= {source, target}
            note = f" [note={quoted(text)}]" if text else ""
            yield number, f"{' -> '.join(ends)} : {sign}{note}", told, None
            told = ""
        for name, _ in nodes if not edges else ():
            if name not in linked:
                yield number, quoted(labels.get(name, name)), told, None


def _skipped(row: str) -> bool:
    return bool(_LEFT_OUT.match(row) or _START.match(row) or _FENCE.match(row))


Nodes = list[tuple[str, str]]
Edges = list[tuple[str, str, str, str]]


def _edges(row: str) -> tuple[Nodes, Edges] | None:
    """The nodes of a line, and its edges with their signs and other words on them."""
    nodes: Nodes = []
    edges: Edges = []
    position, before, edge = 0, [], None
    row = row.rstrip().rstrip(";")
    while True:
        group: list[str] = []
        while True:
            node = _node(row, position)
            if node is None:
                return None
            name, label, position = node
            nodes.append((name, label))
            group.append(name)
            if row[position:].lstrip()[:1] != "&":
                break
            position = row.index("&", position) + 1
        if edge is not None:
            sign, text, back = edge
            for a in before:
                for b in group:
                    edges.append((a, b, sign, text))
                    if back:
                        edges.append((b, a, sign, text))
        if not row[position:].strip():
            return nodes, edges
        match = _LINK.match(row, position)
        if match is None or not match["head"]:
            return None
        said = (match["among"] or match["label"] or "").strip().strip('"')
        meant = sign_of(said, in_texts=True) if said else None
        note = "" if meant else said
        edge = (meant or sign_of_degree(said) or "?", note, bool(match["back"]))
        before, position = group, match.end()


def _node(row: str, position: int) -> tuple[str, str, int] | None:
    match = _ID.match(row, position)
    if match is None:
        return None
    position = match.end()
    for left, right in _SHAPES:
        if row.startswith(left, position):
            end = row.find(right, position + len(left))
            if end < 0:
                return None
            inside = row[position + len(left) : end].strip()
            label = re.sub(r"<br\s*/?>", " ", inside.strip('"`'))
            position = end + len(right)
            break
    else:
        label = ""
    style = re.compile(r":::\w+").match(row, position)
    return match[1], " ".join(label.split()), style.end() if style else position
