"""The words and arrows in which links and paths are told: one table for all that is printed.

Terminal, alternative texts, the live map and comparisons all read it; another language would be
another table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from loopmap.model import Link
from loopmap.polarity import Polarity
from loopmap.quoting import quoted

__all__ = ["SAID", "VERBS", "link_line", "link_sentence", "path_line", "step", "via"]

#: What a link does, from cause to effect.
VERBS = {
    Polarity.POSITIVE: "increases",
    Polarity.NEGATIVE: "reduces",
    Polarity.UNKNOWN: "changes (nobody said which way)",
    Polarity.MIXED: "changes (people disagree which way)",
}
#: What somebody says that it does.
SAID = VERBS | {
    Polarity.UNKNOWN: "changes (which way, they do not say)",
    Polarity.MIXED: "both increases and reduces",
}


def link_sentence(link: Link) -> str:
    """Tell a link in words.

    Examples
    --------
    >>> link_sentence(lm.Link("Blame", "Trust", "-", delayed=True))
    'Blame reduces Trust, after a delay'
    """
    after = ", after a delay" if link.delayed else ""
    return f"{link.source} {VERBS[link.polarity]} {link.target}{via(link)}{after}"


def step(link: Link) -> str:
    """The arrow of a link, its sign, its route if it has one, and where it leads.

    ``//`` is a delay. Two loops along the same names are told apart by the routes of their links.

    Examples
    --------
    >>> step(lm.Link("Blame", "Trust", "-", delayed=True))
    '-//> (−) Trust'
    >>> step(lm.Link("Training", "Skill", "+", route="practice"))
    '-> (+ via practice) Skill'
    """
    via = f" via {_held(link.route)}" if link.route else ""
    return f"-{'//' if link.delayed else ''}> ({link.polarity}{via}) {link.target}"


_WORDS = re.compile(r"[\w '’&/.,-]+")


def _held(route: str) -> str:
    """A route as it stands in brackets: in quotation marks if it has more than words."""
    if _WORDS.fullmatch(route):
        return route
    return quoted(route)


def via(link: Link) -> str:
    """Which of several links between two names it is; empty for one without a route.

    Examples
    --------
    >>> via(lm.Link("Training", "Skill", "+", route="practice"))
    ' by way of practice'
    """
    return f" by way of {link.route}" if link.route else ""


def link_line(link: Link) -> str:
    """A link as one line.

    Examples
    --------
    >>> link_line(lm.Link("Blame", "Trust", "-"))
    'Blame -> (−) Trust'
    """
    return path_line([link])


def path_line(links: Sequence[Link]) -> str:
    """Links in a row as one line.

    Examples
    --------
    >>> path_line([lm.Link("A", "B", "+"), lm.Link("B", "A", "-", delayed=True)])
    'A -> (+) B -//> (−) A'
    """
    return " ".join([links[0].source, *map(step, links)])
