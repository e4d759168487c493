"""What every test and docstring example finds ready."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import hypothesis
import pytest

import loopmap

# The README's test command runs the small profile; CI sets LOOPMAP_TEST_PROFILE=full.
hypothesis.settings.register_profile("quick", max_examples=60, deadline=None)
hypothesis.settings.register_profile("full", max_examples=600, deadline=None)
hypothesis.settings.register_profile("land", max_examples=10, deadline=None)  # while working
hypothesis.settings.load_profile(os.environ.get("LOOPMAP_TEST_PROFILE", "quick"))


@pytest.fixture(autouse=True)
def _ready(doctest_namespace: dict[str, Any]) -> None:
    doctest_namespace["lm"] = loopmap


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real maps and published figures beside a developer's checkout."""
    folder = Path(__file__).resolve().parent / ".." / "shared"
    if not folder.is_dir():
        pytest.skip("needs ../shared, the real maps and published figures, which is not here")
    return folder.resolve()
