"""How text of strangers is put into each language we write, so that it stays text there.

One function for each place in each language, and no other module quotes for these languages: a
test looks. Text comes out as it was typed: whoever reads the language gets it back, to the letter.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape, quoteattr, unescape

__all__ = [
    "dot", "dot_ids", "guarded", "json_text", "markup", "markup_attribute", "quoted",
    "shell", "terminal", "unguarded", "unmarked", "xlsx_text",
]  # fmt: skip

# -- .loop ----------------------------------------------------------------------------------------


def quoted(text: str) -> str:
    r"""Put a text in quotation marks, as the ``.loop`` language and printed loops do.

    Examples
    --------
    >>> print(quoted('Say "no"'))
    "Say \"no\""
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


# -- DOT ------------------------------------------------------------------------------------------


def dot(text: str) -> str:
    r"""Quote a text that Graphviz shows as it stands: no ``\N``, no ``\n``, no ``&amp;``.

    Examples
    --------
    >>> print(dot('R&amp;D "now"'))
    "R&amp;amp;D \"now\""
    """
    return _in_quotes(text.replace("\\", "\\\\").replace("&", "&amp;"))


def dot_ids(names: Iterable[str]) -> dict[str, str]:
    """Quote each name as the id of a node; where DOT could not hold it as one, give it another.

    An id knows no way to write a backslash before a quotation mark, and Graphviz reads a character
    reference in it when it writes SVG. The name itself belongs into the label.

    Examples
    --------
    >>> dot_ids(["Trust", 'the "hub"'])
    {'Trust': '"Trust"', 'the "hub"': '"element 2"'}
    """
    names = list(names)
    taken = set(names)
    ids = {}
    for number, name in enumerate(names, 1):
        made = name
        if _NO_ID.search(name):
            made = f"element {number}"
            while made in taken:
                made += "'"
        ids[name] = _in_quotes(made)
    return ids


_NO_ID = re.compile(r'[\\"]|&#?\w+;|^%')  # Graphviz hides ids that start with %


def _in_quotes(text: str) -> str:
    escaped = text.replace('"', '\\"')
    return f'"{escaped}"'


# -- SVG and HTML ---------------------------------------------------------------------------------


def markup(text: str) -> str:
    """Escape a text that stands between the tags of SVG or HTML.

    Examples
    --------
    >>> markup("</text><script> R&amp;D")
    '&lt;/text&gt;&lt;script&gt; R&amp;amp;D'
    """
    return escape(_NO_XML.sub("\ufffd", text))


def unmarked(text: str) -> str:
    """Give back a text that :func:`markup` escaped.

    Examples
    --------
    >>> unmarked(markup("<hub> of R&amp;D"))
    '<hub> of R&amp;D'
    """
    return unescape(text)


def markup_attribute(text: str) -> str:
    """Quote the value of an attribute of SVG or HTML, quotation marks included.

    Examples
    --------
    >>> print(f"<path aria-label={markup_attribute('the <hub> of R&amp;D')}/>")
    <path aria-label="the &lt;hub&gt; of R&amp;amp;D"/>
    """
    return quoteattr(_NO_XML.sub("\ufffd", text))


#: What no XML can hold, however it is written (XML 1.0, section 2.2).
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


# -- tables ---------------------------------------------------------------------------------------


def guarded(text: str) -> str:
    """Put ``'`` before text that a spreadsheet would run as a formula; :func:`unguarded` undoes it.

    Text that already looks guarded gets another, so that the way back is exact.

    Examples
    --------
    >>> guarded("=SUM(A1)"), unguarded(guarded("'=SUM(A1)"))
    ("'=SUM(A1)", "'=SUM(A1)")
    """
    return f"'{text}" if _RISKY.match(text) else text


def unguarded(text: str) -> str:
    """Take off the ``'`` that :func:`guarded` put before text."""
    return text[1:] if text.startswith("'") and _RISKY.match(text) else text


# What makes a spreadsheet take text for a formula (OWASP, "CSV injection"), full-width forms too.
_RISKY = re.compile(r"'*[=+\-@＝＋－＠]")


def xlsx_text(cell: Any, text: str) -> None:
    """Put text into a cell of openpyxl's, where it stays text, also if it starts with ``=``."""
    cell.value = text
    cell.data_type = "s"
    if guarded(text) != text:
        cell.quotePrefix = True  # so it stays when somebody edits the cell


# -- the terminal ---------------------------------------------------------------------------------


def terminal(text: str) -> str:
    r"""Text for people at a terminal: what would steer it is shown as it is written in Python.

    Line breaks and tabs stay; other control characters, and those that turn the direction of
    everything behind them, do not. Arabic and Hebrew need none of these.

    Examples
    --------
    >>> print(terminal("plain \x1b[31mred\u202eder"))
    plain \x1b[31mred\u202eder
    """
    return _STEERING.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def shell(text: str) -> str:
    """Quote a word of a command that people copy: no name in it runs anything.

    Examples
    --------
    >>> print(shell("Trust=trust"), shell("a=$(reboot)"))
    "Trust=trust" 'a=$(reboot)'
    """
    return shlex.quote(text) if re.search(r'["$`\\!%]', text) else f'"{text}"'


def json_text(value: Any) -> str:
    r"""JSON for programs that does no harm to a terminal either; it means the same.

    Examples
    --------
    >>> print(json_text(["Müll", "a\u202eb\x9b31m"]))
    [
     "Müll",
     "a\u202eb\u009b31m"
    ]
    """
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


#: C0 and C1 without tab and line feed, line and paragraph separators, and Unicode's embeddings,
#: overrides and isolates (UTS 55, "Unicode source code handling").
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
