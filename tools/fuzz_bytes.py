"""Files with bytes changed at random: does anything but an error of loopmap's own come out?

    python tools/fuzz_bytes.py loop|json|csv|tsv|xlsx [MINUTES] [SEED]

Maps are written in a format; bytes of theirs are replaced, put in, left out and repeated. Of a
workbook the parts inside are changed too, most of the time, so that the damage lies behind the
packing. What is read must be written and read back the same.
"""

# ruff: noqa: E501

from __future__ import annotations

import io
import random
import sys
import time
import traceback
import warnings
import zipfile
from collections import Counter

import loopmap as lm
from loopmap.formats import FORMATS, dumped, loaded
from loopmap.formats.format import Format
from loopmap.testing import random_map

PIECES = [
    b"#", b'"', b",", b"\n", b"\r", b"|", b"\0", b"# SECTION: x\n", b"<", b">", b"&", b"A1", b"9" * 20,
    b"1e999", b";", b"\t", b"=", b"'", b"NaN", b"null", b"{", b"]", b"\xff\xfe", b"\xef\xbb\xbf",
    b"\\ud800", b"-1", b"true", b"<!DOCTYPE a>", b'mergeCell ref="A1:XFD9"', b'r="XFE1"', b"by ", b"->",
]  # fmt: skip


def changed(rng: random.Random, data: bytes) -> bytes:
    """Change some bytes."""
    text = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        at, way = rng.randrange(len(text) + 1), rng.randrange(5)
        if way == 0:
            text[at : at + 1] = bytes([rng.randrange(256)])
        elif way == 1:
            text[at:at] = rng.choice(PIECES)
        elif way == 2:
            del text[at : at + rng.randint(1, 9)]
        else:
            start = rng.randrange(len(text) + 1)
            text[at : at + rng.choice([0, 9])] = text[start : start + rng.randint(1, 60)]
    return bytes(text)


def changed_inside(rng: random.Random, data: bytes) -> bytes:
    """Change one part of a workbook, or leave it out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        hit = rng.choice(old.namelist())
        for name in old.namelist():
            if name != hit:
                new.writestr(name, old.read(name))
            elif rng.random() > 0.03:
                new.writestr(name, changed(rng, old.read(name)))
    return out.getvalue()


def seeds(row: Format) -> list[bytes]:
    """Give maps with everything a map can hold, written in this format."""
    everything = lm.SystemMap(
        [lm.Element("A", "stock", ["a note"], ["a tag"], (1, 2))],
        [("A", "B", "+"), ("B", "A", "-")],
        [lm.NamedLoop("Erosion", ["A", "B"], "R", "it erodes")],
        title="t", sources=["s"],
    )  # fmt: skip
    mash = lm.example("mash")
    maps = [mash.focus(*mash.names[:2]), everything, random_map(7, variables=5, links=8)]
    return [dumped(m, row)[0] for m in maps]


def main(name: str, minutes: float = 10, seed: int = 0) -> int:
    """Change and read for so long, and print what comes out."""
    warnings.simplefilter("ignore")
    row = FORMATS[name]
    written = seeds(row)
    came: Counter[str] = Counter()
    slowest = 0.0
    end = time.monotonic() + 60 * minutes
    number = 0
    while time.monotonic() < end:
        number += 1
        rng = random.Random(f"{name} {seed} {number}")
        data = rng.choice(written)
        inside = name == "xlsx" and rng.random() < 0.9
        data = (changed_inside if inside else changed)(rng, data)
        began = time.process_time()
        try:
            m, _ = loaded(data, row, source="changed")
            slowest = max(slowest, time.process_time() - began)
            again, _ = loaded(dumped(m, row)[0], row, source="written")
            came["map"] += 1
            if links(again) != links(m):
                came["OTHER links when read back"] += 1
                print(name, seed, number, links(again) ^ links(m), flush=True)
        except lm.LoopmapError as error:
            came[type(error).__name__] += 1
        except Exception as error:
            kind = f"LEAK {type(error).__name__}"
            came[kind] += 1
            if came[kind] < 3:
                print(name, seed, number, "".join(traceback.format_exception(error)), flush=True)
    print(f"{number:,} {name}, slowest {slowest:.1f} s: {dict(came)}")
    return int(any(key.startswith(("LEAK", "OTHER")) for key in came))


def links(m: lm.SystemMap) -> set[tuple[str, str, str, str]]:
    """Give what every format keeps of the links."""
    return {(k.source, k.target, k.polarity.sign, k.route) for k in m.links}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *(float(text) for text in sys.argv[2:3]), *map(int, sys.argv[3:4])))
