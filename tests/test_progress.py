"""The bar that shows when something takes over a second."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import Any

import pytest

import loopmap as lm
from loopmap import progress
from loopmap.loops.budget import Budget


class Clock:
    """Time that passes only when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[], str]:
    """Somebody looks; a function that gives what they have seen since they were last asked."""
    pytest.importorskip("tqdm")
    monkeypatch.setattr(progress, "_watched", lambda: True)
    return lambda: capsys.readouterr().err


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(progress, "time", clock)
    return clock


def test_nothing_shows_within_a_second(terminal: Callable[[], str], clock: Clock) -> None:
    with progress.bar("drawing") as tick:
        clock.now += 0.9
        tick(0.5, "routes")
    assert terminal() == ""


def test_after_a_second_a_bar_shows_and_goes_away(
    terminal: Callable[[], str], clock: Clock
) -> None:
    with progress.bar("drawing") as tick:
        clock.now += 1.5
        tick(0.25, "places")
        clock.now += 1
        tick(0.5, "routes")
        shown = terminal()
    assert "drawing:  25%" in shown
    assert "50%" in shown
    assert "routes" in shown
    assert terminal().replace(" ", "") == "\r\r"  # nothing stays


def test_what_nobody_knows_the_length_of_says_how_long_it_took(
    terminal: Callable[[], str], clock: Clock
) -> None:
    with progress.bar("finding loops") as tick:
        clock.now += 2
        tick()
    shown = terminal()
    assert "finding loops: " in shown
    assert "%" not in shown


def test_a_file_is_nobody_looking(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)
    with progress.bar("drawing") as tick:
        clock.now += 5
        tick(0.5, "")
    assert sys.stderr.getvalue() == ""  # type: ignore[attr-defined]


def test_without_tqdm_nothing_shows(
    monkeypatch: pytest.MonkeyPatch, terminal: Callable[[], str], clock: Clock
) -> None:
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    with progress.bar("drawing") as tick:
        clock.now += 5
        tick(0.5, "")
    assert terminal() == ""


def test_budgets_tell_how_much_time_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[float] = []
    Budget(1_000.0, lambda share, step: told.append(share)).check()
    Budget(None, lambda share, step: told.append(share)).check()
    assert told[0] < 0.01
    assert told[1] != told[1]  # NaN: nobody knows


def test_drawing_and_finding_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = progress.bar

    def noted(what: str) -> Any:
        asked.append(what)
        return real(what)

    monkeypatch.setattr("loopmap.display.bar", noted)
    monkeypatch.setattr("loopmap.loops.find.bar", noted)
    lm.draw(lm.SystemMap(links=[("A", "B", "+"), ("B", "A", "+")]))
    assert asked[0] == "finding loops"
    assert asked[-1] == "drawing the map"


def test_a_notebooks_bar_goes_away(
    monkeypatch: pytest.MonkeyPatch, terminal: Callable[[], str], clock: Clock
) -> None:
    left: list[tuple[int, int]] = []

    class Bar:
        n, total = 0, 100

        def close(self) -> None:
            left.append((self.n, self.total))

        def set_postfix_str(self, text: str, refresh: bool) -> None: ...
        def refresh(self) -> None: ...

    monkeypatch.setattr(progress, "_tqdm", lambda what, known: Bar())
    with progress.bar("drawing") as tick:
        clock.now += 2
        tick(0.4, "places")
    assert left == [(100, 100)]  # tqdm leaves an unfinished bar standing, in red


def test_tqdms_own_switch_is_heeded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ipykernel", sys)
    assert progress._watched()
    monkeypatch.setenv("TQDM_DISABLE", "1")
    assert not progress._watched()
