"""What is public is listed, sorted, documented and shown by an example."""

from __future__ import annotations

import ast
import inspect
import types
from pathlib import Path

import pytest

import loopmap

NAMES = [name for name in loopmap.__all__ if not name.startswith("__")]


def test_public_names_are_sorted_and_typed() -> None:
    assert list(loopmap._PUBLIC) == sorted(loopmap._PUBLIC)
    source = inspect.getsource(loopmap)
    for name in loopmap._PUBLIC:
        assert f"import {name} as {name}\n" in source, f"{name} is missing for type checkers"


@pytest.mark.parametrize("name", NAMES)
def test_public_name_is_documented(name: str) -> None:
    value = getattr(loopmap, name)
    if isinstance(value, types.FunctionType):
        doc = inspect.getdoc(value) or ""
        assert ">>>" in doc, f"{name} has no example"
        for parameter in inspect.signature(value).parameters.values():
            bare = parameter.name.lstrip("*")
            assert bare in doc, f"{name} does not say what {bare} is"
    elif isinstance(value, type):
        assert value.__doc__


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = loopmap.nonsense


def test_no_public_name_is_also_a_module() -> None:
    """Importing ``loopmap.check`` would put the module in the place of the function ``check``."""
    here = Path(loopmap.__file__).parent
    modules = {path.stem for path in here.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert not modules & set(loopmap._PUBLIC)


def test_type_checkers_know_every_public_name_from_where_it_comes() -> None:
    source = Path(loopmap.__file__).read_text("utf-8")
    imported = {
        name.asname: node.module
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom)
        for name in node.names
        if name.asname
    }
    assert imported == loopmap._PUBLIC
