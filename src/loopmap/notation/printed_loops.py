"""What ``loopmap loops`` prints, pasted back: every loop's links, once each, and its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loopmap.notation.arrows import read_chain
from loopmap.notation.quoting import ROUTE, mask, quoted
from loopmap.notation.scanning import Trouble

__all__ = ["MARKS", "is_it", "lines"]

#: One of these stands in every such text.
MARKS = ("> (", "feedback loop")

_LABEL = re.compile(r"([RBU])\*?\d+(?:\s{2,}|\s+(?=\S))(?P<rest>\S.*)")
_SUMMARY = re.compile(r"\d[\d,]* feedback loops?(?::.*|\.|$)|No feedback loops\.")
_STEP = re.compile(r"-(?://)?> \([+−±?](?:\)| via )")

#: Number of the line, the line as the notation has it, what is told, what is wrong with it.
Row = tuple[int, str, str, tuple[str, str] | None]


def is_it(rows: Sequence[str]) -> bool:
    """Whether there are loops as they are printed: a label and arrows with their signs."""
    return any(_LABEL.match(row) and _STEP.search(row) for row in rows) or any(
        _SUMMARY.match(row) for row in rows
    )


def lines(rows: Sequence[str]) -> Iterator[Row]:
    """Every link once, in the order of the loops, and a line for each loop with a name."""
    said: set[str] = set()
    for number, kind, name, text in _loops(rows):
        if not kind:
            yield number, text, "", None
            continue
        plain, back = mask(text, ROUTE)
        try:
            chain = read_chain(plain)
        except Trouble as trouble:
            yield number, text, "", (trouble.what, trouble.remedy)
            continue
        if chain is None:
            yield number, text, "", None
            continue
        names = [_safe(step) for step in chain.names]
        for k in range(len(chain.signs)):
            link = back(chain.line(names[k : k + 2], k))
            if link not in said:
                said.add(link)
                yield number, link, "a printed loop is read as its links", None
        if name:
            path = ", ".join(names[:-1])
            claimed = f" {kind}" if kind in "RB" else ""
            yield number, f"loop{claimed} {quoted(name)}: {path}", "its name is kept", None


def _loops(rows: Sequence[str]) -> Iterator[tuple[int, str, str, str]]:
    """Line, kind, name and steps of each loop; other lines without a kind."""
    open_: tuple[int, str, str, str] | None = None
    titled = False
    for number, row in enumerate(rows, 1):
        label = _LABEL.match(row)
        if label:
            if open_:
                yield open_
            rest = label["rest"].strip()
            steps = bool(_STEP.search(rest))
            open_ = (number, label[1], "" if steps else rest, rest if steps else "")
        elif open_ and row[:1].isspace() and row.strip():
            open_ = (*open_[:3], f"{open_[3]} {row.strip()}".strip())
        else:
            if open_ and row.strip():
                yield open_
                open_ = None
            if _SUMMARY.match(row) or not row.strip():
                continue
            is_title = not titled and number + 1 < len(rows) and _SUMMARY.match(rows[number])
            titled = titled or bool(is_title)
            yield number, "", "", f"title: {row.strip()}" if is_title else row
    if open_:
        yield open_


def _safe(name: str) -> str:
    name = name.strip()
    return quoted(name) if re.search(r'[",:;\[\]|]', name) else name
