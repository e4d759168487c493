"""Frames to maps and back: columns by the names people use, pandas and polars alike."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

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
