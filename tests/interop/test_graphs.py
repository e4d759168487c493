"""Maps as networkx graphs and back."""

from __future__ import annotations

import contextlib
import io
import json
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, note
from hypothesis import strategies as st

import loopmap as lm
from loopmap import Claim, Element, Link, Polarity, SystemMap
from loopmap.testing import maps


def quietly(G: nx.Graph, **options: Any) -> SystemMap:
    """The map of a graph, which must say everything without a guess."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return lm.from_networkx(G, **options)


def told(G: nx.Graph, **options: Any) -> tuple[SystemMap, list[str]]:
    """The map of a graph, and what it tells."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        m = lm.from_networkx(G, **options)
    return m, [line for warning in caught for line in str(warning.message).splitlines()]


@given(maps())
def test_there_and_back_is_exact(m: SystemMap) -> None:
    again = quietly(lm.to_networkx(m))
    assert again == m
    assert [e.position for e in again.elements] == [e.position for e in m.elements]


# -- networkx's own writers ----------------------------------------------------------------------


def _through(write: Callable[..., Any], read: Callable[..., Any]) -> Callable[[Any], Any]:
    def there_and_back(G: nx.Graph) -> Any:
        file = io.BytesIO()
        write(G, file)
        file.seek(0)
        return read(file)

    return there_and_back


def _as_json(to: Callable[..., Any], back: Callable[..., Any]) -> Callable[[Any], Any]:
    return lambda G: back(json.loads(json.dumps(to(G), allow_nan=False)))


WRITERS = {
    "graphml": _through(nx.write_graphml, nx.read_graphml),
    "gml": _through(nx.write_gml, nx.read_gml),
    "node-link": _as_json(nx.node_link_data, nx.node_link_graph),
    "cytoscape": _as_json(nx.cytoscape_data, nx.cytoscape_graph),
    "gexf": _through(nx.write_gexf, nx.read_gexf),
    "pajek": _through(nx.write_pajek, nx.read_pajek),
}
#: Those that keep what is said about the whole graph.
EXACT = ("graphml", "gml", "node-link", "cytoscape")


def saved(G: nx.Graph, name: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pajek warns of every number and truth value
        return WRITERS[name](G)


def ends(G: nx.Graph) -> Counter[tuple[str, str]]:
    return Counter((source, target) for source, target in G.edges())


@given(maps())
def test_every_writer_takes_the_graph_and_its_reader_gives_it_back(m: SystemMap) -> None:
    G = lm.to_networkx(m)
    for name in WRITERS:
        note(name)
        _comes_back(G, m, name)


def _comes_back(G: nx.Graph, m: SystemMap, name: str) -> None:
    if name == "gml" and {"[]", "()"} & set(m.names):  # it reads these as lists
        return
    lines = "".join(nx.generate_pajek(_quoted(G))) if name == "pajek" else ""
    if any(mark in lines for mark in "'\"\\"):  # Pajek's writer quotes nothing
        return
    H = saved(G, name)
    assert set(H.nodes) == set(G.nodes)
    assert ends(H) == ends(G)
    if name in EXACT:
        assert quietly(H) == m


def _quoted(G: nx.Graph) -> nx.Graph:
    """The graph with blanks in its texts taken out, for which Pajek's own quotes would stand."""
    H = nx.MultiDiGraph()
    for node, data in G.nodes(data=True):
        H.add_node(
            node.replace(" ", ""),
            **{k: str(v).replace(" ", "") for k, v in data.items() if k not in "xy"},
        )
    for a, b, data in G.edges(data=True):
        H.add_edge(
            a.replace(" ", ""),
            b.replace(" ", ""),
            **{k: str(v).replace(" ", "") for k, v in data.items() if k != "weight"},
        )
    return H


@pytest.mark.parametrize("name", list(WRITERS))
def test_signs_and_strengths_survive_every_file(name: str) -> None:
    m = SystemMap(
        links=[Link("Back log", "Stress", "+", strength=0.6), Link("Stress", "Back log", "-", strength=2)],
        title="The hub",
    )  # fmt: skip
    again, _ = told(saved(lm.to_networkx(m), name))
    assert again.links == m.links
    assert again.title == (m.title if name != "pajek" else "")
    assert [e.position for e in again.elements] == [None, None]


@given(maps())
def test_attributes_are_texts_numbers_and_truth_values(m: SystemMap) -> None:
    G = lm.to_networkx(m)
    said = [G.graph, *(d for _, d in G.nodes(data=True)), *(d for *_, d in G.edges(data=True))]
    for attributes in said:
        assert {type(value) for value in attributes.values()} <= {str, bool, float}
        assert "" not in attributes.values()
    assert {type(key) for *_, key in G.edges(keys=True)} <= {str}
    assert G.number_of_edges() == len(m.links)
    for *_, data in G.edges(data=True):
        assert data.get("weight", 0) >= 0


def test_a_graph_carries_what_algorithms_need() -> None:
    m = SystemMap(
        [Element("A", position=(1, 2))],
        [Link("A", "B", "-", delayed=True, strength=-2), ("B", "A", "+"), Link("A", "B", "+", route="by bus")],
    )  # fmt: skip
    G = lm.to_networkx(m)
    assert isinstance(G, nx.MultiDiGraph)
    assert list(G.edges(keys=True)) == [
        ("A", "B", "causal"),
        ("A", "B", "causal: by bus"),
        ("B", "A", "causal"),
    ]
    assert G.edges["A", "B", "causal"] == {
        "sign": "-", "delayed": True, "kind": "causal", "strength": -2.0, "weight": 2.0,
    }  # fmt: skip
    assert G.edges["A", "B", "causal: by bus"]["route"] == "by bus"
    assert G.nodes["A"] == {"kind": "variable", "x": 1.0, "y": 2.0}
    assert G.nodes["B"] == {"kind": "variable"}
    assert nx.to_pandas_edgelist(G)["delayed"].tolist() == [True, False, False]
    assert nx.shortest_path_length(G, "A", "B", weight="weight") == 1  # where nothing is said
    assert sorted(map(sorted, nx.simple_cycles(nx.DiGraph(G)))) == [["A", "B"]]


def test_the_shared_case_can_be_saved_and_weighed(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    code = (shared / "cases" / "python" / "to_networkx_cannot_be_saved.py").read_text("utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(code, "case", "exec"), {"__name__": "case"})
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 7
    assert all(line.endswith(" fine") for line in lines)


def test_algorithms_find_ways_along_links_without_a_strength() -> None:
    G = lm.to_networkx(lm.example("mash"))
    for weight in ("strength", "weight", None):
        assert nx.shortest_path_length(G, "Bottlenecks", "Team confidence", weight=weight) > 0


# -- what was changed in networkx ----------------------------------------------------------------

HUB = SystemMap(
    [Element("Backlog", "stock", notes=["old; worn", "big"], tags=["a b"])],
    [
        Link("Backlog", "Stress", claims=[Claim("Ann", "+", quote="so it is"), Claim("Bo", "+")]),
        Link("Stress", "Sickness", claims=[Claim("Ann", "-")]),
        Link("Sickness", "Backlog", "+"),
    ],
    [lm.NamedLoop("Trap", ["Backlog", "Stress", "Sickness"], "R")],
    title="The hub",
    author="Ann",
    focal=["Stress"],
)  # fmt: skip


def test_added_and_removed_edges_and_nodes_are_kept() -> None:
    G = lm.to_networkx(HUB)
    G.add_edge("Stress", "Rumours", sign="+")
    G.remove_edge("Sickness", "Backlog")
    m = quietly(G)
    assert m == HUB.remove(HUB.link("Sickness", "Backlog")).add(Link("Stress", "Rumours", "+"))
    G.remove_nodes_from(["Stress", "Rumours"])
    assert quietly(G) == HUB.remove(HUB.link("Sickness", "Backlog"), "Stress")


def test_relabelled_nodes_are_told_for_their_claims_are_lost() -> None:
    G = nx.relabel_nodes(lm.to_networkx(HUB), {"Stress": "Strain"})
    m, lines = told(G)
    assert m.link("Backlog", "Strain") == Link("Backlog", "Strain", "+")
    assert lines == [
        "graph: the nodes 'Stress' are gone and 'Strain' are new; to keep claims when you rename, "
        "rename in the map: m.rename({old: new})"
    ]


def test_a_changed_edge_is_read_as_it_says_and_lost_claims_are_told() -> None:
    G = lm.to_networkx(HUB)
    G.edges["Backlog", "Stress", "causal"]["sign"] = "-"
    G.edges["Sickness", "Backlog", "causal"]["weight"] = 3.0
    m, lines = told(G)
    assert m.link("Backlog", "Stress") == Link("Backlog", "Stress", "-")
    assert m.link("Stress", "Sickness") == HUB.link("Stress", "Sickness")
    assert m.link("Sickness", "Backlog") == Link("Sickness", "Backlog", "+", strength=3)
    assert lines == [
        "graph: edges that were changed are read as the graph says; who claimed what is lost "
        "(Backlog -> Stress)"
    ]


def test_a_changed_node_keeps_what_was_not_changed() -> None:
    G = lm.to_networkx(HUB)
    G.nodes["Backlog"].update(kind="flow", x=3, y=4)
    G.graph["name"] = "Another"
    m = quietly(G)
    assert m.element("Backlog") == Element("Backlog", "flow", ["old; worn", "big"], ["a b"])
    assert m.element("Backlog").position == (3, 4)
    assert m == HUB.replace(elements=[m.element("Backlog"), "Stress", "Sickness"], title="Another")


def test_what_algorithms_add_is_told_and_nothing_else() -> None:
    G = lm.to_networkx(HUB)
    nx.set_node_attributes(G, nx.betweenness_centrality(G), "between")
    nx.set_edge_attributes(G, 1.5, "cost")
    m, lines = told(G)
    assert m == HUB
    assert lines == [
        "graph: node attributes that are not read: 'between'",
        "graph: edge attributes that are not read: 'cost'",
    ]


def test_a_plain_graph_of_the_graph_keeps_the_claims() -> None:
    assert quietly(nx.DiGraph(lm.to_networkx(HUB))) == HUB


@pytest.mark.parametrize(
    "text",
    [
        "no JSON",
        "[]",
        '{"format": "loopmap", "version": 1, "links": 3}',
        '{"format": "loopmap", "version": 2}',
        7,
        b"x",
    ],
)
def test_another_text_in_its_place_is_told(text: object) -> None:
    G = nx.DiGraph([("A", "B", {"sign": "+"})], loopmap=text)
    m, lines = told(G)
    assert m == SystemMap(links=[("A", "B", "+")])
    assert lines == ["graph: the graph attribute 'loopmap' is not the text that to_networkx writes, and is not read"]  # fmt: skip


# -- graphs of other people ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "value", ["-", -1, -0.25, "negative", "o", Polarity.NEGATIVE, np.float64(-2), "（－）"]
)
@pytest.mark.parametrize("name", ["sign", "polarity", "weight", "type", "label"])
def test_signs_are_read_from_the_usual_attributes(name: str, value: object) -> None:
    G = nx.DiGraph()
    G.add_edge(1, 2, **{name: value})
    if name != "label" or not isinstance(value, float | int):  # a label is a sign or a remark
        assert quietly(G).link("1", "2").polarity is Polarity.NEGATIVE


def test_another_attribute_can_hold_the_sign() -> None:
    G = nx.DiGraph()
    G.add_edge("A", "B", sign="+", effect="-", **{"7": "+"})
    assert told(G, sign="effect")[0].link("A", "B").polarity is Polarity.NEGATIVE


def test_a_misspelt_attribute_is_an_error_with_the_nearest() -> None:
    G = nx.DiGraph()
    G.add_edge("A", "B", corr=-0.3, year=2020)
    with pytest.raises(
        lm.UnknownNameError, match=r"no edge has the attribute 'cor'; did you mean 'corr'\?"
    ):
        lm.from_networkx(G, sign="cor")
    with pytest.raises(
        lm.UnknownNameError, match="no edge has the attribute 'sign'; edges have 'corr' and 'year'"
    ):
        lm.from_networkx(G, sign="sign")
    with pytest.raises(lm.UnknownNameError, match="edges have none"):
        lm.from_networkx(nx.DiGraph([(1, 2)]), sign="sign")
    m, lines = told(G, sign="corr")
    assert m.links == (Link("A", "B", "-", strength=0.3),)
    assert lines == ["graph: edge attributes that are not read: 'year'"]


def test_sizes_are_strengths_and_no_plus_signs() -> None:
    G = nx.DiGraph()
    G.add_edge("A", "B", weight=0.8)
    G.add_edge("B", "A", weight=3)
    m, lines = told(G)
    assert m.links == (Link("A", "B", strength=0.8), Link("B", "A", strength=3))
    assert lines == [
        "graph: no edge attribute gives signs; every link is read as ? (not known); call the edge "
        "attribute with + and - 'sign'"
    ]
    assert quietly(G, sign="weight").link("A", "B").polarity == "+"


def test_keys_that_are_texts_are_routes() -> None:
    G = nx.MultiDiGraph()
    G.add_edge("A", "B", key="by bus", sign="+")
    G.add_edge("A", "B", key="by car", sign="-")
    G.add_edge("B", "A", key="e12", sign="-")  # an id of some program
    G.add_edge("B", "B", key="M6", sign="+")
    assert quietly(G).links == (
        Link("A", "B", "+", route="by bus"),
        Link("A", "B", "-", route="by car"),
        Link("B", "A", "-"),
        Link("B", "B", "+", route="M6"),
    )


def test_parallel_edges_stay_apart_and_numbers_for_routes_are_told() -> None:
    G = nx.MultiDiGraph([("A", "B", {"sign": sign}) for sign in "+-+"])
    G.add_edge("A", "B", sign="-", route="2")
    m, lines = told(G)
    assert [(link.route, link.polarity.sign) for link in m.links] == [
        ("", "+"),
        ("2", "-"),
        ("3", "-"),
        ("4", "+"),
    ]
    assert lines == [
        "graph: parallel edges without a name get a number as their route (A -> B, A -> B); give "
        "them a 'route', or a text as key"
    ]


def test_two_thousand_parallel_edges_are_counted_once_each(monkeypatch: pytest.MonkeyPatch) -> None:
    from loopmap.interop import graph_edges

    asked = 0

    def counted(count: int) -> str:
        nonlocal asked
        asked += 1
        return "" if count == 1 else str(count)

    monkeypatch.setattr(graph_edges, "_numbered", counted)
    m, _ = told(nx.MultiDiGraph([("A", "B", {"sign": "+"})] * 2_000))
    assert len(m.links) == 2_000
    assert asked <= 4_000


def test_parallel_edges_of_several_people_are_claims_of_one_link() -> None:
    G = nx.MultiDiGraph()
    G.add_edge("A", "B", sign="+", by="Ann", quote="yes")
    G.add_edge("A", "B", sign="-", by="Bo")
    assert quietly(G).links == (
        Link("A", "B", claims=[Claim("Ann", "+", quote="yes"), Claim("Bo", "-")]),
    )


def test_labels_kinds_and_positions_of_nodes() -> None:
    G = nx.DiGraph(name="The hub")
    G.add_node(0, label="Backlog", kind="stock", pos=np.array([1, 2]), tags="a; b", note="old")
    G.add_node(1, label="Police", kind="stakeholder")
    G.add_edge(1, 0, kind="holds")
    m, _ = told(G)
    assert m.title == "The hub"
    assert m.elements == (
        Element("Backlog", "stock", "old", ["a", "b"]),
        Element("Police", "stakeholder"),
    )
    assert m.element("Backlog").position == (1, 2)
    assert m.links[0].kind == "holds"


def test_everything_that_is_not_read_is_named_once() -> None:
    G = nx.DiGraph(colour="red", loops=["x"], author="Ann", sources=["a", "b"])
    G.add_node("A", size=3, x="here", y=2, kind="thing")
    G.add_edge("A", "B", sign="perhaps", claims=[1], width=2)
    G.add_edge("B", "A", sign="+", claims=3, source="p. 7", data={"a": 1})
    m, lines = told(G)
    assert (m.author, m.sources) == ("Ann", ("a", "b"))
    assert m.link("B", "A").claims[0].source == "p. 7"
    assert lines == [
        "graph: graph attributes that are not read: 'colour' and 'loops'",
        "graph: node attributes that are not read: 'size'",
        "graph: kinds of nodes that are not kept: 'thing' (A)",
        "graph: places that are no two numbers are not kept (A)",
        "graph: edge attributes that are not read: 'claims', 'data' and 'width'",
        "graph: signs that are read as ? (not known): 'perhaps' (A -> B); write + - ? or +/-",
    ]


class Odd:
    """An object that says nothing of itself."""

    def __str__(self) -> str:
        raise TypeError

    __repr__ = __str__

    def __eq__(self, other: object) -> bool:
        raise AttributeError

    __hash__ = object.__hash__


ODD = st.sampled_from(
    [b"x", {"a": {"b": 1}}, float("nan"), "1e300", "1" + "0" * 300, 10**5_000, Odd(), [1], ("A",), {1},
     None, "", "\0", "x" * 300_000, complex(1, 2), np.array([1, 2]), 3, -1, True, "+", "A", object]
)  # fmt: skip
NAMES = st.sampled_from(
    ["claims", "loops", "source", "kind", "notes", "tags", "pos", "position", "x", "y", "label", "sign", "weight",
     "strength", "delay", "delayed", "route", "title", "focal", "sources", "name", "loopmap", "id", "by", "quote", "type"]
)  # fmt: skip


@given(
    st.dictionaries(NAMES, ODD, max_size=4),
    st.lists(st.dictionaries(NAMES, ODD, max_size=4), min_size=2, max_size=2),
    st.lists(st.tuples(ODD, st.dictionaries(NAMES, ODD, max_size=4)), max_size=3),
)  # fmt: skip
def test_odd_attributes_give_a_map_or_an_error_of_ours(
    graph: dict[str, Any], nodes: list[dict[str, Any]], edges: list[tuple[Any, dict[str, Any]]]
) -> None:
    G = nx.MultiDiGraph()
    G.graph.update(graph)
    for name, data in zip("AB", nodes, strict=True):
        G.add_node(name)
        G.nodes[name].update(data)
    for key, data in edges:
        try:
            hash(key)
        except TypeError:
            key = 0
        G.add_edges_from([("A", "B", key, data)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with contextlib.suppress(lm.LoopmapError):
            lm.from_networkx(G)


def test_what_cannot_be_a_map_is_refused() -> None:
    with pytest.raises(
        lm.InvalidMapError, match=r"not directed.*as a DiGraph, or pass G.to_directed\(\)"
    ):
        lm.from_networkx(nx.path_graph(3))
    with pytest.raises(lm.InvalidMapError, match="the nodes 1 and '1' would both be called '1'"):
        lm.from_networkx(nx.DiGraph([(1, "1")]))
    with pytest.raises(lm.InvalidMapError, match="this is a int, not a networkx graph"):
        lm.from_networkx(3)
    with pytest.raises(
        lm.InvalidMapError, match=r"this is a DiGraph, not a map; pass lm.from_networkx"
    ):
        lm.to_networkx(nx.DiGraph())  # type: ignore[arg-type]


def test_very_many_attributes_are_not_all_looked_at_but_known_ones_are() -> None:
    G = nx.DiGraph()
    for number in range(100):
        G.add_edge("A", f"B{number}", **{f"made up {number}": number})
    G.add_edge("A", "C", polarity="-", their_words="so it is")
    m, lines = told(G)
    assert m.link("A", "C").claims == (Claim(None, "-", quote="so it is"),)
    (line,) = lines
    assert line.startswith("graph: edge attributes that are not read: 'made up ")
    assert line.endswith("and 80 more")


def test_places_that_are_all_one_were_nobodys() -> None:
    G = nx.DiGraph([("A", "B", {"sign": "+"})])
    nx.set_node_attributes(G, 0.0, "x")
    nx.set_node_attributes(G, 0.0, "y")
    m, lines = told(G)
    assert [element.position for element in m.elements] == [None, None]
    assert lines == ["graph: all nodes stand at one place, (0.0, 0.0), which is not kept"]
    G.nodes["A"]["x"] = 5.0
    assert quietly(G).element("A").position == (5, 0)


def test_files_that_keep_no_types_are_still_exact() -> None:
    m = SystemMap(links=[Link("A", "B", claims=[Claim("Ann", "+", True, 0.5, quote="yes")])])
    G = lm.to_networkx(m)
    G.edges["A", "B", "causal"].update(delayed=1, strength="0.5", weight="0.50")
    assert quietly(G) == m
    G.edges["A", "B", "causal"].update(delayed=0)
    assert told(G)[0].links == (Link("A", "B", "+", strength=0.5),)


def test_attributes_alone_say_signs_delays_kinds_and_strengths_without_a_guess() -> None:
    m = SystemMap(
        links=[Link("A", "B", "+", delayed=True, strength=0.5), Link("P", "A", kind="holds"),
               Link("A", "B", "-", strength=2, route="by bus")],
    )  # fmt: skip
    G = lm.to_networkx(m)
    del G.graph["loopmap"]
    assert quietly(G) == m
    for node in G:
        del G.nodes[node]["kind"]
    assert quietly(G) == m


def test_a_sign_that_the_caller_names_comes_before_what_was() -> None:
    G = lm.to_networkx(SystemMap(links=[("A", "B", "+")]))
    G.edges["A", "B", "causal"]["other"] = "-"
    assert told(G, sign="other")[0].link("A", "B").polarity == "-"


def test_labels_are_remarks_unless_nearly_all_are_signs() -> None:
    G = nx.DiGraph()
    G.add_edge("A", "B", label="goes up")
    G.add_edge("B", "C", label="see page 3")
    G.add_edge("C", "A", label="in the minutes")
    m, lines = told(G)
    assert [link.claims[0].note for link in m.links] == ["goes up", "see page 3", "in the minutes"]
    assert [link.polarity.sign for link in m.links] == ["?"] * 3
    assert len(lines) == 1
