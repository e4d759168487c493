"""Whatever is in a file, every command answers or explains, and no markup leaves its text."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import loopmap as lm
from loopmap.cli.running import run
from loopmap.notation import read_text, write_text

FILES = sorted(
    path
    for path in Path(__file__).parent.iterdir()
    if path.suffix not in (".py", ".md") and path.is_file()
)
#: Files that can be read as a map, with or without a word; all the others are refused.
READABLE = {
    "empty.loop", "blank.loop", "only_comment.loop", "bom_crlf_tabs.loop", "cr_only.loop", "utf16.loop", "cp1252.loop",
    "right_to_left.loop", "combining.loop", "markup.loop", "one_element.loop", "no_links.loop", "one_link_to_itself.loop",
    "only_stakeholders.loop", "long_name.loop", "long_unbroken_name.loop", "formulas.csv", "ragged.csv", "nul.csv", "twice.csv", "no_header.csv",
}  # fmt: skip


@pytest.fixture(params=FILES, ids=lambda path: path.name)
def file(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


def test_it_is_read_or_refused_with_a_reason(file: Path) -> None:
    if file.name in READABLE:
        m, problems = lm.reading(file)
        assert read_text(write_text(m)).map == m
    else:
        with pytest.raises(lm.MapSyntaxError) as caught:
            lm.reading(file)
        problems = caught.value.problems
        assert any(problem.severity == "error" for problem in problems)
    for problem in problems:
        assert problem.where.startswith(str(file))
        assert problem.what
        assert len(str(problem)) < 2000


@pytest.mark.parametrize(
    "words", [["check"], ["loops"], ["loops", "--json"], ["convert"], ["draw"]], ids=" ".join
)
def test_every_command_answers_or_explains(
    file: Path, words: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = {"convert": [str(tmp_path / "x.loop.json")], "draw": ["-o", str(tmp_path / "x.svg")]}
    code = run([words[0], str(file), *words[1:], *out.get(words[0], [])])
    said = capfd.readouterr()
    assert "Traceback" not in said.err
    readable = file.name in READABLE
    assert code in ((0, 1) if readable or words == ["check"] else (2,))
    if code == 2:
        assert said.err.startswith("error: ") or "\nerror: " in said.err
        assert said.out == ""
    if words == ["draw"] and code == 0:
        names = {element.tag.rpartition("}")[2] for element in ET.parse(tmp_path / "x.svg").iter()}
        assert not names & {"script", "foreignObject", "image", "img", "iframe", "a"}


def test_names_that_look_like_markup_stay_text() -> None:
    m = lm.reading(Path(__file__).parent / "markup.loop").map
    root = ET.fromstring(lm.draw(m).svg())
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not name.rpartition("}")[2].startswith("on")
            if name.rpartition("}")[2] == "href":
                assert value.startswith("#")
    assert "onerror=alert(2)" in "".join("".join(root.itertext()).split())


@pytest.mark.parametrize(("variables", "links"), [(500, 2_000), (2_000, 10_000)])
def test_a_map_of_thousands_of_links(variables: int, links: int) -> None:
    names = [f"Variable {n}" for n in range(variables)]
    each = links // variables
    ends = [(i, (i * 7 + k * 31 + 1) % variables, k) for i in range(variables) for k in range(each)]
    text = "\n".join(f"{names[i]} -> {names[j]} : {'+-'[k % 2]}" for i, j, k in ends)
    m = read_text(text).map
    assert len(m.links) == links
    loops = lm.find_loops(m, at_most=50)
    assert (len(loops), loops.complete) == (50, False)
    assert read_text(lm.fmt(text)).map == m
    assert lm.check(m) == ()
