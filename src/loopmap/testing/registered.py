"""What Hypothesis calls when it is imported, so that ``st.from_type(SystemMap)`` works.

Hypothesis loads this in every test run of everybody who has loopmap installed, so it imports
the model only, which is plain Python; the strategies follow when one is drawn from.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["register"]


def register() -> None:
    """Tell Hypothesis how to make maps and their parts; the entry point ``hypothesis`` names it."""
    from hypothesis import strategies as st

    from loopmap.model import Claim, Element, Link, NamedLoop, SystemMap

    for made in (Claim, Element, Link, NamedLoop, SystemMap):
        st.register_type_strategy(made, _strategy)


def _strategy(made: type) -> Any:
    from loopmap.testing import strategies

    by_name: dict[str, Callable[[], Any]] = {
        "Claim": strategies.claims,
        "Element": strategies.elements,
        "Link": strategies.any_links,
        "NamedLoop": strategies.named_loops,
        "SystemMap": strategies.maps,
    }
    return by_name[made.__name__]()
