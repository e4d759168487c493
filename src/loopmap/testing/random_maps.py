"""Random maps without Hypothesis, for comparing thousands of them quickly."""

from __future__ import annotations

import random

from loopmap.model import Link, SystemMap

__all__ = ["random_map"]


def random_map(
    seed: int,
    *,
    variables: int = 8,
    links: int = 14,
    parallel: float = 0.1,
    self_links: bool = True,
) -> SystemMap:
    """A random map of plain names, quick to make; the same for the same arguments.

    Parameters
    ----------
    seed
        Any whole number.
    variables, links
        How many variables, and about how many causal links.
    parallel
        The share of links that get a second route beside them.
    self_links
        Whether a variable may drive itself.

    Examples
    --------
    >>> random_map(1, variables=4, links=6) == random_map(1, variables=4, links=6)
    True
    """
    pick = random.Random(repr(("loopmap", seed, variables, links, parallel)))
    called = [f"v{i:03d}" for i in range(variables)]
    made = []
    for _ in range(links):
        source, target = pick.choice(called), pick.choice(called)
        if source == target and not self_links:
            continue
        routes = ["", "via b"] if pick.random() < parallel else [""]
        for route in routes:
            sign = pick.choice(["+", "+", "+", "-", "-", "-", "?", "+/-"])
            made.append(Link(source, target, sign, route=route, delayed=pick.random() < 0.2))
    return SystemMap(called, {link.key: link for link in made}.values())
