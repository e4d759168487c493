"""Many loops as Arrow columns: lists of names and signs without a Python object for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loopmap.errors import MissingExtraError
from loopmap.loops import KIND_WORDS, LoopTable
from loopmap.loops.table import LETTERS
from loopmap.polarity import Polarity

if TYPE_CHECKING:
    import pandas

__all__ = ["ARROW_FROM", "has_pyarrow", "loop_columns"]

#: Frames of more loops than this have Arrow columns where pyarrow is installed.
ARROW_FROM = 100_000


def has_pyarrow() -> bool:
    """Whether pyarrow is installed; looks without importing it."""
    from importlib.util import find_spec

    return find_spec("pyarrow") is not None


def loop_columns(table: LoopTable) -> pandas.DataFrame:
    """Make a frame of Arrow columns from the columns of a loop table, copying no loop."""
    if not has_pyarrow():
        raise MissingExtraError(
            "arrow=True needs pyarrow: pip install pyarrow; leave arrow= out for plain columns"
        )
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    ids = np.frombuffer(table.flat, "i4") if table.flat else np.zeros(0, "i4")
    offsets = np.frombuffer(table.offsets, "i8")
    signs = np.frombuffer(table.signs, "i1") if len(table) else np.zeros(0, "i1")
    names = sorted({link.source for link in table.links})
    place = {name: i for i, name in enumerate(names)}
    source = np.array([place[link.source] for link in table.links], "i4")
    polarity = np.array([link.polarity.value for link in table.links], "i4")
    delayed = np.array([link.delayed for link in table.links], bool)

    def lists(codes: Any, words: list[str]) -> Any:
        values = pa.DictionaryArray.from_arrays(pa.array(codes[ids]), pa.array(words, pa.string()))
        return pa.LargeListArray.from_arrays(pa.array(offsets), values)

    late = np.logical_or.reduceat(delayed[ids], offsets[:-1]) if len(table) else signs > 0
    columns = {
        "loop": _labels(signs),
        "name": _called(table, ids, offsets),
        "kind": _words(signs),
        "length": pa.array(np.diff(offsets)),
        "delayed": pa.array(late),
        "path": lists(source, names),
        "signs": lists(polarity, [Polarity(value).sign for value in range(4)]),
    }
    return pd.DataFrame({name: pd.arrays.ArrowExtensionArray(c) for name, c in columns.items()})


def _labels(signs: Any) -> Any:
    """``R1``, ``B1``, ``R2`` …: the kind, and the place among those of the kind."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    number = np.zeros(len(signs), "i8")
    for sign in LETTERS:
        number[signs == sign] = np.arange(1, (signs == sign).sum() + 1)
    letters = pa.array(list("BUR")).take(pa.array(signs.astype("i8") + 1))
    return pc.binary_join_element_wise(letters, pc.cast(pa.array(number), pa.string()), "")


def _words(signs: Any) -> Any:
    import pyarrow as pa

    words = pa.array([KIND_WORDS[letter] for letter in ("B", "U", "R")])
    return pa.DictionaryArray.from_arrays(pa.array(signs.astype("i4") + 1), words)


def _called(table: LoopTable, ids: Any, offsets: Any) -> Any:
    """What people call each loop, found for each named path at once."""
    import numpy as np
    import pyarrow as pa

    words = ["", *dict.fromkeys(table.called.values())]
    found = np.zeros(len(table), "i4")
    sources = np.array([link.source for link in table.links], object)
    for path, name in table.called.items():
        rows = np.flatnonzero(np.diff(offsets) == len(path))
        for step, variable in enumerate(path):
            rows = rows[sources[ids[offsets[rows] + step]] == variable]
        found[rows] = words.index(name)
    return pa.DictionaryArray.from_arrays(pa.array(found), pa.array(words, pa.string()))
