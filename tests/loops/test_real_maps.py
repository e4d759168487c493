"""Real maps: counts of the manifest, figures their sources print, named loops they declare."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import loopmap as lm


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def real_map(path: Path) -> lm.SystemMap:
    """A map of links {source, target, polarity, delay}; parallel ones get routes."""
    read = json.loads(path.read_text("utf-8"))
    seen: Counter[tuple[str, str]] = Counter()
    links = []
    for link in read["links"]:
        ends = " ".join(link["source"].split()), " ".join(link["target"].split())
        seen[ends] += 1
        route = str(seen[ends]) if seen[ends] > 1 else ""
        links.append(lm.Link(*ends, link.get("polarity") or "?", route=route))
    return lm.SystemMap(links=links, loops=list(named(read.get("published_loops", []))))


def named(published: list[dict[str, object]]) -> Iterator[lm.NamedLoop]:
    """The loops a source declares; some repeat the first name at the end of the path."""
    for number, loop in enumerate(published):
        path = [str(name) for name in loop.get("path", [])]  # type: ignore[attr-defined]
        if path[1:] and path[0] == path[-1]:
            path.pop()
        if path:
            kind = str(loop.get("polarity") or loop.get("type") or "")[:1].upper()
            yield lm.NamedLoop(str(loop.get("id", number)), path, kind)


def test_every_map_counts_as_the_manifest_says(shared: Path) -> None:
    checked = 0
    for row in rows(shared / "maps" / "MANIFEST_SHARED.csv"):
        path = shared / "maps" / "edges" / row["edge_json"]
        # the manifest counts loops of variables, so maps with parallel links are left out
        if (
            not row["simple_cycles"].isdigit()
            or not path.is_file()
            or row["duplicate_links"] != "0"
        ):
            continue
        m = real_map(path)  # and it counts self-links apart
        m = m.remove(*(link for link in m.causal_links if link.source == link.target))
        kinds = lm.count_loops(m).kinds
        assert kinds == tuple(int(row[c]) for c in ("R", "B", "unsigned_loops")), row["edge_json"]
        assert kinds.total == int(row["simple_cycles"])
        checked += 1
    assert checked > 100


def test_published_kinds_and_named_loops(shared: Path) -> None:
    """Every row; what is not known here fails."""
    figures = rows(shared / "maps" / "PUBLISHED_SHARED.csv")
    for row in figures:
        m = real_map(shared / "maps" / "edges" / f"{row['case']}.json")
        if "Stella l" in row["figure"] or "vs Stella list" in row["figure"]:
            assert len(lm.find_loops(m)) == int(row["published"])
            assert lm.count_loops(m).total == int(row["published"])
        elif row["figure"] == "Stella R/B":
            kinds = lm.count_loops(m).kinds
            assert f"{kinds.reinforcing}/{kinds.balancing}" == row["published"]
        elif row["figure"].startswith("named loops"):
            verdicts = [f.verdict for f in lm.check_named_loops(m)]
            assert len(verdicts) == int(row["published"])
            assert verdicts.count("confirmed") == int(row["recomputed"])
        else:
            pytest.fail(f"no check for {row['figure']!r}")
    assert len(figures) >= 19


@pytest.mark.parametrize("name", ["econmap__korea_macro", "vensim__scirev7", "csv__perspectiva_v1"])
def test_an_edit_of_a_real_map_changes_what_its_shares_foretell(shared: Path, name: str) -> None:
    path = shared / "maps" / "edges" / f"{name}.json"
    if not path.is_file():
        pytest.skip(f"{name} is not here")
    m = real_map(path)
    seen = lm.participation(m)
    link = min(seen.links, key=lambda k: (seen.links[k].total == 0, seen.links[k].total, k.key))
    changes = lm.loop_changes(m, m.remove(link), at_most=None)
    assert len(changes.vanished) == seen.links[link].total
    assert not changes.appeared
    assert not changes.flipped
