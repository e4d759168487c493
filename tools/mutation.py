"""Break the code in small ways, one at a time, and see whether a test notices.

python3 dev.py python tools/mutation.py perspectives --sample 150 --work ../mutants

mutmut 3 makes the mutants of one package (functions without decorators; nothing at the level of a
module or class), runs the tests named below that reach the broken function, and the table it
leaves is printed with the survivors. Everything happens in a copy, mutmut is installed beside it
and nowhere else, and loops run in pure Python.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

MUTMUT = "mutmut==3.8.1"

#: Of the tests of loops those that neither start processes, nor compare what is compiled, nor
#: count real maps for minutes in pure Python.
LOOPS = (
    "changes", "count", "counting_engines", "find", "loop_called", "method_cases", "named",
    "root_search", "shortest_independent", "story", "strategy", "ways_of_listing",
)  # fmt: skip

#: Package -> the tests that may notice; doctests of the package itself are among them.
TESTS = {
    "polarity": ["tests/test_polarity.py", "tests/model"],
    "model": ["tests/model"],
    "perspectives": ["tests/perspectives"],
    "analysis": ["tests/analysis"],
    "loops": [f"tests/loops/test_{name}.py" for name in LOOPS],
    "formats": ["tests/formats"],
}
#: These fail in the copy before anything is broken, and then mutmut tries no mutant at all. It
#: calls every function through one of its own, at which a warning points; and that is slow, as is
#: pure Python, where a count has a fifth of a second.
LEFT_OUT = [
    "tests/formats/test_files.py::test_the_warning_points_at_the_line_that_reads",
    "tests/loops/test_counting_engines.py::test_what_is_too_large_says_so_with_numbers",
]
#: What mutmut leaves for a mutant: pytest's exit code, or how its process ended.
KILLED, TIMEOUT, UNTESTED = (1, 3), (36, 24, -24, 152, 255), (5, 33)
SETTINGS = """
[tool.mutmut]
source_paths = ["src"]
only_mutate = {only}
also_copy = ["conftest.py", "dev.py", "src", "docs", "tools", "README.md"]
pytest_add_cli_args = [
    "-p", "no:cacheprovider", "-x", "-m", "not slow and not browser",
    "-k", "not __mutmut_ or __mutmut_orig",  # doctests of mutants are those of what they break
    {left_out},
]
pytest_add_cli_args_test_selection = {tests}
track_dependencies = false
use_git_change_detection = false
"""
#: The editable install would lead back to the checkout; in the copy its finder is taken out.
NO_EDITABLE = """import sys
sys.meta_path = [f for f in sys.meta_path if not type(f).__name__.startswith("ScikitBuild")]
"""


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("package", choices=TESTS)
    words.add_argument("--sample", type=int, help="so many mutants, chosen at random")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--work", type=Path, required=True, help="a folder for the copy")
    words.add_argument("--processes", type=int, default=1)
    asked = words.parse_args()
    prepare(asked.work, asked.package)
    mutmut(asked.work, asked.processes, "makes mutants and times tests: no name matches this")
    names = sorted(results(asked.work))
    if asked.sample is not None and asked.sample < len(names):
        names = sorted(random.Random(asked.seed).sample(names, asked.sample))
    mutmut(asked.work, asked.processes, *names)
    return report(asked.package, len(results(asked.work)), asked.work, names)


def prepare(work: Path, package: str) -> None:
    """Copy what the tests need, with settings for this package."""
    for name in ("src", "tests", "docs", "tools"):
        left_out = shutil.ignore_patterns("_build", "__pycache__", "gallery")
        shutil.copytree(ROOT / name, work / name, ignore=left_out, dirs_exist_ok=True)
    for name in ("conftest.py", "dev.py", "README.md"):
        shutil.copy(ROOT / name, work)
    beside = work / "site"
    if not beside.exists():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.check_call([*pip, "--target", str(beside), MUTMUT])
    (beside / "sitecustomize.py").write_text(NO_EDITABLE)
    here = f"src/loopmap/{package}"
    here = f"{here}.py" if (ROOT / f"{here}.py").exists() else here
    only = [here if here.endswith(".py") else f"{here}/*"]
    settings = SETTINGS.format(
        only=json.dumps(only),
        tests=json.dumps([*TESTS[package], here]),
        left_out=", ".join(json.dumps(f"--deselect={test}") for test in LEFT_OUT),
    )
    (work / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text("utf-8") + settings)


def mutmut(work: Path, processes: int, *names: str) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str((work / "site").resolve()),
        "LOOPMAP_PURE": "1",
        "LOOPMAP_TEST_PROFILE": os.environ.get("LOOPMAP_TEST_PROFILE", "land"),
        "LOOPMAP_ORACLE_MAPS": os.environ.get("LOOPMAP_ORACLE_MAPS", "1000"),
    }
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", str(processes), *names]
    with (work / "mutmut.log").open("a") as log:
        subprocess.call(command, cwd=work, env=environment, stdout=log, stderr=log)


def results(work: Path) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for path in sorted((work / "mutants").rglob("*.meta")):
        found |= json.loads(path.read_text("utf-8"))["exit_code_by_key"]
    return found


def report(package: str, made: int, work: Path, names: list[str]) -> int:
    codes = results(work)
    counts = Counter(verdict(codes[name]) for name in names)
    run = sum(counts.values()) - counts["not run"]
    killed = counts["killed"] + counts["timeout"]
    share = f"{killed / run:.1%}" if run else "nothing run"
    print(f"{package}: {made} mutants, {run} run, {killed} killed ({share})")
    if not run:
        print(f"the tests fail before anything is broken? See the end of {work / 'mutmut.log'}")
    print(", ".join(f"{n} {what}" for what, n in sorted(counts.items())))
    for name in names:
        if verdict(codes[name]) not in ("killed", "timeout"):
            print(f"  {verdict(codes[name])}: {name}")
    return 0 if run else 1


def verdict(code: int | None) -> str:
    if code is None:
        return "not run"
    if code in KILLED:
        return "killed"
    if code in TIMEOUT:
        return "timeout"
    return "no test" if code in UNTESTED else "survived" if code == 0 else f"exit {code}"


if __name__ == "__main__":
    sys.exit(main())
