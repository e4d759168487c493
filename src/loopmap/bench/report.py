"""Results of the bench for people: a table in Markdown, and a picture."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from loopmap.formats import write_bytes

__all__ = ["picture", "table"]

Results = Mapping[str, Any]


def table(bench: Results) -> str:
    """The results as Markdown: who missed what, then every case.

    Parameters
    ----------
    bench
        What :func:`loopmap.bench.run_bench` returns.
    """
    results = bench["results"]
    finders = list(dict.fromkeys(row["finder"] for row in results))
    cases = list(dict.fromkeys(row["case"] for row in results))
    by = {(row["case"], row["finder"]): row for row in results}
    machine, limits = bench["machine"], bench["limits"]
    head = [
        f"Run on {bench['date']} with Python {machine['python']} on {machine['system']}, "
        f"{machine['processors']} processors; {limits['seconds']:g} s and "
        f"{limits['megabytes']:g} MB for each finder and case, each in a process of its own. "
        "Other programs were running: read ratios, not seconds.",
        "",
        *_rows(
            ["finder", "version", "all loops found", "loops missed, and not said",
             "stopped", "signs given and right", "peak memory"],
            [_summary(name, bench["versions"].get(name, ""), by, cases) for name in finders],
        ),
        "",
        "Each cell: the time from the map to the last loop; in bold the share of the loops that "
        "was found, where it is not all of them.",
        "",
        *_rows(
            ["case", "loops", *finders],
            [[case, _total(by, case, finders), *(_cell(by.get((case, name))) for name in finders)]
             for case in cases],
        ),
        "",
        "The smallest map on which each finder missed a loop or gave one that is none:",
        "",
        *_failures(results, finders),
    ]  # fmt: skip
    return "\n".join(head) + "\n"


def _failures(results: Sequence[Mapping[str, Any]], finders: Sequence[str]) -> list[str]:
    lines = []
    for name in finders:
        found = [r for r in results if r["finder"] == name and r.get("first_failure")]
        if found:
            row = min(found, key=lambda r: len(r["first_failure"]))
            lines.append(f"- {name}: `{row['first_failure']}` ({row['case']})")
    return lines


def _summary(name: str, version: str, by: Mapping[Any, Any], cases: Sequence[str]) -> list[str]:
    rows = [by[case, name] for case in cases if (case, name) in by]
    done = [row for row in rows if row["status"] == "done"]
    silent = [row for row in done if row["honesty"] in ("silent", "false")]
    missed = sum(row["total"] - row["right"] for row in silent)
    signs = [row["sign_accuracy"] for row in done if row["sign_accuracy"] is not None]
    peaks = [row["megabytes"] for row in done if row.get("megabytes")]
    return [
        name,
        version,
        f"{sum(row['recall'] == 1 for row in done)} of {len(rows)} cases",
        f"{missed:,} in {len(silent)} cases" if silent else "none",
        f"{len(rows) - len(done)} cases",
        f"{min(signs):.0%}" if signs else "gives none",
        f"{max(peaks):.0f} MB" if peaks else "",
    ]


def _total(by: Mapping[Any, Any], case: str, finders: Sequence[str]) -> str:
    totals = [by[case, name].get("total") for name in finders if (case, name) in by]
    return next((f"{total:,}" for total in totals if total is not None), "?")


def _cell(row: Mapping[str, Any] | None) -> str:
    if row is None:
        return ""
    if row["status"] != "done":
        share = f", {row['recall']:.0%} by then" if row.get("recall") is not None else ""
        words = {"time": "out of time", "memory": "out of memory"}
        return words.get(row["status"], str(row["status"])) + share
    cell = _seconds(row["seconds"])
    if row["recall"] < 1:
        # Never rounded up to 100 %, nor down to 0.
        cell += f" **{min(row['recall'], 0.9999):.2%}**"
    if row["wrong"]:
        cell += f", {row['wrong']:,} wrong"
    return cell


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{1000 * seconds:.3g} ms"


def _rows(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [
        "| " + " | ".join(head) + " |",
        "|" + "---|" * len(head),
        *("| " + " | ".join(row) + " |" for row in rows),
    ]


#: Marks and colours of the finders on the picture; told apart without colour too.
_LOOKS = (("o", "#6b3fa0"), ("s", "#0a4f73"), ("D", "#c27c0e"), ("^", "#1f6f43"),
          ("v", "#c04a17"), ("P", "#5f6b76"), ("h", "#1d2733"))  # fmt: skip


def picture(bench: Results, path: str) -> None:
    """Draw the times of every finder on every case; empty marks missed loops.

    Parameters
    ----------
    bench
        What :func:`loopmap.bench.run_bench` returns.
    path
        Where to: ``.svg``, ``.pdf`` or ``.png``.
    """
    from matplotlib.figure import Figure

    results = bench["results"]
    finders = list(dict.fromkeys(row["finder"] for row in results))
    cases = list(dict.fromkeys(row["case"] for row in results))
    figure = Figure(figsize=(9, 1.6 + 0.27 * len(cases)), layout="constrained")
    axes = figure.subplots()
    limit = bench["limits"]["seconds"]
    for i, name in enumerate(finders):
        mark, colour = _LOOKS[i % len(_LOOKS)]
        rows = [row for row in results if row["finder"] == name]
        nudge = (i - (len(finders) - 1) / 2) * 0.11
        for state, fill in (("all", colour), ("some", "none")):
            shown = [row for row in rows if _state(row) == state]
            axes.scatter(
                [row.get("seconds") or limit for row in shown],
                [cases.index(row["case"]) + nudge for row in shown],
                marker=mark, s=26, edgecolors=colour, facecolors=fill, linewidths=1.1,
            )  # fmt: skip
        axes.scatter([], [], marker=mark, s=26, color=colour, label=name)
    axes.scatter([], [], marker="o", s=26, edgecolors="#1d2733", facecolors="none",
                 label="empty: loops missed,\nor stopped")  # fmt: skip
    axes.set_xscale("log")
    axes.axvline(limit, color="#c9d0d7", zorder=0)
    axes.set_yticks(range(len(cases)), cases, fontsize=8)
    axes.set_ylim(len(cases) - 0.4, -0.6)
    axes.set_xlabel("seconds from the map to the last loop")
    axes.grid(axis="x", color="#eef1f4")
    axes.set_title(f"Loop finders, {bench['date']}", loc="left", fontsize=11, weight="bold")
    figure.legend(loc="outside right upper", frameon=False, fontsize=8)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    dateless = {"Date": None} if path.endswith(".svg") else None
    file = io.BytesIO()
    figure.savefig(file, format=path.rpartition(".")[2], dpi=150, metadata=dateless)
    write_bytes(path, file.getvalue())


def _state(row: Mapping[str, Any]) -> str:
    if row["status"] == "not run":
        return "none"
    return "all" if row["status"] == "done" and row["recall"] == 1 else "some"
