"""Nothing that a stranger wrote steers the terminal, and data passes through pipes to the letter."""

from __future__ import annotations

import ast
import contextlib
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.test_quoting import steers

import loopmap as lm
from loopmap.cli.running import run
from loopmap.testing import hostile_maps

#: What people read; ``{map}`` and ``{other}`` are files.
FOR_PEOPLE = (
    "check {map}", "loops {map}", "loops {map} --sort evidence", "loops {map} --count",
    "compare {map}", "compare {map} --distances", "diff {map} {other} --no-renames",
    "quotes {map} {other}", "merge {map} {other} -o {made}", "convert {map} {made}",
    "fmt --check {map}",
)  # fmt: skip
FOR_PROGRAMS = ("check {map} --json", "loops {map} --json", "loops {map} --count --json")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def printed(words: list[str], out: io.StringIO | None = None) -> tuple[str, str]:
    """What a command prints to standard output and standard error."""
    out, err = out or io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        assert run(words) in (0, 1, 2)
    return out.getvalue(), err.getvalue()


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(m=hostile_maps())
def test_words_for_people_steer_nothing(m: lm.SystemMap, tmp_path: Path) -> None:
    files = {name: str(tmp_path / f"{name}.loop") for name in ("map", "other", "made")}
    lm.write(m, files["map"])
    lm.write(m.remove(m.causal_links[0]), files["other"])
    for line in FOR_PEOPLE:
        out, err = printed([word.format(**files) for word in line.split()])
        assert not steers(out + err), line
    for line in FOR_PROGRAMS:
        out, err = printed([word.format(**files) for word in line.split()])
        assert not steers(out + err), line
        json.loads(out)
    out, _ = printed(["loops", files["map"], "--json"])
    assert json.loads(out)["loops"][0]["path"] == [*lm.find_loops(m)[0].path]


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(m=hostile_maps())
def test_errors_name_what_was_typed_and_steer_nothing(m: lm.SystemMap, tmp_path: Path) -> None:
    file = str(tmp_path / "map.loop")
    lm.write(m, file)
    odd = f"\x1b[31m{m.names[0]}\x9b\u202e"
    for words in (
        ["loops", file, "--through", odd], ["loops", odd + ".loop"], ["loops", odd],
        [odd], ["loops", file, f"--{odd}"], ["loops", file, "--kind", odd],
        ["draw", file, "-o", odd], ["convert", file, odd], ["example", odd],
        ["merge", f"{odd}={file}", f"{odd}={file}"], ["diff", file, file, "--renamed", odd],
    ):  # fmt: skip
        out, err = printed(words)
        assert err
        assert not steers(out + err), words


@pytest.mark.parametrize("text", ["A\x1b[31m -> B : +", "A -> B : \u202e+\x1b", "by\x9b"])
def test_what_cannot_be_read_is_shown_and_steers_nothing(text: str, tmp_path: Path) -> None:
    file = tmp_path / "\x1b[31mred.loop"
    file.write_text(f"{text}\n", "utf-8")
    for command in ("check", "loops", "fmt"):
        out, err = printed([command, str(file)])
        assert out + err
        assert not steers(out + err)


def test_data_passes_pipes_to_the_letter_and_terminals_unharmed(tmp_path: Path) -> None:
    m = lm.SystemMap(links=[("A\u202eB", "C", "+"), ("C", "A\u202eB", "+")])
    file = str(tmp_path / "m.loop")
    lm.write(m, file)
    for words in (["loops", file, "--csv"], ["compare", file, "--csv"]):
        piped, _ = printed(words)
        shown, _ = printed(words, Terminal())
        assert "A\u202eB" in piped
        assert shown == piped.replace("\u202e", "\\u202e")


def test_nothing_else_prints() -> None:
    folder = Path(lm.__file__).parent / "cli"
    for path in sorted(folder.glob("*.py")):
        if path.name in ("saying.py", "__init__.py"):  # the latter says which version it is
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute | ast.Name):
                name = node.attr if isinstance(node, ast.Attribute) else node.id
                assert name not in ("echo", "secho", "print"), f"{path.name}:{node.lineno}"
