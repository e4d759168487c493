"""The one place that opens files: whole or not at all, and never without end."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import shutil
import stat
from pathlib import Path

from loopmap.errors import FileError, MapSyntaxError, Problem
from loopmap.errors import shown as shortened

__all__ = ["LARGEST", "PathLike", "changed_since", "read_bytes", "remember", "write_bytes"]

PathLike = str | os.PathLike[str]

#: Larger files are refused: no map needs it.
LARGEST = 200_000_000

_READ_ONLY = "the file is read-only"


def read_bytes(path: PathLike) -> bytes:
    """Read a file.

    Raises
    ------
    OSError
        If it cannot be read.
    MapSyntaxError
        If it is far too large for a map.
    """
    try:
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
    except ValueError as error:  # a NUL in the path
        raise FileError(f"cannot read {shown(path)}: {error}") from error
    if len(data) > LARGEST:
        what = f"this file has more than {LARGEST:,} bytes"
        raise MapSyntaxError([Problem(what, str(path), "is it a map?", "error", "length")])
    return data


def write_bytes(path: PathLike, data: bytes, *, overwrite: bool = True) -> None:
    """Write a file whole: whoever looks sees the old bytes or the new ones, never a part.

    The bytes go to a new file beside it, which then takes its place with the mode and the owner
    of the old one. A link stays a link, also where nothing is behind it yet; a file with several
    names keeps them all; a device such as ``/dev/stdout`` is written to directly.

    Raises
    ------
    FileError
        If it cannot be written, is read-only, or is there and not to be overwritten; an existing
        file is then as it was.
    """
    try:
        old = _status(path)
        if old is not None and not overwrite:
            raise FileError(
                f"the file {shown(path)} is there already and was kept; "
                "choose another name, or overwrite=True"
            )
        if old is None or stat.S_ISREG(old.st_mode):
            _put(Path(os.path.realpath(path)), data, old)
        else:
            Path(path).write_bytes(data)  # a device or pipe; a folder says so itself
    except (FileError, BrokenPipeError):
        raise
    except (OSError, ValueError) as error:
        raise _sentence(path, error) from error


def _status(path: PathLike) -> os.stat_result | None:
    """What is there, through links; ``None`` if nothing is."""
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None


def _put(target: Path, data: bytes, old: os.stat_result | None) -> None:
    if old is not None and not (old.st_mode & 0o222 and os.access(target, os.W_OK)):
        raise PermissionError(errno.EACCES, _READ_ONLY)  # though it could be replaced
    new = target.with_name(f".{target.name[:40]}.{secrets.token_hex(4)}")
    try:
        _fill(new, data, 0o666 if old is None else stat.S_IMODE(old.st_mode))
        if old is None or (old.st_nlink == 1 and _dressed_as(target, old, new)):
            os.replace(new, target)
        else:
            _over(target, data)  # and the new file stays beside it until that is done
    finally:
        with contextlib.suppress(OSError):
            os.unlink(new)


def _fill(new: Path, data: bytes, mode: int) -> None:
    """Make a file that is on the disk; the system takes the umask from its mode."""
    with open(new, "xb", opener=lambda path, flags: os.open(path, flags, mode)) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())  # only now is it sure that there was room


def _dressed_as(target: Path, old: os.stat_result, new: Path) -> bool:
    """Give a new file the owner and mode of the old; whether that was allowed."""
    made = os.stat(new)
    if (made.st_uid, made.st_gid) != (old.st_uid, old.st_gid):
        try:
            os.chown(new, old.st_uid, old.st_gid)
        except PermissionError:
            return False
    shutil.copystat(target, new)
    os.utime(new)
    return True


def _over(target: Path, data: bytes) -> None:
    """Write into the file itself: one with several names, or with an owner we cannot give.

    Nothing is cut off before the new bytes are in, so there is always room to put the old back.
    """
    with open(target, "r+b", buffering=0) as file:
        old = file.read()
        try:
            _refill(file.fileno(), data)
        except BaseException:
            _refill(file.fileno(), old)
            raise


def _refill(file: int, data: bytes) -> None:
    os.lseek(file, 0, os.SEEK_SET)
    left = memoryview(data)
    while left:
        left = left[os.write(file, left) :]
    os.ftruncate(file, len(data))
    os.fsync(file)


def _sentence(path: PathLike, error: OSError | ValueError) -> FileError:
    name, code = os.fspath(path), getattr(error, "errno", None)
    folder = shown("" if "\0" in name else os.path.dirname(os.path.realpath(name)))
    why = getattr(error, "strerror", None) or str(error)
    remedy = "choose another place"
    if why == _READ_ONLY:
        remedy = "choose another name, or make it writable"
    elif code == errno.ENOENT:
        why, remedy = f"there is no folder {folder}", "make it first"
    elif code == errno.ENOSPC:
        remedy = "make room, or choose another place"
    elif code in (errno.EACCES, errno.EPERM, errno.EROFS):
        why = f"nothing may be written in the folder {folder}"
    kept = "; what was there is as it was" if "\0" not in name and os.path.isfile(name) else ""
    said = FileError(f"cannot write {shown(name)}: {why[:1].lower()}{why[1:]}; {remedy}{kept}")
    said.errno, said.filename = code, name
    return said


def shown(path: PathLike) -> str:
    """A path in quotes; only one that nobody would type is shortened."""
    return shortened(os.fspath(path), at_most=400)


#: What this session read or wrote last in each map's file, as a digest.
_KNOWN: dict[str, bytes] = {}


def remember(path: PathLike, data: bytes) -> None:
    """Keep in mind what a file held when it was read or written."""
    _KNOWN[os.path.realpath(path)] = hashlib.blake2b(data, digest_size=16).digest()


def changed_since(path: PathLike) -> bool:
    """Whether somebody else wrote a file since this session read or wrote it."""
    known = _KNOWN.get(os.path.realpath(path)) if "\0" not in os.fspath(path) else None
    if known is None or not os.path.isfile(path):
        return False
    return hashlib.blake2b(read_bytes(path), digest_size=16).digest() != known
