"""Text of strangers stays text, and nothing but ``quoting`` puts it into another language."""

from __future__ import annotations

import ast
import html
import json
import shlex
import unicodedata
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import loopmap as lm
from loopmap.quoting import (
    dot,
    dot_ids,
    guarded,
    json_text,
    markup,
    markup_attribute,
    shell,
    terminal,
    unguarded,
)
from loopmap.testing import hostile_texts, names, texts

SOURCE = Path(lm.__file__).parent
ANYTHING = hostile_texts() | st.text()


@given(hostile_texts())
def test_markup_is_undone_by_its_readers(text: str) -> None:
    read: list[object] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            read.append((tag, attrs))

        def handle_data(self, data: str) -> None:
            read.append(data)

    page = f"<p title={markup_attribute(text)}>{markup(text)}</p>"
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert read[0] == ("p", [("title", text)])
    assert "".join(map(str, read[1:])) == text
    paragraph = ET.fromstring(page)
    assert (paragraph.text, paragraph.attrib) == (text, {"title": text})


@given(st.text(st.characters()))
def test_what_xml_cannot_hold_is_replaced(text: str) -> None:
    page = f"<p title={markup_attribute(text)}>{markup(text)}</p>"
    ET.fromstring(page.encode())


@given(ANYTHING)
def test_a_dot_string_ends_where_it_should(text: str) -> None:
    quoted = dot(text)
    inside, end = [], 1
    while quoted[end] != '"':  # as Graphviz reads it: scan.l, then the escapes of a label
        step = 2 if quoted[end] == "\\" else 1
        inside.append(quoted[end + step - 1])
        end += step
    assert end == len(quoted) - 1
    assert html.unescape("".join(inside)) == text


@given(st.lists(hostile_texts(), unique=True, max_size=5))
def test_ids_differ_as_names_do(some: list[str]) -> None:
    ids = dot_ids([*some, "element 1"] if "element 1" not in some else some)
    assert len(set(ids.values())) == len(ids)
    for made in ids.values():
        assert made[0] == made[-1] == '"'
        assert not set('"\\') & set(made[1:-1])


@given(hostile_texts() | texts() | names() | st.text("'=+-@＝＋ a", max_size=6).map(str.strip))
def test_guarding_is_safe_and_comes_off_exactly(text: str) -> None:
    safe = guarded(text)
    assert safe[:1] not in tuple("=+-@＝＋－＠\t\r")
    assert unguarded(safe) == text


def steers(text: str) -> bool:
    turning = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    return any(
        (unicodedata.category(char) == "Cc" and char not in "\n\t")
        or unicodedata.bidirectional(char) in turning
        for char in text
    )


@given(ANYTHING)
def test_a_terminal_is_not_steered(text: str) -> None:
    assert not steers(terminal(text))
    if not steers(text) and not set("\u2028\u2029") & set(text):
        assert terminal(text) == text


@given(ANYTHING)
def test_json_is_plain_and_means_the_same(text: str) -> None:
    told = json_text({text: [text]})
    assert json.loads(told) == {text: [text]}
    assert not steers(told)


@given(hostile_texts())
def test_a_command_that_people_copy_has_one_word(text: str) -> None:
    word = shell(f"{text}=x")
    assert shlex.split(word) == [f"{text}=x"]
    assert word[0] == "'" or not set('$`"\\!') & set(word[1:-1])


def test_steering_is_shown_as_it_is_written() -> None:
    assert (
        terminal("\x1b[31m\x9b\u202e\r\n\tسلام\u200f") == "\\x1b[31m\\x9b\\u202e\\r\n\tسلام\u200f"
    )


@pytest.mark.parametrize(
    "path", sorted(SOURCE.rglob("*.py")), ids=lambda p: p.relative_to(SOURCE).as_posix()
)
def test_nothing_else_escapes(path: Path) -> None:
    if path == SOURCE / "quoting.py":
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        where = f"{path.relative_to(SOURCE)}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Import | ast.ImportFrom):
            named = {alias.name for alias in node.names} | {getattr(node, "module", "") or ""}
            assert not named & {"html", "xml.sax.saxutils", "markupsafe"}, where
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr == "replace" and len(node.args) == 2:
                old, new = (a.value if isinstance(a, ast.Constant) else "" for a in node.args)
                marks = {("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', '\\"')}
                assert (old, new) not in marks, where
        elif isinstance(node, ast.Attribute) and node.attr == "data_type":
            assert not isinstance(node.ctx, ast.Store), where
