"""Imports point down the page of docs/development/architecture.md, or sideways in one folder."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "loopmap"

#: Top-level module or folder -> its layer; a module may import strictly lower layers,
#: its own folder, and within layer 2 only what stands before it in this table.
LAYERS = {
    "errors": 0.0, "options": 0.05, "phrases": 0.0, "quoting": 0.0, "progress": 0.0, "signs": 0.0, "polarity": 0.1, "fonts": 0.2,
    "model": 1.0,
    "words": 1.5,
    "perspectives": 2.0, "loops": 2.1, "analysis": 2.2, "checks": 2.3, "interop": 2.4, "nx_backend": 2.4,
    "notation": 2.5, "formats": 2.6, "example_maps": 2.7, "testing": 2.75, "bench": 2.8,
    "layout": 3.0,
    "scene": 4.0,
    "render": 5.0,
    "saving": 5.8, "drawing": 5.9, "display": 6.0, "gazetteer": 6.05, "views": 6.05,
    "notebook": 6.1, "cli": 6.2, "__main__": 6.3, "__init__": 6.4,
}  # fmt: skip

#: The ways up: a map must be able to show itself, the command line to say which version it is.
ALLOWED_UP = {("model", "display"), ("cli", "__init__")}

FILES = sorted(SOURCE.rglob("*.py"))


def home(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """The top-level loopmap modules a file imports, wherever in the file it does so."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: imports are absolute here"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "loopmap":
                inside = len(parts) > 1 and parts[1] in LAYERS
                found.add(parts[1] if inside else "__init__")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_imports_point_down(path: Path) -> None:
    here = home(path)
    assert here in LAYERS, f"give {here!r} a layer in LAYERS"
    for there in imported(path) - {here}:
        down = LAYERS[there] < LAYERS[here]
        assert down or (here, there) in ALLOWED_UP, f"{here} may not import {there}"


def test_the_test_sees_imports() -> None:
    assert imported(SOURCE / "model" / "system_map.py") >= {"errors"}
