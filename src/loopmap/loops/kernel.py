"""Whether the compiled kernel is there; everything works, more slowly, without it."""

from __future__ import annotations

import importlib
import os
from typing import Any

__all__ = ["compiled", "kernel_in_use"]

#: Set to something, it leaves the compiled kernel out.
SWITCH = "LOOPMAP_PURE"


def compiled(part: str) -> Any:
    """Import a module's compiled counterpart, such as ``"listing"`` or ``"order"``, or ``None``."""
    if os.environ.get(SWITCH):
        return None
    try:
        return importlib.import_module(f"loopmap.loops._{part}")
    except ImportError:
        return None


def kernel_in_use() -> str:
    """``"compiled"`` or ``"pure Python"``: what lists and counts loops here.

    Examples
    --------
    >>> kernel_in_use() in ("compiled", "pure Python")
    True
    """
    return "pure Python" if compiled("listing") is None else "compiled"
