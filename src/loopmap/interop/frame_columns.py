"""The columns of frames: those of pandas, polars and pyarrow, their names and what is in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from loopmap.errors import InvalidMapError, listed, shown
from loopmap.interop.cells import text_of
from loopmap.interop.columns import find_columns

__all__ = ["column_name", "columns_of", "ends_in"]


def columns_of(df: Any) -> tuple[list[str], list[list[Any]]]:
    """Give the names of the columns and their cells.

    Raises
    ------
    InvalidMapError
        If it is no frame, or has two columns of one name.
    """
    if hasattr(df, "column_names"):  # a pyarrow Table
        df = df.to_pandas()
    elif type(df).__name__ == "LazyFrame":
        df = df.collect()
    if not hasattr(df, "columns") or callable(df.columns):
        raise InvalidMapError(
            f"a frame has columns, and a {type(df).__name__} has none; "
            "pass a pandas or polars frame, such as pd.DataFrame(…) or series.reset_index()"
        )
    df = _with_ends(df)
    names = _names(list(df.columns))
    twice = sorted(name for name, times in Counter(names).items() if times > 1)
    if twice:
        raise InvalidMapError(
            f"the frame has several columns called {listed(twice)}; rename them, or keep one"
        )
    columns = [_values(df[name]) for name in df.columns]
    if len({len(column) for column in columns}) > 1:
        raise InvalidMapError(f"the columns of this frame differ in length: {shown(df)}")
    return names, columns


def column_name(name: Any) -> str:
    """Give the name of a column as one text, of whatever levels it is made."""
    if isinstance(name, tuple):
        return " ".join(filter(None, map(text_of, name)))
    return text_of(name)


def _names(names: Sequence[Any]) -> list[str]:
    """Give the names as texts; a level on which all are alike says nothing."""
    if len(names) > 1 and all(isinstance(name, tuple) for name in names):
        levels = [level for level in zip(*names, strict=False) if len({*map(text_of, level)}) > 1]
        names = [*zip(*levels, strict=True)] if levels else names
    return [column_name(name) for name in names]


def ends_in(names: Sequence[str]) -> set[str]:
    """Say which of causes and effects these columns hold by their names."""
    return find_columns(names, loose=False).keys() & {"source", "target"}


def _with_ends(df: Any) -> Any:
    """Make columns of the index where causes or effects stand there."""
    levels = [text_of(name) for name in getattr(getattr(df, "index", None), "names", ())]
    names = _names(list(df.columns))
    if not any(levels) or len(ends_in(names)) == 2 or not ends_in(list(filter(None, levels))):
        return df
    return df if set(levels) & set(names) else df.reset_index()


def _values(column: Any) -> list[Any]:
    for way in ("to_list", "tolist", "to_pylist"):
        if hasattr(column, way):
            return list(getattr(column, way)())
    return list(column)
