"""Every command: what it prints, what it leaves, its exit code; errors in one line."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

import loopmap as lm
from loopmap.cli.commands import COMMANDS
from loopmap.cli.running import run


class Said(NamedTuple):
    code: int
    out: str
    err: str


class Loopmap:
    def __init__(self, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
        self.captured = capfdbinary

    def __call__(self, *words: object) -> Said:
        self.captured.readouterr()
        code = run([str(word) for word in words])
        out, err = self.captured.readouterr()
        return Said(code, out.decode(), err.decode())


@pytest.fixture
def loopmap(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Loopmap:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return Loopmap(capfdbinary)


SPIRAL = 'title: The hub\nBacklog -> Stress : +\nStress -> Backlog : + [delay]\nloop R "Spiral": Backlog, Stress\n'


def test_loops_as_json_is_what_the_issue_says(loopmap: Loopmap) -> None:
    code, out, err = loopmap("loops", "mash", "--json")
    found = json.loads(out)
    loops = found.pop("loops")
    assert (code, err) == (0, "")
    assert found == {
        "complete": True,
        "complete_to_length": None,
        "total": 22,
        "reinforcing": 16,
        "balancing": 6,
        "undetermined": 0,
    }
    assert len(loops) == 22
    assert set(loops[0]) == {
        "label",
        "name",
        "kind",
        "length",
        "delayed",
        "path",
        "signs",
        "routes",
        "id",
    }
    m = lm.example("mash")
    for loop, known in zip(loops, lm.find_loops(m), strict=True):
        assert loop["path"] == list(known.path)
        assert loop["length"] == len(loop["path"]) == len(loop["signs"])
        assert loop["kind"] == "RB"[loop["signs"].count("-") % 2]
        assert loop["id"] == known.id


def test_loops_as_a_table(loopmap: Loopmap) -> None:
    Path("hub.loop").write_text(SPIRAL)
    assert loopmap("loops", "hub.loop") == (
        0,
        "The hub\n1 feedback loop: 1 reinforcing. That is all of them.\n\n"
        "R1   Spiral\n     Backlog -> (+) Stress -//> (+) Backlog\n",
        "",
    )
    assert loopmap("loops", "hub.loop", "--kind", "B").out == "The hub\nNo feedback loops.\n"


def test_a_table_fits_a_terminal(loopmap: Loopmap) -> None:
    lines = loopmap("loops", "mash").out.splitlines()
    assert max(map(len, lines)) <= 80
    assert sum(line[:1] in "RB" and line[1:2].isdigit() for line in lines) == 22


def test_an_incomplete_list_says_so_and_exits_with_1(loopmap: Loopmap) -> None:
    code, out, _ = loopmap("loops", "mash", "--at-most", "3")
    assert code == 1
    assert "NOT ALL: stopped after 3 loops" in out
    code, out, _ = loopmap("loops", "mash", "--at-most", "3", "--json")
    assert (code, json.loads(out)["complete"]) == (1, False)


def test_loops_as_csv(loopmap: Loopmap) -> None:
    Path("hub.loop").write_text('"=1+1" -> B -> "=1+1" : +\n')
    code, out, _ = loopmap("loops", "hub.loop", "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert [(row["label"], row["kind"], row["length"], row["path"]) for row in rows] == [
        ("R1", "R", "2", "'=1+1 → B")
    ]


def test_no_cell_of_the_loops_is_a_formula(loopmap: Loopmap) -> None:
    m = lm.SystemMap(
        links=[("=SUM(A1)", "@Stress", "+"), ("@Stress", "=SUM(A1)", "+")],
        loops=[lm.NamedLoop("+cmd|' /C calc'!A0", ["=SUM(A1)", "@Stress"])],
    )
    lm.write(m, "hub.loop.json")
    code, out, _ = loopmap("loops", "hub.loop.json", "--csv")
    (row,) = csv.DictReader(io.StringIO(out))
    assert code == 0
    assert row["name"] == "'+cmd|' /C calc'!A0"
    assert row["path"] == "'=SUM(A1) → @Stress"
    assert not [cell for cell in row.values() if cell.startswith(tuple("=+-@"))]


def test_check(loopmap: Loopmap) -> None:
    Path("hub.loop").write_text("Backlog -> Overtime\nOvertme -> Backlog : +\n")
    code, out, err = loopmap("check", "hub.loop")
    assert code == 1
    assert "hub.loop:1:12: the link 'Backlog' -> 'Overtime' has no sign; it is read as ?" in out
    assert out.count("spelled almost alike") == 1
    assert out.count("has no sign") == 1
    assert err == "2 things to look at.\n"
    Path("good.loop").write_text(SPIRAL)
    assert loopmap("check", "good.loop") == (0, "", "Nothing to mend.\n")


def test_check_lists_all_that_cannot_be_read(loopmap: Loopmap) -> None:
    Path("hub.loop").write_text("A -> B : x\nB -> : +\n")
    code, out, _ = loopmap("check", "hub.loop")
    assert code == 1
    assert "hub.loop:1:10: a link's sign is +, - or ?, not 'x'" in out
    assert "hub.loop:2:6: a name is missing here" in out
    assert json.loads(loopmap("check", "hub.loop", "--json").out)[0]["rule"] == "sign"


def test_fmt(loopmap: Loopmap) -> None:
    file = Path("hub.loop")
    file.write_text("A-->B:+   # why\n\n\n\n# end")
    assert loopmap("fmt", "--check", file) == (1, "", "would change hub.loop\n")
    assert file.read_text() == "A-->B:+   # why\n\n\n\n# end"
    assert loopmap("fmt", file) == (0, "", "changed hub.loop\n")
    assert file.read_text() == "A -> B : +  # why\n\n# end\n"
    assert loopmap("fmt", "--check", file) == (0, "", "")
    file.write_text("A -> : +\n")
    code, _, err = loopmap("fmt", file)
    assert code == 2
    assert "hub.loop:1:6: a name is missing here" in err
    assert file.read_text() == "A -> : +\n"


def test_convert_says_what_is_lost(loopmap: Loopmap) -> None:
    Path("hub.loop").write_text(SPIRAL)
    code, out, err = loopmap("convert", "hub.loop", "hub.csv")
    assert (code, out) == (0, "wrote hub.csv\n")
    assert err == "warning: hub.csv will not keep 1 title and 1 named loop\n"
    assert lm.read("hub.csv").links == lm.read("hub.loop").links
    code, out, err = loopmap("convert", "hub.loop", "-", "--to", "dot")
    assert "digraph" in out
    assert "warning: the output will not keep 1 named loop" in err


def test_convert_says_when_there_was_no_position_to_write(loopmap: Loopmap) -> None:
    Path("hub.loop").write_text(SPIRAL)
    for output in ("again.loop", "-"):
        code, _, err = loopmap("convert", "hub.loop", output, "--positions")
        assert code == 0
        assert err.startswith("warning: no position was written, for no element of this map has")
    Path("hub.loop").write_text("Backlog [at=1,2]\n" + SPIRAL)
    assert loopmap("convert", "hub.loop", "again.loop", "--positions").err == ""


@pytest.mark.parametrize("words", [["draw", "hub.lop"], ["check", "x"], ["merge", "x.docx"]])
def test_no_option_is_named_that_the_command_does_not_have(
    loopmap: Loopmap, words: list[str]
) -> None:
    assert "(or pass" not in loopmap(*words).err


def test_fmt_says_changed_when_it_is(loopmap: Loopmap) -> None:
    for name in ("a.loop", "b.loop"):
        Path(name).write_text("A-->B:+")
    Path("a.loop").chmod(0o444)
    code, out, err = loopmap("fmt", "a.loop", "b.loop")
    assert (code, out) == (2, "")
    assert "changed" not in err
    assert "error: cannot write 'a.loop': the file is read-only" in err
    assert Path("a.loop").read_text() == "A-->B:+"


def test_a_warning_about_paper_speaks_the_command_lines_words(loopmap: Loopmap) -> None:
    names = [f"A rather long name {i}" for i in range(70)]
    ring = "".join(f"{a} -> {b} : +\n" for a, b in zip(names, names[1:] + names[:1], strict=True))
    Path("ring.loop").write_text(ring)
    err = loopmap("draw", "ring.loop", "--paper", "A4", "--effort", "fast").err
    assert re.search(r"warning: names come out at \d\.\d pt on A4, .*; --paper A\d would do", err)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("check - <&-", 2, "error: standard input is closed"),
        ("fmt - <&-", 2, "error: standard input is closed"),
        ("examples >&-", 2, "error: standard output is closed"),
        ("--version >/dev/full", 2, "error: no space left on device"),
        ("examples >/dev/full", 2, "error: no space left on device"),
        ("convert - x.csv --from zzz", 2, "error: no format is called 'zzz'"),
        ("check one.loop", 2, "error: "),
        ("convert mash one.loop", 2, "error: cannot write 'one.loop': too many levels of symbol"),
        ("draw hub.loop -o hub.png --effort fast", 0, ""),
    ],
)  # fmt: skip
def test_odd_surroundings_are_one_line(line: str, code: int, said: str, tmp_path: Path) -> None:
    (tmp_path / "one.loop").symlink_to("two.loop")
    (tmp_path / "two.loop").symlink_to("one.loop")
    (tmp_path / "hub.loop").write_text(SPIRAL)
    ran = subprocess.run(
        ["sh", "-c", f"'{sys.executable}' -m loopmap {line}"],
        cwd=tmp_path, env={**os.environ, "MPLBACKEND": "nonsense"}, check=False,
        stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", timeout=60,
    )  # fmt: skip
    assert ran.returncode == code
    assert ran.stderr.startswith(said)
    assert ran.stderr.count("\n") == (1 if said else 0)


def test_example(loopmap: Loopmap) -> None:
    code, out, _ = loopmap("example", "mash")
    assert (code, lm.parse(out)) == (0, lm.example("mash"))
    assert loopmap("example", "mash", "-o", "my.loop").out == "wrote my.loop\n"
    assert lm.read("my.loop") == lm.example("mash")
    assert "is there already" in loopmap("example", "mash", "-o", "my.loop").err
    listed = loopmap("examples").out
    assert "mash" in listed
    assert "25 variables, 38 links, 22 loops" in listed


def test_draw(loopmap: Loopmap) -> None:
    Path("hub.loop").write_text(SPIRAL)
    code, out, _ = loopmap(
        "draw", "hub.loop", "-o", "a.svg", "-o", "a.dot", "--highlight", "Spiral"
    )
    assert (code, out) == (0, "wrote a.svg\nwrote a.dot\n")
    assert Path("a.svg").read_text().startswith("<svg") or "<svg" in Path("a.svg").read_text()[:300]
    assert loopmap("draw", "hub.loop").out == "wrote hub.svg\n"


WRITERS = {
    **{f"draw {ending}": ["draw", "hub.loop", "-o", f"old.{ending}"]
       for ending in ("svg", "pdf", "png", "html", "dot")},
    "diff": ["diff", "hub.loop", "mash", "-o", "old.svg"],
    "places": ["places", "-o", "old.svg"],
    "fmt": ["fmt", "old.loop"],
    "convert": ["convert", "hub.loop", "old.csv"],
    "merge": ["merge", "hub.loop", "-o", "old.loop"],
}  # fmt: skip


@pytest.mark.parametrize("words", WRITERS.values(), ids=list(WRITERS))
def test_what_was_there_stays_until_the_new_is_whole(
    loopmap: Loopmap, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("hub.loop").write_text(SPIRAL)
    old = Path(words[-1])
    old.write_text("A-->B:+")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    code, out, err = loopmap(*words)
    assert code == 2
    assert "wrote" not in out + err
    assert "changed" not in err
    assert f"error: cannot write '{old}': no space left on device; make room, or choose" in err
    assert old.read_text() == "A-->B:+"
    assert sorted(path.name for path in Path().iterdir()) == sorted({"hub.loop", old.name})


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a system that kills")
def test_killed_at_the_first_write_the_old_picture_is_there(tmp_path: Path) -> None:
    old = tmp_path / "old.svg"
    old.write_text("the old picture")
    program = (
        "import os, signal, loopmap as lm; d = lm.draw(lm.parse('A -> B : +')); "
        "os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL); d.save('old.svg')"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=False)
    assert ran.returncode == -signal.SIGKILL
    assert old.read_text() == "the old picture"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["loops", "mush"], "error: no file and no example is called 'mush'; did you mean 'mash'?"),
        (["loops", "hub.lop"], "error: cannot tell the format of 'hub.lop'"),
        (["loops", "hib.loop"], "error: there is no file 'hib.loop'; did you mean 'hub.loop'?"),
        (["loops", "."], "error: '.' is a folder; name a file in it"),
        (["loops", "hub.dot"], "error: loopmap writes 'dot' but does not read it: 'hub.dot'; it reads loop, "),
        (["loops", "hub.loop", "--through", "Stres"], "error: no element is called 'Stres'; did you mean 'Stress'?"),
        (["draw", "hub.loop", "-o", "x.docx"], "error: a picture cannot be saved as 'x.docx'"),
        (["draw", "hub.loop", "--paper", "B5"], "error: paper is 'A4', 'A3', 'A2', 'A1' or 'A0', not 'B5'"),
        (["draw", "hub.loop", "-o", "no/such/x.svg"], "error: cannot write 'no/such/x.svg': there is no folder"),
        (["convert", "hub.loop", "x.docx"], "(or pass --to)"),
        (["convert", "x.docx", "hub.loop"], "(or pass --from)"),
        (["merge", "hub.loop", "-o", "x.docx"], "error: cannot tell the format of 'x.docx' from its name; known endings are .loop,"),
        (["convert", "hub.loop", "x.csv", "--positions"], "error: the format 'csv' takes no option 'positions'"),
        (["example", "mush"], "error: there is no example 'mush'; did you mean 'mash'?"),
        (["lops", "mash"], "there is no command 'lops'; did you mean 'loops'?"),
        (["loops"], "Missing argument 'MAP'"),
        (["loops", "mash", "--max-length", "x"], "Invalid value for '--max-length'"),
    ],
)  # fmt: skip
def test_wrong_use_is_one_line_and_exit_code_2(
    loopmap: Loopmap, words: list[str], message: str
) -> None:
    Path("hub.loop").write_text(SPIRAL)
    Path("hub.dot").write_text("digraph {}")
    code, out, err = loopmap(*words)
    assert code == 2
    assert message.casefold() in err.casefold()
    assert out == ""
    assert "Traceback" not in err


def program(*words: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "loopmap", *words]
    return subprocess.run(command, capture_output=True, timeout=120, **options)  # type: ignore[call-overload, no-any-return]


SRC = str(Path(lm.__file__).parents[1])


def test_a_map_on_standard_input_and_an_ascii_terminal() -> None:
    text = "Überlast -> 漢字 : -\n漢字 -> Überlast : +\n".encode()
    env = {"PYTHONPATH": SRC, "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PATH": ""}
    done = program("loops", "-", input=text, env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Überlast -> (−) 漢字" in done.stdout.decode()


def test_a_closed_pipe_is_no_error() -> None:
    command = f"'{sys.executable}' -m loopmap loops mash | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        env={"PYTHONPATH": SRC, "PATH": "/usr/bin:/bin"},
        timeout=120,
    )
    assert done.stderr == b""
    assert done.stdout.decode().splitlines()[-1] == "0"


HEAVY = ("networkx", "numpy", "pandas", "matplotlib")


@pytest.mark.parametrize(
    ("code", "forbidden"),
    [
        ("import loopmap", (*HEAVY, "click", "loopmap.model")),
        ("import sys; sys.argv = ['loopmap', '--version']; from loopmap.__main__ import main\n"
         "try: main()\nexcept SystemExit: pass", (*HEAVY, "click")),
        ("import loopmap as lm; lm.find_loops(lm.example('mash'))", HEAVY),
        ("import loopmap as lm; lm.check(lm.example('mash'))", HEAVY),
        ("from loopmap.cli.running import run; run(['loops', 'mash', '--json'])", HEAVY),
        ("from loopmap.cli.running import run; run(['--help'])", HEAVY),
    ],
    ids=["import", "version", "find_loops", "check", "loops", "help"],
)  # fmt: skip
def test_what_is_not_needed_is_not_imported(code: str, forbidden: tuple[str, ...]) -> None:
    probe = f"{code}\nimport sys\nprint(sorted(set({forbidden!r}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", probe],
        capture_output=True,
        env={"PYTHONPATH": SRC},
        text=True,
        timeout=120,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(loopmap: Loopmap, name: str) -> None:
    code, out, _ = loopmap(name, "--help")
    assert code == 0
    assert f"Usage: loopmap {name}" in out
    assert name in loopmap("--help").out


def test_a_matrix_is_read_once_its_rows_are_said(loopmap: Loopmap) -> None:
    Path("m.csv").write_text(",Rain,Crops\nRain,0,1\nCrops,-1,0\n")
    asked = loopmap("convert", "m.csv", "m.loop")
    assert asked.code == 2
    assert "--rows cause, --rows effect" in asked.err
    for rows, link in (("cause", ("Rain", "Crops")), ("effect", ("Crops", "Rain"))):
        assert loopmap("convert", "m.csv", "m.loop", "--rows", rows).code == 0
        assert lm.read("m.loop").link(*link).polarity == "+"
    lm.write(lm.read("m.loop"), "links.csv")
    wrong = loopmap("loops", "links.csv", "--rows", "cause")
    assert (wrong.code, wrong.out) == (2, "")
    assert "this is a table of links, and no matrix" in wrong.err
    assert "holds no matrix" in loopmap("check", "m.loop", "--rows", "cause").err
