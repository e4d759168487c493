"""What lines mean, and what is said about lines that mean nothing."""

from __future__ import annotations

import pytest

import loopmap as lm
from loopmap import Claim, Element, Link, NamedLoop, SystemMap
from loopmap.notation import fmt, read_text, write_text


def links(text: str) -> tuple[Link, ...]:
    reading = read_text(text)
    assert not [p for p in reading.problems if p.severity != "note"], reading.problems
    return reading.map.links


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A->B:+", Link("A", "B", "+")),
        ("A --> B : –", Link("A", "B", "-")),
        ("A → B : −", Link("A", "B", "-")),
        ("A => B : s", Link("A", "B", "+")),
        ("\tA\t->\tB\t:\t+\t", Link("A", "B", "+")),
        ("A   b -> C : +", Link("A b", "C", "+")),
        ("“A, b” -> C : +", Link("A, b", "C", "+")),
        ("Cost: total -> B : +", Link("Cost: total", "B", "+")),
        ("B -> Cost: total : +", Link("B", "Cost: total", "+")),
        ("B -> Phase: 1 : +", Link("B", "Phase: 1", "+")),
        ("Issue #3 -> B : + # why", Link("Issue #3", "B", "+")),
        ("C# -> B : +", Link("C#", "B", "+")),
        ("The 'hub' \"team\" -> B : +", Link("The 'hub' \"team\"", "B", "+")),
        ("Who holds power -> B : +", Link("Who holds power", "B", "+")),
        ("loop gain -> B : +", Link("loop gain", "B", "+")),
        ("by hand -> B : +", Link("by hand", "B", "+")),
        ("Arms[2] -> B : +", Link("Arms[2]", "B", "+")),
        ('"x \\"y\\" \\\\" -> B : +', Link('x "y" \\', "B", "+")),
        ("A -> B : + [DELAY; Note=x = y; strength=-1e3]", Link("A", "B", claims=[Claim(None, "+", True, -1000, note="x = y")])),
        ('A -> B : + [note="a; b]"; stated]', Link("A", "B", claims=[Claim(None, "+", evidence="stated", note="a; b]")])),
        ("A -> B : + [note=C:\\temp # 3]", Link("A", "B", claims=[Claim(None, "+", note="C:\\temp # 3")])),
        ("Police holds Backlog", Link("Police", "Backlog", kind="holds")),
        ('"A holds B" wants "C -> D" : -', Link("A holds B", "C -> D", "-", kind="wants")),
        ("Council -> X : + [kind=influences]", Link("Council", "X", "+", kind="influences")),
        ("A -> A : -", Link("A", "A", "-")),
    ],
)  # fmt: skip
def test_one_link(text: str, expected: Link) -> None:
    assert links(text) == (expected,)


def test_a_chain_shares_sign_and_brackets() -> None:
    assert [(k.source, k.target, k.delayed) for k in links("A -> B -> C : + [delay]")] == [
        ("A", "B", True),
        ("B", "C", True),
    ]


def test_by_lines_make_claims() -> None:
    text = 'A -> B\n  by Police, "Health, acute": - "half [delay]" [delay; inferred] # x\n\n  # why\n  by Ann: ?\n'
    said = [
        Claim(who, "-", True, evidence="inferred", quote="half [delay]")
        for who in ("Police", "Health, acute")
    ]
    assert links(text) == (Link("A", "B", claims=[*said, Claim("Ann")]),)
    assert links("A -> B : +\n  by Ann: +")[0].claims == (Claim(None, "+"), Claim("Ann", "+"))
    assert links("P holds B\n  by Ann [basis=x]\n  by Bo")[0].claims == (
        Claim("Ann", basis="x"),
        Claim("Bo"),
    )


def test_indentation_of_the_whole_text_does_not_matter() -> None:
    indented = "\n    A -> B\n        by Ann: +\n    B -> A : -\n    by hand [stock]\n"
    assert (
        read_text(indented).map == read_text("A -> B\n by Ann: +\nB -> A : -\nby hand [stock]").map
    )


def test_elements_headers_and_loops() -> None:
    m = read_text(
        "\ufefftitle: A # B\r\nTITLE : x\rabout: one\nabout: two\nsource: a\nsource: \"b # c\"\nfocus: A, \"B, c\"\n"
        "A [stock; tag=goal; tag=x; note=1; note=2; at=1,-2.5]\nA [note=3]\n\"B, c\" -> A -> D : +\nD -> \"B, c\" : +\n"
        "Ann wants A : +\nAnn [note=who]\n"
        'loop R1 "Spiral": A -> D -> "B, c" -> A\n  story: one\n  story: "two # x"\nloop Two ways: A, D\n'
    ).map  # fmt: skip
    assert (m.title, m.about, m.sources, m.focal) == ("A", "one two", ("a", "b # c"), ("A", "B, c"))
    assert m.element("A") == Element("A", "stock", ["1", "2", "3"], ["goal", "x"])
    assert m.element("A").position == (1, -2.5)
    assert m.element("Ann") == Element("Ann", "stakeholder", "who")
    assert set(m.loops) == {
        NamedLoop("Spiral", ["A", "D", "B, c"], "R", "one two # x"),
        NamedLoop("Two ways", ["A", "D"]),
    }


@pytest.mark.parametrize(
    ("text", "place", "what", "remedy"),
    [
        ("A -> B : x", "1:10", "a link's sign is +, - or ?, not 'x'", "use + (same way)"),
        ("A -> B : + delay", "1:10", "not '+ delay'", "put what else describes the link in brackets: [delay]"),
        ("A -> B :", "1:9", "not ''", "use + (same way)"),
        ("A <-> B : +", "1:3", "an arrow goes from cause to effect, not '<->'", "for both directions write two lines"),
        ("A <- B", "1:3", "not '<-'", "write B -> A"),
        ("A -> : +", "1:6", "a name is missing here", "write: Cause -> Effect : +"),
        (" -> B : +", "1:2", "a name is missing here", "write: Cause"),
        ("A -> \"\" : +", "1:6", "a name is missing here", "write: Cause"),
        ("Blame : +", "1:7", "a sign needs a link", "write: Cause -> Effect : +"),
        ("Parents want Time : -", "1:19", "a sign needs a link", "write 'wants': Police wants Backlog"),
        ('"A -> B : +', "1:1", "this quotation is never closed", 'add the closing "'),
        ('"A" b -> C : +', "1:5", "cannot read 'b -> C : +' after the closing quotation mark", "put the whole name in quotes"),
        ("A -> B : + [delay", "1:12", "this [ is never closed", "end it with ]"),
        ("A -> B : + [dealy]", "1:13", "'dealy' says nothing in the brackets of a link", "did you mean 'delay'"),
        ("A -> B : + [delay, stated]", "1:13", "'delay, stated' says nothing", "separate what stands in brackets with ;"),
        ("A -> B : + [note]", "1:13", "'note' says nothing", "it needs a value: note=…"),
        ("A -> B : + [delay=2 weeks]", "1:13", "'delay' says nothing", "it stands alone: [delay]"),
        ("A -> B : + [stock]", "1:13", "'stock' says nothing", "it describes an element: put it in brackets there"),
        ("A [delay]", "1:4", "'delay' says nothing in the brackets of an element", "it describes a link or a 'by' line"),
        ("A -> B : + [strength=0,6]", "1:13", "'strength' is a number such as 0.6, not '0,6'", "write strength=…"),
        ("A [at=1]", "1:4", "'at' is two numbers such as 120,-40, not '1'", "write at=…"),
        ("A [kind=stok]", "1:4", "did you mean 'stock'", "write kind=…"),
        ("A -> B : + [note=a; note=b]", "1:21", "the note is given twice in these brackets", "keep one of them"),
        ("A [stock] -> B : +", "1:11", "cannot read '-> B : +' after the brackets", "brackets come last"),
        ("A [stock]\nA [flow]", "2:4", "'A' cannot be both a stock and a flow", "keep one of the two kinds"),
        ("A -> B -> C : +\n  by Ann: +", "2:3", "a 'by' line under a chain does not say which link", "write the links singly"),
        ("title: x\n  by Ann: +", "2:3", "a 'by' line stands under a link", "write it, indented, under: Cause -> Effect"),
        ("A -> B : +\nby Ann: +", "2:7", "a sign needs a link", "indent 'by' lines under their link"),
        ("A -> B : +\n  by Ann: + words", "2:13", "cannot read 'words' here", "after a link come"),
        ("A -> B : +\n  by Ann: words", "2:11", "a link's sign is +, - or ?, not 'words'", "put their words in quotes"),
        ("A -> B : +\n  by : +", "2:6", "a name is missing here", "write: by Police, Health: +"),
        ('A -> B\n  by Ann: + "a" [quote=b]', "2:6", "their words are given twice", "keep one quote"),
        ("A\n  story: x", "2:3", "a story stands under a loop", 'write it, indented, under: loop R "name": A, B, C'),
        ("loop R: A, B", "1:7", "this loop has no name", 'write: loop R "Blame spiral"'),
        ('loop R "x":', "1:11", "this loop runs through nothing", "write: loop R"),
        ('loop R "x": A, B, A, C', "1:8", "the loop 'x' meets 'A' twice", "a loop meets each name once"),
        ('loop R "x": A [stock]', "1:15", "brackets say nothing here", "put a name with [ in quotes"),
        ("Police holds B : +", "1:1", "'Police' holds 'B' has no sign, not '+'", "leave the sign out"),
        ("Police holds B [kind=wants]", "1:14", "this link says both 'holds' and kind=wants", "keep one"),
        ("Police holds B\nPolice -> C : +", "2:1", "not stakeholder 'Police' to variable 'C'", "use kind 'holds', 'influences' or 'wants'"),
        ("A\x00B -> C : +", "1:2", "the control character U+0000 stands here", "delete it"),
        ("A -> B\u2028 : +", "1:7", "the control character U+2028", "delete it"),
    ],
)  # fmt: skip
def test_what_cannot_be_read(text: str, place: str, what: str, remedy: str) -> None:
    with pytest.raises(lm.MapSyntaxError) as caught:
        read_text(text, "m.loop")
    (problem,) = [p for p in caught.value.problems if p.severity == "error"]
    assert problem.where == f"m.loop:{place}"
    assert what in problem.what or what in f"{problem.what}; {problem.suggestion}"
    assert remedy in f"{problem.what}; {problem.suggestion}"
    _, caret = problem.excerpt.splitlines()
    assert caret.strip() == "^"


@pytest.mark.parametrize(
    ("text", "place", "what", "severity"),
    [
        ("A -> B", "1:6", "the link 'A' -> 'B' has no sign; it is read as ?", "warning"),
        ("A -> B\n by Ann", "2:5", "the claim by 'Ann' has no sign", "warning"),
        ("Ann wants B", "1:11", "the link 'Ann' -> 'B' has no sign", "warning"),
        ("A -> B : +\nA -> B : -", "2:1", "the link 'A' -> 'B' by the author has another sign in line 1: + there, − here", "warning"),
        ("A -> B : +\nA -> B : +", "2:1", "the link 'A' -> 'B' by the author was said in line 1 already", "note"),
        ("A -> B\n by Ann: +\nA -> B\n by Ann: -", "3:1", "the link 'A' -> 'B' by 'Ann' has another sign in line 1", "warning"),
        ("Traffic volume -> B : +\nB -> Trafic volume : +", "2:6", "'Traffic volume' and 'Trafic volume' are spelled almost alike", "warning"),
        ("title: a\ntitle: b", "2:8", "a second title is not kept", "warning"),
        ("Titel: The hub", "1:1", "'Titel: The hub' is read as the name of a variable", "warning"),
        ("A [at=1,2]\nA [at=2,2]", "2:4", "'A' is placed twice", "warning"),
        ('Blame -> B : +\nloop R "x": Blam, B', "2:13", "the loop 'x' runs through 'Blam', which no other line names", "warning"),
        ("Blame -> B : +\nfocus: Blam", "2:8", "the focus is on 'Blam', which no other line names", "warning"),
    ],
)  # fmt: skip
def test_what_is_guessed_or_looks_wrong(text: str, place: str, what: str, severity: str) -> None:
    (problem,) = read_text(text, "m.loop").problems
    assert (problem.where, problem.severity) == (f"m.loop:{place}", severity)
    assert f"{problem.what}; {problem.suggestion}".startswith(what)
    assert problem.suggestion


def test_all_problems_come_at_once_in_the_order_of_the_lines() -> None:
    with pytest.raises(lm.MapSyntaxError) as caught:
        lm.parse("A -> B : x\nA -> B\nC [stok]\n\nA <- B : +\n", source="m.loop")
    assert [problem.where for problem in caught.value.problems] == [
        "m.loop:1:10",
        "m.loop:2:6",
        "m.loop:3:4",
        "m.loop:5:3",
    ]


def test_parse_warns_of_a_guess_at_the_callers_line() -> None:
    with pytest.warns(lm.LossWarning, match="has no sign") as caught:
        assert lm.parse("A -> B") == SystemMap(links=[("A", "B")])
    assert caught[0].filename == __file__


@pytest.mark.parametrize(
    ("line", "column", "caret"),
    [
        ("\tA -> B : x", 10, 14),
        ("漢字 -> B : x", 10, 16),
        ("e\u0301 -> B : x", 10, 13),
        ("سلام -> B : x", 12, 16),
    ],
)
def test_the_caret_stands_under_the_column_as_terminals_show_it(
    line: str, column: int, caret: int
) -> None:
    with pytest.raises(lm.MapSyntaxError) as caught:
        read_text(line)
    problem = caught.value.problems[0]
    assert problem.where.endswith(f":{column + 1}")
    assert problem.excerpt.splitlines()[1].index("^") == caret


def test_a_long_line_is_shown_around_the_place() -> None:
    with pytest.raises(lm.MapSyntaxError) as caught:
        read_text("A" * 5000 + " -> B : x" + " " * 5000)
    line, mark = caught.value.problems[0].excerpt.splitlines()
    assert len(line) < 120
    assert line[mark.index("^")] == "x"


def test_fmt_keeps_comments_and_order() -> None:
    text = (
        "#top\n\n\ntitle:  x   # t\nB->A:–   [ stated;delay ]#c\n  # under\n\tby Ann,Bo :+ “words”\n\n\n"
        'A    [ stock ]\nloop R1 "x":A->B->A\n   story:  long\n'
    )
    assert fmt(text) == (
        '#top\n\ntitle: x  # t\nB -> A : - [stated; delay]  #c\n    # under\n    by Ann, Bo: + "words"\n\n'
        'A [stock]\nloop R "x": A, B\n    story: long\n'
    )
    assert fmt(fmt(text)) == fmt(text)
    assert fmt("") == fmt("\n\n") == "\n" or fmt("") == ""


def test_writing_is_what_a_person_would_write() -> None:
    m = lm.SystemMap(
        [Element("Backlog", "stock", "cases; waiting", ["goal"]), Element("Fire service", "stakeholder")],
        [
            Link("Backlog", "Stress", claims=[Claim(None, "+"), Claim("Police", "-", quote="no"), Claim("Ann", "-", quote="no")]),
            Link("Police", "Backlog", kind="holds"),
        ],
        [NamedLoop("Spiral", ["Backlog", "Stress"], "R", "More is more.")],
        title="The hub", focal="Backlog",
    )  # fmt: skip
    assert write_text(m) == (
        "title: The hub\nfocus: Backlog\n\n"
        'Backlog [stock; tag=goal; note="cases; waiting"]\nFire service [stakeholder]\n\n'
        'Backlog -> Stress : +\n    by Ann, Police: - "no"\n\n'
        "Police holds Backlog\n\n"
        'loop R "Spiral": Backlog, Stress\n    story: More is more.\n'
    )
