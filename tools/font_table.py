"""Write src/loopmap/dejavu_advances.txt from the DejaVu fonts that matplotlib carries.

Run it when matplotlib's DejaVu changes: ``python tools/font_table.py``. It needs matplotlib and
fontTools (which comes with matplotlib); loopmap itself then measures text without either.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

HERE = Path(__file__).resolve().parents[1] / "src" / "loopmap" / "dejavu_advances.txt"
FILES = {"regular": "DejaVuSans.ttf", "bold": "DejaVuSans-Bold.ttf"}
HEAD = """\
# Advance widths of {version}, in 1/{units} em; made by tools/font_table.py.
# A line: weight, first code point in hex, then the widths of it and its successors; n*w is a run.
#
# The numbers are measurements; no outline of the fonts is copied. The fonts are
# Copyright (c) 2003 Bitstream, Inc. (Bitstream Vera), Copyright (c) 2006 Tavmjong Bah (Arev),
# DejaVu changes are in the public domain; free to use, copy and embed under the Bitstream Vera
# and Arev font licences, see https://dejavu-fonts.github.io/License.html
"""


def advances(path: Path) -> tuple[dict[int, int], int, str]:
    """Code point -> advance width, the units of an em, and the font's name and version."""
    from fontTools.ttLib import TTFont

    font = TTFont(path)
    widths = font["hmtx"].metrics
    table = {code: widths[glyph][0] for code, glyph in font.getBestCmap().items()}
    name = f"{font['name'].getDebugName(1)} {font['name'].getDebugName(5).removeprefix('Version ')}"
    return table, font["head"].unitsPerEm, name


def rows(table: dict[int, int]) -> list[str]:
    """One row for each stretch of successive code points."""
    found = []
    codes = [code for code in sorted(table) if code >= 0x20 and not 0xE000 <= code <= 0xF8FF]
    for _, stretch in groupby(enumerate(codes), key=lambda pair: pair[1] - pair[0]):
        members = [code for _, code in stretch]
        runs = [(w, len(list(r))) for w, r in groupby(table[code] for code in members)]
        text = " ".join(str(w) if n == 1 else f"{n}*{w}" for w, n in runs)
        found.append(f"{members[0]:04X} {text}")
    return found


def main() -> None:
    """Write the table."""
    import matplotlib

    fonts = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    lines = []
    for weight, file in FILES.items():
        table, units, version = advances(fonts / file)
        lines += [f"{weight} {row}" for row in rows(table)]
        head = HEAD.format(version=version.replace(" Bold", ""), units=units)
    HERE.write_text(head + "\n".join(lines) + "\n", encoding="ascii", newline="\n")


if __name__ == "__main__":
    main()
