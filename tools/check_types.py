"""Check the programs of tests/typing under mypy --strict and pyright.

``user_program.py`` must have no fault; of ``wrong_program.py`` the lines marked ``# wrong`` must
each have one, and no other line.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

HERE = Path("tests/typing")
CHECKERS = {
    "mypy": ["mypy", "--strict", "--no-error-summary", "--ignore-missing-imports"],
    "pyright": ["pyright", "--pythonpath", sys.executable],
}
_FAULT = re.compile(r"(\w+\.py):(\d+)(?::\d+)?\s*(?:-\s*)?:?\s*error\b")


def main() -> int:
    right, wrong = HERE / "user_program.py", HERE / "wrong_program.py"
    lines = wrong.read_text("utf-8").splitlines()
    marked = {(wrong.name, n) for n, line in enumerate(lines, 1) if line.endswith("# wrong")}
    failed = False
    for name, command in CHECKERS.items():
        words = [sys.executable, "-m", *command, str(right), str(wrong)]
        said = subprocess.run(words, capture_output=True, text=True, check=False)
        print(said.stdout, said.stderr)
        found = {(file, int(line)) for file, line in _FAULT.findall(said.stdout)}
        for file, line in sorted(marked - found):
            print(f"{name} lets pass what is wrong: {file}:{line}")
        for file, line in sorted(found - marked):
            print(f"{name} refuses what is right: {file}:{line}")
        print(f"{name}: {len(found & marked)} of {len(marked)} wrong lines refused")
        failed |= found != marked
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
