"""Thirty real interview maps lie beside a developer's checkout; what they show is held here."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path

import loopmap as lm


def test_seventeen_interviews_about_a_lake(shared: Path) -> None:
    """Vensim maps of interviews about Lake Urmia, unsigned, hardly a name in common."""
    maps = {}
    for file in sorted((shared / "maps" / "edges").glob("vensim__urmia_participant_*.json")):
        found = json.loads(file.read_text("utf-8"))
        links = [(link["source"], link["target"], link["polarity"]) for link in found["links"]]
        maps[file.stem.removeprefix("vensim__urmia_")] = lm.SystemMap(found["variables"], links)
    assert len(maps) == 17
    m = lm.merge(maps)
    assert len(m.perspectives) == 17
    assert len(m.causal_links) == len({x.key for one in maps.values() for x in one.causal_links})
    assert {"Dams": "Dam", "Forests": "Forest"}.items() <= lm.likely_same(maps.values()).items()
    text = lm.compare_in_words(m)
    assert "contradict each other nowhere" in text  # nobody gave a sign
    joined = lm.merge(maps, same=lm.likely_same(maps.values()))
    assert len(joined.variables) < len(m.variables)
    assert joined.perspectives == m.perspectives


def test_interviews_about_data_in_a_table(shared: Path) -> None:
    """One row a link and participant (perspectiva): merging gives every row back."""
    links: dict[str, list[lm.Link]] = defaultdict(list)
    with (shared / "maps" / "csv" / "perspectiva_verification_v1.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        sign = row["polarity"] if row["polarity"] in ("positive", "negative") else None
        ends = row["cause"].strip(), row["effect"].strip()
        links[f"P{row['participant_number']}"].append(lm.Link(*ends, sign))
    m = lm.merge({who: lm.SystemMap(links=theirs) for who, theirs in links.items()})
    assert sum(len(x.claims) for x in m.causal_links) == sum(
        len(lm.SystemMap(links=theirs).links) for theirs in links.values()
    )
    assert len(lm.shared_loops(m).alone) == len(lm.find_loops(m))  # nobody closes another's chain
    assert set(lm.compare(m).verdict.str.split().str[0]) == {"only"}
