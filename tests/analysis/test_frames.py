"""The columns of the tables that answers turn into are a promise; and one is not several."""

from __future__ import annotations

import pytest

import loopmap as lm
from loopmap.analysis.words import all_seen

SAID = [lm.Claim("Ann", "+"), lm.Claim("Bo", "-")]
M = lm.SystemMap(
    links=[
        lm.Link("A", "B", claims=SAID),
        lm.Link("B", "A", claims=SAID[:1]),
        lm.Link("B", "C", claims=SAID[1:]),
        lm.Link("C", "B", claims=SAID),
    ]
).add(lm.Link("Trust", "A", kind="holds"), lm.Link("Board", "B", kind="holds"))

LOOP = ["label", "name", "kind", "length"]


@pytest.mark.parametrize(
    ("answer", "columns"),
    [
        (lambda m: lm.distance(m, m), ["measure", "distance", "about"]),
        (lm.robustness, [*LOOP, "weakest", "weak_links", "stays", "path"]),
        (lm.rank_loops, ["rank", *LOOP, "because", "path"]),
        (
            lm.shared_loops,
            [*LOOP, "people", "coalition", "parts", "readings", "contradicted", "recorded", "path"],
        ),
        (lm.boundary, ["source", "target", "route", "sign", "delayed", "from", "to", "loops"]),
    ],
)
@pytest.mark.parametrize("m", [M, lm.SystemMap()], ids=["some", "none"])
def test_columns(answer: object, columns: list[str], m: lm.SystemMap) -> None:
    assert list(answer(m).to_frame().columns) == columns  # type: ignore[operator]


def test_handovers_lead_from_rows_to_columns() -> None:
    table = lm.boundary(M).handovers()
    assert (table.index.name, table.columns.name) == ("from", "to")
    assert table.loc["Trust", "Board"] == table.loc["Board", "Trust"] == 1


@pytest.mark.parametrize(
    ("loops", "said"),
    [
        (1, "The only loop is seen"),
        (2, "Each of the 2 loops is"),
        (1_000, "Each of the 1,000 loops"),
    ],
)
def test_one_loop_is_not_each_of_them(loops: int, said: str) -> None:
    assert all_seen(loops).startswith(said)


def test_a_map_without_loops_says_so() -> None:
    assert str(lm.shared_loops(lm.SystemMap())).startswith("The map has no loops.")
