"""Every code block in README.md and docs/ runs, and shows what it says it shows.

* ``python`` blocks of one page run one after the other in one namespace; with ``>>>`` they are
  doctests.
* ``console`` blocks run every ``$ `` line; lines below it are what it prints (``...`` stands for
  anything). Lines with ``dev.py``, ``pip`` or ``git`` in them are about setting up and do not run.
* A ``loop`` or ``csv`` block whose first line is a comment ``# name.loop`` is written to that file.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import loopmap

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
PAGES = [page for page in PAGES if "_build" not in page.parts and page.exists()]
BLOCK = re.compile(r"^```(?P<kind>\w+)[^\n]*\n(?P<code>.*?)^```\s*$", re.DOTALL | re.MULTILINE)
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
# Installed or not, the commands run what stands here.
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "80"}
SETTING_UP = re.compile(r"(?<!\w)(dev\.py|\.ci|pip3?|git|apt|jupyter|cd|dask|cat|open)\b")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_code_blocks_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, Any] = {"__name__": "__docs__"}
    text = page.read_text("utf-8")
    for block in BLOCK.finditer(text):
        line = text.count("\n", 0, block.start()) + 2
        run = {"python": run_python, "console": run_console, "loop": save, "csv": save}
        if block["kind"] in run:
            run[block["kind"]](block["code"], f"{page.name}:{line}", namespace)


def test_ten_minutes_spent_twice_keep_what_somebody_typed_in_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = [b["code"] for b in BLOCK.finditer((ROOT / "docs" / "start.md").read_text("utf-8"))]
    code = "\n".join(block for block in blocks if "lm" in block)
    exec(compile(code, "start.md", "exec"), {})
    picture = Path("waiting.pdf").read_bytes()
    with Path("waiting.loop").open("a", encoding="utf-8") as file:
        file.write("# ask Ann\nSick leave -> Agency staff : +\n")
    typed = Path("waiting.loop").read_bytes()
    with pytest.raises(loopmap.FileError, match=r"'waiting\.loop' is there already and was kept"):
        exec(compile(code, "start.md", "exec"), {})
    assert Path("waiting.loop").read_bytes() == typed
    assert Path("waiting.pdf").read_bytes() == picture


def run_python(code: str, where: str, namespace: dict[str, Any]) -> None:
    if ">>>" not in code:
        exec(compile(code, where, "exec"), namespace)
        return
    test = doctest.DocTestParser().get_doctest(code, namespace, where, where, 0)
    said = io.StringIO()
    with contextlib.redirect_stdout(sys.__stdout__ or sys.stdout):
        result = doctest.DocTestRunner(optionflags=FLAGS).run(
            test, out=said.write, clear_globs=False
        )
    namespace.update(test.globs)
    assert not result.failed, said.getvalue()


def run_console(code: str, where: str, _: dict[str, Any]) -> None:
    for entry in re.split(r"^\$ ", code, flags=re.MULTILINE)[1:]:
        command, _, expected = entry.partition("\n")
        if SETTING_UP.search(command):
            continue
        words = shlex.split(command, comments=True)
        assert words[0] == "loopmap", f"{where}: cannot run {command!r}"
        ran = subprocess.run(
            [sys.executable, "-m", "loopmap", *words[1:]],
            capture_output=True, encoding="utf-8", timeout=120, check=False, env=ENVIRONMENT,
        )  # fmt: skip
        assert ran.returncode in (0, 1), f"{where}: {command}\n{ran.stderr}"
        # Python too exits with 1, when it fails: 1 alone does not say that loopmap ran.
        broken = "Traceback (most" in ran.stderr or "No module named" in ran.stderr
        assert not broken, f"{where}: {command}\n{ran.stderr}"
        printed = ran.stdout + ran.stderr
        if expected.strip():
            same = doctest.OutputChecker().check_output(expected, printed, FLAGS)
            assert same, f"{where}: {command}\nexpected:\n{expected}\nprinted:\n{printed}"


def save(code: str, where: str, _: dict[str, Any]) -> None:
    name = re.match(r"#\s*([\w.-]+\.\w+)\n", code)
    if name:
        Path(name[1]).write_text(code, "utf-8")
