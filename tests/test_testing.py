"""The strategies other people build on keep what they promise."""

from __future__ import annotations

import functools
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

import loopmap.testing
from loopmap import Claim, Element, Link, NamedLoop, Polarity, SystemMap
from loopmap.testing import claims, links, maps, perspectives, polarities, views

ROOT = Path(__file__).parents[1]


#: Some example that fits; shrinking it to the smallest would take minutes.
some = functools.partial(find, settings=settings(phases=[Phase.generate], max_examples=2000))


def graph(m: SystemMap) -> nx.DiGraph:
    found = nx.DiGraph([(link.source, link.target) for link in m.causal_links])
    found.add_nodes_from(m.variables)
    return found


@pytest.fixture
def _registered() -> None:
    """What the entry point does; called by hand, since the tests run from the source tree."""
    entry = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    module, function = entry["project"]["entry-points"]["hypothesis"]["loopmap"].split(":")
    getattr(import_module(module), function)()


@settings(max_examples=15)
@given(maps(min_variables=2, max_variables=5, connectivity="strong", kinds=False))
def test_strong_maps_reach_everything(m: SystemMap) -> None:
    assert 2 <= len(m.variables) <= 5
    assert nx.is_strongly_connected(graph(m))


@settings(max_examples=15)
@given(maps(min_variables=1, connectivity="connected"))
def test_connected_maps_hang_together(m: SystemMap) -> None:
    assert not m.variables or nx.is_weakly_connected(graph(m))


@settings(max_examples=15)
@given(maps(kinds=False, awkward=False, signs=polarities(unknown=False, mixed=False)))
def test_signs_and_kinds_can_be_chosen(m: SystemMap) -> None:
    assert not m.stakeholders
    for link in m.links:
        assert link.kind == "causal"
        assert all(claim.polarity.is_known for claim in link.claims)


def test_every_sign_and_kind_is_drawn() -> None:
    signs: set[Polarity] = set()
    kinds: set[str] = set()

    def all_seen(m: SystemMap) -> bool:
        kinds.update(link.kind for link in m.links)
        signs.update(claim.polarity for link in m.causal_links for claim in link.claims)
        return len(kinds) == 4 and len(signs) == 4

    some(maps(max_variables=4, max_links=8), all_seen)
    assert signs == set(Polarity.__members__.values())
    assert kinds == {"causal", "holds", "influences", "wants"}


def test_the_author_and_everybody_else_can_speak() -> None:
    assert some(perspectives(), lambda who: who is None) is None
    assert some(perspectives(["Ann"], author=False), lambda who: True) == "Ann"
    some(links(st.just("A")), lambda link: link.route != "" and len(link.claims) > 1)


def test_an_unknown_connectivity_says_what_there_is() -> None:
    with pytest.raises(ValueError, match="'any', 'connected' or 'strong'"):
        find(maps(connectivity="weak"), lambda m: True)


@settings(max_examples=15)
@given(views(["Ann", "Bo"]))
def test_views_are_told_apart_by_who_drew_them(drawn: dict[str, SystemMap]) -> None:
    assert set(drawn) == {"Ann", "Bo"}
    for person, m in drawn.items():
        assert set(m.perspectives) <= {person}
        assert all(claim.perspective == person for link in m.links for claim in link.claims)


@settings(max_examples=15)
@given(claims(signed=False))
def test_unsigned_claims_carry_no_sign(claim: Claim) -> None:
    assert claim.polarity is Polarity.UNKNOWN


@pytest.mark.usefixtures("_registered")
@pytest.mark.parametrize("made", [Claim, Element, Link, NamedLoop, SystemMap])
@settings(max_examples=8)
@given(data=st.data())
def test_from_type_works(made: type, data: st.DataObject) -> None:
    assert isinstance(data.draw(st.from_type(made)), made)


def test_the_entry_point_imports_nothing_heavy() -> None:
    code = """
import sys
from hypothesis import strategies
before = set(sys.modules)
from loopmap.testing.registered import register
register()
new = {name.split(".")[0] for name in set(sys.modules) - before}
print(sorted(new & {"networkx", "numpy", "pandas", "matplotlib", "pydot", "click"}))
print("loopmap.testing.strategies" in sys.modules)
"""
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT / "src", check=True
    )
    assert run.stdout.split() == ["[]", "False"]


def test_all_public_names_are_there() -> None:
    for name in loopmap.testing.__all__:
        assert callable(getattr(loopmap.testing, name))
    with pytest.raises(AttributeError, match="no attribute 'map'"):
        _ = loopmap.testing.map
