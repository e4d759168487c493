"""Graphs and frames of odd things: does anything but an error of loopmap's own come out?

    python tools/fuzz_objects.py graphs|frames [MINUTES] [SEED]

Keys, names, attributes and cells are drawn from what programs leave behind: numbers without end,
bytes, nested lists, objects that fail when they are asked anything. Half of the graphs start from
a map, are changed and go through one of networkx's files; what still says what it said must be
there again.
"""

# ruff: noqa: E501

from __future__ import annotations

import contextlib
import io
import json
import random
import sys
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import polars as pl

import loopmap as lm
from loopmap.interop import COLUMNS
from loopmap.testing import random_map


class Mute:
    """An object that fails whatever it is asked."""

    def __init__(self, error: type[Exception]) -> None:
        self.error = error

    def fail(self, *_: object) -> Any:
        raise self.error("mute")

    __str__ = __repr__ = __eq__ = __bool__ = __float__ = __len__ = __iter__ = fail
    __hash__ = object.__hash__


class Text(str):
    """A text of somebody's own class."""


ODD: list[Any] = [
    None, "", " ", "+", "-", "−", "?", "++", "--", "+-", "increases", "A", "B", "1e300", "1" + "0" * 300,
    "-1e400", "nan", "inf", "\0", "a\nb", "\ud800", "\ufffe", "x" * 250_000, "‮", "=1+1", "A,B;C|D",
    0, 1, -1, 2, 10**18, 10**400, 10**5_000, -(10**5_000), 0.5, -0.0, 1e308, float("nan"), float("inf"),
    True, False, Decimal("NaN"), Decimal("sNaN"), Decimal("1e999999"), Fraction(1, 3), complex(1, 2),
    b"x", bytearray(b"y"), [], [1], ["A", "B"], (), ("A",), {}, {"a": {"b": [1]}}, {1}, frozenset("ab"),
    np.float64(2), np.int8(-1), np.array([1, 2]), np.array(3), np.bool_(True), np.str_("+"), np.nan,
    np.datetime64("NaT"), pd.NA, pd.NaT, pd.Timestamp("2020-01-01"), date(2020, 1, 1), object, object(),
    len, Ellipsis, Mute(TypeError), Mute(ValueError), Mute(AttributeError), Text("+"), Text("A"),
    lm.Polarity.MIXED, lm.Claim("Ann", "+"), lm.Element("A"), range(3), iter([1]), memoryview(b"z"),
]  # fmt: skip
NAMES: list[Any] = [
    *(name for names in COLUMNS.values() for name in names[:4]), "claims", "loops", "notes", "tags", "pos",
    "position", "x", "y", "label", "title", "subtitle", "sources", "focal", "name", "loopmap", "id", "key",
    "diagram", "edge from", "edge route", "node_default", "", "\0", 3, None, ("a", "b"), "x" * 300,
]  # fmt: skip
FILES: list[Callable[[Any], Any]] = [
    lambda G: nx.parse_graphml("\n".join(nx.generate_graphml(G)), force_multigraph=True),
    lambda G: nx.parse_gml(list(nx.generate_gml(G))),
    lambda G: nx.node_link_graph(json.loads(json.dumps(nx.node_link_data(G)))),
    lambda G: nx.cytoscape_graph(json.loads(json.dumps(nx.cytoscape_data(G)))),
    lambda G: nx.read_gexf(io.BytesIO("\n".join(nx.generate_gexf(G)).encode())),
    lambda G: nx.parse_pajek("\n".join(nx.generate_pajek(G))),
    nx.DiGraph,
    lambda G: G.reverse(),
    lambda G: G,
]


def attributes(rng: random.Random, most: int = 4) -> dict[Any, Any]:
    """Draw some attributes."""
    return {rng.choice(NAMES): rng.choice(ODD) for _ in range(rng.randint(0, most))}


def hashable(value: Any) -> bool:
    """Whether something can be a node or a key."""
    try:
        return value is not None and hash(value) is not None and bool(value == value)
    except Exception:
        return False


def odd_graph(rng: random.Random) -> Any:
    """Draw a graph of odd things."""
    G = rng.choice([nx.DiGraph, nx.MultiDiGraph, nx.MultiDiGraph, nx.Graph])()
    G.graph.update(attributes(rng))
    nodes = [v for v in rng.choices([*ODD, "A", "B", "C", 7], k=rng.randint(1, 4)) if hashable(v)]
    for node in nodes:
        with contextlib.suppress(Exception):
            G.add_node(node)
            G.nodes[node].update(attributes(rng))
    for _ in range(rng.randint(0, 6)):
        if not G.nodes:
            break
        ends = rng.choices(list(G.nodes), k=2)
        with contextlib.suppress(Exception):  # networkx, not loopmap
            if G.is_multigraph():
                key = rng.choice([v for v in ODD if hashable(v)])
                G.add_edges_from([(*ends, key, attributes(rng))])
            else:
                G.add_edges_from([(*ends, attributes(rng))])
    return G


def changed_graph(rng: random.Random) -> Any:
    """Draw a graph that was a map, was written and read, and is changed."""
    G: Any = lm.to_networkx(random_map(rng.randrange(10**9), variables=5, links=8))
    G = rng.choice(FILES)(G)
    for _ in range(rng.randint(0, 3)):
        where = rng.choice(
            [G.graph, *(d for _, d in G.nodes(data=True)), *(d for *_, d in G.edges(data=True))]
        )
        where.update(attributes(rng, 2))
        if rng.random() < 0.3 and where:
            where.pop(rng.choice(list(where)))
        if rng.random() < 0.2 and isinstance(G.graph.get("loopmap"), str):
            text = G.graph["loopmap"]
            at = rng.randrange(len(text))
            G.graph["loopmap"] = text[:at] + rng.choice(['"', "}", "0", "NaN", ""]) + text[at + 1 :]
    return G


def one_graph(rng: random.Random) -> None:
    """Read one graph."""
    G = (odd_graph if rng.random() < 0.5 else changed_graph)(rng)
    m = lm.from_networkx(G, sign=rng.choice([None] * 6 + ["sign", "weight", rng.choice(NAMES)]))
    lm.from_networkx(lm.to_networkx(m))


def odd_frame(rng: random.Random) -> Any:
    """Draw a frame of odd things."""
    length = rng.randint(0, 4)
    usual = {"from": "A", "to": "B", "sign": "+"}
    names = [*usual, *rng.choices(NAMES, k=rng.randint(0, 4))]
    columns = {}
    for name in dict.fromkeys(names):
        plain = usual.get(name, "x") if isinstance(name, str) else "x"
        cells = [rng.choice(ODD) if rng.random() < 0.4 else plain for _ in range(length)]
        column = pd.Series([None] * length, dtype=object)
        for at, cell in enumerate(cells):
            column.values[at] = cell
        columns[name] = column
    df = pd.DataFrame(columns)
    way = rng.random()
    if way < 0.15:
        df = df.set_index([name for name in df.columns[:2]])
    elif way < 0.25:
        df.columns = pd.MultiIndex.from_tuples(
            [(rng.choice("ab"), str(name)) for name in df.columns]
        )
    elif way < 0.4:
        return pl.DataFrame({str(name): list(df[name]) for name in df.columns}, strict=False)
    return df


def one_frame(rng: random.Random) -> None:
    """Read one frame."""
    try:
        df = odd_frame(rng)
    except Exception:  # pandas and polars refuse some of it themselves
        return
    given = {
        role: rng.choice(NAMES)
        for role in rng.sample(["source", "sign", "quote"], rng.choice([0, 0, 0, 1, 2]))
    }
    m = lm.from_frame(df, **given)
    lm.from_frame(lm.to_frame(m, "claims"))


def main(what: str, minutes: float = 10, seed: int = 0) -> int:
    """Draw and read for so long, and print what comes out."""
    warnings.simplefilter("ignore")
    one = {"graphs": one_graph, "frames": one_frame}[what]
    came: Counter[str] = Counter()
    slowest = 0.0
    end = time.monotonic() + 60 * minutes
    number = 0
    while time.monotonic() < end:
        number += 1
        began = time.monotonic()
        try:
            one(random.Random(f"{what} {seed} {number}"))
            came["map"] += 1
        except lm.LoopmapError as error:
            came[type(error).__name__] += 1
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            inside = [f for f in frames if "/loopmap/" in f.filename]
            last = inside[-1] if inside else frames[-1]
            kind = f"{'LEAK' if inside else 'outside'} {type(error).__name__}"
            key = f"{kind} {last.filename.rsplit('/', 1)[-1]}:{last.lineno}"
            came[key] += 1
            if inside and came[key] == 1:
                print(
                    f"{what} {seed} {number}",
                    "".join(traceback.format_exception(error)),
                    flush=True,
                )
        slowest = max(slowest, time.monotonic() - began)
    print(f"{number:,} {what}, slowest {slowest:.1f} s: {dict(came)}")
    return int(any(key.startswith("LEAK") for key in came))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *(float(text) for text in sys.argv[2:3]), *map(int, sys.argv[3:4])))
