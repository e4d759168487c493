"""Golden pictures: what is drawn changes only on purpose.

When it does, look at ``python tools/pictures.py``'s page, then commit what it rewrote.
"""

from __future__ import annotations

import pytest
from tests.render.golden import HERE, REGRESSION, STABLE, file_of, make

NAMES = [*STABLE, *REGRESSION]


@pytest.mark.parametrize(
    "name", [*STABLE, *(pytest.param(name, marks=pytest.mark.slow) for name in REGRESSION)]
)
def test_the_picture_is_the_golden_one(name: str) -> None:
    kept = file_of(name).read_text("utf-8")
    assert make(name) == kept, f"{name} looks different: run python tools/pictures.py and look"


def test_no_picture_lies_about() -> None:
    lying = {path.stem for path in HERE.rglob("*.svg")}
    assert lying == set(NAMES)
