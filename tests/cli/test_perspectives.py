"""``merge``, ``compare`` and ``diff``: what a facilitator types, reads and leaves with."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

import loopmap as lm
from loopmap.cli.running import run

POLICE = """title: Police
Risk tolerance -> Referrals : -
    by Police: - "we only send what we are sure of"
Referrals -> Backlog : +
Backlog -> Risk tolerance : + [delay]
"""
HEALTH = """Risk tolerance -> Referrals : +
Referrals -> Backlogs : +
"""
SCHOOLS = """title: Schools
Backlog -> Risk tolerance : +
Trust -> Referrals : +
"""

pytestmark = pytest.mark.filterwarnings("ignore::loopmap.LossWarning")  # names spelled alike

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    for name, text in (("police", POLICE), ("health", HEALTH), ("schools", SCHOOLS)):
        Path(f"{name}.loop").write_text(text, "utf-8")

    def run_it(*words: str) -> tuple[int, str, str]:
        capfdbinary.readouterr()
        code = run(words)
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return run_it


def test_three_files_become_three_perspectives(say: Run) -> None:
    code, out, err = say("merge", "police.loop", "Health=health.loop", "schools.loop")
    assert code == 0
    m = lm.parse(out)
    assert m.perspectives == ("Health", "Police", "Schools")
    assert all(claim.perspective for link in m.links for claim in link.claims)
    assert "police.loop is the perspective 'Police'" in err
    assert '--same "Backlogs=Backlog" joins them' in err
    assert "merge(" not in err  # the advice is the command line's, not Python's


def test_without_a_title_the_file_names_the_perspective(say: Run) -> None:
    assert lm.parse(say("merge", "health.loop", "schools.loop")[1]).perspectives == (
        "Schools",
        "health",
    )


def test_one_title_on_several_files_is_no_name(say: Run) -> None:
    Path("schools.loop").write_text(SCHOOLS.replace("Schools", "Police"), "utf-8")
    found = lm.parse(say("merge", "police.loop", "schools.loop")[1])
    assert found.perspectives == ("Police", "police", "schools")  # the quote is by Police


def test_same_and_title_and_output(say: Run) -> None:
    code, out, err = say(
        "merge", "police.loop", "health.loop", "--same", "Backlogs=Backlog",
        "--title", "The front door", "-o", "all.loop",
    )  # fmt: skip
    assert (code, out) == (0, "")
    assert "wrote all.loop" in err
    m = lm.read("all.loop")
    assert m.title == "The front door"
    assert "Backlogs" not in m


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--same", "Backlogs"), "--same takes ONE=OTHER, not 'Backlogs'"),
        (("--same", "Backlgs=Backlog"), "'Backlgs' (in same=); did you mean 'Backlogs'"),
        (("Police=health.loop",), "two maps would be called 'Police'"),
        (("nowhere.loop",), "there is no file 'nowhere.loop'"),
    ],
)
def test_wrong_use_is_one_line(say: Run, words: tuple[str, ...], message: str) -> None:
    code, _, err = say("merge", "police.loop", "health.loop", *words)
    assert code == 2
    assert message in err


def test_kinds_that_contradict_name_both_files(say: Run) -> None:
    Path("police.loop").write_text(POLICE + "Backlog [stock]\n", "utf-8")
    Path("schools.loop").write_text(SCHOOLS + "Backlog [flow]\n", "utf-8")
    code, _, err = say("merge", "police.loop", "schools.loop")
    assert code == 2
    assert "'Backlog' is a flow in 'Schools' and a stock in 'Police'" in err


def test_compare_says_the_disagreement_in_one_sentence(say: Run) -> None:
    code, out, _ = say("compare", "police.loop", "Health=health.loop", "schools.loop")
    assert code == 1
    flat = " ".join(out.split())
    assert (
        "They disagree about one link: Health says that Risk tolerance increases Referrals, "
        "Police that it reduces it." in flat
    )
    assert 'Police: "we only send what we are sure of"' in out
    assert (
        "Backlog → Risk tolerance: Police says it takes time; Schools says nothing of that" in out
    )
    assert '--same "Backlogs=Backlog" joins them' in flat
    assert max(map(len, out.splitlines())) <= 100


def test_compare_of_one_merged_file_is_the_same(say: Run) -> None:
    say("merge", "police.loop", "Health=health.loop", "schools.loop", "-o", "all.loop")
    several = say("compare", "police.loop", "Health=health.loop", "schools.loop")[:2]
    assert say("compare", "all.loop")[:2] == several


def test_compare_without_contradiction_leaves_with_0(say: Run) -> None:
    code, out, _ = say("compare", "health.loop", "schools.loop")
    assert code == 0
    assert "silence is not disagreement" in " ".join(out.split())


def test_compare_as_table_and_as_distances(say: Run) -> None:
    code, out, _ = say("compare", "police.loop", "Health=health.loop", "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 1
    assert {row["verdict"] for row in rows} == {"conflict", "only Police", "only Health"}
    out = say("compare", "police.loop", "Health=health.loop", "--distances")[1]
    assert "Health | Police" in out
    assert "Markóczy & Goldberg 1995" in out
    assert say("compare", "health.loop", "--distances")[1] == "There is nobody to compare with.\n"


def test_compare_the_mash_example(say: Run) -> None:
    code, out, _ = say("compare", "mash")
    flat = " ".join(out.split())
    assert code == 0
    assert "Loops that nobody sees alone (17 of 22)" in flat
    assert "11 of 38 links cross from one agency to another; 16 of 22 loops cross" in flat
    assert "marked 'illustrative'" in flat
    assert len(say("compare", "mash", "--all")[1]) > len(out)


def test_diff_says_what_changed_and_leaves_with_1(say: Run) -> None:
    Path("after.loop").write_text(
        POLICE.replace("Referrals -> Backlog : +", "Referrals -> Backlog : -"), "utf-8"
    )
    code, out, _ = say("diff", "police.loop", "after.loop")
    assert code == 1
    assert "~ link Referrals -> Backlog: sign + → −" in out
    assert "1 loop flipped" in out
    assert say("diff", "police.loop", "police.loop")[0] == 0
    rows = list(csv.DictReader(io.StringIO(say("diff", "police.loop", "after.loop", "--csv")[1])))
    assert [row["change"] for row in rows] == ["changed", "flipped"]


def test_diff_draws_what_changed(say: Run) -> None:
    code, _, err = say("diff", "police.loop", "health.loop", "-o", "changes.svg")
    assert code == 1
    assert "wrote changes.svg" in err
    assert "gone" in Path("changes.svg").read_text("utf-8")


def test_diff_and_renames(say: Run) -> None:
    Path("after.loop").write_text(POLICE.replace("Backlog", "Queue"), "utf-8")
    assert "renamed 'Queue'" in say("diff", "police.loop", "after.loop")[1]
    assert "renamed" not in say("diff", "police.loop", "after.loop", "--no-renames")[1]
    given = say("diff", "police.loop", "after.loop", "--renamed", "Backlog=Queue")[1]
    assert "1 element renamed" in given
    code, _, err = say("diff", "police.loop", "after.loop", "--renamed", "Backlgo=Queue")
    assert (code, "did you mean 'Backlog'" in err) == (2, True)


def test_draw_by_perspective_and_in_panels(say: Run) -> None:
    say("merge", "police.loop", "Health=health.loop", "schools.loop", "-o", "all.loop")
    quick = ("--effort", "fast", "-o", "all.svg")
    assert say("draw", "all.loop", "--by", "perspective", *quick)[0] == 0
    assert "they contradict each other" in Path("all.svg").read_text("utf-8")
    assert say("draw", "all.loop", "--panels", "--highlight", "Police", *quick)[0] == 0
    drawn = Path("all.svg").read_text("utf-8")
    assert "Police alone" in drawn
    assert "Health alone" not in drawn
    code, _, err = say("draw", "all.loop", "--by", "perspectve", *quick)
    assert (code, "did you mean 'perspective'" in err) == (2, True)
