"""What ``loopmap loops --count`` prints."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from loopmap.loops import KIND_WORDS, LoopCounts
from loopmap.quoting import json_text

__all__ = ["COUNTED"]


def _as_json(counts: LoopCounts) -> str:
    def named(kinds: tuple[int, ...]) -> dict[str, int]:
        return {"total": sum(kinds), **dict(zip(KIND_WORDS.values(), kinds, strict=True))}

    found = {
        "complete": counts.complete,
        "complete_to_length": counts.complete_to_length,
        "reason": counts.reason,
        **named(counts.kinds),
        "by_length": [{"length": n, **named(kinds)} for n, kinds in counts],
    }
    return json_text(found) + "\n"


def _as_csv(counts: LoopCounts) -> str:
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["length", *KIND_WORDS.values(), "total"])
    rows.writerows([n, *kinds, kinds.total] for n, kinds in counts)
    return out.getvalue()


def _as_table(counts: LoopCounts) -> str:
    plural = "" if counts.total == 1 else "s"
    state = "That is all of them." if counts.complete else f"NOT ALL: {counts.reason}."
    said = f"{counts.total:,} feedback loop{plural}. {state}"
    if not counts.total:
        return "No feedback loops." if counts.complete else said
    # kinds that do not occur get no column
    columns = {
        "links": [f"{n}" for n in counts.lengths] + ["all" if counts.complete else "sum"],
        **{
            word: [f"{kinds[k]:,}" for _, kinds in counts] + [f"{counts.kinds[k]:,}"]
            for k, word in enumerate(KIND_WORDS.values())
            if counts.kinds[k]
        },
    }
    width = [max(map(len, [word, *cells])) for word, cells in columns.items()]
    rows = [list(columns), *zip(*columns.values(), strict=True)]
    lines = ["  ".join(cell.rjust(w) for cell, w in zip(r, width, strict=True)) for r in rows]
    return "\n".join([said, *lines])


#: The form asked for -> what makes text of counts.
COUNTED: dict[str | None, Callable[[LoopCounts], str]] = {
    None: _as_table,
    "json": _as_json,
    "csv": _as_csv,
}
