"""``check``: every rule is a generator of findings, in a table under its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from loopmap.errors import Problem, Severity, UnknownNameError, did_you_mean, listed
from loopmap.loops import check_named_loops
from loopmap.loops.graph import loop_graph
from loopmap.model import ARROW, LINK_KINDS, Link, SystemMap
from loopmap.model.reading import need_map
from loopmap.perspectives import likely_same
from loopmap.polarity import Polarity

__all__ = ["CHECKS", "check"]


def check(m: SystemMap, *, rules: str | Iterable[str] | None = None) -> tuple[Problem, ...]:
    """Say what looks wrong or unfinished in a map. Advice: the map works as it is.

    Parameters
    ----------
    m
        The map.
    rules
        Which rules of ``loopmap.checks.CHECKS`` to ask; ``None`` asks all.

    Returns
    -------
    tuple of Problem
        Each with its ``rule``, the names it is about (``subject``) and what to do; ``"warning"``
        for what should be looked at, ``"note"`` for what is only worth knowing.

    Raises
    ------
    UnknownNameError
        If there is no such rule.

    Examples
    --------
    >>> m = lm.SystemMap(["Morale"], [("Backlog", "Overtime", "?"), ("Overtme", "Backlog", "+")])
    >>> for problem in lm.check(m):
    ...     print(problem.rule, "|", problem)
    unsigned | the link 'Backlog' -> 'Overtime' has no sign; ask which way it works, and write + or -
    near-duplicate | 'Overtime' and 'Overtme' are spelled almost alike; if they are one thing, give them one name
    lonely | 'Morale' has no link; link it to what drives it, or take it off the map
    no-loop | this map has no feedback loop; look for what the effects lead back to
    """  # noqa: E501
    need_map(m)
    chosen = CHECKS if rules is None else [rules] if isinstance(rules, str) else list(rules)
    for rule in chosen:
        if rule not in CHECKS:
            known = did_you_mean(rule, CHECKS) or f"; known are {listed(tuple(CHECKS), at_most=20)}"
            raise UnknownNameError(f"there is no check {rule!r}{known}")
    return tuple(
        Problem(what, "", suggestion, (*severity, "warning")[0], rule, subject=subject)
        for rule in chosen
        for what, suggestion, subject, *severity in CHECKS[rule](m)
    )


#: What a rule yields: what, what to do, the names it is about; then the severity if it is no
#: warning.
Finding = tuple[str, str, tuple[str, ...]] | tuple[str, str, tuple[str, ...], Severity]


def _arrow(link: Link) -> str:
    route = f" by route {link.route!r}" if link.route else ""
    joint = "->" if link.kind == ARROW else link.kind
    return f"{link.source!r} {joint} {link.target!r}{route}"


def _unsigned(m: SystemMap) -> Iterator[Finding]:
    for link in m.links:
        if LINK_KINDS[link.kind].signed and not link.polarity:
            subject = (link.source, link.target)
            yield (
                f"the link {_arrow(link)} has no sign",
                "ask which way it works, and write + or -",
                subject,
            )


def _disputed(m: SystemMap) -> Iterator[Finding]:
    for link in m.links:
        if link.polarity is Polarity.MIXED:
            said = {
                sign: sorted(
                    {c.perspective or "the author" for c in link.claims if c.polarity & sign}
                )
                for sign in (Polarity.POSITIVE, Polarity.NEGATIVE)
            }
            sides = "; ".join(f"{sign} by {', '.join(people)}" for sign, people in said.items())
            yield (
                f"the sign of {_arrow(link)} is disputed ({sides})",
                "talk about it, or tell two links apart with a route",
                (link.source, link.target),
            )


def _near_duplicates(m: SystemMap) -> Iterator[Finding]:
    for rarer, usual in likely_same(m).items():
        what = f"{usual!r} and {rarer!r} are spelled almost alike"
        yield what, "if they are one thing, give them one name", (usual, rarer)


def _lonely(m: SystemMap) -> Iterator[Finding]:
    severity: Severity
    joined = {end for link in m.links for end in (link.source, link.target)}
    for element in m.elements:
        if element.name not in joined:
            if element.is_quantity:
                suggestion, severity = (
                    "link it to what drives it, or take it off the map",
                    "warning",
                )
            else:
                suggestion, severity = "say what it holds, influences or wants", "note"
            yield f"{element.name!r} has no link", suggestion, (element.name,), severity


def _named_loops(m: SystemMap) -> Iterator[Finding]:
    for finding in check_named_loops(m):
        if finding.verdict != "confirmed":
            yield finding.what, finding.suggestion, finding.named.path


def _unknown_focal(m: SystemMap) -> Iterator[Finding]:
    for name in m.focal:
        if name not in m:
            near = did_you_mean(name, m.names).removeprefix("; ")
            what = f"the map is about {name!r}, which it does not have"
            yield what, near or "add it, or take it out of the focus", (name,)


def _no_loop(m: SystemMap) -> Iterator[Finding]:
    if m.causal_links and not loop_graph(m).looping():
        what = "this map has no feedback loop"
        yield what, "look for what the effects lead back to", (), "note"


def _empty(m: SystemMap) -> Iterator[Finding]:
    if not m.elements:
        yield "this map is empty", "write what drives what: Cause -> Effect : +", ()


#: Rule -> what it finds. A new check is a generator and its row.
CHECKS: dict[str, Callable[[SystemMap], Iterator[Finding]]] = {
    "empty": _empty,
    "unsigned": _unsigned,
    "disputed": _disputed,
    "named-loop": _named_loops,
    "near-duplicate": _near_duplicates,
    "unknown-name": _unknown_focal,
    "lonely": _lonely,
    "no-loop": _no_loop,
}
