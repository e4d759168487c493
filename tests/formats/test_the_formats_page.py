"""docs/formats.md says of every format and column what the tables in the code say."""

from __future__ import annotations

from pathlib import Path

from loopmap.formats import FEATURES, FORMATS, Format
from loopmap.interop import COLUMNS

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text("utf-8")

HOLDS = {
    "source": "the cause",
    "target": "the effect",
    "sign": "the sign",
    "kind": "`causal`, `holds`, `influences` or `wants`",
    "source kind": "what the cause is: `variable`, `stock`, `flow` or `stakeholder`",
    "target kind": "what the effect is",
    "route": "which of several links between the two",
    "perspective": "who says so: makes claims",
    "delayed": "whether it takes time",
    "strength": "a number",
    "evidence": "how well it is supported",
    "basis": "how we know it is theirs",
    "quote": "their words",
    "reference": "where those stand",
    "note": "a remark",
}


def table_of_formats() -> str:
    rows = [
        "| file | what it is | `format=` | read | written | does not keep |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join(rows + [_row(row) for row in FORMATS.values()])


def _row(row: Format) -> str:
    endings = " ".join(f"`{ending}`" for ending in row.suffixes)
    lost = ", ".join(feature.many for name, feature in FEATURES.items() if name not in row.keeps)
    cells = [
        endings,
        row.about,
        f"`{row.name}`",
        "yes" if row.load else "no",
        "yes" if row.dump else "no",
        lost or "–",
    ]
    return f"| {' | '.join(cells)} |"


def table_of_columns() -> str:
    rows = ["| holds | names |", "|---|---|"]
    return "\n".join(
        rows + [f"| {HOLDS[role]} | {', '.join(names)} |" for role, names in COLUMNS.items()]
    )


def test_the_table_of_formats_is_up_to_date() -> None:
    assert table_of_formats() in PAGE, f"put this into docs/formats.md:\n{table_of_formats()}"


def test_the_table_of_columns_is_up_to_date() -> None:
    assert table_of_columns() in PAGE, f"put this into docs/formats.md:\n{table_of_columns()}"
