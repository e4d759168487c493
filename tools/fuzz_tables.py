"""Tables drawn at random with their truth known: what is read wrong without a word?

    python tools/fuzz_tables.py [TABLES] [SEED]

Headers, the order of columns, words for signs, delimiters, title rows, empty rows, lists in cells,
who, strengths and bad cells are drawn at random. A link or sign other than was meant is a silent
misreading unless the reading tells of something.
"""

from __future__ import annotations

import csv
import io
import random
import sys

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


def table(rng: random.Random) -> tuple[bytes, str, dict[tuple[str, str], set[str]]]:
    """Give a table, its format, and what it means: the signs of every link."""
    style = rng.randrange(len(WORDS["+"]))
    names = [f"Name {chr(65 + n)}" for n in range(rng.randint(2, 6))]
    start, end = rng.choice(ENDS)
    columns = [start, end, rng.choice(SIGNS)]
    if rng.random() < 0.4:
        columns.append(rng.choice(WHO))
    if rng.random() < 0.3:
        columns.append("strength")
    order = rng.sample(columns, len(columns))
    means: dict[tuple[str, str], set[str]] = {}
    rows = [order]
    for _ in range(rng.randint(1, 8)):
        a, b, sign = rng.choice(names), [rng.choice(names)], rng.choice("+-")
        if rng.random() < 0.1:
            b.append(rng.choice(names))
        word = rng.choice(WORDS[sign][style])
        if rng.random() < 0.05:
            sign, word = "?", rng.choice(BAD)
        values = [a, "|".join(b), word, rng.choice(["P", "Q"]), str(rng.randint(1, 5))]
        cells = dict(zip([*columns[:3], *columns[3:]], values, strict=False))
        if "strength" in columns:
            cells["strength"] = values[4]
        rows.append([cells[name] for name in order])
        for each in b:
            means.setdefault((a, each), set()).update(sign)
        if rng.random() < 0.1:
            rows.append([""] * len(order))
    if rng.random() < 0.2:
        rows.insert(0, ["Workshop of 3 June"])
    name = rng.choice(["csv", "tsv"])
    out = io.StringIO()
    usual = "," if name == "csv" else "\t"
    csv.writer(out, delimiter=rng.choice([usual, usual, ";"])).writerows(rows)
    return out.getvalue().encode(), name, means


def main(tables: int = 20_000, seed: int = 0) -> int:
    """Draw tables, and print those that are read wrong without a word."""
    rng = random.Random(seed)
    silent = wrong = refused = 0
    for number in range(tables):
        data, name, means = table(rng)
        wanted = {key: "".join(sorted(signs - {"?"})) for key, signs in means.items()}
        try:
            m, problems = loaded(data, FORMATS[name], source=f"table {number}")
        except lm.MapSyntaxError:
            refused += 1
            continue
        got = {
            (k.source, k.target): {"?": "", "+/-": "+-"}.get(k.polarity.sign, k.polarity.sign)
            for k in m.links
        }
        if got != wanted:
            wrong += 1
            if not problems:
                silent += 1
                print(data.decode(), wanted, got)
    told = wrong - silent
    print(f"{tables:,} tables: {silent} misread silently, {told} told, {refused} refused")
    return int(silent > 0)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
