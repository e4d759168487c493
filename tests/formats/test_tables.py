"""Tables of links from spreadsheets: delimiters, encodings, headers, formulas, damage, bombs."""

from __future__ import annotations

import builtins
import io
import itertools
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import loopmap as lm
from loopmap import Link, SystemMap
from loopmap.formats import FORMATS, dumped, excel_file, loaded

TWO = SystemMap(links=[("Backlog", "Overtime", "+"), ("Overtime", "Backlog", "-")])


def read(text: str | bytes, name: str = "csv") -> lm.Reading:
    data = text if isinstance(text, bytes) else text.encode()
    return loaded(data, FORMATS[name], source="t.csv")


@pytest.mark.parametrize(
    "text",
    [
        "source,target,sign\nBacklog,Overtime,+\nOvertime,Backlog,-\n",
        "from;to;polarity\r\nBacklog;Overtime;+\r\nOvertime;Backlog;–\r\n",
        "Cause\tEffect\tType\nBacklog\tOvertime\tpositive\nOvertime\tBacklog\tnegative\n",
        "sep=|\nsource|target|sign\nBacklog|Overtime|+\nOvertime|Backlog|-\n",
        '"source","target","weight"\r"Backlog","Overtime","1"\r"Overtime","Backlog","-1"\r',
        "\ufeffsource,target,sign\n\nBacklog,Overtime,+\n,,\nOvertime,Backlog,-",
        "source,target,sign\nBacklog,Overtime,+\nOvertime,Backlog,-\n".encode("utf-16"),
    ],
    ids=["commas", "semicolons", "tabs", "sep=", "CR only", "BOM and empty rows", "UTF-16"],
)
def test_spreadsheets_write_many_ways(text: str | bytes) -> None:
    assert read(text).map.links == tuple(link for link in read(text).map.links)
    assert [(k.source, k.target, k.polarity) for k in read(text).map.links] == [
        (k.source, k.target, k.polarity) for k in TWO.links
    ]


@pytest.mark.parametrize("first", ["Backlog,Overtime,+\n", "Backlog,+,Overtime\n"])
def test_a_table_without_header_is_guessed_and_told(first: str) -> None:
    m, problems = read(first)
    assert m.links == TWO.links[:1]
    assert "the first row names no columns; they are read as source, " in problems[0].what


def test_what_stands_above_the_header_is_told() -> None:
    m, problems = read("Workshop of 12 May\n\nsource,target,sign\nBacklog,Overtime,+\n")
    assert m.links == TWO.links[:1]
    assert [problem.what for problem in problems] == [
        "what stands above the names of the columns is not read"
    ]


def test_cp1252_is_a_guess() -> None:
    m, problems = read("source,target,sign\nCafé,B,+\n".encode("cp1252"))
    assert "Café" in m
    assert "read as Windows-1252, which is a guess" in str(problems[0])
    assert problems[0].where == "t.csv:2"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no column holds the causes: it is empty"),
        ("hello", "the columns are 'hello'; call one of them source, from, cause"),
        ("source,sign\nA,+", "no column holds the effects: the columns are 'source' and 'sign'; call one of them target, to, effect"),
        ('source,target\n"A,B', "t.csv:2: unexpected end of data; quote a cell whole"),
        ("source,target\n" + "x" * 10_000_000 + ",B", "field larger than field limit"),
        (b"\xff\xfe" + b"\x00\xd8" * 10, "no column holds the causes"),
    ],
    ids=["empty", "prose", "no effects", "open quote", "10 MB cell", "broken UTF-16"],
)  # fmt: skip
def test_what_is_no_table_of_links(text: str | bytes, message: str) -> None:
    with pytest.raises(lm.MapSyntaxError) as caught:
        read(text)
    assert message in str(caught.value)


def test_a_row_that_contradicts_the_kinds_is_told_and_left_out() -> None:
    text = "source,target,sign,kind\nPolice,Backlog,,holds\nPolice,Stress,+,\nStress,Backlog,+,\n"
    m, problems = read(text)
    assert [(k.source, k.kind) for k in m.links] == [("Police", "holds"), ("Stress", "causal")]
    assert "not stakeholder 'Police' to variable 'Stress'" in problems[0].what
    assert problems[0].what.endswith("(row 3)")


HOSTILE = SystemMap(
    links=[
        ('=HYPERLINK("http://x")', "@SUM(A1)", "-"),
        ("+1", "'=x", "+"),
        ("\u202eevil", '"><script>', "?"),
    ]
)


def test_no_cell_of_a_csv_is_a_formula() -> None:
    data, _ = dumped(HOSTILE, FORMATS["csv"])
    for line in data.decode("utf-8-sig").splitlines()[1:]:
        for cell in next(iter(__import__("csv").reader([line]))):
            assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r")
    assert read(data).map.links == HOSTILE.links


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    data, _ = dumped(HOSTILE, FORMATS["xlsx"])
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
    assert read(data, "xlsx").map.links == HOSTILE.links


def workbook(**sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_sheet_with_links_is_found_and_the_others_told() -> None:
    data = workbook(
        notes=[["hello"]],
        empty=[],
        edges=[["Workshop", None], ["From", "To", "Polarity", "Participant", "Weight"],
               ["Backlog", "Overtime", "+", "Ann", 0.5], [None], ["Overtime", "Backlog", "-", 7, 3.0]],
    )  # fmt: skip
    m, problems = read(data, "xlsx")
    assert m.links == (
        Link("Backlog", "Overtime", claims=[lm.Claim("Ann", "+", strength=0.5)]),
        Link("Overtime", "Backlog", claims=[lm.Claim("7", "-", strength=3)]),
    )
    assert "the sheet 'notes' is not read" in [problem.what for problem in problems]


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "this is no .xlsx workbook"),
        (b"source,target\n", "this is no .xlsx workbook"),
        (zipped(a=b"x"), "this workbook cannot be read"),
        (zipped(a=b"0" * 50_000_000), "this workbook would unpack to 50,000,000 bytes in 1 files"),
        (zipped(**{f"f{n}": b"" for n in range(3000)}), "in 3,000 files"),
        (workbook(empty=[]), "this workbook is empty"),
    ],
    ids=["nothing", "text", "not Excel", "bomb", "many files", "empty"],
)
def test_what_is_no_workbook_is_refused_before_it_is_unpacked(data: bytes, message: str) -> None:
    with pytest.raises(lm.MapSyntaxError) as caught:
        read(data, "xlsx")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("limit", "what"), [("_MOST_TAGS", ""), ("_MOST_STYLE_TAGS", " of styles")]
)
def test_a_book_without_end_is_refused(
    monkeypatch: pytest.MonkeyPatch, limit: str, what: str
) -> None:
    monkeypatch.setattr(excel_file, limit, 20)
    with pytest.raises(lm.MapSyntaxError, match=f"tags{what} inside, and at most 20 are read"):
        read(dumped(TWO, FORMATS["xlsx"])[0], "xlsx")


def test_what_is_written_is_read_again_or_refused() -> None:
    names = [f"A{n}" for n in range(9_000)]
    m = SystemMap(links=[(a, b, "+") for a, b in itertools.pairwise(names)])
    with pytest.raises(lm.InvalidMapError, match="cells would not be read again"):
        dumped(m, FORMATS["xlsx"])
    m = SystemMap(links=m.links[:6_000])
    assert read(dumped(m, FORMATS["xlsx"])[0], "xlsx") == (m, ())


def test_a_name_too_long_for_a_cell_is_refused_not_cut() -> None:
    with pytest.raises(
        lm.InvalidMapError, match="has 40,000 characters, and a cell of a workbook at most 32,767"
    ):
        dumped(SystemMap(links=[("x" * 40_000, "B", "+")]), FORMATS["xlsx"])


def test_without_openpyxl_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "openpyxl":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(lm.MissingExtraError, match=r'pip install "loopmap\[excel\]"'):
        dumped(TWO, FORMATS["xlsx"])


@pytest.mark.parametrize(
    ("file", "variables", "links", "loops"),
    [("perspectiva_verification_v1.csv", 135, 173, 33), ("causalmap_edges.csv", 99, 208, None)],
)
def test_real_files(shared: Path, file: str, variables: int, links: int, loops: int | None) -> None:
    m, problems = lm.reading(shared / "maps" / "csv" / file)
    assert (len(m.variables), len(m.links)) == (variables, links)
    assert any("columns that are not read" in problem.what for problem in problems)
    if loops is not None:
        assert len(lm.find_loops(m)) == loops
    else:
        assert any("causes and effects are all numbers" in problem.what for problem in problems)


@pytest.mark.parametrize(
    "name", ['"', "''", "〃", "Ditto", "as above", '"ditto"', '""ditto""', '"""']
)
@pytest.mark.parametrize("format", ["csv", "tsv"])
def test_what_looks_like_a_ditto_mark_in_our_own_table_is_none(format: str, name: str) -> None:
    said = [[lm.Claim(who, "+")] for who in ("Police", name)]
    m = SystemMap(
        links=[Link("A", "B", claims=said[0]), Link("C", name, claims=said[1]), Link(name, "D")]
    )
    data = dumped(m, FORMATS[format])[0]
    assert loaded(data, FORMATS[format], source=f"x.{format}").map.links == m.links
