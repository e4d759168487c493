"""What chats and word processors put round a link: bold type, table rows, the label of a loop."""

from __future__ import annotations

import re

from loopmap.notation.arrows import HEADS, read_chain
from loopmap.notation.grammar import VERBS
from loopmap.notation.quoting import quoted
from loopmap.notation.scanning import Trouble
from loopmap.signs import sign_of, sign_of_degree

__all__ = ["loop_description", "plainly", "row_of_table"]

_EMPHASIS = re.compile(
    r"\*\*(?=\S)([^*]+)(?<=\S)\*\*|(?<![\w_])__(?=\S)([^_]+)(?<=\S)__(?![\w_])"
    r"|(?<![\w*])\*(?=[^\s*])([^*]+)(?<=\S)\*(?![\w*])|(?<![\w_])_(?=[^\s_])([^_]+)(?<=\S)_(?![\w_])"
    r"|`([^`]+)`"
)
_QUOTE = re.compile(r"^(\s*)(?:>[ \t]+)+(?=\S)")
_EMOJI = re.compile(rf"(?<=[{HEADS}])[\ufe0e\ufe0f]")
_NOTE = re.compile(
    r"(.*\S)\s*[(\[]\s*([^()\[\]]{1,20}?)\s*[)\]]\s*(?::|\s[–—-])\s+([^\s\[\]#][^\[\]#]*)$"
)
_LOOP = re.compile(
    r"\s*(?:(?:reinforcing|balancing)\s+)?(?:loop\s+)?([RB])\d{1,3}(?![\w.])\s*"
    rf"(?:[-–—(:,]?\s*(?P<name>[^:\->()\[\]{HEADS}]{{1,60}}?)\)?)?\s*:\s+(?P<path>\S.*)",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?<!\S)(?:\[(?!\s*[+−–—±?-]\s*\])|\#(?!\S))")
_ARROW = re.compile(rf"[-=~–—.]>|[{HEADS}]")
#: Longer lines are not looked at: nobody pasted them from a page.
_LONGEST = 2_000
_RULE = re.compile(r"[|:\s-]*-{3}[|:\s-]*")
_HEADERS = {"from", "cause", "source", "driver", "variable 1", "start"}
_VERB = re.compile(rf"\s(?:{'|'.join(VERBS)})\s")


def plainly(row: str) -> tuple[str, list[str]]:
    """A line with an arrow without what makes its names bold, and what was undone."""
    told: list[str] = []
    if len(row) > _LONGEST:
        return row, told
    tail = _TAIL.search(row)
    plain, rest = (row, "") if tail is None else (row[: tail.start()], row[tail.start() :])
    plain = _EMOJI.sub("", plain)
    for pattern, kept, what in (
        (_QUOTE, r"\1", "its quotation bar is left out"),
        (_EMPHASIS, r"\1\2\3\4\5", "what makes it bold or italic is left out"),
    ):
        made = pattern.sub(kept, plain)
        if made != plain:
            plain = made
            told.append(what)
    noted = _NOTE.match(plain)
    if (
        noted
        and not _ARROW.search(noted[3])
        and (sign_of(noted[2], in_texts=True) or sign_of_degree(noted[2]))
    ):
        plain = f"{noted[1]} : {noted[2]} [note={quoted(noted[3].strip())}]"
        told.append("what follows its sign is kept as a note")
    return plain + rest, told


def loop_description(row: str) -> tuple[list[str], str] | None:
    """``R1 (Burnout): A → B → A`` as its links, and as a named loop if it closes."""
    found = _LOOP.match(row) if len(row) < _LONGEST else None
    try:
        chain = read_chain(found["path"]) if found else None
    except Trouble:
        return None
    if found is None or chain is None:
        return None
    name = (found["name"] or "").strip(" -–—,")
    names = [step.strip() for step in chain.names]
    if len(names) < 3 or names[0] != names[-1] or not name:
        return [found["path"]], "the label of the loop is left out"
    path = ", ".join(quoted(n) if re.search(r'[",:;\[\]|]', n) else n for n in names[:-1])
    kind = found[1].upper()
    return [found["path"], f"loop {kind} {quoted(name)}: {path}"], "a loop is read as its links"


def row_of_table(row: str) -> str | None:
    """The link that a row of a pasted table is; empty for its head and rules, ``None`` for no row.

    Raises
    ------
    Trouble
        If it is a row, and does not say which link.
    """
    text = row.strip()
    if text.startswith("|") and text.endswith("|") and text.count("|") > 2:
        cells = [cell.strip() for cell in text[1:-1].split("|")]
    elif "\t" in text and "[" not in text and "#" not in text and not _VERB.search(text):
        cells = [cell.strip() for cell in text.split("\t")]
    else:
        return None
    if _RULE.fullmatch(text) or (len(cells) > 2 and cells[0].casefold() in _HEADERS):
        return ""
    cells = [_EMPHASIS.sub(r"\1\2\3\4\5", cell) for cell in cells]
    if len(cells) == 3 and all(cells):
        sign = sign_of(cells[2], in_texts=True) or (cells[2] if sign_of_degree(cells[2]) else "")
        if sign:
            ends = (quoted(c) if re.search(r'[",:;\[\]|]', c) else c for c in cells[:2])
            return f"{' -> '.join(ends)} : {sign}"
    what = "this line is a row of a table, and says no link: a cause, an effect and its sign"
    remedy = (
        "write: Cause -> Effect : +; or save the whole table as .tsv or .csv and read that file"
    )
    raise Trouble(0, what, remedy, "table")
