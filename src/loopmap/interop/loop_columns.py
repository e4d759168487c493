"""Loops as the columns of a frame: one schema, however many there are and however they are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from loopmap.errors import InvalidOptionError, MissingExtraError
from loopmap.loops import Loop, Loops, LoopTable
from loopmap.loops.loop import key_bytes, loop_id
from loopmap.loops.table import LETTERS
from loopmap.polarity import Polarity

if TYPE_CHECKING:
    import pandas

__all__ = ["LOOP_COLUMNS", "loop_columns"]

LOOP_COLUMNS = ("label", "name", "kind", "length", "delayed", "path", "signs", "routes", "id")
_TYPES = {"length": "int64", "delayed": "bool"}


def loop_columns(loops: Iterable[Loop], *, arrow: bool = False) -> pandas.DataFrame:
    """Make a frame of loops; those in a table are not made into objects first."""
    import pandas as pd

    table = loops.loops if isinstance(loops, Loops) else loops
    if arrow:
        return _arrow_frame(table)
    if isinstance(table, LoopTable):
        columns = {name: list(values) for name, values in _columns(table)}
    else:
        rows = [_row(loop) for loop in table]
        columns = {name: [row[i] for row in rows] for i, name in enumerate(LOOP_COLUMNS)}
    return pd.DataFrame(columns).astype(_TYPES)


def _row(loop: Loop) -> tuple[Any, ...]:
    signs = tuple([link.polarity.sign for link in loop.links])
    return (
        *(loop.label, loop.name, loop.kind, len(loop), loop.delayed, loop.path, signs),
        *(tuple([link.route for link in loop.links]), loop.id),
    )


def _columns(table: LoopTable) -> Iterator[tuple[str, Iterable[Any]]]:
    """The same, column by column."""
    links = table.links
    delayed = [link.delayed for link in links]
    yield "label", table.labels()
    yield "name", table.names()
    yield "kind", (LETTERS[sign] for sign in table.signs)
    yield "length", (table.length(place) for place in range(len(table)))
    yield "delayed", map(any, table.along(delayed)) if any(delayed) else [False] * len(table)
    yield "path", table.along([link.source for link in links])
    yield "signs", table.along([link.polarity.sign for link in links])
    yield "routes", table.along([link.route for link in links])
    yield "id", map(loop_id, table.along([key_bytes(link) for link in links]))


def _arrow_frame(table: Iterable[Loop]) -> pandas.DataFrame:
    """Make Arrow columns from the columns of a loop table, copying no loop."""
    if not isinstance(table, LoopTable):
        raise InvalidOptionError(
            "arrow=True is for loops from find_loops or loop_tables, not for a list of them"
        )
    try:
        import pyarrow as pa
    except ImportError:
        raise MissingExtraError(
            "arrow=True needs pyarrow: pip install pyarrow; leave arrow= out for plain columns"
        ) from None
    import numpy as np
    import pandas as pd

    ids = np.frombuffer(table.flat, "i4") if table.flat else np.zeros(0, "i4")
    offsets = np.frombuffer(table.offsets, "i8")
    names = sorted({link.source for link in table.links})
    place = {name: i for i, name in enumerate(names)}
    routes = {route: i for i, route in enumerate(sorted({link.route for link in table.links}))}

    def lists(codes: list[int], words: list[str]) -> Any:
        chosen = pa.array(np.array(codes, "i4")[ids])
        values = pa.DictionaryArray.from_arrays(chosen, pa.array(words, pa.string()))
        return pa.LargeListArray.from_arrays(pa.array(offsets), values)

    texts = {"label", "name", "kind", "id"}
    in_lists = {
        "path": lambda: lists([place[link.source] for link in table.links], names),
        "signs": lambda: lists(
            [link.polarity.value for link in table.links],
            [Polarity(value).sign for value in range(4)],
        ),
        "routes": lambda: lists([routes[link.route] for link in table.links], [*routes]),
    }
    columns = {
        name: in_lists[name]()
        if name in in_lists
        else pa.array(list(values), pa.string() if name in texts else None)
        for name, values in _columns(table)
    }
    return pd.DataFrame({name: pd.arrays.ArrowExtensionArray(c) for name, c in columns.items()})
