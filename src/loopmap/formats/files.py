"""The one place that opens files: whole or not at all, and never without end."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path

from loopmap.errors import MapSyntaxError, Problem

__all__ = ["LARGEST", "PathLike", "read_bytes", "write_bytes"]

PathLike = str | os.PathLike[str]

#: Larger files are refused: no map needs it.
LARGEST = 200_000_000


def read_bytes(path: PathLike) -> bytes:
    """Read a file.

    Raises
    ------
    OSError
        If it cannot be read.
    MapSyntaxError
        If it is far too large for a map.
    """
    with open(path, "rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        what = f"this file has more than {LARGEST:,} bytes"
        raise MapSyntaxError([Problem(what, str(path), "is it a map?", "error", "length")])
    return data


def write_bytes(path: PathLike, data: bytes) -> None:
    """Write a file whole: whoever looks sees the old bytes or the new ones, never a part.

    The bytes go to a new file beside it, which then takes its place; a link stays a link, and a
    device such as ``/dev/stdout`` is written to directly.

    Raises
    ------
    OSError
        If it cannot be written; an existing file is then as it was.
    """
    target = Path(path)
    with contextlib.suppress(OSError):
        target = target.resolve(strict=True)  # through links, to the file that is there
    if target.exists() and not target.is_file():
        target.write_bytes(data)  # a device or pipe; a folder says so itself
        return
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask()
    handle, new = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(new, mode)
        os.replace(new, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(new)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
