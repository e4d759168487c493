"""Which kinds of link there are, and what each may join: the typed graph as a table."""

from __future__ import annotations

from typing import NamedTuple

from loopmap.errors import listed
from loopmap.model.elements import QUANTITIES
from loopmap.options import ElementKind, LinkKindName

__all__ = ["ARROW", "LINK_KINDS", "LinkKind", "link_problem"]

_STAKEHOLDER: tuple[ElementKind, ...] = ("stakeholder",)


class LinkKind(NamedTuple):
    """What one kind of link may join, and what it says: a row of ``LINK_KINDS``.

    Parameters
    ----------
    starts, ends
        Kinds of element it may start from and end at; the first is what an undeclared name
        becomes.
    loops
        Whether loops can run along it.
    signed
        Whether a sign says anything on it.
    about
        What it says, in words.
    """

    starts: tuple[ElementKind, ...]
    ends: tuple[ElementKind, ...]
    loops: bool
    signed: bool
    about: str


#: Link kind -> what it may join. A new kind of link is a new row; error messages are made from it.
LINK_KINDS: dict[LinkKindName, LinkKind] = {
    "causal": LinkKind(QUANTITIES, QUANTITIES, True, True, "a change in one changes the other"),
    "holds": LinkKind(_STAKEHOLDER, QUANTITIES, False, False, "where it lives, who answers for it"),
    "influences": LinkKind(
        _STAKEHOLDER, (*QUANTITIES, *_STAKEHOLDER), False, True, "who can move what"
    ),
    "wants": LinkKind(_STAKEHOLDER, QUANTITIES, False, True, "who wants it up (+) or down (-)"),
}


#: The kind of a link of which nobody says another; an arrow writes it, other kinds have a word.
ARROW: LinkKindName = "causal"


def link_problem(
    kind: LinkKindName, source: str, source_kind: str, target: str, target_kind: str
) -> str:
    """Say why a link of this kind cannot join these two elements; empty if it can.

    Examples
    --------
    >>> print(link_problem("wants", "Stress", "stock", "Backlog", "stock"))
    a wants link joins stakeholder to variable/stock/flow, not stock 'Stress' to stock 'Backlog'; use kind 'causal'
    """  # noqa: E501
    row = LINK_KINDS[kind]
    if source_kind in row.starts and target_kind in row.ends:
        return ""
    fitting = [
        k for k, r in LINK_KINDS.items() if source_kind in r.starts and target_kind in r.ends
    ]
    return (
        f"a {kind} link joins {'/'.join(row.starts)} to {'/'.join(row.ends)}, "
        f"not {source_kind} {source!r} to {target_kind} {target!r}"
        + (f"; use kind {listed(fitting, 'or')}" if fitting else "")
    )
