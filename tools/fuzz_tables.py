"""Tables drawn at random with their truth known: what is read wrong without a word?

    python tools/fuzz_tables.py [TABLES] [SEED]

Headers, the order of columns, words for signs, delimiters, title rows, empty rows, lists in cells,
who, strengths, bad cells, cells left empty below what they go on with, merged cells, and sheets
beside the one with links or one for each agency are drawn at random. A link, a sign or somebody
other than was meant is a silent misreading unless the reading tells of something more than a note.
"""

from __future__ import annotations

import csv
import io
import random
import sys
from collections import Counter
from typing import NamedTuple

import openpyxl

import loopmap as lm
from loopmap.formats import FORMATS, loaded

ENDS = [("from", "to"), ("Cause", "Effect"), ("Source", "Target"), ("From node", "To node"),
        ("Driver", "Outcome"), ("cause", "effect on"), ("Influencer", "Influenced")]  # fmt: skip
SIGNS = ["sign", "Polarity", "+/-", "Sign (+ or -)", "type", "Relationship", "Effect sign", "How"]
WHO = ["user_id", "Agency", "Respondent", "Who said it?", "Team", "speaker", "Lead agency"]
WORDS = {
    "+": [["+"], ["increases", "Raises"], ["(+)"], ["＋"], ["positive"], ["s"], ["1"], ["++", "--"],
          ["➕"], ["Promotes"], ["same"], ["strongly increases", "slightly increases"], ["weak +"]],
    "-": [["-", "−", "–"], ["decreases", "Lowers"], ["(-)"], ["－"], ["negative"], ["o"], ["-1"],
          ["+-", "-+"], ["➖"], ["Inhibits"], ["opposite"], ["strongly reduces", "reduces a bit"],
          ["strong -"]],
}  # fmt: skip
BAD = ["high", "inf", "drains", "maybe"]


#: A link, and what each says of it: somebody's name and a sign.
Meaning = dict[tuple[str, str], set[tuple[str, str]]]


class Table(NamedTuple):
    """Rows with their header, what they mean, and the columns that go on from row to row."""

    rows: list[list[str]]
    means: Meaning
    outline: list[int]


def table(rng: random.Random, names: list[str], *, who: bool, outline: bool) -> Table:
    """Draw a table: ``who`` has a column for who says so, ``outline`` is sorted to be merged."""
    style = rng.randrange(len(WORDS["+"]))
    ends = rng.choice(ENDS)
    columns = [*ends, rng.choice(SIGNS)]
    columns += [rng.choice(WHO)] if who else []
    columns += ["strength"] if rng.random() < 0.3 else []
    order = rng.sample(columns, len(columns))
    means: Meaning = {}
    rows = []
    for _ in range(rng.randint(1, 8)):
        a, b, sign = rng.choice(names), [rng.choice(names)], rng.choice("+-")
        if rng.random() < 0.1:
            b.append(rng.choice(names))
        word = rng.choice(WORDS[sign][style])
        if rng.random() < 0.05:
            sign, word = "", rng.choice(BAD)
        speaker = rng.choice(["P", "Q"]) if who else ""
        cells = {columns[0]: a, columns[1]: "|".join(b), columns[2]: word}
        cells |= {columns[3]: speaker} if who else {}
        cells |= {"strength": str(rng.randint(1, 5))} if "strength" in columns else {}
        rows.append([cells[name] for name in order])
        for each in b:
            means.setdefault((a, each), set()).add((speaker, sign))
    goes_on = [order.index(columns[3])] if who and rng.random() < 0.7 else []
    goes_on += [order.index(columns[0])]
    if outline:
        rows.sort(key=lambda row: [row[at] for at in goes_on])
    return Table([order, *rows], means, goes_on)


def spans(rows: list[list[str]], outline: list[int]) -> list[tuple[int, int, int]]:
    """Give the cells that say what those above them say: column, first row, last row."""
    found = []
    for depth, at in enumerate(outline):
        first = 1
        for number in range(2, len(rows) + 1):
            keys = outline[: depth + 1]
            if number < len(rows) and all(rows[number][k] == rows[first][k] for k in keys):
                continue
            if number - 1 > first:
                found.append((at, first, number - 1))
            first = number
    return found


def csv_of(rng: random.Random, drawn: Table, *, outline: bool) -> tuple[bytes, str]:
    """Write a table as text, and choose the format."""
    rows = [[*row] for row in drawn.rows]
    if outline:
        for at, first, last in spans(drawn.rows, drawn.outline):
            for row in rows[first + 1 : last + 1]:
                row[at] = ""
    else:
        for place in reversed(range(2, len(rows) + 1)):
            if rng.random() < 0.1:
                rows.insert(place, [""] * len(rows[0]))
    if rng.random() < 0.2:
        rows.insert(0, ["Workshop of 3 June"])
    name = rng.choice(["csv", "tsv"])
    out = io.StringIO()
    usual = "," if name == "csv" else "\t"
    csv.writer(out, delimiter=rng.choice([usual, usual, ";"])).writerows(rows)
    return out.getvalue().encode(), name


def book_of(rng: random.Random, sheets: dict[str, Table], *, outline: bool) -> bytes:
    """Write tables as a workbook, among sheets that hold no links."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    if rng.random() < 0.3:
        book.create_sheet("Read me").append(["By hand", "in June"])
    for title, drawn in sheets.items():
        sheet = book.create_sheet(title)
        above = rng.random() < 0.2
        for row in [["Workshop of 3 June"]] * above + drawn.rows:
            sheet.append([int(cell) if cell.isdecimal() else cell for cell in row])
        for at, first, last in spans(drawn.rows, drawn.outline) if outline else ():
            column = openpyxl.utils.get_column_letter(at + 1)
            sheet.merge_cells(f"{column}{first + 1 + above}:{column}{last + 1 + above}")
    if rng.random() < 0.3:
        book.create_sheet("Old (ignore)").append(["from", "to", "sign"])
        book["Old (ignore)"].append(["Nobody", "Nothing", "+"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def file(rng: random.Random, kind: str) -> tuple[bytes, str, Meaning]:
    """Draw a file, its format, and what it means."""
    names = [f"Name {chr(65 + n)}" for n in range(rng.randint(2, 6))]
    outline = kind in ("carried", "merged")
    who = rng.random() < (0.7 if outline else 0.4)
    if kind == "sheets":
        titles = ["Police", "Health", "Schools"][: rng.randint(2, 3)]
        sheets = {title: table(rng, names, who=False, outline=False) for title in titles}
        means: Meaning = {}
        for title, drawn in sheets.items():
            for key, said in drawn.means.items():
                means.setdefault(key, set()).update((title, sign) for _, sign in said)
        return book_of(rng, sheets, outline=False), "xlsx", means
    drawn = table(rng, names, who=who, outline=outline)
    if kind in ("plain", "carried"):
        return *csv_of(rng, drawn, outline=outline), drawn.means
    return book_of(rng, {"Links": drawn}, outline=outline), "xlsx", drawn.means


def said_in(m: lm.SystemMap) -> Meaning:
    """Give what a map says, as it is drawn here."""
    signs = {"?": ("",), "+/-": ("+", "-")}
    return {
        (k.source, k.target): {
            (c.perspective or "", sign)
            for c in k.claims
            for sign in signs.get(c.polarity.sign, (c.polarity.sign,))
        }
        for k in m.links
    }


#: What is drawn -> its share of all.
KINDS = {"plain": 0.5, "carried": 0.2, "merged": 0.1, "book": 0.05, "sheets": 0.15}


def main(tables: int = 20_000, seed: int = 0) -> int:
    """Draw tables, and print those that are read wrong without a word."""
    rng = random.Random(seed)
    came: Counter[str] = Counter()
    for number in range(tables):
        kind = rng.choices([*KINDS], [*KINDS.values()])[0]
        data, name, means = file(rng, kind)
        try:
            m, problems = loaded(data, FORMATS[name], source=f"table {number}")
        except lm.MapSyntaxError:
            came[f"{kind} refused"] += 1
            continue
        told = [
            problem.what
            for problem in problems
            if problem.severity != "note" and "perspective each" not in problem.what
        ]
        if said_in(m) == means:
            came[f"{kind} right"] += 1
        elif told:
            came[f"{kind} told"] += 1
        else:
            came[f"{kind} SILENT"] += 1
            print(number, name, data.decode() if name != "xlsx" else "", means, said_in(m))
    print(f"{tables:,} tables: {dict(sorted(came.items()))}")
    return int(any("SILENT" in key for key in came))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
