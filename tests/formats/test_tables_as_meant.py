"""Tables as people type them: signs, columns, lists, sheets and matrices mean what was meant."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

import loopmap as lm
from loopmap.formats import FORMATS, csv_file, dumped, loaded


def read(text: str, name: str = "csv", **chosen: Any) -> lm.Reading:
    return loaded(text.encode(), FORMATS[name], source=f"t.{name}", **chosen)


def signs(m: lm.SystemMap) -> str:
    return " ".join(f"{k.source}{k.polarity}{k.target}" for k in m.links)


def told(reading: lm.Reading) -> str:
    return "\n".join(map(str, reading.problems))


@pytest.mark.parametrize(
    ("column", "expected", "word"),
    [
        ("++ --", "A+B B+C", "Kumu's"),
        ("++ +- --", "A+B B−C C+D", "Kumu's"),
        ("--", "A?B", "write + or -"),
        ("+ --", "A+B B?C", "write + or -"),
        ("+ - -- ++", "A+B B−C C−D D+E", "strong"),
        ("(+) （－） ➕ [–]", "A+B B−C C+D D−E", ""),
        ("Both increases lowers drains", "A±B B+C C−D D?E", "'drains' (row 5)"),
        ("no_effect +", "A?B B+C", "no effect"),
        ("+ 2 -1", "A+B B+C C−D", ""),
    ],
)  # fmt: skip
def test_a_column_of_signs_is_read_as_a_whole(column: str, expected: str, word: str) -> None:
    cells = [cell.replace("_", " ") for cell in column.split()]
    rows = "".join(f"{'ABCDE'[n]},{'ABCDE'[n + 1]},{cell}\n" for n, cell in enumerate(cells))
    reading = read("from,to,Type\n" + rows)
    assert signs(reading.map) == expected
    assert word in told(reading)
    assert bool(reading.problems) is bool(word)


def test_sizes_are_strengths_and_never_pluses() -> None:
    reading = read("from,to,weight\nA,B,3\nB,C,1\nC,A,0.5\n")
    assert signs(reading.map) == "A?B B?C C?A"
    assert [link.strength for link in reading.map.links] == [3, 1, 0.5]
    assert "no column gives signs" in told(reading)
    m = read("from,to,weight\nA,B,3\nB,C,-1\n").map
    assert signs(m) == "A+B B−C"
    assert [link.strength for link in m.links] == [3, 1]


@pytest.mark.parametrize("bad", ["inf", "high", "nan", "1e999"])
def test_one_bad_cell_costs_that_cell(bad: str) -> None:
    reading = read(f"from,to,weight\nA,B,0.5\nB,C,{bad}\nC,A,-2\n")
    assert signs(reading.map) == "A+B B?C C−A"
    assert "row 3" in told(reading)


@pytest.mark.parametrize(
    "header",
    [
        "from,to,effect", "Cause,Effect on,+/-", "Cause,Effect,Sign (+/-)", "source,target,relation",
        "Cause,Effect,How", "from,to,Positive or negative", "Driver,Outcome,direction",
    ],
)  # fmt: skip
def test_the_sign_is_found_by_what_is_in_it(header: str) -> None:
    assert signs(read(f"{header}\nA,B,+\nB,A,-\n").map) == "A+B B−A"


@pytest.mark.parametrize(
    "header", ["user_id", "Respondent", "speaker", "Team", "Who said it?", "Agency name", "by"]
)
def test_who_is_found_by_many_names(header: str) -> None:
    m = read(f"{header},from,to,sign\nu1,A,B,+\nu2,A,B,-\n").map
    assert m.links[0].perspectives == ("u1", "u2")
    assert str(m.links[0].polarity) == "±"


def test_a_source_beside_cause_and_effect_is_a_reference() -> None:
    m = read("Cause,Effect,Sign,Source\nA,B,+,Report 3\n").map
    assert m.links[0].claims == (lm.Claim(None, "+", source="Report 3"),)


def test_several_names_in_a_cell_are_several_links() -> None:
    reading = read('from,to,sign\nA|B,C; D,+\nA,"C, D",-\nA,"C, of note",-\nC,D,+\n')
    assert signs(reading.map) == "A±C A−C, of note A±D B+C B+D C+D"
    assert "'C, of note'" in told(reading)
    own = lm.SystemMap(links=[("A|B", '"x"; y', "+"), ('"q"', "A, B", "-"), ("A", "B", "+")])
    for name in ("csv", "tsv", "xlsx"):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert loaded(dumped(own, FORMATS[name])[0], FORMATS[name], source="t").map == own


def test_rows_that_say_the_same_are_told() -> None:
    reading = read("from,to,sign\nA,B,+\nA,B,+\nB,A,-\nA,B,positive\n")
    assert signs(reading.map) == "A+B B−A"
    assert "count once (rows 3, 5)" in told(reading)


def test_several_maps_in_one_table_are_asked_for() -> None:
    text = "diagram,from,to,sign\nforest,A,B,+\nbank,C,D,-\n"
    with pytest.raises(lm.MapSyntaxError, match="'forest' and 'bank'"):
        read(text)
    assert signs(read(text, diagram="bank").map) == "C−D"
    with pytest.raises(lm.MapSyntaxError, match="did you mean 'bank'"):
        read(text, diagram="bnk")


def test_the_ending_decides_between_delimiters() -> None:
    own = lm.SystemMap(
        links=[("source,target,sign of things", "B", "+"), ("B", "A;from;to;x", "-")]
    )
    for name in ("csv", "tsv"):
        assert loaded(dumped(own, FORMATS[name])[0], FORMATS[name], source="t").map == own


def test_long_quotes_are_read_or_refused_when_written() -> None:
    def quoted(length: int) -> lm.SystemMap:
        return lm.SystemMap(links=[lm.Link("A", "B", claims=[lm.Claim(quote="x" * length)])])

    m = quoted(131_073)
    assert loaded(dumped(m, FORMATS["csv"])[0], FORMATS["csv"], source="t").map == m
    with pytest.raises(lm.InvalidMapError, match="a text has at most"):
        quoted(1_000_001)


@pytest.mark.parametrize("name", ["csv", "tsv", "xlsx"])
def test_a_cause_that_is_called_like_a_section_heads_none(name: str) -> None:
    m = lm.SystemMap(links=[("# SECTION: edges", "B", "+"), ("B", "# sheet: x", "-")])
    assert loaded(dumped(m, FORMATS[name])[0], FORMATS[name], source="t") == lm.Reading(m, ())


CARRIED = [
    # who stands at the left, nobody twice in a row: an outline, as merged cells leave it
    ("who,cause,effect,sign\nAnn,A,B,+\n,B,C,-\nBo,C,A,+\n,,D,-\n",
     "Ann Ann Bo Bo", "rows that name nobody are read as said by the one above (rows 3, 5)"),
    # somewhere else, or filled cell by cell: asked
    ("cause,effect,sign,who\nA,B,+,Ann\nB,C,-,\n", "Ann None",
     "rows below a name that name nobody are read as the author's (row 3); write into every row"),
    ("who,cause,effect,sign\nAnn,A,B,+\nAnn,B,C,+\n,C,D,+\n", "Ann Ann None",
     "rows below a name that name nobody are read as the author's (row 4); write into every row"),
    # an empty row ends what goes on
    ("who,cause,effect,sign\nAnn,A,B,+\n,,,\n,B,C,-\n", "Ann None", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "who", "what"), CARRIED)
def test_nobody_under_a_name_goes_on_with_it_or_is_asked_about(
    text: str, who: str, what: str
) -> None:
    found = read(text)
    said = [claim.perspective for link in found.map.links for claim in link.claims]
    assert " ".join(map(str, said)) == who
    assert what in told(found)
    assert bool(what) is bool(found.problems)


def test_rows_that_look_alike_under_two_causes_are_two() -> None:
    found = read("cause,effect,sign\nA,B,+\n,C,-\nD,E,+\n,C,-\n,F,+\n")
    assert signs(found.map) == "A+B A−C D−C D+E D+F"
    found = read("who,cause,effect,sign\nAnn,A,B,+\n,B,C,-\nBo,A,B,+\n,B,C,-\n")
    assert [link.perspectives for link in found.map.links] == [("Ann", "Bo")] * 2


@pytest.mark.parametrize(
    ("name", "mark", "what"),
    [("csv", ";", "semicolons, not by commas"), ("tsv", ",", "commas, not by tabs"),
     ("csv", "\t", "tabs, not by commas"), ("csv", "|", "strokes, not by commas")],
)  # fmt: skip
def test_another_delimiter_than_that_of_the_ending_is_told(name: str, mark: str, what: str) -> None:
    rows = ["from,to,sign", "A,B,+", "B,A,-"]
    found = read("\n".join(rows).replace(",", mark), name)
    assert signs(found.map) == "A+B B−A"
    assert what in told(found)
    assert [problem.severity for problem in found.problems] == ["note"]  # its header is certain
    without = read("A,B,+\nB,A,-\n".replace(",", mark), name)
    assert "warning" in {p.severity for p in without.problems if "parted" in p.what}
    usual = {"csv": ",", "tsv": "\t"}[name]
    assert not read("\n".join(rows).replace(",", usual), name).problems


MATRIX = ",Rain,Crops,Farming\nRain,0,1,0\nCrops,,0,0.7\nFarming,-0.3,0,0\n"


def test_a_matrix_is_refused_with_the_sentence_that_reads_it(tmp_path: Path) -> None:
    with pytest.raises(lm.MapSyntaxError, match=r'lm.from_matrix\(\'t.csv\', rows="cause"\)'):
        read(MATRIX)
    file = tmp_path / "m.csv"
    file.write_text(MATRIX)
    m = lm.from_matrix(str(file), rows="cause")
    assert signs(m) == "Crops+Farming Farming−Rain Rain+Crops"
    assert [link.strength for link in m.links] == [0.7, 0.3, 1]
    assert signs(lm.from_matrix(file, rows="effect")) == "Crops+Rain Farming+Crops Rain−Farming"
    with pytest.raises(lm.InvalidMapError, match='write rows="cause"'):
        lm.from_matrix(file)


def book(sheets: dict[str, list[list[Any]]], merged: str = "", **chosen: Any) -> lm.Reading:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
        if merged and title == next(iter(sheets)):
            sheet.merge_cells(merged)
    out = io.BytesIO()
    made.save(out)
    return loaded(out.getvalue(), FORMATS["xlsx"], source="t.xlsx", **chosen)


LINKS = [["Agency", "Cause", "Effect", "Sign"], ["P", "A", "B", "+"], [None, "B", "C", "-"]]


def test_merged_cells_carry_down() -> None:
    assert [k.perspectives for k in book({"x": LINKS}, "A2:A3").map.links] == [("P",), ("P",)]
    causes = [["Cause", "Effect", "Sign"], ["A", "B", "+"], [None, "C", "-"]]
    assert signs(book({"x": causes}, "A2:A3").map) == "A+B A−C"


def test_sheets_are_links_names_agencies_or_told() -> None:
    ends = [["From", "To", "Sign"], ["e1", "e2", "+"]]
    nodes = [["ID", "Label"], ["e1", "Rent"], ["e2", "Debt"]]
    assert signs(book({"notes": [["x"]], "Nodes": nodes, "L": ends}).map) == "Rent+Debt"
    reading = book({"Police": ends, "Health": ends, "old (ignore)": ends})
    assert reading.map.links[0].perspectives == ("Health", "Police")
    assert "read as one perspective each" in told(reading)
    assert "'old (ignore)' is not read, as it asks" in told(reading)


def test_a_strength_survives_a_workbook() -> None:
    m = lm.SystemMap(links=[lm.Link("A", "B", "+", strength=0.1 + 0.2)])
    assert loaded(dumped(m, FORMATS["xlsx"])[0], FORMATS["xlsx"], source="t").map == m


@pytest.mark.parametrize(
    ("file", "expected", "loops"),
    [
        ("fullwidth_minus.csv", "A+B B−A", "B"),
        ("signs_in_brackets.csv", "A+B B−A", "B"),
        ("kumu_double_signs.csv", "A+B B−C C+A", "B"),
        ("kumu_double_signs_silent.csv", "A+B B+A", "R"),
        ("weight_only.csv", "Debt?Savings Rent?Debt Savings?Rent", "U"),
        ("strength_scale_becomes_plus.csv", "Debt?Savings Rent?Debt Savings?Rent", "U"),
        ("header_plus_minus.xlsx", "Debt+Stress Rent+Debt Stress−Rent", "B"),
        ("ids_in_second_sheet.xlsx", "Debt+Stress Rent+Debt Stress−Rent", "B"),
        ("user_id_not_a_perspective.csv", "A±B B+A", "U"),
        ("identical_rows_vanish.csv", "A+B B−A", "B"),
        ("merged_agency_column_loses_who.xlsx", "A one±B two B two−C three C three+A one", "U"),
    ],
)
def test_the_cases(shared: Path, file: str, expected: str, loops: str) -> None:
    if not (shared / "cases" / "tables").is_dir():
        pytest.skip("needs ../shared/cases, which is not here")
    m, _ = lm.reading(shared / "cases" / "tables" / file)
    assert signs(m) == expected
    assert "".join(loop.kind for loop in lm.find_loops(m)) == loops


def test_the_other_cases(shared: Path) -> None:
    folder = shared / "cases" / "tables"
    if not folder.is_dir():
        pytest.skip("needs ../shared/cases, which is not here")
    assert len(lm.reading(folder / "kumu_to_with_pipes.csv").map.links) == 4
    with pytest.raises(lm.MapSyntaxError, match="diagram='forest'"):
        lm.read(folder / "several_diagrams_in_one_table.csv")
    assert (
        len(lm.read(folder / "several_diagrams_in_one_table.csv", diagram="forest").links) == 5 + 1
    )
    for matrix in ("matrix.csv", "matrix.xlsx"):
        with pytest.raises(lm.MapSyntaxError, match="from_matrix"):
            lm.read(folder / matrix)
    assert len(lm.from_matrix(folder / "matrix.csv", rows="cause").links) == 5
    assert len(lm.reading(folder / "messy_workbook.xlsx").map.links) == 6


def test_millions_of_rows_alike_are_counted_once() -> None:
    reading = read("from,to,sign\n" + "a,b,+\n" * 50_000 + ",,\n" * 50_000 + "\n" * 50_000)
    assert signs(reading.map) == "a+b"
    assert "and 49,994 more" in told(reading)
    with pytest.raises(lm.MapSyntaxError, match="more than 50,000 different rows"):
        read("from,to\n" + "".join(f"a,b{n}\n" for n in range(101_000)))


def test_a_far_cell_costs_nothing() -> None:
    made = openpyxl.Workbook()
    made.active["A1"], made.active["B1"], made.active["A199990"] = "from", "to", "x"
    made.active["A2"], made.active["B2"] = "A", "B"
    out = io.BytesIO()
    made.save(out)
    assert signs(loaded(out.getvalue(), FORMATS["xlsx"], source="t.xlsx").map) == "A?B"


def test_lists_in_cells_do_not_multiply_without_end() -> None:
    each = "|".join(f"v{n}" for n in range(30))
    with pytest.raises(lm.MapSyntaxError, match="this table has more than 50,000 links"):
        read("from,to,sign\n" + f"{each},{each},+\n" + f"{each},{each},-\n" * 1 + "".join(
            f"{each},{each}|w{n},+\n" for n in range(60)))  # fmt: skip


def test_a_row_that_says_what_another_says_is_told_as_often() -> None:
    rows = "".join(f"A{n},B,much,yes\n" for n in range(9)) + "".join(
        f"A{n},C,-,yes\n" for n in range(9)
    )
    reading = read("from,to,sign,delay\n" + rows)
    assert "'much' (rows 2, 3, 4, 5, 6 and 4 more)" in told(reading)
    assert all(link.delayed for link in reading.map.links)
    assert len(reading.map.links) == 18


def test_sections_of_a_file_are_read_as_sheets_are() -> None:
    reading = read(
        "# made by hand\n# SECTION: nodes\nid,label,type,description\n1,Rain,stock,wet\n2,Crops,,\n"
        "3,Alone,,\n\n# SECTION: edges\nfrom,to,polarity\n1,2,+\n2,1,-\n# Table: notes\nwho,what\na,b\n"
    )
    assert signs(reading.map) == "Crops−Rain Rain+Crops"
    assert reading.map["Rain"] == lm.Element("Rain", "stock", "wet")
    assert "Alone" in reading.map
    assert told(reading) == "t.csv: the section 'notes' is not read"
    two = "from,to,sign\nA,B,+\n# section A\nfrom,to,sign\nA,B,-\n"
    assert signs(read(two).map) == "A±B"
    assert "the sections 'first rows' and 'A' are read as one perspective each" in told(read(two))
    assert signs(read(two, diagram="A").map) == "A−B"


def test_two_columns_are_a_header_and_comments_above_it_are_not_missed() -> None:
    found = read("# by hand\n\nsource,target\nA,B\n")
    assert signs(found.map) == "A?B"
    assert not [p for p in found.problems if "above the names" in p.what]
    found = read("By hand\nsource,target\nA,B\n")
    assert "what stands above the names of the columns is not read" in told(found)


def test_too_many_rows_say_in_which_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_file, "MOST_LINKS", -98)  # and room for a hundred rows more
    with pytest.raises(lm.MapSyntaxError, match=r"t\.csv"):
        read("source,target,sign\nA,B,+\nB,C,+\n")


def test_what_several_sheets_are_taken_for_is_told_and_a_wrong_name_corrected() -> None:
    head = ["source", "target", "sign"]
    both: dict[str, list[list[Any]]] = {
        "Ward": [head, ["A", "B", "perhaps"]],
        "Home": [head, ["B", "C", "+"]],
    }
    found = book({**both, **{f"n{i}": [["x"]] for i in range(12)}})
    assert [(p.where, p.rule) for p in found.problems[:2]] == [
        ("t.xlsx: sheet 'Ward'", "guessed"),
        ("t.xlsx", "guessed"),
    ]
    assert str(found.problems[-2]) == "t.xlsx: the sheet 'n9' is not read"
    assert str(found.problems[-1]) == "t.xlsx: 2 more sheets are not read"
    with pytest.raises(lm.MapSyntaxError) as caught:
        book(both, diagram="Wart")
    assert str(caught.value).endswith("'Ward' and 'Home'; did you mean 'Ward'?")


def test_what_holds_no_matrix_is_refused(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active.append(["By hand"])
    made.save(tmp_path / "t.xlsx")
    (tmp_path / "heads.csv").write_text("A,B,C\n")
    for name in ("t.xlsx", "heads.csv"):
        with pytest.raises(lm.MapSyntaxError, match="holds no matrix; the first row and column"):
            lm.from_matrix(tmp_path / name, rows="cause")
    for empty in ([], pd.DataFrame(), pd.DataFrame({"A": []})):
        with pytest.raises(lm.InvalidMapError, match="no names of columns and rows"):
            lm.from_matrix(empty, rows="cause")


def test_a_table_of_links_is_no_matrix(tmp_path: Path) -> None:
    df = pd.DataFrame({"from": ["A", "B"], "to": ["B", "C"], "sign": ["+", "-"]})
    df.to_csv(tmp_path / "t.csv", index=False)
    with pytest.raises(lm.MapSyntaxError, match=r"table of links.*lm\.read\('.*t\.csv'\) reads it"):
        lm.from_matrix(tmp_path / "t.csv", rows="cause")
    for frame in (df, df.set_index("from")):
        with pytest.raises(lm.InvalidMapError, match=r"table of links.*lm\.from_frame\(df\) reads"):
            lm.from_matrix(frame, rows="cause")
    names = ["Cause", "Effect"]  # a matrix of variables that are called so is one
    m = lm.from_matrix(pd.DataFrame([[0, 1], [-1, 0]], names, names), rows="cause")
    assert signs(m) == "Cause+Effect Effect−Cause"
    pd.DataFrame([[0, 1], [-1, 0]], names, names).to_csv(tmp_path / "m.csv")
    assert lm.from_matrix(tmp_path / "m.csv", rows="cause") == m


def test_reading_a_file_takes_the_diagram_that_is_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("diagram,source,target,sign\nbank,A,B,+\nfarm,B,C,-\n")
    assert signs(lm.read(file, diagram="farm")) == "B−C"
    with pytest.raises(lm.UnknownFormatError, match=r"\(or pass format=\)"):
        lm.read(tmp_path / "t.unheard")
