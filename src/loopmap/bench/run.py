"""Run finders on cases, each in a process of its own, within limits of time and memory."""

from __future__ import annotations

import json
import os
import platform
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from loopmap.bench.cases import CASES
from loopmap.bench.finders import FINDERS
from loopmap.errors import UnknownNameError, did_you_mean

__all__ = ["CORE", "run_bench", "run_case"]

#: Seconds a finder may give nothing, beyond twice its time.
_PATIENCE = 10.0
_ALARM = int(getattr(signal, "SIGALRM", 0)) or 999
#: The cases that run unless others are asked for.
CORE = tuple(name for name, case in CASES.items() if not case.large)


def run_case(
    case: str, finder: str, *, seconds: float = 10.0, megabytes: float = 4000.0
) -> dict[str, Any]:
    """Run one finder on one case in a process of its own.

    Parameters
    ----------
    case
        A name of ``CASES``, or a map file.
    finder
        A name of ``FINDERS``, ``"module:function"`` or ``"command: …"``.
    seconds
        When to stop listening: what was given until then is scored. A finder that takes twice as
        long, and ten seconds more, without giving anything is ended.
    megabytes
        How much address space the process may have.

    Returns
    -------
    dict
        ``case``, ``finder``, ``status`` (``"done"``, ``"time"``, ``"memory"``, ``"failed"``,
        ``"not run"``), ``seconds``, ``megabytes`` (the peak), ``total``, ``right``, ``wrong``,
        ``recall``, ``precision``, ``sign_accuracy``, ``honesty``, ``first_failure``; ``why`` if
        it did not get so far.
    """
    if case not in CASES and not Path(case).is_file():
        raise UnknownNameError(
            f"there is no case {case!r}{did_you_mean(case, CASES)}; "
            "`loopmap bench list` shows them, and a map file is one too"
        )
    task = {
        "case": case,
        "finder": finder,
        "seconds": seconds,
        "patience": 2 * seconds + _PATIENCE,
        "megabytes": megabytes,
        "folder": os.getcwd(),
    }
    answer = _answer(task)
    return {"case": case, "finder": finder, **answer}


def _answer(task: dict[str, Any]) -> dict[str, Any]:
    source = str(Path(__file__).parents[2])
    paths = [source, *filter(None, [os.environ.get("PYTHONPATH")])]
    # The worker ends a finder that hangs. A scored pass follows, and scoring may take far longer
    # than finding; this is for what goes wrong there.
    try:
        run = subprocess.run(
            [sys.executable, "-m", "loopmap.bench.worker"],
            input=json.dumps(task) + "\n",
            capture_output=True,
            text=True,
            timeout=120 + 60 * task["seconds"],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONHASHSEED": "0"},
        )
    except subprocess.TimeoutExpired:
        return {"status": "time", "honesty": "stopped"}
    if run.returncode == -_ALARM:
        return {"status": "time", "honesty": "stopped"}
    lines = run.stdout.strip().splitlines()
    if run.returncode or not lines:
        told = run.stderr.strip().splitlines()
        why = told[-1] if told else f"it ended with code {run.returncode}"
        short = "memory" if "MemoryError" in run.stderr or "bad_alloc" in run.stderr else "failed"
        return {"status": short, "why": why}
    answer: dict[str, Any] = json.loads(lines[-1])
    return answer


def run_bench(
    finders: Sequence[str] = tuple(FINDERS),
    cases: Sequence[str] = CORE,
    *,
    seconds: float = 10.0,
    megabytes: float = 4000.0,
    progress: Callable[[dict[str, Any]], None] | None = None,
) -> dict[str, Any]:
    """Run finders on cases, one after another.

    Parameters
    ----------
    finders, cases
        Names, see :func:`run_case`.
    seconds, megabytes
        The limits of each run.
    progress
        Called with each result as it comes.

    Returns
    -------
    dict
        ``date``, ``machine``, ``versions``, ``limits`` and ``results``, ready for JSON.
    """
    results = []
    for case in cases:
        for finder in finders:
            result = run_case(case, finder, seconds=seconds, megabytes=megabytes)
            results.append(result)
            if progress is not None:
                progress(result)
    return {
        "date": date.today().isoformat(),
        "machine": {
            "python": platform.python_version(),
            "system": platform.system(),
            "processors": os.cpu_count(),
        },
        "versions": {finder: _version(finder) for finder in finders},
        "limits": {"seconds": seconds, "megabytes": megabytes},
        "results": results,
    }


def _version(finder: str) -> str:
    if finder not in FINDERS:
        return ""
    package = FINDERS[finder].package
    try:
        return version(package)
    except PackageNotFoundError:
        # Run from its source, loopmap knows its version itself.
        return str(getattr(import_module(package), "__version__", ""))
