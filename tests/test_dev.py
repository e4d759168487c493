"""dev.py sets the environment up once, and again when something it was made from has changed."""

from __future__ import annotations

from pathlib import Path

import dev
import pytest

PYX = "src/loopmap/loops/_listing.pyx"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A checkout of empty files in which installing only notes what it was asked for."""
    for name in ("pyproject.toml", "constraints.txt", "CMakeLists.txt", PYX, "env/bin/python"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "pyproject.toml").write_text("[dependency-groups]\ntest = ['pytest']")
    found: list[list[str]] = []
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "CONSTRAINTS", tmp_path / "constraints.txt")
    monkeypatch.setattr(dev, "ENV", tmp_path / "env")
    monkeypatch.setattr(dev, "PYTHON", tmp_path / "env" / "bin" / "python")
    monkeypatch.setattr(dev, "install", found.append)
    dev.set_up("test")
    return found


def test_once_is_enough(installed: list[list[str]]) -> None:
    assert [words[:2] for words in installed] == [["-e", str(dev.ROOT)], ["pytest", "-c"]]
    dev.set_up("test")
    assert len(installed) == 2


@pytest.mark.parametrize("name", ["CMakeLists.txt", PYX])
def test_what_is_compiled_is_built_anew_when_it_changes(
    installed: list[list[str]], name: str
) -> None:
    (dev.ROOT / name).write_text("changed")
    dev.set_up("test")
    assert [words[0] for words in installed[2:]] == ["-e"]


def test_a_compiled_module_that_moved_is_built_anew(installed: list[list[str]]) -> None:
    (dev.ROOT / PYX).rename(dev.ROOT / "src" / "loopmap" / "_listing.pyx")
    dev.set_up("test")
    assert [words[0] for words in installed[2:]] == ["-e"]


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_new_dependencies_are_installed(installed: list[list[str]], name: str) -> None:
    with (dev.ROOT / name).open("a") as file:
        file.write("\n# changed")
    dev.set_up("test")
    assert [words[0] for words in installed[2:]] == ["-e", "pytest"]


def test_every_job_is_told_of() -> None:
    assert dev.__doc__
    assert all(job in dev.__doc__ for job in dev.JOBS)


def test_what_ci_runs_beside_the_tests_goes_through_jobs() -> None:
    extras = list((Path(__file__).parents[1] / ".ci" / "extras").iterdir())
    assert extras
    assert not [path for path in extras if "import dev" in path.read_text("utf-8")]
