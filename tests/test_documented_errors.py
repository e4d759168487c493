"""Every error a docstring promises is raised, and every error raised here is promised."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.test_docstrings import CALLS, FUNCTIONS, entries, sections

import loopmap as lm

M = lm.SystemMap(links=[("A", "B", "+"), ("B", "A", "-")])
NONE = lm.SystemMap()
BOTH = lm.SystemMap([lm.Element("A", "stock"), lm.Element("B", "flow")])
OPEN = lm.SystemMap(links=[("A", "B", "?"), ("B", "A", "+")])
GRADED = lm.SystemMap(links=[lm.Link("A", "A", claims=[lm.Claim("Ann", "+", evidence="stated")])])

#: Name -> error -> calls that raise it; they get a folder of their own.
RAISED: dict[str, dict[type[Exception], list[Callable[[Path], object]]]] = {
    "SystemMap.add": {
        TypeError: [lambda _: M.add("A")],
        lm.InvalidMapError: [lambda _: M.add(lm.Link("A", "B", kind="holds"))],
    },
    "SystemMap.element": {lm.UnknownNameError: [lambda _: M.element("C")]},
    "SystemMap.focus": {lm.UnknownNameError: [lambda _: M.focus("C")]},
    "SystemMap.link": {
        lm.UnknownNameError: [
            lambda _: M.link("A", "C"),
            lambda _: M.link("A", "A"),
            lambda _: M.add(lm.Link("A", "B", "+", route="x")).link("A", "B"),
        ]
    },
    "SystemMap.perspective": {lm.UnknownNameError: [lambda _: M.perspective("Ann")]},
    "SystemMap.remove": {
        lm.UnknownNameError: [
            lambda _: M.remove("C"),
            lambda _: M.remove(lm.Link("A", "A")),
            lambda _: M.remove(lm.NamedLoop("x", ["A", "B"])),
        ]
    },
    "SystemMap.rename": {
        lm.UnknownNameError: [lambda _: M.rename({"C": "D"})],
        lm.InvalidMapError: [lambda _: BOTH.rename({"A": "B"})],
    },
    "SystemMap.replace": {
        TypeError: [lambda _: M.replace(titel="x")],
        lm.InvalidMapError: [lambda _: M.replace(elements=[lm.Element("A", "stakeholder")])],
    },
    "SystemMap.with_places": {
        lm.InvalidMapError: [
            lambda _: M.with_places("a picture"),
            lambda _: M.with_places({"A": (0, None)}),
        ]
    },
    "Link.replace": {
        lm.InvalidMapError: [
            lambda _: M.links[0].replace(claims=[]),
            lambda _: M.links[0].replace(curve=[(0, 0), (1, 1)]),
        ]
    },
    "Polarity.of": {lm.InvalidMapError: [lambda _: lm.Polarity.of("drains")]},
    "Loops.of_kind": {lm.InvalidOptionError: [lambda _: lm.find_loops(M).of_kind("X")]},
    "Participation.flipped": {
        lm.InvalidOptionError: [lambda _: lm.participation(OPEN).flipped(OPEN.links[0])],
        lm.UnknownNameError: [lambda _: lm.participation(M).flipped(lm.Link("A", "C", "+"))],
    },
    "Participation.without": {
        lm.UnknownNameError: [lambda _: lm.participation(M).without(lm.Link("A", "C"))]
    },
    "Drawing.on_paper": {lm.InvalidOptionError: [lambda _: lm.draw(M).on_paper("B4")]},
    "Drawing.save": {
        lm.UnknownFormatError: [lambda here: lm.draw(M).save(here / "m.doc")],
        lm.InvalidOptionError: [
            lambda here: lm.draw(M).save(here / "m.svg", paper="B4"),
            lambda here: lm.draw(M).save(here / "m.png", dpi=0),
        ],
        lm.FileError: [
            lambda here: lm.draw(M).save(here / "no" / "m.svg"),
            lambda here: lm.draw(M).save(lm.draw(M).save(here / "m.svg"), overwrite=False),
        ],
    },
    "analysis.boundaries.Boundary.handovers": {
        lm.InvalidMapError: [lambda _: lm.boundary(M).handovers(sign="drains")]
    },
    "boundary": {lm.InvalidOptionError: [lambda _: lm.boundary(M, at_most=-1)]},
    "check": {lm.UnknownNameError: [lambda _: lm.check(M, rules="lonly")]},
    "compare_in_words": {
        lm.InvalidOptionError: [
            lambda _: lm.compare_in_words(M, loops_at_most=-1),
            lambda _: lm.compare_in_words(M, at_most=-1),
        ]
    },
    "consensus": {
        lm.UnknownNameError: [lambda _: lm.consensus(M, weights={"Ann": 1})],
        lm.InvalidMapError: [
            lambda _: lm.consensus(M, at_least=-1),
            lambda _: lm.consensus(GRADED, weights={"Ann": float("nan")}),
        ],
    },
    "count_loops": {
        lm.UnknownNameError: [lambda _: lm.count_loops(M, through="C")],
        lm.InvalidOptionError: [
            lambda _: lm.count_loops(M, max_length=0),
            lambda _: lm.count_loops(M, seconds=-1),
        ],
    },
    "diff": {
        lm.UnknownNameError: [lambda _: lm.diff(M, M, renamed={"C": "A"})],
        lm.InvalidOptionError: [lambda _: lm.diff(M, M, at_most=-1)],
    },
    "distance": {
        lm.InvalidMapError: [
            lambda _: lm.distance(M, M, scale=3),
            lambda _: lm.distance(M, M, gamma=3),
        ],
        lm.InvalidOptionError: [lambda _: lm.distance(M, M, at_most=-1)],
    },
    "draw": {
        lm.UnknownNameError: [
            lambda _: lm.draw(M, highlight="C"),
            lambda _: lm.draw(M, loops="R9"),
            lambda _: lm.draw(M, pinned={"C": (0, 0)}),
        ],
        lm.InvalidOptionError: [
            lambda _: lm.draw(M, style="scren"),
            lambda _: lm.draw(M, layout="circle"),
            lambda _: lm.draw(M, layout=3),
            lambda _: lm.draw(M, near=3),
            lambda _: lm.draw(M, seed=-1),
            lambda _: lm.draw(M, seed="1"),
            lambda _: lm.draw(M, pinned={"A": (0, float("nan"))}),
            lambda _: lm.draw(M, pinned={"A": 0}),
            lambda _: lm.draw(M, effort="all"),
            lambda _: lm.draw(M, by="size"),
            lambda _: lm.draw(M, legend="left"),
        ],
        lm.FileError: [lambda here: lm.draw(M, near=_file(here, "other.svg", "<svg/>"))],
        OSError: [lambda here: lm.draw(M, near=here / "none.svg")],
    },
    "draw_before_after": {
        lm.InvalidMapError: [lambda _: lm.draw_before_after(NONE, NONE)],
        lm.UnknownNameError: [lambda _: lm.draw_before_after(M, M, highlight="C")],
        lm.InvalidOptionError: [lambda _: lm.draw_before_after(M, M, sytle="wall")],
    },
    "draw_diff": {
        lm.UnknownNameError: [
            lambda _: lm.draw_diff(M, M, renamed={"C": "A"}),
            lambda _: lm.draw_diff(M, M, highlight="C"),
        ],
        lm.InvalidOptionError: [lambda _: lm.draw_diff(M, M, sytle="wall")],
    },
    "draw_loops": {
        lm.InvalidMapError: [lambda _: lm.draw_loops(NONE)],
        lm.UnknownNameError: [lambda _: lm.draw_loops(M, of="R9")],
        lm.InvalidOptionError: [lambda _: lm.draw_loops(M, sytle="wall")],
    },
    "draw_panels": {
        lm.UnknownNameError: [lambda _: lm.draw_panels(M, who=["Ann"])],
        lm.InvalidOptionError: [lambda _: lm.draw_panels(M, sytle="wall")],
    },
    "draw_places": {lm.InvalidOptionError: [lambda _: lm.draw_places(style="scren")]},
    "example": {lm.UnknownNameError: [lambda _: lm.example("plymoth")]},
    "find_loops": {
        lm.UnknownNameError: [lambda _: lm.find_loops(M, through="C")],
        lm.InvalidOptionError: [
            lambda _: lm.find_loops(M, kind="X"),
            lambda _: lm.find_loops(M, at_most=-1),
            lambda _: lm.find_loops(M, max_length=0),
            lambda _: lm.find_loops(M, seconds=-1),
        ],
    },
    "fmt": {lm.MapSyntaxError: [lambda _: lm.fmt("A ->")]},
    "from_frame": {
        lm.InvalidMapError: [lambda _: lm.from_frame("A -> B")],
        lm.UnknownNameError: [lambda _: lm.from_frame(lm.to_frame(M), "form")],
        lm.MapSyntaxError: [lambda _: lm.from_frame(lm.to_frame(M)[["sign", "kind"]])],
    },
    "from_matrix": {
        lm.InvalidMapError: [
            lambda _: lm.from_matrix([[0]], ["A"]),
            lambda _: lm.from_matrix([[0, 1], [1, 0]], ["A", "A"], rows="cause"),
            lambda _: lm.from_matrix([[0, 1], [1, 0]], ["A"], rows="cause"),
            lambda _: lm.from_matrix([], rows="cause"),
            lambda _: lm.from_matrix(lm.to_frame(M), rows="cause"),
        ],
        lm.MapSyntaxError: [
            lambda here: lm.from_matrix(_file(here, "m.csv", ""), rows="cause"),
            lambda here: lm.from_matrix(_file(here, "m.csv", "from,to,sign\nA,B,+"), rows="cause"),
        ],
        OSError: [lambda here: lm.from_matrix(here / "m.csv", rows="cause")],
    },
    "from_networkx": {
        lm.InvalidMapError: [lambda _: lm.from_networkx("A -> B")],
        lm.UnknownNameError: [lambda _: lm.from_networkx(lm.to_networkx(M), "sgn")],
    },
    "independent_loops": {
        lm.InvalidOptionError: [lambda _: lm.independent_loops(M, method="short")],
    },
    "loop_changes": {lm.InvalidOptionError: [lambda _: lm.loop_changes(M, M, at_most=-1)]},
    "loop_tables": {
        lm.UnknownNameError: [lambda _: next(lm.loop_tables(M, through="C"))],
        lm.InvalidOptionError: [
            lambda _: next(lm.loop_tables(M, kind="X")),
            lambda _: next(lm.loop_tables(M, max_length=0)),
        ],
    },
    "merge": {
        lm.InvalidMapError: [
            lambda _: lm.merge([M]),
            lambda _: lm.merge(["A -> B"]),
            lambda _: lm.merge({"Ann": M, "Bo": NONE.add(lm.Element("A", "stakeholder"))}),
        ],
        lm.UnknownNameError: [lambda _: lm.merge({"Ann": M}, same={"C": "D"})],
    },
    "most_decisive": {lm.InvalidOptionError: [lambda _: lm.most_decisive(M, at_most=-1)]},
    "on_evidence": {lm.UnknownNameError: [lambda _: lm.on_evidence(M, "statd")]},
    "parse": {lm.MapSyntaxError: [lambda _: lm.parse("A ->")]},
    "rank_loops": {lm.InvalidOptionError: [lambda _: lm.rank_loops(M, by="size")]},
    **{
        call.__name__: {
            lm.MapSyntaxError: [lambda here, call=call: call(_file(here, "m.loop", "A ->"))],
            lm.UnknownFormatError: [
                lambda here, call=call: call(here / "m.doc"),
                lambda here, call=call: call(here / "m.dot", format="lop"),
            ],
            OSError: [lambda here, call=call: call(here / "m.loop")],
        }
        for call in (lm.read, lm.reading)
    },
    "robustness": {
        lm.InvalidMapError: [
            lambda _: lm.robustness(GRADED, probabilities={}),
            lambda _: lm.robustness(GRADED, probabilities={"stated": 2}),
        ],
        lm.InvalidOptionError: [lambda _: lm.robustness(M, at_most=-1)],
    },
    "sample_loops": {lm.InvalidOptionError: [lambda _: lm.sample_loops(M, -1)]},
    "shared_loops": {lm.InvalidOptionError: [lambda _: lm.shared_loops(M, at_most=-1)]},
    "story_loops": {
        lm.UnknownNameError: [lambda _: lm.story_loops(M, focal="C")],
        lm.InvalidOptionError: [
            lambda _: lm.story_loops(M, at_most=-1),
            lambda _: lm.story_loops(M, max_length=0),
        ],
    },
    "to_frame": {
        lm.InvalidMapError: [lambda _: lm.to_frame("A -> B")],
        lm.InvalidOptionError: [lambda _: lm.to_frame(M, "loops")],
    },
    "to_networkx": {lm.InvalidMapError: [lambda _: lm.to_networkx("A -> B")]},
    "widget": {lm.InvalidOptionError: [lambda _: lm.widget(M, style="scren")]},
    "write": {
        lm.UnknownFormatError: [lambda here: lm.write(M, here / "m.doc")],
        lm.InvalidOptionError: [lambda here: lm.write(M, here / "m.loop", postions=True)],
        lm.FileError: [
            lambda here: lm.write(M, here / "no" / "m.loop"),
            lambda here: lm.write(M, _file(here, "m.loop", ""), overwrite=False),
        ],
    },
}  # fmt: skip

#: Where a package or room is lacking: tested where it can be taken away.
ELSEWHERE = {"MissingExtraError", "TooLargeError"}
TOO_LONG = {"from_networkx": {"MapSyntaxError"}}
CASES = [
    pytest.param(name, error, call, id=f"{name}-{error.__name__}-{i}")
    for name, errors in RAISED.items()
    for error, calls in errors.items()
    for i, call in enumerate(calls)
]

#: What a call needs beside its maps.
NEEDED = {"check_quotes": {"text": ""}, "sample_loops": {"n": 1}, "write": {"path": "m.loop"}}
#: Every place of a map in a public function, but where several kinds of thing may stand.
PLACES = [
    (name, place)
    for name, call in FUNCTIONS.items()
    for place, parameter in inspect.signature(call).parameters.items()
    if parameter.annotation == "SystemMap"
]


def _file(here: Path, name: str, text: str) -> Path:
    (here / name).write_text(text, "utf-8")
    return here / name


@pytest.mark.parametrize(("name", "error", "call"), CASES)
def test_what_is_promised_is_raised(
    name: str, error: type[Exception], call: Callable[[Path], object], tmp_path: Path
) -> None:
    with pytest.raises(error) as caught:
        call(tmp_path)
    assert error is caught.type or not issubclass(error, lm.LoopmapError)


@pytest.mark.parametrize("name", sorted(CALLS))
def test_what_is_raised_is_promised(name: str) -> None:
    promised = set(entries(sections(CALLS[name]).get("Raises", "")))
    raised = {error.__name__ for error in RAISED.get(name, {})}
    assert promised - ELSEWHERE - TOO_LONG.get(name, set()) == raised


@pytest.mark.parametrize(("name", "place"), PLACES)
def test_what_is_no_map_is_refused_everywhere(name: str, place: str) -> None:
    """The reference says so once for all."""
    maps = {other: M for its, other in PLACES if its == name}
    call, given = FUNCTIONS[name], {**maps, **NEEDED.get(name, {}), place: "A -> B : +"}
    with pytest.raises(lm.InvalidMapError, match="map"):
        list(call(**given) or ())  # what lists as it goes looks only when it is asked
