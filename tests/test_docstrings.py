"""Every public docstring is whole, and says what the signature says: sections as numpydoc has them.

What a reader gets with ``?``: one line, every parameter in order, what comes back, which errors.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
from collections.abc import Callable, Iterator
from enum import Enum
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
_HEAD = re.compile(r"^(\S.*)\n-{3,}$", re.MULTILINE)
SECTIONS = [
    "Parameters", "Attributes", "Returns", "Yields", "Warns", "Raises", "See Also", "Notes",
    "References", "Examples",
]  # fmt: skip
_MAKING = ("__init__", "__post_init__", "__new__")


def sections(thing: Any) -> dict[str, str]:
    """The text under each heading of a numpydoc docstring; what comes first is under ``""``."""
    first, *rest = _HEAD.split(inspect.getdoc(thing) or "")
    return {"": first, **dict(zip(rest[::2], rest[1::2], strict=True))}


def entries(section: str) -> list[str]:
    """What a section lists: the lines that are not indented, without their types."""
    heads = [line for line in section.splitlines() if line[:1].strip()]
    return [name.strip() for head in heads for name in head.split(" : ")[0].split(",")]


def signature(function: Callable[..., Any]) -> list[str]:
    """The parameters by name, with their stars, without what a method is bound to."""
    stars = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}
    return [
        stars.get(parameter.kind, "") + name
        for name, parameter in inspect.signature(function).parameters.items()
        if name not in ("self", "cls") and not name.startswith("_")
    ]


def raised(value: Any) -> set[str]:
    """The errors that stand behind a ``raise`` in a function, or where an object is made."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(value))).body
    if isinstance(tree, ast.ClassDef):
        making = [node for node in tree.body if getattr(node, "name", "") in _MAKING]
        tree = ast.Module(making, [])
    calls = [node.exc for node in ast.walk(tree) if isinstance(node, ast.Raise)]
    return {c.func.id for c in calls if isinstance(c, ast.Call) and isinstance(c.func, ast.Name)}


def described() -> list[str]:
    """Every word of the reference: the public names, and the classes that calls give back."""
    sys.path.insert(0, str(ROOT / "docs" / "_ext"))
    try:
        from questions import QUESTIONS
    finally:
        sys.path.pop(0)
    return [word for _, pages in QUESTIONS.values() for page in pages for word in page.split()]


def thing(word: str) -> Any:
    module, _, last = f"loopmap.{word}".rpartition(".")
    return getattr(import_module(module), last)


CLASSES = [word for word in described() if isinstance(thing(word), type)]
FUNCTIONS = {word: thing(word) for word in described() if inspect.isfunction(thing(word))}


def members(word: str) -> Iterator[tuple[str, Any]]:
    """The public methods and properties that a class has from us."""
    for owner in thing(word).__mro__:
        if owner.__module__.startswith("loopmap"):
            for name, member in vars(owner).items():
                if not name.startswith("_"):
                    yield f"{word}.{name}", member


METHODS = {
    name: member.__func__ if isinstance(member, classmethod | staticmethod) else member
    for word in CLASSES
    for name, member in members(word)
    if inspect.isfunction(member) or isinstance(member, classmethod | staticmethod)
}
PROPERTIES = {
    name: member
    for word in CLASSES
    for name, member in members(word)
    if isinstance(member, property | cached_property)
}
CALLS = {**FUNCTIONS, **METHODS}
#: Classes that are made of fields: not errors, nor the four polarities.
MADE = [w for w in CLASSES if not issubclass(thing(w), Exception | Enum)]


@pytest.mark.parametrize("name", sorted({*CALLS, *PROPERTIES, *CLASSES}))
def test_one_line_says_what_it_is(name: str) -> None:
    value = {**CALLS, **PROPERTIES}.get(name) or thing(name)
    first, *rest = (inspect.getdoc(value) or "").splitlines()
    assert first.endswith((".", "``")) or first.endswith(".``"), f"{name}: {first!r}"
    assert not rest or rest[0] == "", f"{name}: the summary runs on"
    assert [head for head in sections(value) if head and head not in SECTIONS] == []


@pytest.mark.parametrize("name", sorted(CALLS))
def test_parameters_are_those_of_the_signature(name: str) -> None:
    assert entries(sections(CALLS[name]).get("Parameters", "")) == signature(CALLS[name])


@pytest.mark.parametrize("name", sorted(CALLS))
def test_what_comes_back_is_described(name: str) -> None:
    says = sections(CALLS[name])
    returns = inspect.signature(CALLS[name]).return_annotation
    assert bool({"Returns", "Yields"} & says.keys()) == (returns not in ("None", None))


@pytest.mark.parametrize("name", sorted(CALLS))
def test_errors_raised_are_named(name: str) -> None:
    assert raised(CALLS[name]) <= set(entries(sections(CALLS[name]).get("Raises", "")))


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_functions_are_shown_at_work(name: str) -> None:
    assert ">>>" in sections(FUNCTIONS[name])["Examples"]


@pytest.mark.parametrize("name", MADE)
def test_fields_of_a_class_are_those_it_is_made_of(name: str) -> None:
    """As parameters where people make it, as attributes where they only get it back."""
    says = sections(thing(name))
    listed = says.get("Parameters") or says.get("Attributes", "")
    assert entries(listed) == signature(thing(name))
    assert raised(thing(name)) <= set(entries(says.get("Raises", "")))
