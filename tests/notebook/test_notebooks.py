"""The committed notebooks: made from their scripts, with pictures anybody can see."""

from __future__ import annotations

import ast
import base64
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "notebooks"
SCRIPTS = sorted(FOLDER.glob("*.py"))
MACHINE_PATH = re.compile(r"/(home|root|tmp|Users|private)/|site-packages|[A-Z]:\\\\")
#: What a code host is sure to show of an output; scripts, SVG and widgets are stripped.
SHOWN = {"image/png", "text/plain"}


def load(script: Path) -> Any:
    return json.loads(script.with_suffix(".ipynb").read_text("utf-8"))


def parts(percent: str) -> list[tuple[str, str]]:
    """The cells of a percent script as (kind, text)."""
    found = []
    for part in re.split(r"^# %%", percent, flags=re.MULTILINE)[1:]:
        head, _, body = part.partition("\n")
        if "[markdown]" in head:
            lines = [re.sub(r"^# ?", "", line) for line in body.strip().splitlines()]
            found.append(("markdown", "\n".join(lines).strip()))
        else:
            found.append(("code", body.strip()))
    return found


def test_there_are_notebooks() -> None:
    assert SCRIPTS
    assert {s.stem for s in SCRIPTS} == {n.stem for n in FOLDER.glob("*.ipynb")}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: s.stem)
def test_cells_are_those_of_the_script(script: Path) -> None:
    cells = [(c["cell_type"], "".join(c["source"]).strip()) for c in load(script)["cells"]]
    assert cells == parts(script.read_text("utf-8"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: s.stem)
def test_outputs_show_without_a_kernel(script: Path) -> None:
    pictures = 0
    notebook = load(script)
    assert set(notebook["metadata"]) == {"kernelspec", "language_info"}  # no widget state
    for cell in notebook["cells"]:
        outputs = cell.get("outputs", [])
        assert not MACHINE_PATH.search(json.dumps(outputs))
        for output in outputs:
            assert output["output_type"] != "error"
            data = output.get("data", {})
            assert not data or set(data) & SHOWN, f"a code host would show nothing of {set(data)}"
            assert "application/vnd.jupyter.widget-view+json" not in data
            if "image/png" in data:
                picture = size_of(base64.b64decode(data["image/png"]))
                assert picture[0] > 300
                pictures += 1
    assert pictures >= 1


def size_of(png: bytes) -> tuple[int, int]:
    from PIL import Image

    image = Image.open(io.BytesIO(png))
    image.load()
    return image.size


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: s.stem)
def test_a_story_with_prose(script: Path) -> None:
    kinds = [kind for kind, _ in parts(script.read_text("utf-8"))]
    assert kinds[0] == "markdown"
    assert kinds.count("markdown") >= kinds.count("code") / 2
    ast.parse(script.read_text("utf-8"))
