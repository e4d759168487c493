"""`.loop.json`: exact, versioned, described by its schema, and strict in what it takes."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

import loopmap as lm
from loopmap.formats import FORMATS
from loopmap.model import ELEMENT_KINDS, LINK_KINDS
from loopmap.testing import maps

JSON = FORMATS["json"]
SCHEMA = json.loads(
    resources.files("loopmap.formats").joinpath("loop.schema.json").read_text("utf-8")
)
assert JSON.dump
assert JSON.load


@settings(max_examples=25)
@given(maps())
def test_what_is_written_fits_the_schema(m: lm.SystemMap) -> None:
    jsonschema.validate(json.loads(JSON.dump(m)), SCHEMA)


def test_the_schema_knows_the_kinds_of_the_model() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    kinds = SCHEMA["$defs"]["element"]["properties"]["kind"]["enum"]
    assert tuple(kinds) == ELEMENT_KINDS
    assert SCHEMA["$defs"]["link"]["properties"]["kind"]["enum"] == list(LINK_KINDS)


def load(**parts: Any) -> lm.Reading:
    document = {"format": "loopmap", "version": 1, **parts}
    return JSON.load(json.dumps(document).encode(), "m.loop.json")


LINK = {"source": "A", "target": "B", "claims": [{"sign": "+"}]}


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"format": "kumu"}, "this JSON is not a loopmap file"),
        ({"version": 2}, "version: this file has version 2, not 1"),
        ({"title": 5}, "the title of a map is text, not 5"),
        ({"elements": {}}, "elements is a list"),
        ({"elements": ["A"]}, r"elements\[0\]: 'A' is no element; write an object"),
        ({"elements": [{}]}, r"elements\[0\]: this element has no 'name'; add"),
        ({"elements": [{"name": "A", "kind": "stok"}]}, r"elements\[0\]: 'A' cannot be a 'stok'"),
        ({"elements": [{"name": "A", "position": [1, 10**400]}]}, r"the position of 'A'"),
        (
            {"elements": [{"name": "A", "notes": 3}]},
            r"elements\[0\]\.notes: notes is a list of texts, not 3",
        ),
        ({"elements": [{"name": "A", "notes": {}}]}, r"notes is a list of texts, not \{\}"),
        ({"elements": [{"name": "A", "notes": [3]}]}, r"a note of 'A' is text, not 3"),
        ({"elements": [{"name": "A", "position": "12"}]}, r"\[0\]\.position: a position is two"),
        ({"elements": [{"name": "A", "position": [1, "2"]}]}, r"a position is two numbers"),
        ({"sources": "a book"}, "sources: sources is a list of texts, not 'a book'"),
        ({"version": True}, "this file has version True"),
        ({"links": [{**LINK, "claims": [{"sign": 1}]}]}, r"claims\[0\]\.sign: 1 is not a sign"),
        ({"links": [{**LINK, "claims": [{"strength": "3"}]}]}, r"strength: '3' is not a number"),
        ({"links": [{**LINK, "claims": [{"strength": 10**400}]}]}, "a strength is a finite number"),
        ({"links": [{**LINK, "source": 10**3000}]}, "the source of a link is text, not 1000"),
        ({"links": [{**LINK, "claims": []}]}, r"links\[0\]: the link 'A' -> 'B' has no claim"),
        (
            {"links": [LINK, {**LINK, "claims": [{"sign": "x"}]}]},
            r"links\[1\]\.claims\[0\]: a link's sign",
        ),
        (
            {"links": [{**LINK, "claims": [{"delayed": "no"}]}]},
            r"claims\[0\]\.delayed: 'no' is not true",
        ),
        ({"links": [{**LINK, "kind": []}]}, r"links\[0\]: the link 'A' -> 'B' cannot be \[\]"),
        (
            {"loops": [{"name": "x", "path": "AB"}]},
            r"loops\[0\]\.path: path is a list of texts, not 'AB'",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_place(parts: dict[str, Any], message: str) -> None:
    with pytest.raises(lm.MapSyntaxError, match=message):
        load(**parts)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1, column 1: this is not JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('{"version": ' + "9" * 5000 + "}", "a number is too long"),
        ('{"strength": NaN}', "the number NaN stands here"),
        ("[7]", r"\[7\] is no map; write an object"),
    ],
)
def test_what_is_no_json_is_refused(text: str, message: str) -> None:
    with pytest.raises(lm.MapSyntaxError, match=message):
        JSON.load(text.encode(), "m.loop.json")


def test_unknown_keys_are_reported() -> None:
    m, problems = load(elements=[{"name": "A", "nots": ["x"]}])
    assert m == lm.SystemMap(["A"])
    assert [str(problem) for problem in problems] == [
        "m.loop.json: elements[0]: 'nots' of this element is not read; did you mean 'notes'?"
    ]


def test_a_key_given_twice_is_told() -> None:
    text = '{"format": "loopmap", "version": 1, "title": "a", "title": "b"}'
    m, problems = JSON.load(text.encode(), "m.loop.json")
    assert m.title == "b"
    assert [str(problem) for problem in problems] == [
        "m.loop.json: 'title' stands more than once in one object; the last is read; "
        "keep one of them"
    ]


def test_twenty_problems_are_told_and_how_many_more() -> None:
    m, problems = load(elements=[{"name": f"A{i}", "colour": "red"} for i in range(1000)])
    assert len(m.elements) == 1000
    assert len(problems) == 21
    assert "980 more of this kind" in problems[-1].what


def test_a_long_path_is_read_in_one_go() -> None:
    path = [f"step {i}" for i in range(20_000)]
    assert load(loops=[{"name": "x", "path": path}]).map.loops[0].path == tuple(path)
    with pytest.raises(lm.MapSyntaxError, match="meets 'step 7' twice"):
        load(loops=[{"name": "x", "path": [*path, "step 7"]}])


def test_many_problems_are_counted_for_their_file() -> None:
    links = [{"source": "A", "target": f"x{i}", "claims": [{}], "colour": "red"} for i in range(30)]
    document = {"format": "loopmap", "version": 1, "links": links}
    found = JSON.load(json.dumps(document).encode(), "m.loop.json")
    assert len(found.problems) == 21
    assert found.problems[-1].where == "m.loop.json"
    assert found.problems[-1].what.endswith(" more of this kind are not told one by one")
