"""Colours that everybody can tell apart, and type that can be read."""

from __future__ import annotations

from dataclasses import fields
from itertools import combinations

import numpy as np
import pytest

import loopmap as lm
from loopmap.errors import InvalidOptionError
from loopmap.scene.style import STYLES, Style, mix, style_of

# Machado, Oliveira and Fernandes, IEEE TVCG 15 (2009) 1291-1298, severity 1.0
BLINDNESS = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
TEXTS = (
    "ink", "quiet", "positive", "negative", "unknown", "mixed", "reinforcing", "balancing",
    "undetermined", "stakeholder",
)  # fmt: skip


def linear(colour: str) -> np.ndarray:
    c = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def contrast(a: str, b: str) -> float:
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    matrix = [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
    xyz = np.array(matrix) @ np.clip(rgb, 0, 1) / [0.95047, 1, 1.08883]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(a: str, b: str, blindness: str | None = None) -> float:
    """CIE76 colour difference, as somebody with this kind of colour blindness sees it."""
    eyes = np.array(BLINDNESS[blindness]) if blindness else np.eye(3)
    return float(np.linalg.norm(lab(eyes @ linear(a)) - lab(eyes @ linear(b))))


def test_the_measures_know_black_from_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert difference("#000000", "#ffffff") == pytest.approx(100, abs=0.1)
    assert difference("#ff0000", "#6f6f00", "protanopia") < difference("#ff0000", "#6f6f00")


@pytest.mark.parametrize("name", STYLES)
def test_all_text_reads_against_the_paper(name: str) -> None:
    style = STYLES[name]
    for field in TEXTS:
        assert contrast(getattr(style, field), style.paper) >= 4.5, field
    for region in style.regions:
        ground = mix(style.paper, region, style.region_opacity)
        assert contrast(mix(region, style.ink, 0.5), style.paper) >= 4.5, region
        assert contrast(style.ink, ground) >= 4.5, region
    assert contrast(style.stakeholder, style.chip) >= 4.5


@pytest.mark.parametrize("blindness", [None, *BLINDNESS])
@pytest.mark.parametrize("name", ["screen", "print", "wall", "dark"])
def test_colours_tell_signs_and_kinds_apart(name: str, blindness: str | None) -> None:
    style = STYLES[name]
    for a, b in (("positive", "negative"), ("reinforcing", "balancing")):
        assert difference(getattr(style, a), getattr(style, b), blindness) >= 30, (a, b)


@pytest.mark.parametrize("name", ["screen", "print", "wall", "dark"])
def test_signs_stay_apart_on_a_grey_copier(name: str) -> None:
    style = STYLES[name]
    light = [lab(linear(c))[0] for c in (style.positive, style.negative)]
    # The lightness apart, or the shape of the arrowhead.
    assert abs(light[0] - light[1]) >= 10 or style.open_negative_head or name == "dark"


def test_mono_uses_one_ink() -> None:
    style = lm.MONO
    colours = {getattr(style, f.name) for f in fields(Style) if f.name in TEXTS}
    for a, b in combinations(colours, 2):
        for colour in (a, b):
            assert len({colour[i : i + 2] for i in (1, 3, 5)}) == 1, "a grey"
    assert style.open_negative_head


def test_styles_by_name() -> None:
    assert style_of("WALL") is lm.WALL
    assert style_of(lm.DARK) is lm.DARK
    with pytest.raises(InvalidOptionError, match=r"'wal'.*did you mean 'wall'"):
        style_of("wal")


def test_mixing() -> None:
    assert mix("#123456", "#ffffff", 0) == "#123456"
    assert mix("#123456", "#ffffff", 1) == "#ffffff"
    assert mix("", "#ffffff", 0.5) == ""
