"""Whether the compiled kernel is there; everything works, more slowly, without it."""

from __future__ import annotations

import importlib
import os
from typing import Any

__all__ = ["compiled", "kernel_in_use"]

#: Set to something, it leaves the compiled kernel out.
SWITCH = "LOOPMAP_PURE"


def compiled(module: str) -> Any:
    """Import a module's compiled counterpart, or ``None``; ``"counting.bounded"`` is one's name."""
    if os.environ.get(SWITCH):
        return None
    folder, dot, name = module.rpartition(".")
    try:
        return importlib.import_module(f"loopmap.loops.{folder}{dot}_{name}")
    except ImportError:
        return None


def kernel_in_use() -> str:
    """``"compiled"`` or ``"pure Python"``: what lists and counts loops here.

    Examples
    --------
    >>> kernel_in_use() in ("compiled", "pure Python")
    True
    """
    return "pure Python" if compiled("listing.root_search") is None else "compiled"
