"""Texts of the notation drawn at random: does anything but a LoopmapError come out, or slowly?

    python tools/fuzz_texts.py [SECONDS] [SEED]

Real texts are mutated, and lines are made of the pieces that the notation and pasted pages have.
What is read must be written and read back. Every 2,000 texts a large one is made of the same
pieces, up to 5 MB, and must be answered within two seconds of this process's time.
"""

from __future__ import annotations

import random
import sys
import time
import traceback
import warnings
from collections import Counter

import loopmap as lm
from loopmap.notation import fmt, read_text, write_text

PIECES = [
    "A", "B", "Stress", "Ärger", "A, B", "R&D", "1. ", "(2) ", "a) ", "- ", "* ", "• ", "**A**",
    "R1  ", " -> ", " → ", " –> ", " => ", " ⟶ ", "->", "<-", " <-> ", " -//> ", " -+-> ",
    " -->|+| ", " ➡️ ", " -- increases --> ", " causes ", " leads to ", " holds ", " wants ",
    " influences ", " : ", ":", " :+", " + ", " - ", " ? ", "+/-", "±", "(+)", "[-]",
    "(+ via x)", '(+ via "x)")', "strongly increases", "up", "[delay]", "[delay; strength=2]",
    "[strength=", "[note=x", "]", "[kind=stock]", "[at=1,2]", ";", ",", "|", '"', "“", "”", "'",
    "\\", "#", " # c", "\n", "\r\n", "\r", "\n    ", "\t", "  ", "by Ann: + ", "by ", "title: ",
    "about: ", "focus: ", "story: ", 'loop R "x": ', "loop ", "graph LR\n", "flowchart TD\n",
    "A[x] --> B{y}", "```", "%% c", "2 feedback loops: all", "\ufeff", "\u200b", "\x00",
    "\ud800", "\ue000", "\ue0000\ue000", "= ", "| A | B | + |", "|---|---|", "A\tB\t+", "&",
    " and ", "%", "1e999", "nan", "⇒", "~~", "//", "| ", "` ", "> ", "_x_", "R1 (Burnout): ",
    "B2 – ", " à ", "➕", "▶", " ─+→ ", "---\n", " (positive)", "\n| From | To | Sign |\n",
]  # fmt: skip


def drawn(rng: random.Random, real: list[str]) -> str:
    """A text: pieces in a row, or a real one with some of it changed."""
    if rng.random() < 0.5:
        return "".join(rng.choices(PIECES, k=rng.randint(1, 40)))
    text = rng.choice(real)
    start = rng.randrange(len(text))
    text = text[start : start + rng.randint(20, 600)]
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice([*PIECES, ""]) + text[at + rng.choice([0, 0, 1, 5]) :]
    return text


def large(rng: random.Random, real: list[str]) -> str:
    """Up to 5 MB of a few pieces, over and over, or of one long line."""
    few = [drawn(rng, real)[:60] if rng.random() < 0.3 else rng.choice(PIECES) for _ in range(3)]
    end = rng.choice(["\n", "", " ", "\n    ", "{}\n"])
    size = rng.choice([200_000, 1_000_000, 5_000_000])
    lines, length = [], 0
    while length < size:
        line = "".join(rng.choices(few, k=rng.randint(1, 6))) + end.replace("{}", str(len(lines)))
        lines.append(line or "x")
        length += len(lines[-1].encode("utf-8", "replace"))
    return "".join(lines)[:size]


def answer(text: str, *, back: bool) -> str:
    """Read a text, and write and read again what was read."""
    try:
        m, problems = read_text(text)
    except lm.LoopmapError as error:
        return "refused" if len(str(error)) < 40_000 else "a long message"
    if sum(len(str(problem)) for problem in problems) > 200_000:
        return "a long message"
    if back:
        assert read_text(write_text(m)).map == m, "written, it reads differently"
        assert read_text(fmt(text)).map == m, "set out evenly, it reads differently"
    return "read"


def main(seconds: int = 600, seed: int = 0) -> int:
    """Draw texts for so long; print what fails, and how many of each answer there were."""
    warnings.simplefilter("ignore")
    rng = random.Random(seed)
    real = [write_text(lm.example(name)) for name in lm.examples()["name"]]
    until, counts = time.monotonic() + seconds, Counter[str]()
    slowest = 0.0
    while time.monotonic() < until:
        is_large = sum(counts.values()) % 2_000 == 1_999
        text = (large if is_large else drawn)(rng, real)
        start = time.process_time()
        try:
            said = answer(text, back=not is_large)
        except Exception:
            said = "FAILED"
            print(f"{text[:500]!r}\n{traceback.format_exc(limit=-3)}", flush=True)
        took = time.process_time() - start
        if is_large:
            slowest = max(slowest, took)
            if took > 2 or said == "a long message":
                print(
                    f"{took:.1f} s for {len(text):,} characters, {said}: {text[:300]!r}", flush=True
                )
                counts["SLOW or long"] += 1
        counts[said] += 1
    print(f"{sum(counts.values()):,} texts: {dict(counts)}; slowest large one {slowest:.1f} s")
    return int(bool(counts["FAILED"] + counts["SLOW or long"]))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
