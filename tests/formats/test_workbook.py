"""A whole map in a workbook: four sheets that people read and change, and the same bytes always."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
import pytest

import loopmap as lm
from loopmap.example_maps import EXAMPLES
from loopmap.formats import FORMATS, dumped, loaded

XLSX = FORMATS["xlsx"]
MAP = lm.SystemMap(
    [
        lm.Element("Backlog", "stock", notes=["of June; counted", "by hand"], tags="goal"),
        lm.Element("Morale", notes="asked, not measured", position=(1.5, -2)),
        "Weather",
    ],
    [("Backlog", "Stress", "+"), ("Stress", "Backlog", "+"), ("=SUM(A1)", "Stress", "-")],
    [lm.NamedLoop("Round", ["Stress", "Backlog"], "R", "And so on."), lm.NamedLoop("?", ["A; B"])],
    title="The hub", sources=["source", "target"], focal="Stress",
)  # fmt: skip


def book(m: lm.SystemMap = MAP) -> Any:
    return openpyxl.load_workbook(io.BytesIO(dumped(m, XLSX)[0]))


def reading(made: Any) -> lm.Reading:
    out = io.BytesIO()
    made.save(out)
    return loaded(out.getvalue(), XLSX, source="t.xlsx")


def workbook(**sheets: list[list[Any]]) -> Any:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return made


LINKS = [["from", "to", "sign"], ["A", "B", "+"], ["B", "C", "-"]]


def whats(found: lm.Reading) -> str:
    return "\n".join(map(str, found.problems))


@pytest.mark.parametrize("name", ["", *EXAMPLES])
def test_a_workbook_keeps_the_whole_map(name: str) -> None:
    m = lm.example(name) if name else MAP
    data, lost = dumped(m, XLSX)
    assert loaded(data, XLSX, source="t.xlsx") == (m, ())
    assert not lost


def test_the_sheets_are_laid_out_for_people() -> None:
    made = book()
    assert made.sheetnames == ["Map", "Links", "Elements", "Loops"]
    assert made.active.title == "Links"
    for sheet in made:
        assert sheet.freeze_panes == "A2"
        assert all(cell.font.bold for cell in sheet[1])
        assert not sheet["A2"].font.bold
        assert sheet.column_dimensions["A"].width >= 8
    assert made["Loops"]["C2"].value == "Stress\nBacklog" or made["Loops"]["C3"].value
    assert made["Elements"]["D3"].alignment.wrap_text
    formula = made["Links"]["A2"]
    assert (formula.value, formula.data_type, formula.quotePrefix) == ("=SUM(A1)", "s", True)
    assert not made["Links"]["A3"].quotePrefix


def test_the_same_map_gives_the_same_bytes() -> None:
    data = dumped(MAP, XLSX)[0]
    assert dumped(MAP.replace(), XLSX)[0] == data
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = parts.read("docProps/core.xml").decode()
    assert core.count("1980-01-01T00:00:00Z") == 2
    assert core.count("T") == 2 + core.count("W3CDTF")  # and no other time


def test_pandas_reads_it() -> None:
    pandas = pytest.importorskip("pandas")
    frames = pandas.read_excel(io.BytesIO(dumped(MAP, XLSX)[0]), sheet_name=None)
    assert list(frames) == ["Map", "Links", "Elements", "Loops"]
    assert lm.from_frame(frames["Links"]).links == MAP.links


def test_people_add_to_it() -> None:
    made = book()
    made["Links"].append(["Stress", "New one", "+"])
    made["Elements"].append(["Alone", "flow", "driver, goal; odd", "one\ntwo"])
    made["Elements"].append(["Morale", "variable", None, "again"])
    made["Map"].append(["subtitle", "What we know"])
    made["Map"].append(["source", "a third"])
    made["Loops"].append(["In a line", "r", "Stress -> Backlog → Weather"])
    m, problems = reading(made)
    assert not problems
    assert m["Alone"] == lm.Element("Alone", "flow", ["one", "two"], ["driver", "goal", "odd"])
    assert m["Morale"].notes == ("again", "asked, not measured")
    assert m["Morale"].position == (1.5, -2)
    assert m.link("Stress", "New one").polarity == "+"
    assert (m.subtitle, m.sources) == ("What we know", ("a third", "source", "target"))
    assert lm.NamedLoop("In a line", ["Stress", "Backlog", "Weather"], "R") in m.loops


def test_what_cannot_be_read_of_it_is_told() -> None:
    made = book()
    made["Elements"].append(["Stress", "stock"])
    made["Elements"].append([None, "stock"])
    made["Elements"].append(["Odd", "driver", None, None, "here"])
    made["Map"].append(["title", "Another"])
    made["Map"].append(["colour", "red"])
    made["Loops"].append(["Twice", "vicious", "A|B|A"])
    made["Links"].append(["Stress", "Backlog", "-", "influences"])
    m, problems = reading(made)
    said = "\n".join(map(str, problems))
    for what in (
        "elements that stand twice, of different kinds, are of the first (row 7)",
        "rows without a name are not read (row 8)",
        "kinds that loopmap does not know are read as tags: 'driver' (row 9)",
        "places that are not two numbers are not kept (row 9)",
        "are not read: 'title' and 'colour'",
        "kinds of loops that are not known are left out: 'vicious' (row 4)",
        "a loop is not read: the loop 'Twice' meets 'A' twice",
    ):
        assert what in said, said
    assert m["Odd"].tags == ("driver",)
    assert m["Stress"].kind == "variable"
    assert m.title == "The hub"
    assert m.loops == MAP.loops


@pytest.mark.parametrize(
    ("nodes", "element"),
    [
        ([["Label", "Type", "Description", "Tags"], ["A", "Stock", "Much\nof it", "x|y"], ["B"],
          ["C"], ["D"]], lm.Element("A", "stock", "Much of it", ["x", "y"])),
        ([["Name", "Kind"], ["A", "flow"], ["D"]], lm.Element("A", "flow")),
        ([["Kumu export"], ["Label", "Type"], ["A", "Driver"], ["D"]],
         lm.Element("A", tags="Driver")),
    ],
    ids=["all", "few", "below a line"],
)  # fmt: skip
def test_a_list_of_elements_by_people_is_read(nodes: list[list[Any]], element: lm.Element) -> None:
    m = reading(workbook(Elements=nodes, Connections=LINKS)).map
    assert m["A"] == element
    assert "D" in m
    assert len(m.links) == 2


def test_ids_bring_their_kinds_and_notes() -> None:
    nodes = [["id", "label", "type", "notes"], ["A", "Ash", "stock", "grey"], ["B", "Birch"],
             ["C", "Cat"]]  # fmt: skip
    m = reading(workbook(Nodes=nodes, Links=LINKS)).map
    assert m.names == ("Ash", "Birch", "Cat")
    assert m["Ash"] == lm.Element("Ash", "stock", "grey")


def test_other_lists_of_names_are_told_and_not_read() -> None:
    found = reading(workbook(Links=LINKS, Contacts=[["Name", "Notes"], ["Ann", "phone"]]))
    assert found.map.names == ("A", "B", "C")
    assert "the sheet 'Contacts' is not read" in whats(found)
