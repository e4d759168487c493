"""Maps and loops to data frames, and frames to maps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, overload

from loopmap.errors import InvalidMapError, listed
from loopmap.interop.edge_list import claim_rows, read_edge_list
from loopmap.interop.loop_columns import loop_columns
from loopmap.loops import Loop
from loopmap.model import SystemMap
from loopmap.options import MapTable, choose

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["from_frame", "to_frame"]


def from_frame(
    df: Any,
    source: str | None = None,
    target: str | None = None,
    edge_attr: str | Iterable[str] | bool | None = True,
    *,
    sign: str | None = None,
    perspective: str | None = None,
    delayed: str | None = None,
    strength: str | None = None,
    kind: str | None = None,
    route: str | None = None,
    quote: str | None = None,
    note: str | None = None,
) -> SystemMap:
    """Make a map of a frame with one row per link, or per claim.

    The first three arguments are those of :func:`networkx.from_pandas_edgelist`. Columns that
    are not named are found by the names people give them (``from``, ``cause``, ``polarity``,
    ``participant``, ``weight`` …; ``loopmap.interop.COLUMNS`` has them all).

    Parameters
    ----------
    df
        A pandas or polars frame, or anything with ``columns`` whose columns have ``to_list()``.
    source, target
        The columns of causes and effects.
    edge_attr
        Which other columns may be looked at: ``True`` for all, names, or ``None`` for none but
        those named below.
    sign, perspective, delayed, strength, kind, route, quote, note
        The columns that hold these. Whoever stands in the ``perspective`` column makes the claim.

    Returns
    -------
    SystemMap
        After one ``LossWarning`` if something was dropped, changed or guessed.

    Raises
    ------
    InvalidMapError
        If it is no frame, or has two columns of one name.
    UnknownNameError
        If a named column is not there.
    MapSyntaxError
        If no column holds the causes, or none the effects.

    Examples
    --------
    >>> import pandas as pd
    >>> df = pd.DataFrame({"from": ["A", "B"], "to": ["B", "A"], "polarity": ["+", "-"]})
    >>> lm.from_frame(df).links
    (<Link A -> B : +>, <Link B -> A : −>)
    """
    if hasattr(df, "column_names"):  # a pyarrow Table
        df = df.to_pandas()
    elif type(df).__name__ == "LazyFrame":
        df = df.collect()
    names = [str(name) for name in getattr(df, "columns", ())]
    if not hasattr(df, "columns") or callable(df.columns):
        raise InvalidMapError(
            f"a frame has columns, and a {type(df).__name__} has none; "
            "pass a pandas or polars frame"
        )
    twice = sorted(name for name, times in Counter(names).items() if times > 1)
    if twice:
        raise InvalidMapError(
            f"the frame has several columns called {listed(twice)}; rename them, or keep one"
        )
    columns = [_values(df[name]) for name in df.columns]
    only: list[str] | None = None
    if edge_attr is not True:
        only = [edge_attr] if isinstance(edge_attr, str) else list(edge_attr or ())
    given = {
        "source": source, "target": target, "sign": sign, "perspective": perspective,
        "delayed": delayed, "strength": strength, "kind": kind, "route": route, "quote": quote,
        "note": note,
    }  # fmt: skip
    given = {role: None if name is None else str(name) for role, name in given.items()}
    if only is not None and (source is None or target is None):
        ends = [name for name in names if _is_end(name)]
        only = [*only, *ends]
    rows = zip(*columns, strict=True)
    reading = read_edge_list(names, rows, where="frame", given=given, only=only, first_row=0)
    return reading.warned(stacklevel=2, at_most=100)


def _is_end(name: str) -> bool:
    from loopmap.interop.columns import find_columns

    return bool(find_columns([name]).keys() & {"source", "target"})


def _values(column: Any) -> list[Any]:
    for way in ("to_list", "tolist", "to_pylist"):
        if hasattr(column, way):
            return list(getattr(column, way)())
    return list(column)


@overload
def to_frame(what: SystemMap, table: MapTable = "links") -> pd.DataFrame: ...
@overload
def to_frame(what: Iterable[Loop], *, arrow: bool = False) -> pd.DataFrame: ...
def to_frame(
    what: SystemMap | Iterable[Loop], table: MapTable = "links", *, arrow: bool = False
) -> pd.DataFrame:
    """Make a pandas frame of a map or of loops.

    Parameters
    ----------
    what
        A map, or loops (from :func:`~loopmap.find_loops`, or any of them in a list).
    table
        For a map: ``"links"``, ``"claims"`` or ``"elements"``.
    arrow
        For loops from ``find_loops``: Arrow columns, which hold a million loops in a tenth of the
        memory. Needs pyarrow.

    Returns
    -------
    pandas.DataFrame
        Signs are ``"+"``, ``"-"``, ``"?"`` or ``"+/-"``; texts are empty where there is none,
        numbers are NaN.

        *links*, one row each, ordered by source, target, kind and route: ``source``, ``target``,
        ``sign`` (joined), ``kind``, ``route``, ``delayed`` (bool), ``strength`` (float, the
        median), ``evidence`` (the strongest grade), ``perspectives`` (how many people claim it).

        *claims*, one row each: ``source``, ``target``, ``sign``, ``kind``, ``source kind``,
        ``target kind``, ``route``, ``perspective`` (empty for the author), ``delayed``,
        ``strength``, ``evidence``, ``basis``, ``quote``, ``reference``, ``note``.
        ``from_frame`` reads it back exactly.

        *elements*, one row each: ``name``, ``kind``, ``tags`` and ``notes`` (joined by "; "),
        ``x``, ``y`` (map units, y down), ``links_in``, ``links_out`` (causal links).

        *loops*, one row each: ``label`` (R1 …), ``name`` (what people call it, or empty),
        ``kind`` (R, B or U), ``length`` (int64), ``delayed`` (bool), ``path`` and ``signs``
        (tuples, so that ``explode`` works; as Arrow columns lists), ``id``.

    Raises
    ------
    InvalidOptionError
        If there is no such table.
    MissingExtraError
        If Arrow columns are asked for and pyarrow is not installed.

    Examples
    --------
    >>> m = lm.SystemMap(links=[("A", "B", "+"), ("B", "A", "-")])
    >>> lm.to_frame(m)[["source", "target", "sign"]]
      source target sign
    0      A      B    +
    1      B      A    -
    >>> lm.to_frame(lm.find_loops(m))[["label", "kind", "length", "path"]]
      label kind  length    path
    0    B1    B       2  (A, B)
    """
    import pandas as pd

    if not isinstance(what, SystemMap):
        return loop_columns(what, arrow=arrow)
    rows, types = _TABLES[choose(table, _TABLES, "table")]
    frame = pd.DataFrame(rows(what), columns=list(types))
    return frame.astype({name: kind for name, kind in types.items() if kind != "text"})


def _link_rows(m: SystemMap) -> list[tuple[Any, ...]]:
    return [
        (
            *(link.source, link.target, link.polarity.sign, link.kind, link.route, link.delayed),
            *(link.strength, link.evidence, len(link.perspectives)),
        )
        for link in m.links
    ]


def _claim_rows(m: SystemMap) -> list[dict[str, Any]]:
    rows = list(claim_rows(m))
    for row in rows:
        row.update(sign=row["sign"].sign, perspective=row["perspective"] or "")
    return rows


def _element_rows(m: SystemMap) -> list[tuple[Any, ...]]:
    into = Counter(link.target for link in m.causal_links)
    out = Counter(link.source for link in m.causal_links)
    nowhere = (None, None)
    return [
        (
            *(element.name, element.kind, "; ".join(element.tags), "; ".join(element.notes)),
            *(element.position or nowhere),
            *(into[element.name], out[element.name]),
        )
        for element in m.elements
    ]


_ENDS = dict.fromkeys(("source", "target", "sign", "kind", "route"), "text")
_WHOSE = dict.fromkeys(
    ("source", "target", "sign", "kind", "source kind", "target kind", "route", "perspective"),
    "text",
)

#: Table -> what makes its rows, and its columns with their types.
_TABLES: dict[MapTable, tuple[Callable[[SystemMap], list[Any]], dict[str, str]]] = {
    "links": (
        _link_rows,
        {**_ENDS, "delayed": "bool", "strength": "float64", "evidence": "text",
         "perspectives": "int64"},
    ),
    "claims": (
        _claim_rows,
        {**_WHOSE, "delayed": "bool", "strength": "float64",
         "evidence": "text", "basis": "text", "quote": "text", "reference": "text", "note": "text"},
    ),
    "elements": (
        _element_rows,
        {"name": "text", "kind": "text", "tags": "text", "notes": "text", "x": "float64",
         "y": "float64", "links_in": "int64", "links_out": "int64"},
    ),
}  # fmt: skip
