"""What every test and docstring example finds ready."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import hypothesis
import pytest

import loopmap

# The README's test command runs the small profile, CI the full one too. CI tries the same examples
# every time, so that what fails there was changed; at a desk every run tries new ones.
_EXAMPLES = {"quick": 60, "full": 300, "land": 10}
for _profile, _many in _EXAMPLES.items():
    hypothesis.settings.register_profile(
        _profile, max_examples=_many, deadline=None, derandomize=bool(os.environ.get("CI"))
    )
hypothesis.settings.load_profile(os.environ.get("LOOPMAP_TEST_PROFILE", "quick"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Refuse cases in no order: a run, and two processes that share one, must agree on them."""
    for mark in metafunc.definition.iter_markers("parametrize"):
        cases = mark.kwargs.get("argvalues", mark.args[-1])
        if isinstance(cases, set | frozenset):
            pytest.fail(f"{metafunc.function.__name__} is parametrised over a set; sort it")


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
