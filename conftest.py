"""What every test and docstring example finds ready."""

from __future__ import annotations

from typing import Any

import pytest

import loopmap


@pytest.fixture(autouse=True)
def _ready(doctest_namespace: dict[str, Any]) -> None:
    doctest_namespace["lm"] = loopmap
