"""Maps and loops to data frames, and frames to maps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, Protocol, overload

from loopmap.errors import InvalidMapError
from loopmap.interop.count_columns import COUNTED, count_columns
from loopmap.interop.edge_list import claim_rows, read_edge_list
from loopmap.interop.frame_columns import column_name, columns_of, ends_in
from loopmap.interop.loop_columns import loop_columns
from loopmap.loops import Loop, LoopCounts, Loops, LoopTable, Participation
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
    ``participant``, ``weight`` …; ``loopmap.interop.COLUMNS`` has them all). Several names in a
    cell, as in ``"A; B"`` or ``"A|B"``, are several links as they are in a file, except in the
    frames of :func:`to_frame`, whose names are whole.

    Parameters
    ----------
    df
        A pandas or polars frame, also a lazy one, a pyarrow table, or anything with ``columns``
        whose columns have ``to_list()``. Causes and effects may be levels of the index; the
        levels of a column's name are read as one name.
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
    names, columns = columns_of(df)
    only: list[str] | None = None
    if edge_attr is not True:
        only = [edge_attr] if isinstance(edge_attr, str) else list(edge_attr or ())
    given = {
        "source": source, "target": target, "sign": sign, "perspective": perspective,
        "delayed": delayed, "strength": strength, "kind": kind, "route": route, "quote": quote,
        "note": note,
    }  # fmt: skip
    given = {role: None if name is None else column_name(name) for role, name in given.items()}
    if only is not None and (source is None or target is None):
        ends = [name for name in names if ends_in([name])]
        only = [*only, *ends]
    rows = zip(*columns, strict=True)
    reading = read_edge_list(names, rows, where="frame", given=given, only=only, first_row=0)
    return reading.warned(stacklevel=2, at_most=100)


class _Framed(Protocol):
    def to_frame(self) -> pd.DataFrame: ...


@overload
def to_frame(what: SystemMap, table: MapTable = "links") -> pd.DataFrame: ...
@overload
def to_frame(
    what: Participation, table: Literal["links", "elements"] = "links"
) -> pd.DataFrame: ...
@overload
def to_frame(what: LoopCounts | _Framed) -> pd.DataFrame: ...
@overload
def to_frame(what: Iterable[Loop], *, arrow: bool = False) -> pd.DataFrame: ...
def to_frame(what: Any, table: MapTable = "links", *, arrow: bool = False) -> pd.DataFrame:
    """Make a pandas frame of a map, of loops, or of numbers of loops.

    Parameters
    ----------
    what
        A map; loops (from :func:`~loopmap.find_loops`, :func:`~loopmap.story_loops` …, or any of
        them in a list); what :func:`~loopmap.participation` or :func:`~loopmap.count_loops`
        gives; or an answer with a table of its own, such as that of
        :func:`~loopmap.rank_loops`.
    table
        For a map: ``"links"``, ``"claims"`` or ``"elements"``; for a participation ``"links"``
        or ``"elements"``.
    arrow
        For loops from ``find_loops``: Arrow columns, which hold a million loops in a tenth of the
        memory. Needs pyarrow.

    Returns
    -------
    pandas.DataFrame
        Signs are ``"+"``, ``"-"``, ``"?"`` or ``"+/-"``; texts are empty where there is none,
        numbers are NaN.

        *links*, one row each, ordered by source, target, kind and route: ``source``, ``target``,
        ``sign`` (joined), ``kind``, ``route``, ``delayed`` (bool), ``strength`` (float64: the
        median), ``evidence`` (the strongest grade), ``perspectives`` (int64: how many people
        claim it).

        *claims*, one row each: ``source``, ``target``, ``sign``, ``kind``, ``source kind``,
        ``target kind``, ``route``, ``perspective`` (empty for the author), ``delayed`` (bool),
        ``strength`` (float64), ``evidence``, ``basis``, ``quote``, ``reference``, ``note``.
        ``from_frame`` reads it back exactly.

        *elements*, one row each: ``name``, ``kind``, ``tags`` and ``notes`` (joined by "; "),
        ``x``, ``y`` (float64: map units, y down), ``links_in``, ``links_out`` (int64: causal
        links).

        *loops*, one row each: ``label`` (R1 …), ``name`` (what people call it, or empty),
        ``kind`` (R, B or U), ``length`` (int64), ``delayed`` (bool), ``path``, ``signs``
        and ``routes`` (tuples, so that ``explode`` works; as Arrow columns lists), ``id``.

        *numbers of loops*, one row for each link (``source``, ``target``, ``sign``, ``route``),
        element (``name``) or ``length``: ``loops``, ``reinforcing``, ``balancing``,
        ``undetermined``; whole numbers of any size.

    Raises
    ------
    InvalidMapError
        If ``what`` is none of these.
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

    if isinstance(what, COUNTED):
        return pd.DataFrame(count_columns(what, choose(table, ("links", "elements"), "table")))
    if not isinstance(what, SystemMap):
        if hasattr(what, "to_frame") and type(what).__module__.startswith("loopmap."):
            return what.to_frame()
        return loop_columns(_loops_in(what), arrow=arrow)
    rows, types = _TABLES[choose(table, _TABLES, "table")]
    frame = pd.DataFrame(rows(what), columns=list(types))
    return frame.astype({name: kind for name, kind in types.items() if kind != "text"})


def _loops_in(what: Any) -> Iterable[Loop]:
    """Give loops in something that can be counted; refuse what holds none."""
    if isinstance(what, Loops | LoopTable):
        return what
    text_or_frame = isinstance(what, str | Mapping) or hasattr(what, "columns")
    if isinstance(what, Iterable) and not text_or_frame and not hasattr(what, "is_directed"):
        loops = list(what)
        if all(isinstance(loop, Loop) for loop in loops):
            return loops
        what = next(item for item in loops if not isinstance(item, Loop))
    hint = "; put one loop into a list" if isinstance(what, Loop) else ""
    raise InvalidMapError(
        "to_frame takes a map, loops, or what participation, count_loops, rank_loops, "
        "shared_loops, boundary, distance, diff or robustness give, "
        f"not a {type(what).__name__}{hint}"
    )


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
