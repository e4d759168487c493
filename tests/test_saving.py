"""How large a saved picture is: dots per inch, with paper and without."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

import loopmap as lm
from loopmap.cli.running import run

HUB = lm.SystemMap(links=[("Backlog", "Stress", "+"), ("Stress", "Backlog", "+")])


def size(path: Path) -> tuple[int, int]:
    return Image.open(BytesIO(path.read_bytes())).size


@pytest.mark.parametrize(("dpi", "per_unit"), [(None, 2.0), (48, 0.5), (96, 1.0), (300.0, 3.125)])
def test_a_png_has_the_dots_that_were_asked_for(
    tmp_path: Path, dpi: float | None, per_unit: float
) -> None:
    drawing = lm.draw(HUB, effort="fast")
    units = drawing.scene.width, drawing.scene.height
    found = size(drawing.save(tmp_path / "hub.png", dpi=dpi))
    assert found == pytest.approx([per_unit * side for side in units], abs=1)


@pytest.mark.parametrize(("dpi", "dots"), [(None, 150), (40, 40)])
def test_on_paper_inches_are_those_of_the_sheet(
    tmp_path: Path, dpi: float | None, dots: int
) -> None:
    file = lm.draw(HUB, effort="fast").save(
        tmp_path / "hub.png", paper="A4", landscape=False, dpi=dpi
    )
    assert size(file) == pytest.approx((210 / 25.4 * dots, 297 / 25.4 * dots), abs=1)


def test_the_command_line_hands_dpi_on(tmp_path: Path) -> None:
    lm.write(HUB, tmp_path / "hub.loop")
    for dpi in (50, 100):
        words = ["draw", str(tmp_path / "hub.loop"), "-o", str(tmp_path / f"{dpi}.png")]
        assert run([*words, "--paper", "A4", "--landscape", "--dpi", str(dpi)]) == 0
        assert size(tmp_path / f"{dpi}.png") == pytest.approx(
            (297 / 25.4 * dpi, 210 / 25.4 * dpi), abs=1
        )
