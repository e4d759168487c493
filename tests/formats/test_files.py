"""Files are found by their ending, replaced whole, and their losses are told."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

import loopmap as lm
from loopmap.formats import files
from loopmap.formats.registry import format_of

MAP = lm.SystemMap(
    [lm.Element("Backlog", "stock", position=(1, 2))], [("Backlog", "Stress", "+")], title="The hub"
)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a.loop", "loop"),
        ("A.LOOP", "loop"),
        ("a.loop.json", "json"),
        ("x.y/a.b.loop.json", "json"),
    ],
)
def test_the_longest_ending_wins(path: str, name: str) -> None:
    assert format_of(path).name == name


def test_an_unknown_ending_names_the_known_ones() -> None:
    with pytest.raises(
        lm.UnknownFormatError,
        match=r"format of 'map\.docx' from its name; known endings are \.loop, ",
    ):
        format_of("map.docx")
    with pytest.raises(
        lm.UnknownFormatError, match="no format is called 'jsn'; did you mean 'json'"
    ):
        format_of("map.docx", "jsn")
    assert format_of("map.docx", "json").name == "json"


def test_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        lm.read(tmp_path / "no.loop")


def test_losses_are_named_and_counted(tmp_path: Path) -> None:
    with pytest.warns(lm.LossWarning, match=r"m\.loop will not keep 1 position$"):
        lm.write(MAP, tmp_path / "m.loop")
    assert lm.read(tmp_path / "m.loop") == MAP


def test_an_option_keeps_more(tmp_path: Path, recwarn: pytest.WarningsRecorder) -> None:
    lm.write(MAP, tmp_path / "m.loop", positions=True)
    assert lm.read(tmp_path / "m.loop").element("Backlog").position == (1, 2)
    assert not recwarn.list
    with pytest.raises(
        lm.UnknownFormatError, match="takes no option 'position'; did you mean 'positions'"
    ):
        lm.write(MAP, tmp_path / "m.loop", position=True)


def test_reading_warns_once_of_what_was_guessed(tmp_path: Path) -> None:
    file = tmp_path / "m.loop"
    file.write_bytes(b"A -> B\nB -> C\nCaf\xe9 -> A : +\n")
    with pytest.warns(lm.LossWarning) as caught:
        lm.read(file)
    assert len(caught) == 1
    text = str(caught[0].message)
    assert "m.loop:3: this file is not UTF-8" in text
    assert "m.loop:1:6: the link 'A' -> 'B' has no sign" in text
    assert caught[0].filename == __file__


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "m.loop"
    file.write_text("A -> B : +\n")

    def full(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="no space"):
        files.write_bytes(file, b"half")
    assert file.read_text() == "A -> B : +\n"
    assert [path.name for path in tmp_path.iterdir()] == ["m.loop"]


def test_a_file_keeps_its_mode_and_a_link_stays_a_link(tmp_path: Path) -> None:
    file, link = tmp_path / "m.loop", tmp_path / "l.loop"
    file.write_text("A\n")
    file.chmod(0o640)
    link.symlink_to(file)
    files.write_bytes(link, b"B\n")
    assert link.is_symlink()
    assert file.read_text() == "B\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    files.write_bytes(tmp_path / "new", b"")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) & 0o444 == 0o444 & ~files._umask()


def test_a_device_is_written_to() -> None:
    files.write_bytes("/dev/null", b"x")
    assert not Path("/dev/null").is_file()


def test_a_huge_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 10)
    (tmp_path / "m.loop").write_text("A -> B : +\n")
    with pytest.raises(lm.MapSyntaxError, match="more than 10 bytes"):
        lm.read(tmp_path / "m.loop")
