"""SVG in a browser and PNG through matplotlib are the same picture."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

import loopmap as lm
from loopmap.render import render

CHROMIUM = next(
    (p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None
)

MAP = lm.SystemMap(
    [
        lm.Element("Backlog", "stock"),
        lm.Element("Referrals", "flow"),
        lm.Element("Inspection", tags="driver"),
        lm.Element("Children safe", tags="outcome"),
    ],
    [
        lm.Link("Referrals", "Backlog", "+"),
        lm.Link("Backlog", "Staff stress", "+"),
        lm.Link("Staff stress", "Sickness absence", "+", delayed=True),
        lm.Link("Sickness absence", "Backlog", "+"),
        lm.Link("Backlog", "Triage", "+"),
        lm.Link("Triage", "Backlog", "-"),
        lm.Link("Inspection", "Staff stress", "?"),
        lm.Link("Triage", "Children safe", claims=[lm.Claim("Police", "+", evidence="inferred")]),
        lm.Link("Children safe", "Referrals", claims=[lm.Claim("A", "-"), lm.Claim("B", "+")]),
    ],
    title="Everything the notation has",
)


def browser_shot(svg: bytes, width: int, height: int, folder: Path) -> np.ndarray:
    from PIL import Image

    (folder / "x.svg").write_bytes(svg)
    command = [
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
        "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--hide-scrollbars", f"--user-data-dir={folder / 'profile'}",
        f"--screenshot={folder / 'x.png'}", f"--window-size={width},{height}",
        (folder / "x.svg").as_uri(),
    ]  # fmt: skip
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    return np.asarray(Image.open(folder / "x.png").convert("L"), dtype=float)


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
@pytest.mark.parametrize("style", ["screen", "dark", "print"])
def test_browser_and_matplotlib_agree(style: str, tmp_path: Path) -> None:
    from PIL import Image

    scene = lm.draw(MAP, style=style).scene
    png = Image.open(BytesIO(render(scene, ".png", dpi=96))).convert("L")
    ours = np.asarray(png, dtype=float)
    theirs = browser_shot(render(scene, ".svg"), png.width, png.height, tmp_path)
    ours, theirs = (a[: min(len(ours), len(theirs))] for a in (ours, theirs))
    assert np.abs(ours - theirs).mean() < 2.5
    # The same after a blur that forgives anti-aliasing: nothing is missing or elsewhere.
    small = [_blocks(a) for a in (ours, theirs)]
    assert np.abs(small[0] - small[1]).max() < 40
    # And a picture with something taken away would not pass.
    broken = render(lm.draw(MAP.remove("Triage"), style=style).scene, ".png", dpi=96)
    other = np.asarray(Image.open(BytesIO(broken)).convert("L").resize(png.size), dtype=float)
    assert np.abs(_blocks(other[: len(theirs)]) - small[1]).max() > 40


def _blocks(a: np.ndarray, size: int = 12) -> np.ndarray:
    high, wide = (n // size * size for n in a.shape)
    return a[:high, :wide].reshape(high // size, size, wide // size, size).mean(axis=(1, 3))
