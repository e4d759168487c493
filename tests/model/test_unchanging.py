"""A map does not change, and says what to do instead."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError

import pytest

from loopmap import SystemMap


def test_setting_and_deleting_parts_says_what_to_write_instead() -> None:
    m = SystemMap(["A"], title="The hub")
    with pytest.raises(
        FrozenInstanceError, match=r"a map does not change; m\.replace\(title=…\) gives a new one"
    ):
        m.title = "Another"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError, match=r"m\.replace\(links=…\)"):
        del m.links
    with pytest.raises(FrozenInstanceError, match=r"has no part 'titel'; did you mean 'title'"):
        m.titel = "Another"  # type: ignore[attr-defined]
    assert m.title == "The hub"


def test_copies_and_pickles_are_equal() -> None:
    m = SystemMap(["A"], title="The hub")
    assert pickle.loads(pickle.dumps(m)) == copy.deepcopy(m) == m
