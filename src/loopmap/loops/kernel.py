"""Whether the compiled kernel is there; everything works, more slowly, without it."""

from __future__ import annotations

import importlib
import os
from typing import Any

__all__ = ["compiled_counting", "compiled_kernel", "kernel_in_use"]

#: Set to something, it leaves the compiled kernel out.
SWITCH = "LOOPMAP_PURE"


def compiled_kernel() -> Any:
    """The compiled module that lists loops, or ``None``."""
    return _module("loopmap.loops._kernel")


def compiled_counting() -> Any:
    """The compiled module that counts them, or ``None``."""
    return _module("loopmap.loops._counting")


def _module(name: str) -> Any:
    if os.environ.get(SWITCH):
        return None
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def kernel_in_use() -> str:
    """``"compiled"`` or ``"pure Python"``: what lists loops here.

    Examples
    --------
    >>> kernel_in_use() in ("compiled", "pure Python")
    True
    """
    return "pure Python" if compiled_kernel() is None else "compiled"
