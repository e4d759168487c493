"""Maps to networkx graphs and back."""

from __future__ import annotations

import warnings

import networkx as nx
import pytest
from hypothesis import given

import loopmap as lm
from loopmap import Element, Link, Polarity, SystemMap
from loopmap.testing import maps


@given(maps())
def test_there_and_back_is_exact(m: SystemMap) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        again = lm.from_networkx(lm.to_networkx(m))
    assert again == m
    assert [e.position for e in again.elements] == [e.position for e in m.elements]


def test_a_graph_carries_what_algorithms_need() -> None:
    G = lm.to_networkx(
        SystemMap(links=[Link("A", "B", "-", delayed=True, strength=2), ("B", "A", "+")])
    )
    assert isinstance(G, nx.MultiDiGraph)
    assert G.edges["A", "B", ("causal", "")]["sign"] == "-"
    assert G.edges["A", "B", ("causal", "")]["strength"] == 2
    assert nx.to_pandas_edgelist(G)["delayed"].tolist() == [True, False]
    assert sorted(map(sorted, nx.simple_cycles(G))) == [["A", "B"]]


@pytest.mark.parametrize("value", ["-", -1, -0.25, "negative", "o", Polarity.NEGATIVE])
@pytest.mark.parametrize("name", ["sign", "polarity", "weight"])
def test_signs_are_read_from_the_usual_attributes(name: str, value: object) -> None:
    G = nx.DiGraph()
    G.add_edge(1, 2, **{name: value})
    assert lm.from_networkx(G).link("1", "2").polarity is Polarity.NEGATIVE


def test_another_attribute_can_hold_the_sign() -> None:
    G = nx.DiGraph()
    G.add_edge("A", "B", sign="+", effect="-")
    assert lm.from_networkx(G, sign="effect").link("A", "B").polarity is Polarity.NEGATIVE


def test_parallel_edges_stay_apart() -> None:
    G = nx.MultiDiGraph(
        [("A", "B", {"sign": "+"}), ("A", "B", {"sign": "-"}), ("A", "B", {"sign": "+"})]
    )
    assert [(link.route, link.polarity.sign) for link in lm.from_networkx(G).links] == [
        ("", "+"),
        ("2", "-"),
        ("3", "+"),
    ]


def test_labels_kinds_and_positions_of_nodes() -> None:
    G = nx.DiGraph(name="The hub")
    G.add_node(0, label="Backlog", kind="stock", pos=(1, 2))
    G.add_node(1, label="Police", kind="stakeholder")
    G.add_edge(1, 0, kind="holds")
    m = lm.from_networkx(G)
    assert m.title == "The hub"
    assert m.elements == (Element("Backlog", "stock"), Element("Police", "stakeholder"))
    assert m.element("Backlog").position == (1, 2)
    assert m.links[0].kind == "holds"


def test_what_is_guessed_is_told() -> None:
    G = nx.DiGraph()
    G.add_edge("A", "B", sign="perhaps")
    with pytest.warns(
        lm.LossWarning, match=r"A -> B: the sign 'perhaps' is read as \? \(not known\)"
    ):
        lm.from_networkx(G)


def test_what_cannot_be_a_map_is_refused() -> None:
    with pytest.raises(lm.InvalidMapError, match="not directed"):
        lm.from_networkx(nx.path_graph(3))
    with pytest.raises(lm.InvalidMapError, match="the nodes 1 and '1' would both be called '1'"):
        lm.from_networkx(nx.DiGraph([(1, "1")]))
