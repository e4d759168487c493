"""Files are found by their ending, replaced whole, and their losses are told."""

from __future__ import annotations

import errno
import os
import re
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
        match=r"format of 'map\.docx' from its name; known endings are \.loop, [^()]*$",
    ):
        format_of("map.docx")
    with pytest.raises(lm.UnknownFormatError, match=r" \(or pass --from\)$"):
        format_of("map.docx", or_pass="--from")
    with pytest.raises(lm.UnknownFormatError, match=r" \(or pass format=\)$"):
        lm.write(MAP, "map.docx")
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
        lm.write(MAP, tmp_path / "m.loop", positions=False)
    assert lm.read(tmp_path / "m.loop") == MAP
    assert lm.read(tmp_path / "m.loop").element("Backlog").position is None


def test_places_are_kept_unless_somebody_says_no(
    tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    for options in ({}, {"positions": True}):
        lm.write(MAP, tmp_path / "m.loop", **options)
        assert lm.read(tmp_path / "m.loop").element("Backlog").position == (1, 2)
    assert not recwarn.list
    with pytest.raises(
        lm.InvalidOptionError, match="takes no option 'position'; did you mean 'positions'"
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


def test_the_warning_points_at_the_line_that_reads(tmp_path: Path) -> None:
    file = tmp_path / "m.loop"
    file.write_text("A -> B\n")
    with pytest.warns(lm.LossWarning) as caught:
        lm.read(file)
    assert caught[0].filename == __file__


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "m.loop"
    file.write_text("A -> B : +\n")

    def full(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(lm.FileError, match="no space left on device; choose another place; what "):
        files.write_bytes(file, b"half")
    assert file.read_text() == "A -> B : +\n"
    assert [path.name for path in tmp_path.iterdir()] == ["m.loop"]


def test_a_file_keeps_its_mode_and_a_link_stays_a_link(tmp_path: Path) -> None:
    file, link = tmp_path / "m.loop", tmp_path / "l.loop"
    file.write_text("A\n")
    file.chmod(0o640)
    link.symlink_to(file)
    os.utime(file, (1, 1))
    files.write_bytes(link, b"B\n")
    assert link.is_symlink()
    assert file.read_text() == "B\n"
    assert file.stat().st_mtime > 1_000_000_000  # it is new, whatever else it keeps
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert len(list(tmp_path.iterdir())) == 2


def test_the_system_takes_the_umask_from_a_new_file(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        files.write_bytes(tmp_path / "new", b"")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640


def test_what_a_dangling_link_names_is_made(tmp_path: Path) -> None:
    (tmp_path / "maps").mkdir()
    link = tmp_path / "l.loop"
    link.symlink_to("maps/m.loop")
    files.write_bytes(link, b"B\n")
    assert link.is_symlink()
    assert (tmp_path / "maps" / "m.loop").read_bytes() == b"B\n"


def test_links_in_a_circle_are_one_clear_error(tmp_path: Path) -> None:
    one, two = tmp_path / "one.loop", tmp_path / "two.loop"
    one.symlink_to(two)
    two.symlink_to(one)
    with pytest.raises(lm.FileError, match=r"cannot write '.*one\.loop': too many levels of symb"):
        files.write_bytes(one, b"B\n")
    assert one.is_symlink()
    assert two.is_symlink()


def test_a_file_with_two_names_keeps_both(tmp_path: Path) -> None:
    one, two = tmp_path / "one.loop", tmp_path / "two.loop"
    one.write_bytes(b"something longer\n")
    os.link(one, two)
    files.write_bytes(two, b"B\n")
    assert one.read_bytes() == two.read_bytes() == b"B\n"
    assert one.stat().st_ino == two.stat().st_ino
    assert len(list(tmp_path.iterdir())) == 2


def test_a_file_with_two_names_comes_back_when_writing_into_it_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = tmp_path / "one.loop", tmp_path / "two.loop"
    one.write_bytes(b"what was there\n")
    os.link(one, two)
    write, left = os.write, [1, 0]  # half of the new goes in, and then no more

    def full(file: int, data: bytes) -> int:
        if left and not left.pop(0):
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(file, data[:4] if left else data)

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(lm.FileError, match="no space left on device; make room, or "):
        files.write_bytes(two, b"the new and longer text\n")
    assert one.read_bytes() == b"what was there\n"
    assert len(list(tmp_path.iterdir())) == 2


def test_an_owner_that_cannot_be_given_is_kept_by_writing_into_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "m.loop"
    file.write_bytes(b"A\n")
    same = file.stat().st_ino
    monkeypatch.setattr(files, "_dressed_as", lambda *_: False)
    files.write_bytes(file, b"B\n")
    assert file.read_bytes() == b"B\n"
    assert file.stat().st_ino == same


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root")
@pytest.mark.parametrize("may", [True, False])
def test_the_file_of_somebody_else_stays_theirs(
    may: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "m.loop"
    file.write_bytes(b"A\n")
    file.chmod(0o664)
    os.chown(file, 1234, 2345)
    if not may:
        monkeypatch.setattr(os, "chown", forbidden)
    files.write_bytes(file, b"B\n")
    found = file.stat()
    assert (found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) == (1234, 2345, 0o664)
    assert file.read_bytes() == b"B\n"


def forbidden(*_: object) -> None:
    raise PermissionError(errno.EPERM, "Operation not permitted")


def test_a_read_only_file_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "m.loop"
    file.write_bytes(b"A\n")
    file.chmod(0o444)
    with pytest.raises(
        lm.FileError, match="the file is read-only; choose another name, or make it writable; what"
    ):
        files.write_bytes(file, b"B\n")
    assert file.read_bytes() == b"A\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o444


def test_a_read_only_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "m.loop"
    file.write_bytes(b"A\n")

    def fill(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(files, "_fill", fill)  # root may write in any folder
    with pytest.raises(lm.FileError, match=r"nothing may be written in the folder '.*'; ch"):
        files.write_bytes(file, b"B\n")
    assert file.read_bytes() == b"A\n"


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("no/m.loop", "there is no folder '.*no'; make it first"),
        ("", "is a directory"),
        ("m\0.loop", "embedded null"),
        ("x" * 300, "file name too long"),
    ],
)
def test_a_place_that_cannot_be_is_one_clear_error(path: str, what: str, tmp_path: Path) -> None:
    with pytest.raises(lm.FileError, match=what):
        files.write_bytes(f"{tmp_path}/{path}", b"")
    assert not list(tmp_path.iterdir())


def test_a_long_name_fits(tmp_path: Path) -> None:
    name = "ü" * 120 + ".loop"
    files.write_bytes(tmp_path / name, b"A\n")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_device_is_written_to() -> None:
    files.write_bytes("/dev/null", b"x")
    assert not Path("/dev/null").is_file()


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="needs pipes that have a path")
def test_a_reader_who_has_had_enough_is_no_failed_write() -> None:
    there, here = os.pipe()
    os.close(there)
    try:
        with pytest.raises(BrokenPipeError):
            files.write_bytes(f"/dev/fd/{here}", b"x")
    finally:
        os.close(here)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_a_full_device_is_one_clear_error() -> None:
    with pytest.raises(lm.FileError, match="cannot write '/dev/full': no space left on device"):
        files.write_bytes("/dev/full", b"x")


def test_what_somebody_wrote_meanwhile_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "m.loop"
    lm.write(MAP, file, positions=True)
    lm.write(MAP, file, positions=True)  # nobody was there in between
    m = lm.read(file)
    file.write_text("# by hand\nA -> B : +\n")
    with pytest.raises(lm.FileError, match=r"changed the file .* read it again, choose another n"):
        lm.write(m, file)
    assert file.read_text().startswith("# by hand")
    assert lm.read(file).names == ("A", "B")
    lm.write(lm.read(file).add(lm.Link("B", "A", "+")), file)
    assert len(lm.read(file).links) == 2
    file.write_text("# again\n")
    with pytest.raises(lm.FileError, match="changed the file"):  # after it was written here
        lm.write(MAP, file, positions=True)
    lm.write(MAP, file, positions=True, overwrite=True)
    assert lm.read(file) == MAP
    file.unlink()
    lm.write(MAP, file, positions=True)


def test_a_file_that_is_there_is_kept_if_asked(tmp_path: Path) -> None:
    file = tmp_path / "m.loop"
    lm.write(MAP, file, positions=True, overwrite=False)
    before = file.read_bytes()
    with pytest.raises(lm.FileError, match="is there already and was kept; choose another name"):
        lm.write(MAP.replace(title=""), file, positions=True, overwrite=False)
    assert file.read_bytes() == before


def test_nothing_goes_round_the_writer() -> None:
    source = Path(lm.__file__).parent
    around = re.compile(r"""\.write_(bytes|text)\(|open\([^)]*["'][wxa]b?["']|\.savefig\(path""")
    for file in sorted(source.rglob("*.py")):
        if file != source / "formats" / "files.py":
            assert not around.search(file.read_text("utf-8")), file


def test_a_huge_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 10)
    (tmp_path / "m.loop").write_text("A -> B : +\n")
    with pytest.raises(lm.MapSyntaxError, match="more than 10 bytes"):
        lm.read(tmp_path / "m.loop")


def test_a_private_file_is_private_while_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "m.loop"
    file.write_bytes(b"old")
    file.chmod(0o600)
    modes: list[int] = []
    sync = os.fsync

    def seen(number: int) -> None:
        modes.append(os.fstat(number).st_mode & 0o777)
        sync(number)

    monkeypatch.setattr(os, "fsync", seen)
    files.write_bytes(file, b"new")
    assert modes == [0o600]
