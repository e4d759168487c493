"""Lines to entries: a statement with the ``by`` or ``story`` lines that stand under it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from loopmap.notation.grammar import ByLine, LinkLine, LoopLine, Statement, StoryLine
from loopmap.notation.report import Report
from loopmap.notation.scanning import Trouble
from loopmap.notation.statements import Line

__all__ = ["Entry", "entries"]


@dataclass(slots=True)
class Entry:
    """One statement and what stands under it."""

    line: Line
    statement: Statement
    claims: list[tuple[Line, ByLine]] = field(default_factory=list)
    story: list[str] = field(default_factory=list)


def entries(lines: Iterable[Line], report: Report) -> list[Entry]:
    """Group the lines of a text; what cannot be read is reported and left out."""
    found: list[Entry] = []
    above: Entry | None = None
    above_is_broken = False
    for line in lines:
        if line.trouble:
            report.trouble(line, line.trouble)
            # A 'by' line that cannot be read leaves its link as it is.
            above_is_broken = above_is_broken or line.is_main
        elif isinstance(line.statement, ByLine | StoryLine):
            if not above_is_broken:
                _put_under(above, line, line.statement, report)
        elif line.statement:
            above, above_is_broken = Entry(line, line.statement), False
            found.append(above)
    return found


def _put_under(above: Entry | None, line: Line, under: ByLine | StoryLine, report: Report) -> None:
    statement = above.statement if above else None
    if above and isinstance(under, StoryLine) and isinstance(statement, LoopLine):
        above.story.append(under.text)
    elif above and isinstance(under, ByLine) and isinstance(statement, LinkLine):
        if len(statement.names) == 2 and not above.line.shares:
            above.claims.append((line, under))
        else:
            chain = "several links" if above.line.shares else "a chain"
            what = f"a 'by' line under {chain} does not say which link it is about"
            remedy = "write the links singly, each with its own 'by' lines"
            _refuse(report, line, what, remedy, "by")
    elif isinstance(under, StoryLine):
        remedy = 'write it, indented, under: loop R "name": A, B, C'
        _refuse(report, line, "a story stands under a loop", remedy, "story")
    else:
        remedy = "write it, indented, under: Cause -> Effect"
        _refuse(report, line, "a 'by' line stands under a link", remedy, "by")


def _refuse(report: Report, line: Line, what: str, remedy: str, rule: str) -> None:
    column = len(line.text) - len(line.text.lstrip())
    report.trouble(line, Trouble(column, what, remedy, rule))
