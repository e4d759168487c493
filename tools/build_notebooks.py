#!/usr/bin/env python3
"""Execute the percent scripts in notebooks/ from clean kernels and write the .ipynb beside them.

tools/build_notebooks.py               all of them
tools/build_notebooks.py 01_first_map  some of them
tools/build_notebooks.py --check       execute all, write nothing: what CI does
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "notebooks"
SET_UP = (ROOT / "tools" / "notebook_pictures.py").read_text("utf-8")
#: What must never be in a committed output: where somebody's machine keeps its files.
MACHINE_PATH = re.compile(r"/(home|root|tmp|Users|private|var/folders)/|site-packages|[A-Z]:\\\\")


def main(words: list[str]) -> None:
    check = "--check" in words
    names = [word for word in words if not word.startswith("-")]
    for script in sorted(NOTEBOOKS.glob("*.py")):
        if not names or script.stem in names:
            print(script.stem, flush=True)
            notebook = executed(source(script))
            if not check:
                nbformat.write(notebook, script.with_suffix(".ipynb"))


def source(script: Path) -> Any:
    """The notebook a percent script stands for, without outputs; the same bytes every time."""
    notebook = jupytext.read(script, fmt="py:percent")
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    for place, cell in enumerate(notebook.cells):
        cell.id = f"{script.stem.replace('_', '-')}-{place}"
        cell.metadata = nbformat.from_dict({})
    return notebook


def executed(notebook: Any) -> Any:
    """Run it in a kernel and a folder of its own, beside the examples; pictures become PNG."""
    # in a namespace of its own, so that no name of it meets one of the notebook's
    notebook.cells.insert(0, nbformat.v4.new_code_cell(f"exec({SET_UP!r}, {{}})"))
    os.environ["PYTHONPATH"] = os.pathsep.join(
        filter(None, [str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    )
    os.environ["TQDM_DISABLE"] = "1"  # a saved bar is nothing to look at
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder) / "notebooks"
        here.mkdir()
        shutil.copytree(ROOT / "examples", Path(folder) / "examples")
        resources = {"metadata": {"path": str(here)}}
        client = NotebookClient(notebook, timeout=300, resources=resources)
        client.execute()
    del notebook.cells[0]
    number = 0
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            number += 1
            cell.execution_count = number
            for output in cell.outputs:
                if "execution_count" in output:
                    output.execution_count = number
    found = MACHINE_PATH.search(str([cell.get("outputs") for cell in notebook.cells]))
    if found:
        raise SystemExit(f"a machine path in an output: {found[0]!r}")
    notebook.metadata = source_metadata(notebook)
    return notebook


def source_metadata(notebook: Any) -> Any:
    """Metadata without widget state and without the kernel's version."""
    kept = {name: notebook.metadata[name] for name in ("kernelspec", "language_info")}
    kept["language_info"] = {"name": "python"}
    return nbformat.from_dict(kept)


if __name__ == "__main__":
    main(sys.argv[1:])
