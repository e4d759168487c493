"""Make tests/conformance/maps from ../shared/maps: real maps whose licence lets them be handed on.

python3 dev.py python tools/conformance_maps.py

Only facts are taken: names of variables, and links with sign and delay. Beside each map stands a
NOTICE that says where it is from, by whom and under which licence, and what was left out.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "maps"
MAPS = ROOT / "tests" / "conformance" / "maps"

#: How licences begin in the manifest that allow what is done here, and where their texts are.
LICENCES = {
    "MIT": "https://spdx.org/licenses/MIT.html",
    "Apache-2.0": "the file Apache-2.0.txt in this folder",
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/legalcode",
    "CC BY 3.0": "https://creativecommons.org/licenses/by/3.0/legalcode",
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/legalcode",
}
COUNTS = ("n_variables", "n_links", "simple_cycles", "R", "B", "unsigned_loops")
NOTICE = """{name}.json

Source:  https://github.com/{repository}
         commit {commit}, {path}
Author:  the authors of {repository}{behind}
Licence: {licence}
         text: {text}
Changed: only the names of variables and the links with their signs and delays were taken, as a
         list; equations, layout, numbers and descriptions were left out, loops were counted.
"""


def main() -> int:
    with (SHARED / "MANIFEST_SHARED.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["edge_json"] and licence_of(row)]
    with (SHARED / "PUBLISHED_SHARED.csv").open(encoding="utf-8", newline="") as file:
        published = list(csv.DictReader(file))
    for row in rows:
        name = Path(row["edge_json"]).stem
        (MAPS / f"{name}.json").write_text(as_json(row, published), "utf-8")
        (MAPS / f"{name}.NOTICE").write_text(notice(name, row), "utf-8")
    print(f"{len(rows)} maps")
    return 0


def licence_of(row: dict[str, str]) -> str:
    """The key of :data:`LICENCES`, or nothing; a CC BY-NC is not a CC BY."""
    return next((known for known in LICENCES if row["licence"].startswith(known)), "")


def as_json(row: dict[str, str], published: list[dict[str, str]]) -> str:
    """One link per line, so that a difference can be read."""
    edges = json.loads((SHARED / "edges" / row["edge_json"]).read_text("utf-8"))
    figures = {
        line["figure"]: line["published"]
        for line in published
        if line["case"] == edges["name"] and line["match"] == "yes"
    }
    head: dict[str, Any] = {
        "name": edges["name"],
        "licence": row["licence"],
        "source": row["source"],
        "counts": {key: int(row[key]) for key in COUNTS},
        "published": figures,
        "variables": edges["variables"],
    }
    links = [[k["source"], k["target"], k["polarity"] or "?", k["delay"]] for k in edges["links"]]
    lines = [f"{json.dumps(key)}: {json.dumps(head[key], ensure_ascii=False)}" for key in head]
    listed = ",\n".join("  " + json.dumps(link, ensure_ascii=False) for link in links)
    return "{\n" + ",\n".join(lines) + ',\n"links": [\n' + listed + "\n]\n}\n"


def notice(name: str, row: dict[str, str]) -> str:
    place, _, path = row["source"].removeprefix("github:").partition(":")
    repository, _, commit = place.partition("@")
    behind = " and of the MetaSD model library (metasd.com)" if "MetaSD" in row["licence"] else ""
    return NOTICE.format(
        name=name, repository=repository, commit=commit, path=path, behind=behind,
        licence=row["licence"], text=LICENCES[licence_of(row)],
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
