"""A map keeps its places from one command to the next: ``draw --keep``, ``--near``, ``--fresh``."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import loopmap as lm
from loopmap.cli.running import run

HUB = "# our hub\nBacklog -> Stress : +   # heard twice\n\nStress -> Backlog : +\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def loopmap(*words: str) -> int:
    return run(list(words))


def test_kept_places_stand_in_the_file_and_the_picture_comes_back(folder: Path) -> None:
    file = folder / "hub.loop"
    file.write_text(HUB)
    assert loopmap("draw", "hub.loop", "-o", "one.svg", "--keep") == 0
    text = file.read_text()
    assert text.startswith(HUB + "\nplaces:\n    Backlog [at=")
    assert loopmap("draw", "hub.loop", "-o", "two.svg") == 0
    assert (folder / "one.svg").read_bytes() == (folder / "two.svg").read_bytes()
    assert loopmap("draw", "hub.loop", "-o", "two.svg", "--keep") == 0
    assert file.read_text() == text
    assert loopmap("draw", "hub.loop", "-o", "new.svg", "--fresh", "--seed", "7") == 0
    assert (folder / "one.svg").read_bytes() != (folder / "new.svg").read_bytes()
    assert file.read_text() == text


def test_line_ends_and_mark_of_the_file_stay(folder: Path) -> None:
    file = folder / "hub.loop"
    file.write_bytes(b"\xef\xbb\xbf" + HUB.replace("\n", "\r\n").encode())
    assert loopmap("draw", "hub.loop", "-o", "one.svg", "--keep") == 0
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf# our hub\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")


def test_a_json_map_keeps_places_and_a_table_says_that_it_does_not(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    m = lm.parse(HUB)
    lm.write(m, "hub.loop.json")
    assert loopmap("draw", "hub.loop.json", "-o", "one.svg", "--keep") == 0
    kept = lm.read("hub.loop.json")
    assert all(element.position for element in kept.elements)
    assert all(link.curve for link in kept.links)
    lm.write(m, "hub.csv")
    assert loopmap("draw", "hub.csv", "-o", "one.svg", "--keep") != 0
    assert "keeps no places" in capsys.readouterr().err


def test_an_example_has_no_file_to_keep_places_in(capsys: pytest.CaptureFixture[str]) -> None:
    assert loopmap("draw", "mash", "--keep", "-o", "x.svg") != 0
    assert "loopmap convert mash my-map.loop" in capsys.readouterr().err
    assert not Path("x.svg").exists()


def test_a_picture_without_places_cannot_be_stayed_near_to(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "hub.loop").write_text(HUB)
    (folder / "other.svg").write_text("<svg/>")
    assert loopmap("draw", "hub.loop", "-o", "x.svg", "--near", "other.svg") != 0
    assert "carries no places" in capsys.readouterr().err


def test_the_map_of_the_workshop_stays_when_it_grows(folder: Path, shared: Path) -> None:
    """Three links more and one variable renamed: everything else stays (shared case)."""
    for name in ("before", "after"):
        source = shared / "cases" / "maps" / f"discharge_{name}.loop"
        shutil.copyfile(source, folder / f"{name}.loop")
    assert loopmap("draw", "before.loop", "-o", "before.svg") == 0
    assert loopmap("draw", "after.loop", "-o", "after.svg", "--near", "before.svg") == 0
    before, after = lm.read("before.loop"), lm.read("after.loop")
    one = lm.draw(before).layout
    two = lm.draw(after, near="before.svg").layout
    assert set(two.boxes) - set(one.boxes) == {"Financial pressure"}
    assert two.moved(one) == {}
    was = {route.key: route for route in one.routes}
    stayed = [q for q in two.routes if q.key in was]
    assert len(stayed) == len(before.causal_links) - 2  # but for the two of the renamed variable
    assert all(q.points == was[q.key].points for q in stayed)
    old, new = one.boxes["Budget pressure"], two.boxes["Financial pressure"]
    assert abs(old.x - new.x) + abs(old.y - new.y) < 0.02 * (one.bounds[2] - one.bounds[0])
    # the same by the file of the earlier map, and by keeping its places
    assert loopmap("draw", "after.loop", "-o", "other.svg", "--near", "before.loop") == 0
    assert (folder / "other.svg").read_bytes() == (folder / "after.svg").read_bytes()
    assert loopmap("draw", "before.loop", "-o", "before.svg", "--keep") == 0
    places = (folder / "before.loop").read_text().partition("\nplaces:")[2]
    with (folder / "after.loop").open("a") as file:
        file.write(f"\nplaces:{places}")
    kept = lm.draw(lm.read("after.loop")).layout
    assert kept.moved(one) == {}
    assert [q.points for q in kept.routes if q.key in was] == [was[q.key].points for q in stayed]
