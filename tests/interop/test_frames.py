"""Frames to maps and back: columns by the names people use, pandas and polars alike."""

from __future__ import annotations

import contextlib
import math
import warnings
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given

import loopmap as lm
from loopmap import Claim, Link, Polarity, SystemMap
from loopmap.formats import kept
from loopmap.formats.tables import KEEPS
from loopmap.testing import maps

FRAMES = pytest.mark.parametrize("frame", [pd.DataFrame, pl.DataFrame], ids=["pandas", "polars"])


@given(maps())
def test_claims_there_and_back(m: SystemMap) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert lm.from_frame(lm.to_frame(m, "claims")) == kept(m, KEEPS)


@FRAMES
@pytest.mark.parametrize(
    ("columns", "values"),
    [
        (("from", "to", "polarity"), ("+", "-")),
        (("From", "To", "Type"), ("positive", "NEGATIVE")),
        (("cause", "effect", "Connection Type"), ("same", "opposite")),
        (("Source", "Target", "linkInfluence"), ("INCREASES", "DECREASES")),
        (("node_from", "node_to", "weight"), (0.5, -2)),
        (("fromVariableId", "toVariableId", "sign"), (1, -1)),
        (("source", "target", "strength"), ("H+", "M-")),
    ],
)
def test_columns_are_known_by_the_names_people_use(
    frame: Any, columns: tuple[str, ...], values: tuple[Any, ...]
) -> None:
    table = (
        frame(
            {columns[0]: ["A", "B"], columns[1]: ["B", "A"], columns[2]: list(values)}, strict=False
        )
        if frame is pl.DataFrame
        else frame({columns[0]: ["A", "B"], columns[1]: ["B", "A"], columns[2]: list(values)})
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", lm.LossWarning)
        signs = [link.polarity for link in lm.from_frame(table).links]
    assert signs == [Polarity.POSITIVE, Polarity.NEGATIVE]


@FRAMES
def test_a_participant_column_makes_claims(frame: Any) -> None:
    df = frame(
        {
            "cause": ["A", "A", "B"], "effect": ["B", "B", "A"], "polarity": ["+", "-", "+"],
            "participant": ["Ann", "Bo", None], "delay": ["yes", "", None], "weight": [0.5, None, 2.0],
        }
    )  # fmt: skip
    assert lm.from_frame(df).links == (
        Link("A", "B", claims=[Claim("Ann", "+", True, 0.5), Claim("Bo", "-")]),
        Link("B", "A", claims=[Claim(None, "+", strength=2)]),
    )


def test_the_arguments_of_networkx() -> None:
    df = pd.DataFrame({"a": ["A"], "b": ["B"], "c": ["-"], "polarity": ["+"], "delay": ["yes"]})
    link = lm.from_frame(df, "a", "b", sign="c").links[0]
    assert (link.polarity, link.delayed) == (Polarity.NEGATIVE, True)
    with pytest.warns(lm.LossWarning, match="columns that are not read: 'c' and 'delay'"):
        link = lm.from_frame(df, source="a", target="b", edge_attr="polarity").links[0]
    assert (link.polarity, link.delayed) == (Polarity.POSITIVE, False)
    with pytest.warns(lm.LossWarning, match="no column gives signs"):
        assert lm.from_frame(df, "a", "b", None).links == (Link("A", "B"),)


def test_what_is_dropped_changed_or_guessed_is_told_once_with_its_rows() -> None:
    df = pd.DataFrame(
        {
            "source": ["A", "A\nnew", None, "C", "C"],
            "target": ["B", "B", "B", "", "A"],
            "sign": ["+", "perhaps", "-", "-", "perhaps"],
            "colour": ["red"] * 5,
        }
    )
    with pytest.warns(lm.LossWarning) as caught:
        m = lm.from_frame(df)
    assert [(link.source, str(link.polarity)) for link in m.links] == [
        ("A", "+"),
        ("A new", "?"),
        ("C", "?"),
    ]
    assert len(caught) == 1
    assert caught[0].filename == __file__
    assert str(caught[0].message).splitlines() == [
        "frame: columns that are not read: 'colour'",
        "frame: line breaks and control characters are read as blanks (row 1)",
        "frame: signs that are read as ? (not known): 'perhaps' (rows 1, 4); write + - ? or +/-",
        "frame: rows without a cause are not read (row 2)",
        "frame: rows without an effect are not read (row 3)",
    ]


@pytest.mark.parametrize(
    ("do", "error", "message"),
    [
        (lambda: lm.from_frame([1]), lm.InvalidMapError, "a frame has columns, and a list has none"),
        (lambda: lm.from_frame(pd.DataFrame()), lm.MapSyntaxError, "no column holds the causes: it is empty"),
        (lambda: lm.from_frame(pd.DataFrame({"a": [1]})), lm.MapSyntaxError, "the columns are 'a'; call one of them source, from, cause"),
        (lambda: lm.from_frame(pd.DataFrame({"source": [1]}), target="targt"), lm.UnknownNameError, "the table has no column 'targt'"),
        (lambda: lm.from_frame(pd.DataFrame([[1, 2]], columns=["from", "from"])), lm.InvalidMapError, "several columns called 'from'"),
        (lambda: lm.to_frame(lm.SystemMap(), "link"), lm.InvalidOptionError, "table is 'links', 'claims' or 'elements', not 'link'; did you mean 'links'?"),
    ],
)  # fmt: skip
def test_errors(do: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error) as caught:
        do()
    assert message in str(caught.value)


@given(maps())
def test_tables_have_their_documented_columns_and_types(m: SystemMap) -> None:
    for table, number in (
        ("links", len(m.links)),
        ("elements", len(m.elements)),
        ("claims", sum(len(k.claims) for k in m.links)),
    ):
        frame = lm.to_frame(m, table)
        assert len(frame) == number
        doc = lm.to_frame.__doc__ or ""
        for column in frame.columns:
            assert f"``{column}``" in doc
            kind = frame[column].dtype
            if column in ("delayed",):
                assert str(kind) == "bool"
            elif column in ("strength", "x", "y"):
                assert kind == "float64"
            elif column in ("perspectives", "links_in", "links_out"):
                assert kind == "int64"
            elif number:
                assert pd.api.types.is_string_dtype(frame[column])


def test_loops_are_a_table_too() -> None:
    frame = lm.to_frame(lm.find_loops(lm.example("mash")))
    assert list(frame.columns) == [
        "label",
        "name",
        "kind",
        "length",
        "delayed",
        "path",
        "signs",
        "routes",
        "id",
    ]
    assert frame["kind"].value_counts().to_dict() == {"R": 16, "B": 6}
    assert (frame["path"].map(len) == frame["length"]).all()
    shares = frame.explode("path")["path"].value_counts()
    assert shares.index[0] in lm.example("mash")
    assert list(lm.to_frame([]).columns) == list(frame.columns)


def test_a_published_table_of_interviews(shared: Path) -> None:
    """136 positive, 36 negative and 1 unsigned link, 33 loops: as its own notes count them."""
    df = pd.read_csv(shared / "maps" / "csv" / "perspectiva_verification_v1.csv")
    with pytest.warns(lm.LossWarning, match="columns that are not read"):
        m = lm.from_frame(df)
    signs = lm.to_frame(m)["sign"].value_counts().to_dict()
    assert (len(m.variables), signs) == (135, {"+": 136, "-": 36, "?": 1})
    loops = lm.find_loops(m)
    assert (len(loops), len(loops.of_kind("R")), len(loops.of_kind("B"))) == (33, 22, 11)


def test_integer_columns_lazy_frames_and_arrow_tables() -> None:
    assert lm.from_frame(pd.DataFrame([["A", "B", "+"]]), source=0, target=1, sign=2).links  # type: ignore[arg-type]
    df = pl.DataFrame({"from": ["A"], "to": ["B"], "sign": ["-"]})
    for frame in (df.lazy(), df.to_arrow()):
        assert lm.from_frame(frame).links == (Link("A", "B", "-"),)


def test_levels_of_columns_and_of_the_index() -> None:
    df = pd.DataFrame({"from": ["A"], "to": ["B"], "sign": ["-"]})
    for frame in (
        df.set_index(["from", "to"]),
        df.set_index("from"),
        df.set_axis(pd.MultiIndex.from_product([["link"], df.columns]), axis=1),
        df.set_axis(pd.MultiIndex.from_product([df.columns, [""]]), axis=1),
        df.rename_axis("result"),  # an index of another name stays one
    ):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert lm.from_frame(frame).links == (Link("A", "B", "-"),)
    levels = pd.MultiIndex.from_tuples([("a", "one"), ("a", "two"), ("b", "one")])
    assert lm.from_frame(
        df.set_axis(levels, axis=1), ("a", "one"), ("a", "two"), sign=("b", "one")
    ).links  # type: ignore[arg-type]
    with pytest.raises(
        lm.MapSyntaxError,
        match="the columns are 'a one', 'a two' and 'b one'; call one of them source, from, cause, or say which it is: source=…",
    ):
        lm.from_frame(df.set_axis(levels, axis=1))


def test_a_bad_number_costs_its_cell() -> None:
    df = pd.DataFrame({"from": list("ABC"), "to": list("BCA"), "weight": [0.8, -0.5, math.inf]})
    with pytest.warns(lm.LossWarning, match=r"'inf' \(row 2\)"):
        m = lm.from_frame(df)
    assert [str(link.polarity) for link in m.links] == ["+", "−", "?"]


ODD: list[Any] = [
    [1], {"a": 1}, b"x", Decimal("sNaN"), Decimal("1e400"), 10**5_000, "1" + "0" * 300, math.nan, math.inf, pd.NA, pd.NaT,
    np.array([1, 2]), object(), complex(1, 2), {1}, True, "", "\0", "x" * 300_000, date(2020, 1, 1), "+",
]  # fmt: skip
PLAIN = {"from": "A", "to": "B", "sign": "+", "strength": 1, "delay": 1, "kind": "causal",
         "quote": "", "by": "x", "route": "", "zzz": ""}  # fmt: skip


@pytest.mark.parametrize("column", list(PLAIN))
def test_odd_cells_give_a_map_or_an_error_of_ours(column: str) -> None:
    for cell in ODD:
        df = pd.DataFrame(
            {name: pd.Series([value] * 2, dtype=object) for name, value in PLAIN.items()}
        )
        df[column] = pd.Series([cell, PLAIN[column]], dtype=object)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with contextlib.suppress(lm.LoopmapError):
                assert lm.from_frame(df).links


def test_lists_in_cells_are_told_with_what_to_do() -> None:
    df = pd.DataFrame({"from": ["A", "A"], "to": [["B", "C"], "D"], "sign": ["+", "-"]})
    with pytest.warns(lm.LossWarning, match=r"lists and the like are not read \(row 0\).*explode"):
        assert lm.from_frame(df).links == (Link("A", "D", "-"),)
    assert len(lm.from_frame(df.explode("to")).links) == 3


def test_several_names_in_a_cell_are_read_as_in_a_file(tmp_path: Path) -> None:
    cells = ["A; B", "A|B", "A, B", "B", '"C; D"', "E, of old"]
    df = pd.DataFrame({"cause": cells, "effect": list("CDEAFA"), "sign": list("+--+-+")})
    df.to_csv(tmp_path / "t.csv", index=False)
    with pytest.warns(lm.LossWarning, match=r"parted by ;, are read as several links \(row 0\)"):
        m = lm.from_frame(df)
    assert m == lm.reading(tmp_path / "t.csv").map
    assert {link.source for link in m.links if link.target == "D"} == {"A", "B"}
    assert {"C; D", "E, of old"} < {*m.names}
    own = SystemMap(links=[("A; B", "C|D", "+"), ('"x"', "A, B", "-")])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert lm.from_frame(lm.to_frame(own, "claims")) == own
        assert lm.from_frame(lm.to_frame(own).drop(columns="perspectives")) == own


def test_numbers_of_loops_are_a_table_too() -> None:
    m = lm.example("mash")
    counted, through = lm.count_loops(m), lm.participation(m)
    frame = lm.to_frame(counted)
    assert (frame["loops"].sum(), frame["reinforcing"].sum(), frame["balancing"].sum()) == (
        22,
        16,
        6,
    )
    links = lm.to_frame(through)
    assert list(links) == [
        "source",
        "target",
        "sign",
        "route",
        "loops",
        "reinforcing",
        "balancing",
        "undetermined",
    ]
    first = links.iloc[0]
    assert through.links[m.link(first["source"], first["target"])].total == first["loops"]
    elements = lm.to_frame(through, "elements")
    assert dict(zip(elements["name"], elements["loops"], strict=True)) == {
        name: kinds.total for name, kinds in through.variables.items()
    }
    with pytest.raises(lm.InvalidOptionError, match="table is 'links' or 'elements'"):
        lm.to_frame(through, "claims")  # type: ignore[call-overload]


def test_answers_with_a_table_of_their_own_give_it() -> None:
    m = lm.example("mash")
    for answer in (lm.rank_loops(m), lm.shared_loops(m), lm.diff(m, m)):
        pd.testing.assert_frame_equal(lm.to_frame(answer), answer.to_frame())
    assert len(lm.to_frame(lm.story_loops(m))) > 0


@pytest.mark.parametrize("what", [5, None, "x", nx.DiGraph(), {"a": 1}, [1], pd.DataFrame()])
def test_what_is_no_table_is_told_what_is(what: Any) -> None:
    with pytest.raises(
        lm.InvalidMapError, match=r"to_frame takes a map, loops, or what participation, .* not a "
    ):
        lm.to_frame(what)


def test_one_loop_goes_into_a_list() -> None:
    loop = lm.find_loops(lm.example("mash"))[0]
    with pytest.raises(lm.InvalidMapError, match="not a Loop; put one loop into a list"):
        lm.to_frame(loop)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    "verb", [lm.find_loops, lm.count_loops, lm.check, lm.draw, lm.participation]
)
def test_frames_and_graphs_in_place_of_a_map(verb: Any) -> None:
    df = pd.DataFrame({"from": ["A"], "to": ["B"]})
    for frame in (df, pl.DataFrame(df), pl.DataFrame(df).lazy(), pl.DataFrame(df).to_arrow()):
        with pytest.raises(lm.InvalidMapError, match=r"not a map; pass lm\.from_frame"):
            verb(frame)
    with pytest.raises(
        lm.InvalidMapError, match=r"this is a DiGraph, not a map; pass lm\.from_networkx"
    ):
        verb(nx.DiGraph([(1, 2), (2, 1)]))


def test_the_shared_faults_of_habit(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    """A result, or one sentence of ours that says what to write instead."""
    monkeypatch.chdir(tmp_path)
    code = (shared / "cases" / "python" / "api_faults.py").read_text("utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(code, "case", "exec"), {"__name__": "case"})
    said = capsys.readouterr().out
    for leaked in (
        "TypeError",
        "AttributeError 'Part",
        "AttributeError 'Ranked",
        "NetworkX",
        "ValueError",
    ):
        assert leaked not in said
    assert "FrozenInstanceError a map does not change, and has no part 'foo'" in said
    assert "UnknownNameError no edge has the attribute 'cor'; did you mean 'corr'?" in said
    assert "InvalidMapError this is a DiGraph, not a map; pass lm.from_networkx(…)" in said
