"""Rewrite the golden pictures, and build a page that shows each before and after.

``python tools/pictures.py`` rewrites what changed under ``tests/render/pictures`` and writes
``pictures-before-after.html`` (not kept in git). ``--layouts`` lays the stable ones out anew,
which is only right when the layout has changed for good. ``--check`` writes nothing but the page.
"""

from __future__ import annotations

import argparse
import base64
import html
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from tests.render.golden import (  # noqa: E402
    REGRESSION,
    STABLE,
    file_of,
    freeze,
    layout_file,
    make,
    write_layout,
)

PAGE = """<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Golden pictures</title>
<style>body{{font:14px sans-serif;margin:2em}} table{{border-collapse:collapse;width:100%}}
td{{border:1px solid #ccc;padding:8px;width:50%;vertical-align:top}} img{{max-width:100%}}</style>
<h1>{changed} of {total} golden pictures changed</h1>
<table><tr><th>before<th>after</tr>{rows}</table></html>
"""


def main() -> int:
    """Rewrite what changed; returns how many pictures did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--layouts", action="store_true", help="lay the stable pictures out anew")
    parser.add_argument("--check", action="store_true", help="write nothing but the page")
    asked = parser.parse_args()
    if asked.layouts:
        for text, people in {(text, people) for text, _, people in STABLE.values()}:
            path = layout_file(text, people=people)
            path.parent.mkdir(parents=True, exist_ok=True)
            write_layout(freeze(text, people=people), path)
    rows, changed = [], 0
    for name in [*STABLE, *REGRESSION]:
        path = file_of(name)
        before = path.read_text("utf-8") if path.exists() else ""
        after = make(name)
        if before != after:
            changed += 1
            rows.insert(changed - 1, row(name, before, after))
            if not asked.check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(after, "utf-8")
        else:
            rows.append(row(f"{name} (the same)", before, after))
    page = ROOT / "pictures-before-after.html"
    page.write_text(PAGE.format(changed=changed, total=len(rows), rows="".join(rows)), "utf-8")
    print(f"{changed} of {len(rows)} pictures changed; look at {page.name}")
    return changed if asked.check else 0


def row(name: str, before: str, after: str) -> str:
    """One row of the page: the picture as it was and as it is."""
    cells = "".join(f"<td>{image(svg)}</td>" for svg in (before, after))
    return f"<tr><th colspan=2>{html.escape(name)}</tr><tr>{cells}</tr>"


def image(svg: str) -> str:
    """An SVG as an image of its own, so that ids do not meet."""
    if not svg:
        return "(new)"
    return f'<img src="data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}">'


if __name__ == "__main__":
    sys.exit(min(main(), 1))
