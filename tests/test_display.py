"""``draw`` end to end: files, notebooks, honest failures."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

import loopmap as lm
from loopmap.scene.marks import Scene
from loopmap.testing import maps

HUB = lm.SystemMap(
    [lm.Element("Backlog", "stock"), lm.Element("Inspection pressure", tags="driver")],
    [
        lm.Link("Backlog", "Staff stress", "+"),
        lm.Link("Staff stress", "Staff turnover", "+", delayed=True),
        lm.Link("Staff turnover", "Backlog", "+"),
        lm.Link("Backlog", "Triage", "+"),
        lm.Link("Triage", "Backlog", "-"),
        lm.Link("Inspection pressure", "Staff stress", "?"),
    ],
    [lm.NamedLoop("The stress spiral", ["Backlog", "Staff stress", "Staff turnover"], "R")],
    title="The hub",
    subtitle="One morning",
    author="A. Enabler",
    date="2026",
    about="Made up.",
    sources="A workshop",
)


@pytest.fixture(scope="module")
def drawing() -> lm.Drawing:
    return lm.draw(HUB)


@pytest.mark.parametrize(
    ("ending", "start"),
    [
        ("svg", b"<?xml"),
        ("pdf", b"%PDF"),
        ("png", b"\x89PNG"),
        ("html", b"<!DOCTYPE html>"),
        ("dot", b"digraph"),
    ],
)
def test_save_writes_the_same_bytes_twice(
    drawing: lm.Drawing, tmp_path: Path, ending: str, start: bytes
) -> None:
    first = drawing.save(tmp_path / f"a.{ending}").read_bytes()
    second = lm.draw(HUB).save(tmp_path / f"b.{ending}").read_bytes()
    assert first.startswith(start)
    assert first == second


def test_everything_said_is_on_the_picture(drawing: lm.Drawing) -> None:
    text = drawing.svg()
    for words in ("The hub", "One morning", "A. Enabler · 2026", "Made up.", "Source: A workshop"):
        assert f">{words}</text>" in text
    assert ">R1</text>" in text
    assert ">The stress spiral</text>" in text


def test_title_legend_and_footer_can_be_left_out() -> None:
    text = lm.draw(HUB, title=False, legend=False, footer=False).svg()
    for words in ("The hub</text>", "One morning", "Made up.</text>", "both move", "Source"):
        assert words not in text


def test_unknown_things_are_refused_with_help(drawing: lm.Drawing, tmp_path: Path) -> None:
    with pytest.raises(lm.UnknownFormatError, match=r"'hub.jpg'.*'.svg'"):
        drawing.save(tmp_path / "hub.jpg")
    with pytest.raises(lm.InvalidOptionError, match=r"'A4'.*not 'A7'"):
        drawing.save(tmp_path / "hub.svg", paper="A7")
    with pytest.raises(lm.InvalidOptionError, match="dpi"):
        drawing.save(tmp_path / "hub.png", dpi=0)
    with pytest.raises(lm.InvalidOptionError, match="did you mean 'wall'"):
        lm.draw(HUB, style="wal")
    with pytest.raises(lm.UnknownNameError, match="did you mean 'Backlog'"):
        lm.draw(HUB, highlight="Backlogg")
    with pytest.raises(lm.UnknownNameError, match="'R9'"):
        lm.draw(HUB, loops=["R9"])
    with pytest.raises(lm.InvalidOptionError, match="legend"):
        lm.draw(HUB, legend="above")


# -- paper -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("paper", "size"), [("A4", (297, 210)), ("a1", (841, 594))])
def test_paper_has_its_size(drawing: lm.Drawing, paper: str, size: tuple[int, int]) -> None:
    scene = drawing.on_paper(paper, landscape=True)
    assert scene.page == size
    assert scene.width / scene.height == pytest.approx(size[0] / size[1])
    upright = drawing.on_paper(paper, landscape=False)
    assert upright.page == size[::-1]


def test_the_sheet_is_turned_the_way_that_shows_more(drawing: lm.Drawing) -> None:
    scales = {
        turned: (scene.page or (0,))[0] / scene.width
        for turned in (True, False)
        for scene in [drawing.on_paper("A4", landscape=turned)]
    }
    best = drawing.on_paper("A4")
    assert (best.page or (0,))[0] / best.width == pytest.approx(max(scales.values()))


def test_small_type_warns_and_says_what_to_do() -> None:
    ring = [
        (f"A rather long name {i}", f"A rather long name {(i + 1) % 70}", "+") for i in range(70)
    ]
    drawing = lm.draw(lm.SystemMap(links=ring), effort="fast")
    with pytest.warns(UserWarning, match=r"pt on A4.*paper='A\d' would do"):
        drawing.on_paper("A4")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        lm.draw(HUB).on_paper("A4")


@pytest.mark.parametrize("dpi", [0, -1, float("nan"), float("inf"), "high", True, 1e-9, 1e6])
def test_both_drawings_check_dpi_alike(dpi: Any, drawing: lm.Drawing, tmp_path: Path) -> None:
    for one in (drawing, lm.draw_places()):
        with pytest.raises(lm.InvalidOptionError, match="dpi"):
            one.save(tmp_path / "a.png", dpi=dpi)
    assert not list(tmp_path.iterdir())


def test_both_drawings_keep_a_picture_if_asked(drawing: lm.Drawing, tmp_path: Path) -> None:
    for one in (drawing, lm.draw_places()):
        file = one.save(tmp_path / f"{type(one).__name__}.svg", overwrite=False)
        before = file.stat()
        with pytest.raises(lm.FileError, match="is there already and was kept"):
            one.save(file, overwrite=False)
        assert file.stat() == before
        assert one.save(file) == file


@pytest.mark.parametrize(("size", "told"), [(5.96, "5.9 pt"), (3.04, "3.0 pt")])
def test_no_size_of_type_is_rounded_up_to_what_can_be_read(size: float, told: str) -> None:
    from loopmap.scene.sheet.paper import PAPERS, warn_if_small

    page = (297.0, 210.0)
    scene = Scene((), (0, 0, 16 * page[0] * 72 / 25.4 / size, 100), "", "", "white", 16, page)
    with pytest.warns(UserWarning, match=rf"come out at {re.escape(told)} on A4, and 6 pt is"):
        warn_if_small(scene, PAPERS["A4"])


# -- notebooks -------------------------------------------------------------------------------


def test_a_notebook_gets_the_bundle_that_shows_untrusted() -> None:
    bundle = HUB._repr_mimebundle_()
    assert list(bundle) == ["text/html", "image/svg+xml", "text/plain"]
    coded = re.search(r"base64,([^\"]+)", bundle["text/html"])
    assert coded
    assert base64.b64decode(coded[1]).decode() == bundle["image/svg+xml"]
    assert "<script" not in bundle["text/html"]
    assert "The stress spiral" in bundle["text/plain"]


def test_include_and_exclude_are_kept() -> None:
    assert list(HUB._repr_mimebundle_(include=["text/plain"])) == ["text/plain"]
    assert "text/html" not in HUB._repr_mimebundle_(exclude=["text/html"])
    assert "text/html" in lm.draw(HUB)._repr_mimebundle_()


def test_a_map_that_cannot_be_drawn_shows_its_text_and_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **options: object) -> None:
        raise RuntimeError("<no> layout today")

    monkeypatch.setattr("loopmap.display.lay_out", broken)
    bundle = HUB._repr_mimebundle_()
    assert "no> layout today" in bundle["text/plain"]
    assert repr(HUB) in bundle["text/plain"]
    assert "&lt;no&gt; layout today" in bundle["text/html"]
    assert "image/svg+xml" not in bundle


def test_a_huge_map_is_not_drawn_unasked() -> None:
    m = lm.SystemMap(links=[(f"v{i}", f"v{i + 1}", "+") for i in range(400)])
    assert "lm.draw(m)" in m._repr_mimebundle_()["text/plain"]


@settings(max_examples=12)
@given(maps(max_variables=5, max_links=8))
def test_a_repr_never_raises(m: lm.SystemMap) -> None:
    assert m._repr_mimebundle_()["text/plain"].startswith("<SystemMap")


def test_svg_and_html_need_no_matplotlib(tmp_path: Path) -> None:
    code = (
        "import sys, loopmap as lm\n"
        "m = lm.SystemMap(links=[('A', 'B', '+'), ('B', 'A', '-')])\n"
        f"lm.draw(m).save({str(tmp_path / 'x.svg')!r})\n"
        f"lm.draw(m).save({str(tmp_path / 'x.html')!r})\n"
        "assert 'matplotlib' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": "src"})


def test_geometry_is_what_meters_read(drawing: lm.Drawing) -> None:
    found = drawing.geometry()
    json.dumps(found)
    assert {node["id"] for node in found["nodes"]} == set(HUB.variables)
    assert len(found["edges"]) == 6
    assert sorted(map(len, found["loops"])) == [2, 3]


def test_no_badges_when_none_are_asked_for() -> None:
    bare = lm.draw(HUB, loops=None)
    assert "R1" not in re.findall(r">([^<>]+)</text>", bare.svg())
    assert not [label for label in bare.geometry()["labels"] if label["kind"] == "loop"]
    assert bare.layout.boxes == lm.draw(HUB).layout.boxes


def test_on_an_axes_of_ones_own(drawing: lm.Drawing) -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 4))
    left, right = figure.subplots(1, 2)
    right.plot([0, 1], [1, 0])
    assert drawing.on(left) is left
    figure.canvas.draw()
