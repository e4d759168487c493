"""Link lines and the claims under them to links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from loopmap.errors import listed, shown
from loopmap.model import LINK_KINDS, Claim, Link, LinkKey, link_problem
from loopmap.notation.grammar import ByLine, LinkLine
from loopmap.notation.grouping import Entry
from loopmap.notation.report import Report
from loopmap.notation.scanning import Trouble
from loopmap.notation.statements import Line
from loopmap.options import LinkKindName
from loopmap.polarity import Polarity

__all__ = ["PlacedLink", "check_ends", "links_of"]


class PlacedLink(NamedTuple):
    """A link and the place in the text that says it."""

    link: Link
    line: Line
    column: int


def links_of(found: Iterable[Entry], report: Report) -> list[PlacedLink]:
    """Make the links of all entries, and report who says one twice or in contradiction."""
    placed = [
        link
        for entry in found
        if isinstance(entry.statement, LinkLine)
        for link in _links_of_entry(entry, entry.statement, report)
    ]
    _compare(placed, report)
    return placed


def _links_of_entry(entry: Entry, statement: LinkLine, report: Report) -> list[PlacedLink]:
    _tell_degree(entry.line, statement, statement.names[-1].column, report)
    given: dict[str, Any] = {a.field: a.value for a in statement.attributes}
    kind, route = given.pop("kind", statement.verb or "causal"), given.pop("route", "")
    curve = given.pop("curve", ())
    if statement.verb and kind != statement.verb:
        what = f"this link says both {statement.verb!r} and kind={kind}"
        remedy = "keep one of them"
        report.trouble(entry.line, Trouble(statement.names[1].column, what, remedy, "kind"))
        return []
    # With 'by' lines, a line that says nothing of its own makes no claim by the author.
    claims = [claim for line, by in entry.claims for claim in _claims(line, by, kind, report)]
    if statement.sign is not None or given or not entry.claims:
        _expect_sign(entry.line, statement, kind, report)
        claims.append(Claim(None, statement.sign, **given))
    placed = []
    for source, target in zip(statement.names, statement.names[1:], strict=False):
        ends = source.text, target.text

        def make(ends: tuple[str, str] = ends) -> Link:
            return Link(*ends, kind=kind, route=route, claims=claims, curve=curve)

        link = report.made(entry.line, source.column, make)
        if link is not None:
            placed.append(PlacedLink(link, entry.line, source.column))
    return placed


def _claims(line: Line, by: ByLine, kind: LinkKindName, report: Report) -> list[Claim]:
    _tell_degree(line, by, by.names[-1].column, report)
    given: dict[str, Any] = {a.field: a.value for a in by.attributes}
    people = [name.text for name in by.names]
    if by.quote and "quote" in given:
        what = "their words are given twice on this line"
        report.trouble(line, Trouble(by.names[0].column, what, "keep one quote", "quote"))
    if by.sign is None and LINK_KINDS[kind].signed:
        what = f"the claim by {listed(people)} has no sign; it is read as ? (not known)"
        report.say(line, by.names[0].column, what, "write: by Police: +", "unsigned")
    given.setdefault("quote", by.quote)
    return [Claim(who, by.sign, **given) for who in people]


def _tell_degree(line: Line, said: LinkLine | ByLine, column: int, report: Report) -> None:
    if said.degree:
        what = f"{shown(said.degree)} is read as {said.sign}, and kept as a note"
        remedy = "write how strong it is as a number, [strength=…], to count with it"
        report.say(line, column, what, remedy, "degree", severity="note")


def _expect_sign(line: Line, statement: LinkLine, kind: LinkKindName, report: Report) -> None:
    if statement.sign is not None or not LINK_KINDS[kind].signed:
        return
    source, target = statement.names[-2:]
    what = f"the link {_arrow(source.text, target.text)} has no sign; it is read as ? (not known)"
    remedy = "end the line with : + or : -"
    subject = (source.text, target.text)
    report.say(line, target.column, what, remedy, "unsigned", subject=subject)


def _arrow(source: str, target: str) -> str:
    return f"{shown(source)} -> {shown(target)}"


def _compare(placed: Iterable[PlacedLink], report: Report) -> None:
    """Report when one person says a link twice: again the same, or with another sign."""
    said: dict[tuple[LinkKey, str | None], dict[Claim, int]] = {}
    signs: dict[tuple[LinkKey, str | None], dict[Polarity, int]] = {}
    for link, line, column in placed:
        for claim in link.claims:
            who = link.key, claim.perspective
            earlier, signed = said.setdefault(who, {}), signs.setdefault(who, {})
            if claim in earlier:
                what = f"{_repeated(link, claim)} was said in line {earlier[claim]} already"
                report.say(line, column, what, "delete one of them", "twice", severity="note")
                continue
            for other, number in signed.items():
                if other != claim.polarity:
                    what = f"{_repeated(link, claim)} has another sign in line {number}"
                    what += f": {other} there, {claim.polarity} here"
                    remedy = "keep one, or tell two links apart with [route=…]"
                    subject = (link.source, link.target)
                    report.say(line, column, what, remedy, "contradiction", subject=subject)
                    break
            earlier[claim] = line.number
            signed.setdefault(claim.polarity, line.number)


def _repeated(link: Link, claim: Claim) -> str:
    who = "the author" if claim.perspective is None else shown(claim.perspective)
    return f"the link {_arrow(link.source, link.target)} by {who}"


def check_ends(placed: Iterable[PlacedLink], kinds: Mapping[str, str], report: Report) -> None:
    """Report every link that joins what its kind may not join."""
    for link, line, column in placed:
        source, target = link.source, link.target
        wrong = link_problem(link.kind, source, kinds[source], target, kinds[target])
        if wrong:
            what, _, remedy = wrong.partition("; ")
            report.say(line, column, what, remedy, "kind", severity="error")
