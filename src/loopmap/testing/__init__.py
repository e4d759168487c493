"""For testing what you build on maps: Hypothesis strategies, and slow but certain oracles.

The strategies need Hypothesis (``pip install "loopmap[testing]"``); the oracles need nothing.
Nothing is imported before it is used.

Examples
--------
Holding a function of one's own to a law, for every map that Hypothesis can think of:

>>> from hypothesis import given
>>> from loopmap.testing import maps
>>> def louder(map):
...     return map.rename({name: name.upper() for name in map.names})
>>> @given(maps(kinds=False, max_variables=4, max_links=6))
... def test_louder_keeps_the_links(map):
...     assert len(louder(map).causal_links) <= len(map.causal_links)
>>> test_louder_keeps_the_links()
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

_PUBLIC = {
    "brute_force_loops": "oracles",
    "claims": "strategies",
    "hostile_maps": "hostile",
    "hostile_texts": "hostile",
    "links": "strategies",
    "maps": "strategies",
    "names": "strategies",
    "perspectives": "strategies",
    "polarities": "strategies",
    "random_map": "random_maps",
    "texts": "strategies",
    "views": "strategies",
}

__all__ = sorted(_PUBLIC)

if TYPE_CHECKING:
    from loopmap.testing.hostile import hostile_maps as hostile_maps
    from loopmap.testing.hostile import hostile_texts as hostile_texts
    from loopmap.testing.oracles import brute_force_loops as brute_force_loops
    from loopmap.testing.random_maps import random_map as random_map
    from loopmap.testing.strategies import claims as claims
    from loopmap.testing.strategies import links as links
    from loopmap.testing.strategies import maps as maps
    from loopmap.testing.strategies import names as names
    from loopmap.testing.strategies import perspectives as perspectives
    from loopmap.testing.strategies import polarities as polarities
    from loopmap.testing.strategies import texts as texts
    from loopmap.testing.strategies import views as views


def __getattr__(name: str) -> Any:
    """Import a strategy or an oracle when it is first asked for (PEP 562)."""
    if name not in _PUBLIC:
        raise AttributeError(f"module 'loopmap.testing' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"loopmap.testing.{_PUBLIC[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
