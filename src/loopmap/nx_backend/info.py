"""What networkx reads about this backend at ``import networkx``; imports nothing."""

from __future__ import annotations

__all__ = ["get_info"]


def get_info() -> dict[str, object]:
    """Name the backend and the functions it has."""
    return {
        "backend_name": "loopmap",
        "project": "loopmap",
        "package": "loopmap",
        "short_summary": "Cycles of directed graphs, shortest first.",
        "functions": {
            "simple_cycles": {
                "additional_docs": (
                    "Directed graphs only. Cycles come shortest first, ties in the order of the "
                    "nodes, so the first hundred are the hundred shortest, and nothing is "
                    "searched that is not asked for."
                ),
            },
        },
    }
