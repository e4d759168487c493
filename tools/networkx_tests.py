"""Run networkx's own tests of cycles, answered by loopmap; a count shows that it did answer.

python3 dev.py networkx
"""

from __future__ import annotations

import os
import sys
import tempfile
from typing import Any

import pytest

#: With fewer answers networkx has fallen back to its own code, and nothing was tested.
ENOUGH = 20


class Counted:
    """A pytest plugin: counts what the backend is asked, and fails a run that asked too little."""

    asked = 0

    def pytest_sessionstart(self) -> None:
        from loopmap.nx_backend.backend import BackendInterface

        answer = BackendInterface.simple_cycles

        def counted(*args: Any, **kwargs: Any) -> Any:
            self.asked += 1
            return answer(*args, **kwargs)

        BackendInterface.simple_cycles = staticmethod(counted)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        print(f"\nloopmap answered {self.asked} times")
        if self.asked < ENOUGH:
            session.exitstatus = 3


def main() -> int:
    # networkx reads these when it is imported, and pytest the settings of the folder it runs in.
    os.environ |= {"NETWORKX_TEST_BACKEND": "loopmap", "NETWORKX_FALLBACK_TO_NX": "True"}
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        options = ["-q", "-c", os.devnull, "-p", "no:cacheprovider"]
        found = pytest.main(
            [*options, "--pyargs", "networkx.algorithms.tests.test_cycles"], plugins=[Counted()]
        )
        os.chdir(os.path.dirname(__file__))
    return int(found)


if __name__ == "__main__":
    sys.exit(main())
