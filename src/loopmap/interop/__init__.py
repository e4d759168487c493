"""Data frames and graphs: maps to and from pandas, polars and networkx."""

from __future__ import annotations

from loopmap.interop.columns import COLUMNS
from loopmap.interop.edge_list import read_edge_list
from loopmap.interop.frames import from_frame, to_frame
from loopmap.interop.graphs import from_networkx, to_networkx

__all__ = ["COLUMNS", "from_frame", "from_networkx", "read_edge_list", "to_frame", "to_networkx"]
