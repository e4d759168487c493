"""matplotlib draws the same picture: size, text, fonts, bytes."""

from __future__ import annotations

import re
import subprocess
import sys
import warnings
import zlib
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from tests.scene.test_notation import scene_of

import loopmap as lm
from loopmap.render.mpl import draw_on, figure, pdf_bytes, png_bytes

MAP = lm.SystemMap(
    links=[("Backlog", "Stress", "+"), lm.Link("Stress", "Backlog", "-", delayed=True)],
    title="The hub",
    date="2026",
)


def pixels(png: bytes) -> np.ndarray:
    from PIL import Image

    return np.asarray(Image.open(BytesIO(png)).convert("RGB"))


def unpacked(pdf: bytes) -> bytes:
    """All streams of a PDF, inflated."""
    found = []
    for raw in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(raw))
        except zlib.error:
            found.append(raw)
    return b"\n".join(found)


def test_png_has_the_size_of_the_scene_at_any_dpi() -> None:
    scene = scene_of(MAP)
    for dpi in (96, 192):
        high, wide, _ = pixels(png_bytes(scene, dpi=dpi)).shape
        assert wide == pytest.approx(scene.width * dpi / 96, abs=1)
        assert high == pytest.approx(scene.height * dpi / 96, abs=1)


def test_png_shows_the_colours_of_the_style() -> None:
    light = pixels(png_bytes(scene_of(MAP), dpi=96))
    dark = pixels(png_bytes(scene_of(MAP, style=lm.DARK), dpi=96))
    assert tuple(light[0, 0]) == (255, 255, 255)
    assert tuple(dark[0, 0]) == (0x12, 0x18, 0x1F)
    positive = np.array([0x0A, 0x4F, 0x73])
    assert (np.abs(light.astype(int) - positive).sum(axis=2) < 12).sum() > 20


def test_pdf_keeps_text_as_text_in_embedded_fonts() -> None:
    pdf = pdf_bytes(scene_of(MAP))
    assert b"/FontFile2" in pdf
    assert b"DejaVuSans" in pdf
    assert b"/Type3" not in pdf
    assert b"/Subtype /Image" not in pdf
    assert b"CreationDate" not in pdf
    assert b" Tf" in unpacked(pdf)


def test_pdf_page_is_the_paper() -> None:
    scene = lm.draw(MAP).on_paper("A3", landscape=True)
    box = re.search(rb"/MediaBox \[ ?0 0 ([\d.]+) ([\d.]+)", pdf_bytes(scene))
    assert box
    assert float(box[1]) == pytest.approx(420 / 25.4 * 72, abs=0.5)
    assert float(box[2]) == pytest.approx(297 / 25.4 * 72, abs=0.5)


def test_the_users_settings_change_nothing() -> None:
    import matplotlib

    scene = scene_of(MAP)
    plain = png_bytes(scene, dpi=96), pdf_bytes(scene)
    mine = {
        "font.family": "serif",
        "font.size": 30,
        "lines.linewidth": 9,
        "savefig.dpi": 10,
        "savefig.bbox": "tight",
        "savefig.transparent": True,
        "axes.facecolor": "red",
        "pdf.fonttype": 3,
        "text.parse_math": True,
    }
    with matplotlib.rc_context(mine):
        assert (png_bytes(scene, dpi=96), pdf_bytes(scene)) == plain


@pytest.mark.slow
def test_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    code = (
        "import sys, loopmap as lm\n"
        "m = lm.SystemMap(links=[('A', 'B', '+'), ('B', 'A', '-')], title='T')\n"
        "for ending in ('svg', 'pdf', 'png'): lm.draw(m).save(sys.argv[1] + '.' + ending)\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
    )
    for name, seed in (("a", "1"), ("b", "2")):
        env = {"PYTHONPATH": "src", "PYTHONHASHSEED": seed, "HOME": str(tmp_path)}
        subprocess.run([sys.executable, "-c", code, str(tmp_path / name)], check=True, env=env)
    for ending in ("svg", "pdf", "png"):
        assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()


def test_lines_and_type_follow_the_axes() -> None:
    """In a small Axes everything is small: as much of the picture is ink as in a large one."""
    from matplotlib.figure import Figure

    scene = scene_of(MAP)
    shares = []
    for inches in (4, 12):
        fig = Figure(figsize=(inches, inches * scene.height / scene.width), dpi=100)
        draw_on(scene, fig.add_axes((0, 0, 1, 1)))
        file = BytesIO()
        fig.savefig(file, format="png")
        shares.append(255 - pixels(file.getvalue()).mean())
    assert shares[0] == pytest.approx(shares[1], rel=0.1)


def test_beside_other_axes() -> None:
    from matplotlib.figure import Figure

    fig = Figure(figsize=(8, 4), dpi=100)
    left, right = fig.subplots(1, 2)
    right.plot([0, 1], [0, 1])
    draw_on(scene_of(MAP, style=lm.DARK), left)
    file = BytesIO()
    fig.savefig(file, format="png", bbox_inches="tight")
    assert not left.axison
    assert left.get_ylim()[0] > left.get_ylim()[1]  # y runs down
    ink = pixels(file.getvalue())
    assert (ink == [0x12, 0x18, 0x1F]).all(axis=2).mean() > 0.1  # its own paper


def test_dollars_in_names_are_dollars() -> None:
    m = lm.SystemMap(["Price in $ or $^2", "_x^"])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert png_bytes(scene_of(m)).startswith(b"\x89PNG")


def test_letters_without_a_font_warn_or_draw() -> None:
    """Where the machine has no such font, one sentence says so; it never fails."""
    m = lm.SystemMap(["信任"])
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert png_bytes(scene_of(m), dpi=50).startswith(b"\x89PNG")
    for warning in caught:
        assert issubclass(warning.category, UserWarning)


def test_figure_is_the_scene() -> None:
    scene = scene_of(MAP)
    found = figure(scene, dpi=96)
    assert tuple(found.get_size_inches() * 96) == pytest.approx((scene.width, scene.height))


def test_a_mark_without_width_or_ink_is_drawn_over() -> None:
    """A byte order mark in the middle of a text made matplotlib's PDF fail."""
    names = ("\ufeffBacklog", "Bl\ufeffame", "\ufeff")
    m = lm.SystemMap(links=[lm.Link(a, b, "+") for a, b in pairwise((*names, names[0]))])
    scene = lm.draw(m, effort="fast").scene
    assert len(pdf_bytes(scene)) > 500
    assert len(png_bytes(scene, dpi=72)) > 500
