#!/usr/bin/env python3
"""Write the gallery: a page for each example map, with its picture, its loops in words, its doubts.

tools/build_gallery.py             into docs/gallery
tools/build_gallery.py FOLDER      into another folder

The pages are kept in git, so that they can be read there; a test says when they are out of date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

import loopmap as lm  # noqa: E402
from loopmap.example_maps import EXAMPLES  # noqa: E402

GRADES = {
    "stated": "the report states this cause and this effect",
    "ends": "its words name both ends; the arrow and its sign are a reading",
    "inferred": "no words in the report; a hypothesis to test with the people there",
}


def write(folder: Path) -> None:
    """Write the page and the picture of every example, the map of the places, and the index."""
    folder.mkdir(parents=True, exist_ok=True)
    lm.draw_places().save(folder / "places.svg")
    for name in EXAMPLES:
        lm.draw(lm.example(name)).save(folder / f"{name}.svg")
        (folder / f"{name}.md").write_text(page(name), "utf-8")
    (folder / "index.md").write_text(index(), "utf-8")


def index() -> str:
    """The page that leads to the others."""
    table = lm.examples()
    cards = [_card(name, row) for name, row in zip(EXAMPLES, table.itertuples(), strict=True)]
    lines = [
        "# Gallery",
        "",
        "Twelve maps of places that *The Revolution will be Improvised Part II* (Leadership "
        "Centre, November 2015) tells of. **Every one is a reconstruction**: the report prints no "
        "map. Each link keeps how well its words support it, and the words.",
        "",
        '<div class="gallery">',
        "",
        *cards,
        "</div>",
        "",
        f"Of all their {table.loops.sum()} loops, {_fully_stated()} stands on what the report "
        "states alone.",
        "",
        "```{toctree}",
        ":hidden:",
        ":maxdepth: 1",
        "",
        *EXAMPLES,
        "```",
        "",
        "## Where the places lie",
        "",
        "![A map of the places by longitude and latitude](places.svg)",
        "",
        "`lm.places()` is the table behind it: what the report says of each place, what it does "
        "not, and why most have no example (a chain is not a loop).",
    ]
    return "\n".join(lines) + "\n"


def _card(name: str, row: Any) -> str:
    """A map's picture, which leads to its page, and its numbers."""
    kinds = [f"{row.R} reinforcing"] * (row.R > 0) + [f"{row.B} balancing"] * (row.B > 0)
    return (
        f"[![{row.title}]({name}.svg)]({name}.md)\n\n"
        f"**[{row.title}]({name}.md)**: {row.variables} variables, {row.links} links "
        f"({row.stated} stated, {row.inferred} inferred), loops: {' and '.join(kinds)}.\n"
    )


def page(name: str) -> str:
    """The page of one example, in Markdown."""
    m = lm.example(name)
    lines = [
        f"# {m.title}",
        "",
        f"*{m.subtitle}.*",
        "",
        m.about,
        "",
        f"![The map: {m.title}]({name}.svg)",
        "",
        f'`lm.example("{name}")`, or `loopmap example {name}` for the text to start from. '
        f"Source: {'; '.join(m.sources)}.",
        "",
        "## The loops in words",
        "",
        *_loops(m),
        "## What it rests on",
        "",
        *_evidence(m),
    ]
    return "\n".join(lines) + "\n"


def walk_round(loop: lm.Loop) -> str:
    """A loop as one line, with the way each thing goes when the first one rises."""
    way = "more"
    steps = [f"more *{loop.path[0]}*"]
    for link in loop.links:
        if not link.polarity.is_known:
            return " → ".join(f"*{step}*" for step in (*loop.path, loop.path[0]))
        if link.polarity is lm.Polarity.NEGATIVE:
            way = "less" if way == "more" else "more"
        late = "in time " if link.delayed else ""
        steps.append(f"{late}{way} *{link.target}*")
    return " → ".join(steps)


def _loops(m: lm.SystemMap) -> Iterator[str]:
    found = lm.find_loops(m)
    stories = {named.key: named.story for named in m.loops}
    told = [loop for loop in found if loop.path in stories]
    rest = [loop for loop in found if loop.path not in stories]
    for loop in told:
        yield f"**{loop.label} {loop.name}.** {stories[loop.path]}\\"
        yield f"{walk_round(loop)}"
        yield ""
    if rest:
        yield f"{len(rest)} more, without a name:"
        yield ""
        yield from (f"- {loop.label}: {walk_round(loop)}" for loop in rest)
        yield ""


def _evidence(m: lm.SystemMap) -> Iterator[str]:
    links = m.causal_links
    for grade, words in GRADES.items():
        number = sum(link.evidence == grade for link in links)
        yield f"- **{grade}** ({number} of {len(links)} links): {words}"
    yield ""
    loops = lm.find_loops(m)
    firm = sum(all(link.evidence == "stated" for link in loop.links) for loop in loops)
    yield f"Loops that close on stated links alone: {firm} of {len(loops)}. What is inferred:"
    yield ""
    for link in links:
        if link.evidence == "inferred":
            on = sum(link in loop.links for loop in loops)
            counted = f"{on} loop{'' if on == 1 else 's'}" if on else "no loop"
            note = next((f" ({c.note})" for c in link.claims if c.note), "")
            yield f"- {link.source} → {link.target} ({link.polarity}), on {counted}{note}"


def _fully_stated() -> str:
    firm = sum(
        all(link.evidence == "stated" for link in loop.links)
        for name in EXAMPLES
        for loop in lm.find_loops(lm.example(name))
    )
    return "one" if firm == 1 else str(firm)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "docs" / "gallery")
