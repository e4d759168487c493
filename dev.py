#!/usr/bin/env python3
"""Set loopmap up in `.venv` and do one job with it; needs nothing but Python 3.11 and venv.

python3 dev.py demo     draw the MASH map (mash.svg, mash.pdf, mash.png) and list its loops
python3 dev.py test     run every test that README promises; more words go to pytest
python3 dev.py check    ruff and mypy
python3 dev.py run ...  loopmap itself, with the words that follow
python3 dev.py python ...  the Python that all this uses, with the words that follow
python3 dev.py docs     build the documentation into docs/_build/html, warnings being errors
python3 dev.py types    mypy and pyright on programs as users write them, right and wrong
python3 dev.py browser | notebooks | networkx    what needs Chromium; every notebook from a clean
                        kernel; networkx's own tests of cycles, answered by loopmap
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
# LOOPMAP_ENV lets several checkouts, or a test of a fresh one, keep environments of their own.
ENV = Path(os.environ.get("LOOPMAP_ENV", ROOT / ".venv"))
BIN = ENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
CONSTRAINTS = ROOT / "constraints.txt"


def main(words: list[str]) -> int:
    job, rest = (words[0], words[1:]) if words else ("", [])
    if job not in JOBS:
        print(__doc__)
        return 0 if job in ("", "help", "-h", "--help") else 2
    if sys.version_info < (3, 11):
        sys.exit(f"loopmap needs Python 3.11 or newer; this is {sys.version.split()[0]}")
    return JOBS[job](rest)


def demo(_: list[str]) -> int:
    set_up()
    for ending in ("svg", "pdf", "png"):
        loopmap("draw", "mash", "-o", f"mash.{ending}")
    return loopmap("loops", "mash")


def test(words: list[str]) -> int:
    set_up("test")
    chosen = words if "-m" in words else ["-m", "not browser", *words]  # those need Chromium
    return subprocess.call([str(PYTHON), "-m", "pytest", *chosen], cwd=ROOT)


def check(_: list[str]) -> int:
    set_up("test")
    commands = (["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"])
    return max(subprocess.call([str(PYTHON), "-m", *command], cwd=ROOT) for command in commands)


def run(words: list[str]) -> int:
    set_up()
    return subprocess.call([str(PYTHON), "-m", "loopmap", *words])


def python(words: list[str]) -> int:
    set_up("test")
    return subprocess.call([str(PYTHON), *words])


def docs(_: list[str]) -> int:
    set_up("test", "docs")
    for made in ("_build", "reference/generated"):  # a page that is gone must not linger
        shutil.rmtree(ROOT / "docs" / made, ignore_errors=True)
    words = ["-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", "docs", "docs/_build/html"]
    return subprocess.call([str(PYTHON), *words], cwd=ROOT)


def types(_: list[str]) -> int:
    set_up("test", "types")
    return subprocess.call([str(PYTHON), "tools/check_types.py"], cwd=ROOT)


def browser(_: list[str]) -> int:
    set_up("test", "browser")
    return subprocess.call([str(PYTHON), "-m", "pytest", "-m", "browser", "tests"], cwd=ROOT)


def notebooks(_: list[str]) -> int:
    set_up("test", "notebooks")
    return subprocess.call([str(PYTHON), "tools/build_notebooks.py", "--check"], cwd=ROOT)


def networkx(_: list[str]) -> int:
    set_up("test", "conformance")
    return subprocess.call([str(PYTHON), "tools/networkx_tests.py"], cwd=ROOT)


JOBS = {
    job.__name__: job
    for job in (demo, test, check, run, python, docs, types, browser, notebooks, networkx)
}


def loopmap(*words: str) -> int:
    code = subprocess.call([str(PYTHON), "-m", "loopmap", *words], cwd=ROOT)
    if code > 1:  # 1 is "something to look at"
        sys.exit(code)
    return code


def set_up(*groups: str) -> None:
    """Install loopmap (editable) and these dependency groups, unless that is already so."""
    modules = sorted((ROOT / "src").rglob("*.pyx"))
    once("", [ROOT / "CMakeLists.txt", *modules], ["-e", str(ROOT)])
    for group in groups:
        once(f"-{group}", [], group_of(group))


def once(name: str, built_from: list[Path], requirements: list[str]) -> None:
    """Install these unless they are; what is built from files that were changed is built anew."""
    key = hashlib.sha256(sys.version.encode())
    for path in (ROOT / "pyproject.toml", CONSTRAINTS, *built_from):
        key.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    stamp = ENV / f".ready{name}"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == key.hexdigest():
        return
    print(f"setting up {ENV} (once) ...", file=sys.stderr, flush=True)
    install([*requirements, "-c", str(CONSTRAINTS)])
    stamp.write_text(key.hexdigest())


def group_of(name: str) -> list[str]:
    """Read a dependency group; Debian's pip is too old for ``--group``."""
    import tomllib  # only after the version check in main

    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    return list(groups[name])


def install(requirements: list[str]) -> None:
    uv = shutil.which("uv")
    if uv:
        quiet = [uv, "--quiet"]
        subprocess.check_call([*quiet, "venv", "--allow-existing", "-p", sys.executable, str(ENV)])
        # uv would keep what it built as long as pyproject.toml stays the same
        again = ["--reinstall-package", "loopmap"]
        subprocess.check_call([*quiet, "pip", "install", "-p", str(PYTHON), *again, *requirements])
        return
    if not PYTHON.exists():
        try:
            subprocess.check_call([sys.executable, "-m", "venv", str(ENV)])
        except subprocess.CalledProcessError:
            shutil.rmtree(ENV, ignore_errors=True)
            sys.exit("python3 -m venv did not work; on Debian: apt install python3-venv")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.check_call([*pip, *requirements])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
